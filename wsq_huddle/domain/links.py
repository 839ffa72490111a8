"""How it stands with the link to a neighbour: worked out from what is noted of it and from `now`, never stored."""

from datetime import datetime, timedelta
from enum import StrEnum

STALE = timedelta(seconds=75)
"""Longer than this between two contacts, and there is no network: a long poll takes 25 s."""


class Touch(StrEnum):
    ALONE = "alone"
    """There is no node above; nothing is ever sent."""
    TRYING = "trying"
    IN_TOUCH = "in-touch"
    NO_NETWORK = "no-network"
    NOT_ACCEPTED = "not-accepted"


def touch_at(now: datetime, last_contact: datetime | None, *, trouble: bool) -> Touch:
    """How a link stands that another process may run; `trouble`: it was not let in, and somebody must see to it."""
    if trouble:
        return Touch.NOT_ACCEPTED
    if last_contact is None or now - last_contact > STALE:
        return Touch.NO_NETWORK
    return Touch.IN_TOUCH
