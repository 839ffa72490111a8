"""What forms and lines say of places without asking the store at every key: names, who is above, numbers to ring."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from wsq_huddle.domain.nodes import State

from . import chains, definitions
from .desk import Desk
from .places import Places

DAYS_AHEAD = 10
"""How far the next huddle is looked for: over a long weekend with its holidays."""


@dataclass(frozen=True)
class Kind:
    """A kind of problem and the letter that chooses it."""

    key: str
    letter: str
    name: str


@dataclass(frozen=True)
class Site:
    """The places a node knows of; `others` are those it can hand a problem to, by key, `call` their numbers to ring.

    `huddles` are the starts of this node's own in the days to come.
    """

    node: str = ""
    name: str = ""
    tier: int = 1
    parent: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[Kind, ...] = ()
    emergency: str = ""
    huddles: tuple[datetime, ...] = ()
    call: Mapping[str, str] = field(default_factory=dict)

    def name_of(self, key: str) -> str:
        """What people call a node; its key when nobody said."""
        return self.names.get(key, key)

    @property
    def above(self) -> str:
        """The name of the next tier; empty at the top."""
        return self.name_of(self.parent) if self.parent else ""

    def next_huddle(self, now: datetime) -> datetime | None:
        """When this node meets next."""
        return next((start for start in self.huddles if start > now), None)

    def kind(self, key: str) -> str:
        """What people call a kind of problem."""
        return next((kind.name for kind in self.kinds if kind.key == key), key)


def read(desk: Desk) -> Site:
    tree = desk.tree()
    sets = definitions.sets(desk, sorts=("phones",), earlier=False)
    phones = {one.owner: dict(one.definitions[0]) for one in sets if one.definitions}
    emergency = desk.settings.node.emergency
    for key in reversed(definitions.line(desk)):
        emergency = emergency or str(phones.get(key, {}).get("emergency") or "")
    known = sorted(tree.nodes.values(), key=lambda node: (node.name.casefold(), node.key))
    return Site(
        node=desk.node,
        name=desk.name,
        tier=desk.tier,
        parent=tree.parent(desk.node),
        names={node.key: node.name for node in known},
        others={node.key: node.name for node in known if node.key != desk.node and node.state is not State.REVOKED},
        kinds=tuple(Kind(one.key, one.letter, one.name) for one in desk.settings.categories),
        emergency=emergency,
        huddles=coming(desk),
        call={owner: str(phone["call"]) for owner, phone in phones.items() if phone.get("call")},
    )


def coming(desk: Desk) -> tuple[datetime, ...]:
    """When this node meets in the days to come."""
    place = Places(desk).of(desk.node)
    today, now = chains.today(desk), desk.now()
    starts = [
        planned.planned_at
        for ahead in range(DAYS_AHEAD)
        for planned in place.planned(today + timedelta(days=ahead))
        if planned.planned_at > now
    ]
    return tuple(sorted(starts))
