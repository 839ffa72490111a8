"""Nodes outside their days and hours: closed for now, and who stands in for each of them."""

from collections.abc import Iterable
from datetime import datetime

from .calendars import stand_in_at, works_at
from .chains import Place
from .records import record


@record(kw_only=True)
class Closed:
    """A node that does not work at an instant; `stand_in` is the node that covers for it, if any does."""

    node: str
    name: str
    tier: int
    parent: str | None
    stand_in: str | None = None


def closed_at(places: Iterable[Place], now: datetime) -> tuple[Closed, ...]:
    """The nodes that do not work at an instant, by tier and name."""
    found = (
        Closed(
            node=place.node,
            name=place.name,
            tier=place.tier,
            parent=place.parent,
            stand_in=stand_in_at(place.calendar, now),
        )
        for place in places
        if not works_at(place.calendar, now)
    )
    return tuple(sorted(found, key=lambda one: (one.tier, one.name, one.node)))
