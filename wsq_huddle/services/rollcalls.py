"""The roll call of a department or the executives: a row for each area below, in an order that never changes.

calling = rollcalls.call(desk, sitting)          all rows, and what they add up to
rollcalls.hear(desk, sitting, "4-west")          Space: heard, next
rollcalls.needs(desk, "4-west")                  Enter: what this area is not well with, and asks us for
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from wsq_huddle.domain import agendas
from wsq_huddle.domain.agendas import HEARD, Item, Kind, Line, Mark, Step
from wsq_huddle.domain.calendars import works_at
from wsq_huddle.domain.chains import Row, State
from wsq_huddle.domain.definitions import Sort, in_force, short
from wsq_huddle.domain.huddles import AsHeld, Huddle
from wsq_huddle.domain.nodes import State as NodeState
from wsq_huddle.domain.problems import Problem
from wsq_huddle.domain.records import record
from wsq_huddle.domain.summaries import Summary, Targets, Units
from wsq_huddle.errors import NotFound

from . import arrivals, chains, definitions, huddles, todays, unused
from .desk import Desk
from .huddles import Sitting
from .places import Places
from .standins import StandIn

READY = ("methods", "equipment", "supplies", "staff")
"""The four of M E S S, by the keys of their lines."""

DELAYED = timedelta(minutes=5)
"""What took longer than this to reach us was held in time and heard late."""


@record(kw_only=True)
class Happened:
    """Events of one kind since the last huddle: `n` of them in `units` units; of what is `good` more is welcome."""

    key: str
    name: str
    n: int
    units: int
    looked_into: int = 0
    good: bool = False


@record(kw_only=True)
class Area:
    """One row. `told_at` is when its node told us, `reached_at` when that got here, if much later.

    `ready` are M E S S; `came_up` is what it brought up since its last huddle, `still_here` what of it we have yet
    to deal with; `units` counts the huddles below it; `answered` is (k, n) of its own huddle's lines while it is open;
    `why` says why there was no huddle, `call` is the number to ring, `heard` whether it was heard in our huddle.
    `closed`: it does not work now, and `stand_in` covers for it, if anybody does. `why_by` said so at `why_at`;
    `heard_at` is when it was last in touch, `unused_since` the day of its last entry, if that is days ago; `brought`
    are the problems of it that are still here.
    """

    node: str
    name: str
    tier: int
    state: State
    late: bool
    planned_at: datetime | None
    told_at: datetime | None
    reached_at: datetime | None
    ready: Mapping[str, Mark]
    happened: tuple[Happened, ...]
    targets: Targets
    came_up: int
    still_here: int
    units: Units
    answered: tuple[int, int]
    why: str
    as_held: AsHeld | None
    call: str
    heard: bool
    closed: bool = False
    stand_in: StandIn | None = None
    why_by: str = ""
    why_at: datetime | None = None
    heard_at: datetime | None = None
    unused_since: date | None = None
    brought: tuple[Problem, ...] = ()

    @property
    def told(self) -> bool:
        """Whether we know how it went: it told us, is open, or we have marked it."""
        return self.told_at is not None or self.state in _KNOWN

    @property
    def all_ready(self) -> bool:
        return bool(self.ready) and all(mark is Mark.MET for mark in self.ready.values())


@record(kw_only=True)
class RollCall:
    """All areas, and what they add up to. `seconds` is the time for each."""

    areas: tuple[Area, ...]
    seconds: int
    total: Summary
    happened: tuple[Happened, ...]

    @property
    def told(self) -> int:
        return sum(area.told and area.state is not State.SKIPPED for area in self.areas)

    @property
    def all_ready(self) -> int:
        return sum(area.all_ready for area in self.areas)


@record(kw_only=True)
class Needs:
    """What one area is not well with (`lines`, with its own words where it is directly below), and asks us for."""

    area: Area
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]


def call(desk: Desk, one: Sitting, places: Places | None = None) -> RollCall:
    """The roll call of our huddle; empty at a node that has none below."""
    known = places or Places(desk)
    item = _item(desk, one, known)
    rows = chains.morning(desk, one.on, known).rows
    here = todays.came_up(desk).problems
    told = huddles.below(desk, desk.node, one.on, known)
    reached, called_off = arrivals.reached(desk, one.on), arrivals.called_off(desk, one.on)
    contacts = chains.heard(desk)
    idle = unused.since(desk, known, [row.node for row in rows if row.state in unused.ASKED], one.on)
    total = huddles.summary_of(desk, one, known)
    names = _names(desk, known, total.events)
    heard = {answer.item for answer in one.huddle.answers if answer.value == HEARD} if one.huddle else set()
    areas = []
    for node in _order(known, item):
        theirs = huddles.sitting(desk, node=node, on=one.on, places=known)
        row = next((row for row in rows if (row.node, row.huddle) == (node, theirs.name)), None)
        summary = told.get(node) or Summary()
        below = known.tree.below(node)
        areas.append(
            _area(
                known, row, theirs, summary,
                happened=_happened(summary, names),
                reached=reached.get(theirs.subject),
                brought=tuple(up for up in here if up.origin in below or up.handed_by == node),
                called_off=called_off.get(theirs.subject),
                heard_at=contacts.get(node),
                unused_since=idle.get(node),
                answered=_answered(desk, theirs, known),
                heard=_key(item, node) in heard,
                now=desk.now(),
            )
        )  # fmt: skip
    slot = one.planned.minutes if one.planned else desk.settings.huddles[0].minutes
    return RollCall(
        areas=tuple(areas),
        seconds=desk.settings.roll_call_seconds(slot, len(areas)),
        total=total,
        happened=_happened(total, names),
    )


def hear(desk: Desk, one: Sitting, node: str, *, note: str = "") -> Huddle:
    """Say that an area was heard; what it said beyond its row goes into the note."""
    known = Places(desk)
    if node not in known.tree.children(desk.node):
        raise NotFound(f"{node} is not directly below {desk.name}.")
    item = _item(desk, one, known)
    line = agendas.listed(_key(item, node), step=Step.STATUS, kind=Kind.ROLL_CALL, ask=known.tree.nodes[node].name)
    return huddles.answer(desk, one, line, HEARD, note=note)


def needs(desk: Desk, node: str, on: date | None = None) -> Needs:
    """What stands behind one row."""
    known = Places(desk)
    one = huddles.sitting(desk, on=on, places=known)
    area = next((area for area in call(desk, one, known).areas if area.node == node), None)
    if area is None:
        raise NotFound(f"{node} is not directly below {desk.name}.")
    theirs = huddles.sitting(desk, node=node, on=one.on, places=known)
    below = known.tree.below(node)
    problems = todays.came_up(desk).problems
    lines = agendas.lines(huddles.agenda(desk, theirs, known).items, theirs.huddle.answers) if theirs.huddle else ()
    mine = (problem for problem in problems if problem.origin in below or problem.handed_by == node)
    return Needs(area=area, lines=lines, problems=tuple(mine))


_KNOWN = frozenset({State.OPEN, State.HELD, State.SKIPPED})


def _area(  # noqa: PLR0913 - all that a row is made of
    places: Places,
    row: Row | None,
    theirs: Sitting,
    summary: Summary,
    *,
    happened: tuple[Happened, ...],
    reached: datetime | None,
    brought: tuple[Problem, ...],
    called_off: tuple[str, datetime] | None,
    heard_at: datetime | None,
    unused_since: date | None,
    answered: tuple[int, int],
    heard: bool,
    now: datetime,
) -> Area:
    node, huddle = places.tree.nodes[theirs.node], theirs.huddle
    told_at = huddle.reported_at if huddle else None
    late = reached is not None and told_at is not None and reached - told_at > DELAYED
    asked = summary.problems.escalated + summary.problems.to_know
    return Area(
        node=node.key,
        name=node.name,
        tier=node.tier,
        state=row.state if row else State.PLANNED,
        late=row.late if row else False,
        planned_at=theirs.planned.planned_at if theirs.planned else None,
        told_at=told_at,
        reached_at=reached if late else None,
        ready={key: summary.readiness[key] for key in READY if key in summary.readiness} or dict(summary.readiness),
        happened=happened,
        targets=summary.targets,
        came_up=max(asked, len(brought)),
        still_here=len(brought),
        brought=brought,
        units=summary.units,
        answered=answered,
        why=huddle.why if huddle else "",
        why_by=called_off[0] if called_off else "",
        why_at=called_off[1] if called_off else None,
        heard_at=heard_at,
        unused_since=unused_since,
        as_held=huddle.as_held if huddle else None,
        call=places.call(node.key),
        heard=heard,
        closed=not works_at(places.of(node.key).calendar, now),
        stand_in=places.stand_in(node.key, now),
    )


def _item(desk: Desk, one: Sitting, places: Places) -> Item | None:
    items = huddles.agenda(desk, one, places).items
    return next((item for item in items if item.kind is Kind.ROLL_CALL), None)


def _key(item: Item | None, node: str) -> str:
    return f"{item.key if item else 'roll-call'}:{node}"


def _order(places: Places, item: Item | None) -> list[str]:
    """As the site has it; what it does not name comes after that, by name."""
    tree = places.tree
    there = [key for key in tree.children(tree.me) if tree.nodes[key].state is not NodeState.REVOKED]
    fixed = [area for area in (item.areas if item else ()) if area in there]
    rest = sorted(set(there) - set(fixed), key=lambda key: (tree.nodes[key].name.casefold(), key))
    return fixed + rest


def _answered(desk: Desk, theirs: Sitting, places: Places) -> tuple[int, int]:
    if theirs.huddle is None or theirs.huddle.summary is not None:
        return (0, 0)
    asked = {item.key for item in huddles.agenda(desk, theirs, places).items if item.asks}
    return len(asked & {answer.item for answer in theirs.huddle.answers}), len(asked)


def _names(desk: Desk, places: Places, kinds: Iterable[str]) -> dict[str, Item]:
    """The lines that ask for these kinds of event, for their names: of the first node that declares each."""
    missing = set(kinds)
    found: dict[str, Item] = {}
    for owner in (*places.line(desk.node), *sorted(places.tree.below(desk.node) - {desk.node})):
        if not missing:
            break
        items = definitions.sets(desk, owners=[owner], sorts=[Sort.ITEMS], earlier=False)
        for one in in_force(items, Sort.ITEMS, [owner]):
            if short(one.key) in missing:
                found[short(one.key)] = agendas.read_item(one)
                missing.discard(short(one.key))
    return found


def _happened(summary: Summary, names: Mapping[str, Item]) -> tuple[Happened, ...]:
    """What there was of each kind; what is good comes last."""
    found = (
        Happened(
            key=key,
            name=names[key].ask if key in names else key,
            n=events.n,
            units=summary.spread.events.get(key, 1),
            looked_into=events.looked_into,
            good=key in names and names[key].good,
        )
        for key, events in summary.events.items()
        if events.n
    )
    return tuple(sorted(found, key=lambda one: one.good))
