"""What hangs on the wall: how ready we are, our targets, days since harm, what became of problems, the morning.

Everybody walks past it, so that it has numbers and the site's own words only: nothing that people typed, no names.
"""

from collections.abc import Iterable
from datetime import date

from wsq_huddle.domain.agendas import Item, Kind, Mark, Step, happened
from wsq_huddle.domain.chains import Row
from wsq_huddle.domain.definitions import short
from wsq_huddle.domain.figures import Tally
from wsq_huddle.domain.huddles import Huddle
from wsq_huddle.domain.records import record
from wsq_huddle.domain.summaries import Targets
from wsq_huddle.store.rows import field_of

from . import chains, figures, huddles, rollcalls
from .chains import Morning
from .desk import Desk
from .huddles import Sitting
from .places import Places
from .steps import asking

BACK = 400
"""Huddles that are looked through for the last event of each kind."""


@record
class Ready:
    """One of the four that a place needs to be ready, as the huddle marked it."""

    name: str
    mark: Mark


@record
class Measured:
    """A measure or standard with its last value and its target, in the site's words."""

    name: str
    value: str
    target: str
    mark: Mark


@record
class Since:
    """A kind of harm. `days` since the last huddle that told of one; None when none ever did since `counted_from`."""

    name: str
    count: int
    days: int | None


@record
class Board:
    """One node's wall. `told_on` is the day of the huddle that it speaks of; None before the first one."""

    name: str
    on: date
    told_on: date | None
    row: Row | None
    ready: tuple[Ready, ...]
    targets: Targets
    measured: tuple[Measured, ...]
    since: tuple[Since, ...]
    counted_from: date | None
    tally: Tally
    morning: Morning


def board(desk: Desk) -> Board:
    """Look up everything that hangs on this node's wall: today's huddle once it has begun, else the last one."""
    places = Places(desk)
    one = huddles.sitting(desk, places=places)
    if one.huddle is None or one.huddle.opened_at is None:
        one = _last(desk, places) or one
    begun = one.huddle is not None and one.huddle.opened_at is not None
    items = huddles.agenda(desk, one, places).items
    summary = huddles.summary_of(desk, one, places) if begun else None
    morning = chains.morning(desk, places=places)
    since, counted_from = _since(desk, items)
    return Board(
        name=desk.name,
        on=morning.on,
        told_on=one.on if begun else None,
        row=morning.of(desk.node),
        ready=tuple(
            Ready(_word(items, key, Kind.READINESS), mark)
            for key, mark in sorted((summary.readiness if summary else {}).items(), key=_place)
        ),
        targets=summary.targets if summary else Targets(),
        measured=_measured(desk, one, items),
        since=since,
        counted_from=counted_from,
        tally=figures.tally(desk),
        morning=morning,
    )


def _last(desk: Desk, places: Places) -> Sitting | None:
    """The last huddle of this node that was held."""
    sql = 'SELECT "on", name FROM huddle WHERE node = :node AND opened_at < :now ORDER BY opened_at DESC LIMIT 1'
    row = desk.look().one(sql, node=desk.node, now=desk.now().isoformat())
    if row is None:
        return None
    return huddles.sitting(desk, name=row["name"], on=date.fromisoformat(row["on"]), places=places)


def _place(ready: tuple[str, Mark]) -> int:
    """Methods, equipment, supplies, staff, as in the roll call; what a site has besides comes after, as it stands."""
    return rollcalls.READY.index(ready[0]) if ready[0] in rollcalls.READY else len(rollcalls.READY)


def _word(items: Iterable[Item], key: str, kind: Kind) -> str:
    """What the agenda calls the item that a summary counts under this key."""
    return next((item.ask for item in items if item.kind is kind and short(item.key) == key), key.capitalize())


def _measured(desk: Desk, one: Sitting, items: Iterable[Item]) -> tuple[Measured, ...]:
    """Each measure once, then each standard, with the value of this huddle or the last one before it."""
    found: dict[str, Measured] = {}
    asked = asking.look(desk, one.huddle, items)
    for line in sorted((*asked[Step.STATUS], *asked[Step.TARGETS]), key=lambda line: line.item.kind is Kind.STANDARD):
        item = line.item
        key = item.measure or item.standard
        if key is None or item.kind not in {Kind.MEASURE, Kind.STANDARD}:
            continue
        answer = line.answer or line.last
        value = answer.value if answer is not None else None
        if key not in found or (value and not found[key].value):
            found[key] = Measured(item.ask, value or "", item.limit, answer.mark if answer else Mark.NONE)
    return tuple(found.values())


def _since(desk: Desk, items: Iterable[Item]) -> tuple[tuple[Since, ...], date | None]:
    """For each kind of harm the days since the last one; and the day from which huddles were looked through.

    What is welcome, such as a good catch, is no harm and has no days without.
    """
    harm = {item.key: item.ask for item in items if item.kind is Kind.EVENTS and not item.good}
    sql = 'SELECT "on", answers FROM huddle WHERE node = :node AND opened_at <= :now ORDER BY opened_at DESC LIMIT :n'
    rows = desk.look().rows(sql, node=desk.node, now=desk.now().isoformat(), n=BACK)
    today, last, counts = chains.today(desk), dict[str, date](), dict[str, int]()
    for row in rows if harm else ():
        on = date.fromisoformat(row["on"])
        for one in field_of(Huddle, "answers", row):
            if one.item in harm and happened(one):
                last.setdefault(one.item, on)
                if (on.year, on.month) == (today.year, today.month):
                    counts[one.item] = counts.get(one.item, 0) + happened(one)
        if len(last) == len(harm) and (on.year, on.month) != (today.year, today.month):
            break
    found = tuple(
        Since(ask, counts.get(key, 0), (today - last[key]).days if key in last else None) for key, ask in harm.items()
    )
    return found, date.fromisoformat(rows[-1]["on"]) if rows else None
