"""The morning: every node's huddle, worked out from plan, calendar and now, never stored.

planned --(slot + 3 min)--> late --(the parent's start)--> missed        while the node has written nothing
   |                          |                              |
   +---------- opened --------+------------------------------+---> open --> held          and may be late
   unknown: not heard from since; late and missed are only said of a node that was in touch after that moment
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from .calendars import Planned, default_slot, instant, slots_on
from .codec import encode
from .definitions import Calendar, Slot, Window
from .huddles import AsHeld, Huddle
from .huddles import State as Told
from .records import record
from .summaries import Units


class State(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    HELD = "held"
    LATE = "late"
    MISSED = "missed"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"


@record(kw_only=True)
class Limits:
    """How long after its slot a huddle is late, and outside the window missed."""

    late: timedelta
    missed: timedelta


@record(kw_only=True)
class Place:
    """A node as far as its mornings go; without slots it huddles at its tier's usual time.

    `since` is when it was first told of: no huddle was expected of it before. None: it was always there.
    """

    node: str
    name: str
    tier: int
    parent: str | None
    calendar: Calendar = field(default_factory=Calendar)
    slots: tuple[Slot, ...] = ()
    since: datetime | None = None

    def planned(self, on: date) -> tuple[Planned, ...]:
        return slots_on(self.slots or (default_slot(self.tier),), self.calendar, on)


@record(kw_only=True)
class Row:
    """One huddle of the morning, with the fields of `chain --json`."""

    node: str
    name: str
    tier: int
    parent: str | None
    huddle: str
    planned_at: datetime | None
    state: State
    late: bool = False
    heard_at: datetime | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    reported_at: datetime | None = None
    problems_up: int = 0
    problems_down: int = 0
    on_paper: bool = False


_MARKED = {
    AsHeld.PAPER: State.HELD,
    AsHeld.EMERGENCY: State.SKIPPED,
    AsHeld.SHORT_STAFFED: State.SKIPPED,
    AsHeld.CLOSED: State.SKIPPED,
    AsHeld.NOT_KNOWN: State.UNKNOWN,
}
_AS_TOLD = frozenset({State.LATE, State.MISSED, State.SKIPPED, State.HELD})


def missed_at(
    planned_at: datetime, window: tuple[datetime, datetime], parents: Iterable[datetime], limits: Limits
) -> datetime:
    """From when a huddle that was not held is missed.

    In the window: from the start of the parent's next huddle that day, without one from the window's end; outside the
    window: an hour after its start. `parents` are the starts of the parent's huddles that day.
    """
    opens, closes = window
    if not opens <= planned_at < closes:
        return planned_at + limits.missed
    return min((start for start in parents if start > planned_at), default=closes)


def standing(  # noqa: PLR0913 - all that a state is worked out from
    huddle: Huddle | None,
    planned: Planned,
    *,
    missed: datetime,
    now: datetime,
    heard_at: datetime | None,
    limits: Limits,
    as_told: str | None = None,
) -> tuple[State, bool]:
    """The state of one huddle, and whether it opened late.

    `missed` comes from `missed_at`; `heard_at` is the node's last contact (for our own node: now); `as_told` what its
    parent told of it, which counts where we ourselves know nothing.
    """
    late_at = planned.planned_at + limits.late
    if huddle is not None and huddle.state is Told.SKIPPED:
        return State.SKIPPED, False
    if huddle is not None and huddle.state is not Told.PLANNED:
        began = huddle.opened_at or planned.planned_at
        over = max(missed, began + timedelta(minutes=huddle.minutes or planned.minutes))
        under_way = huddle.state is Told.OPEN and now < over
        return (State.OPEN if under_way else State.HELD), began > late_at
    if huddle is not None and huddle.as_held is not None:
        return _MARKED[huddle.as_held], False
    silent = _silent(late_at, missed, now, heard_at)
    if silent is State.UNKNOWN and as_told in _AS_TOLD:
        return State(as_told), as_told == State.LATE
    return silent, silent is State.LATE


def _silent(late_at: datetime, missed: datetime, now: datetime, heard_at: datetime | None) -> State:
    """The state of a huddle of which nothing was told."""
    if now >= missed:
        in_touch = heard_at is not None and heard_at >= missed
        return State.MISSED if in_touch else State.UNKNOWN
    if now > late_at:
        in_touch = heard_at is not None and heard_at > late_at
        return State.LATE if in_touch else State.UNKNOWN
    return State.PLANNED


def chain(  # noqa: PLR0913 - all that a morning is worked out from
    places: Iterable[Place],
    *,
    on: date,
    window: Window,
    now: datetime,
    huddles: Iterable[Huddle],
    heard: Mapping[str, datetime],
    limits: Limits,
    problems: Mapping[str, tuple[int, int]] | None = None,
    as_told: Mapping[str, str] | None = None,
) -> tuple[Row, ...]:
    """The rows of a morning, by tier and name: every protected slot, and every other huddle that was written about.

    `heard` has the last contact of each node, our own with now; `problems` the numbers that went up and came down;
    `as_told` the states of nodes further below as their parents' summaries tell them (`Summary.spread.states`).
    """
    known = {place.node: place for place in places}
    told: dict[str, dict[str, Huddle]] = defaultdict(dict)
    for one in huddles:
        if one.on == on:
            told[one.node][one.name] = one
    rows = [
        _row(place, planned, told[place.node].get(planned.name), known=known, window=window, now=now, limits=limits,
             heard=heard, problems=problems or {}, as_told=as_told or {})
        for place in known.values()
        for planned in _expected(place, on, told[place.node])
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.tier, row.name, row.node, row.planned_at or now, row.huddle)))


def _expected(place: Place, on: date, told: Mapping[str, Huddle]) -> list[Planned]:
    """The slots of a node's morning, its unplanned huddles with them."""
    planned = place.planned(on)
    names = {one.name for one in planned}
    extra = [
        Planned(name=name, on=on, planned_at=at, minutes=one.minutes or 0, protected=False)
        for name, one in told.items()
        if name not in names and (at := one.planned_at or one.opened_at)
    ]
    some_protected = any(one.protected for one in planned)
    due = [one for one in planned if place.since is None or one.planned_at >= place.since]
    mine = [one for one in due if one.protected or not some_protected]
    return [*(one for one in planned if one in mine or one.name in told), *extra]


def _row(  # noqa: PLR0913 - all that a row is worked out from
    place: Place,
    planned: Planned,
    huddle: Huddle | None,
    *,
    known: Mapping[str, Place],
    window: Window,
    now: datetime,
    limits: Limits,
    heard: Mapping[str, datetime],
    problems: Mapping[str, tuple[int, int]],
    as_told: Mapping[str, str],
) -> Row:
    parent = known.get(place.parent or "")
    starts = [one.planned_at for one in parent.planned(planned.on)] if parent else []
    opens_and_closes = (
        instant(place.calendar, planned.on, window.opens),
        instant(place.calendar, planned.on, window.closes),
    )
    heard_at = heard.get(place.node)
    state, late = standing(
        huddle,
        planned,
        missed=missed_at(planned.planned_at, opens_and_closes, starts, limits),
        now=now,
        heard_at=heard_at,
        limits=limits,
        as_told=as_told.get(place.node),
    )
    up, down = problems.get(place.node, (0, 0))
    return Row(
        node=place.node,
        name=place.name,
        tier=place.tier,
        parent=place.parent,
        huddle=planned.name,
        planned_at=planned.planned_at,
        state=state,
        late=late,
        heard_at=heard_at,
        opened_at=huddle.opened_at if huddle else None,
        closed_at=huddle.closed_at if huddle else None,
        reported_at=huddle.reported_at if huddle else None,
        problems_up=up,
        problems_down=down,
        on_paper=huddle is not None and huddle.on_paper,
    )


def as_json(rows: Iterable[Row], *, on: date, window: tuple[datetime, datetime]) -> dict[str, Any]:
    """The morning as `chain --json` prints it; `window` is that of the node that asks."""
    return {
        "on": on.isoformat(),
        "window": {"opens": encode(window[0]), "closes": encode(window[1])},
        "nodes": [encode(row) for row in rows],
    }


def states_below(rows: Iterable[Row], node: str, below: Collection[str] | None = None) -> dict[str, str]:
    """The states of the huddles of all nodes below one, as its summary carries them: the first of each node.

    `below` names those nodes (`Tree.below`). Without it they are found from row to row, which loses the units of a
    department that has no huddle that day.
    """
    known = list(rows)
    among = _below(known, node) if below is None else frozenset(below) - {node}
    found: dict[str, str] = {}
    for row in known:
        if row.node in among:
            found.setdefault(row.node, row.state.value)
    return found


def units_below(rows: Iterable[Row], node: str, below: Collection[str] | None = None) -> Units:
    """How the huddles of the units below one went: the nodes there that have none below themselves."""
    known = list(rows)
    parents = {row.parent for row in known}
    states = [State(state) for key, state in states_below(known, node, below).items() if key not in parents]
    return Units(
        expected=len(states),
        held=sum(state in {State.HELD, State.OPEN} for state in states),
        unknown=states.count(State.UNKNOWN),
        not_held=sum(state in {State.MISSED, State.SKIPPED} for state in states),
    )


def _below(rows: Iterable[Row], node: str) -> frozenset[str]:
    children: dict[str | None, set[str]] = {}
    for row in rows:
        children.setdefault(row.parent, set()).add(row.node)
    found: set[str] = set()
    waiting = [node]
    while waiting:
        new = children.get(waiting.pop(), set()) - found - {node}
        found |= new
        waiting += new
    return frozenset(found)
