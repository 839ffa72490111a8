"""The morning as this node sees it: its own line up to the top, and everybody below it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from wsq_huddle.domain import calendars, chains, standins
from wsq_huddle.domain.chains import Limits, Row
from wsq_huddle.domain.codec import encode
from wsq_huddle.domain.definitions import window_of
from wsq_huddle.domain.huddles import Huddle
from wsq_huddle.domain.problems import Escalated, Problem
from wsq_huddle.domain.records import record
from wsq_huddle.domain.standins import Closed
from wsq_huddle.store.rows import field_of, thawed

from .desk import Desk
from .places import Places

_CHAIN_COLUMNS = (
    'subject, node, "on", name, state, planned_at, minutes, opened_at, closed_at, why, summary, reported,'
    " reported_at, marked, marked_by"
)


@record
class Morning:
    """The huddles of a day; `window` is the protected time of this node's line, in UTC.

    `closed` are the nodes outside their days and hours now, with a huddle that day or without; none for another day.
    """

    on: date
    window: tuple[datetime, datetime]
    rows: tuple[Row, ...]
    closed: tuple[Closed, ...] = ()

    def of(self, node: str) -> Row | None:
        """The first huddle of a node that day."""
        return next((row for row in self.rows if row.node == node), None)

    def as_json(self) -> dict[str, Any]:
        told = chains.as_json(self.rows, on=self.on, window=self.window)
        return {**told, "closed": [encode(one) for one in self.closed]}


def today(desk: Desk) -> date:
    """The date at this node."""
    return desk.local(desk.now()).date()


def morning(desk: Desk, on: date | None = None, places: Places | None = None) -> Morning:
    """Work out the states of a day's huddles; nothing of it is stored."""
    day, known = on or today(desk), places or Places(desk)
    huddles = on_day(desk, day)
    line = known.line(desk.node)
    window = window_of(known.times(line), line)
    rows = chains.chain(
        [known.of(key) for key in known.mine],
        on=day,
        window=window,
        now=desk.now(),
        huddles=huddles,
        heard=heard(desk),
        problems=_moved(desk, day),
        as_told=_as_told(huddles, desk.node),
        limits=limits(desk),
    )
    opens_and_closes = calendars.window_on(window, known.of(desk.node).calendar, day)
    closed = standins.closed_at(map(known.of, known.mine), desk.now()) if day == today(desk) else ()
    return Morning(day, opens_and_closes, rows, closed)


def on_day(desk: Desk, day: date) -> list[Huddle]:
    """The huddles of a day, without their answers."""
    rows = desk.look().rows(f'SELECT {_CHAIN_COLUMNS} FROM huddle WHERE "on" = :day', day=day.isoformat())  # noqa: S608 - our own names
    return [thawed(Huddle, row) for row in rows]


def heard(desk: Desk) -> dict[str, datetime]:
    """When this node was last in touch with each neighbour; with itself it always is.

    A spare knows of its own node what the node above knows of it, and no more.
    """
    rows = desk.look().rows("SELECT peer, last_contact FROM link WHERE last_contact IS NOT NULL AND role <> 'spare'")
    contacts = {str(row["peer"]): datetime.fromisoformat(row["last_contact"]) for row in rows}
    if desk.spare:
        above = contacts.get(desk.parent or "")
        return contacts if above is None else {**contacts, desk.node: above}
    return {**contacts, desk.node: desk.now()}


def limits(desk: Desk) -> Limits:
    """After how long a huddle is late and missed here, as [rules] has it."""
    rules = desk.settings.rules
    return Limits(late=timedelta(minutes=rules.late_minutes), missed=timedelta(minutes=rules.missed_minutes))


def _as_told(huddles: list[Huddle], me: str) -> dict[str, str]:
    """States of nodes further below, as the summaries of those between tell them."""
    told: dict[str, str] = {}
    for huddle in huddles:
        if huddle.summary is not None and huddle.node != me:
            told |= huddle.summary.spread.states
    return told


def _moved(desk: Desk, day: date) -> Mapping[str, tuple[int, int]]:
    """How many problems each node sent up that day, and how many answers it got."""
    begins = datetime.combine(day, time.min, desk.zone).astimezone(UTC)
    ends = datetime.combine(day + timedelta(days=1), time.min, desk.zone).astimezone(UTC)
    sql = "SELECT subject, hops, answer FROM problem WHERE changed_at >= :begins"
    counts: dict[str, list[int]] = {}
    for row in desk.look().rows(sql, begins=begins.isoformat()):
        for hop in field_of(Problem, "hops", row):
            if hop.kind == Escalated.kind and begins <= hop.at < ends:
                counts.setdefault(hop.node, [0, 0])[0] += 1
        answer = field_of(Problem, "answer", row)
        if answer is not None and begins <= answer.at < ends:
            counts.setdefault(answer.to, [0, 0])[1] += 1
    return {node: (up, down) for node, (up, down) in counts.items()}
