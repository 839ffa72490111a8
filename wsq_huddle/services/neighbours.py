"""When the nodes directly around this one huddle, so that what comes up is there when the next tier begins."""

from collections.abc import Iterator
from datetime import timedelta

from wsq_huddle.config import Neighbour
from wsq_huddle.domain.records import record

from .chains import today
from .desk import Desk
from .places import Places

DAYS = 7
"""Some node works on some day of a week, if it works at all."""


@record
class Around:
    """The morning slots around this node, in its own time zone; and how many areas its roll call has."""

    below: tuple[Neighbour, ...]
    above: Neighbour | None
    areas: int


def around(desk: Desk) -> Around:
    """Look up the slots that the neighbours have published; of one that has told none, nothing is said."""
    places = Places(desk)
    children = [key for key in places.tree.children(desk.node) if key in places.mine]
    parent = places.tree.parent(desk.node)
    return Around(
        below=tuple(one for key in children for one in _slot(desk, places, key)),
        above=next(_slot(desk, places, parent), None) if parent else None,
        areas=len(children),
    )


def _slot(desk: Desk, places: Places, key: str) -> Iterator[Neighbour]:
    """The first protected slot of a node within a week."""
    place = places.of(key)
    if not place.slots:
        return
    for days in range(DAYS):
        for planned in place.planned(today(desk) + timedelta(days=days)):
            if planned.protected:
                yield Neighbour(place.name, desk.local(planned.planned_at).time(), planned.minutes)
                return
