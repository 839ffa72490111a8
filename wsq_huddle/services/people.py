"""The people of this node, as huddle.toml names them, by the roles that the screens know."""

from .desk import Desk

LEADS, COVERS = "leads", "covers"
"""Who leads the huddle here as a rule, and their deputy; all other roles are the site's own words."""


def in_role(desk: Desk, role: str) -> tuple[str, ...]:
    """The names of those who have that role here."""
    return tuple(one.name for one in desk.settings.people if one.role.strip().casefold() == role)
