"""Looking at huddles: which one is meant, what it asks, what it has answered, what it sums up to."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from wsq_huddle.domain import agendas, huddles
from wsq_huddle.domain.agendas import Item
from wsq_huddle.domain.calendars import Planned
from wsq_huddle.domain.definitions import editions_of
from wsq_huddle.domain.huddles import Huddle, State
from wsq_huddle.domain.records import record
from wsq_huddle.domain.summaries import HIGH_TIER, Summary
from wsq_huddle.errors import NotFound
from wsq_huddle.services import chains
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.places import Places
from wsq_huddle.store.rows import thawed

from .summing import summing

EARLY = timedelta(minutes=60)
"""How long before its slot a huddle is the one that is meant."""


@record
class Sitting:
    """One slot of one day at a node: what was planned, and the huddle as far as it is written."""

    node: str
    on: date
    name: str
    planned: Planned | None
    huddle: Huddle | None

    @property
    def subject(self) -> str:
        return huddles.subject_of(self.node, self.on, self.name)

    @property
    def state(self) -> State:
        return huddles.state_of(self.huddle)


@record
class Agenda:
    """The lines that a huddle asks, and the editions of the definitions that they come from."""

    items: tuple[Item, ...]
    editions: Mapping[str, int]


def read(desk: Desk, subject: str) -> Huddle | None:
    """A huddle with its answers; None when nothing was written of it."""
    row = desk.look().one("SELECT * FROM huddle WHERE subject = :subject", subject=subject)
    return thawed(Huddle, row) if row else None


def sitting(
    desk: Desk,
    *,
    node: str | None = None,
    name: str | None = None,
    on: date | None = None,
    places: Places | None = None,
) -> Sitting:
    """The huddle that is meant: the named one; else one that is open; else the slot that is nearest now."""
    key, day, known = node or desk.node, on or chains.today(desk), places or Places(desk)
    if key not in known.tree.nodes:
        raise NotFound(f"There is no node {key} that {desk.name} knows of.")
    planned = {one.name: one for one in known.of(key).planned(day)}
    rows = desk.look().rows('SELECT * FROM huddle WHERE "on" = :day AND node = :node', day=day.isoformat(), node=key)
    written = {huddle.name: huddle for huddle in (thawed(Huddle, row) for row in rows)}
    if name is not None and name not in planned and name not in written:
        raise NotFound(f"There is no huddle {name} on {day}; there is {', '.join(sorted(planned)) or 'none'}.")
    chosen = name or _nearest(planned, written, desk.now())
    return Sitting(key, day, chosen, planned.get(chosen), written.get(chosen))


def agenda(desk: Desk, one: Sitting, places: Places | None = None) -> Agenda:
    """What this huddle asks: by the editions it was opened with, or by those in force now."""
    known = places or Places(desk)
    sets, line = known.sets(one.node), known.line(one.node)
    begun = one.huddle is not None and one.huddle.opened_at is not None and bool(one.huddle.editions)
    editions = dict(one.huddle.editions) if begun and one.huddle is not None else editions_of(sets, line)
    tier = known.tree.nodes[one.node].tier
    return Agenda(agendas.agenda(sets, line, tier=tier, editions=editions), editions)


def last_held(desk: Desk, before: datetime, node: str | None = None) -> datetime | None:
    """When the last huddle that was held began: so far back this one looks."""
    sql = (
        "SELECT MAX(opened_at) AS at FROM huddle WHERE node = :node AND opened_at < :before"
        " AND state IN ('open', 'closed')"
    )
    row = desk.look().one(sql, node=node or desk.node, before=before.astimezone(UTC).isoformat())
    return datetime.fromisoformat(row["at"]) if row and row["at"] else None


def summary_of(desk: Desk, one: Sitting, places: Places | None = None) -> Summary:
    """What a huddle sums up to now: also an open one, and a department's with what its units told."""
    return summing(desk, one, places or Places(desk))(one.huddle)


def show(desk: Desk, one: Sitting) -> dict[str, Any]:
    """Everything about one huddle, as `huddle show --json` prints it.

    `recurring` are the causes of harm that come back, in two departments or week after week: for who is above those.
    """
    places = Places(desk)
    rows = chains.morning(desk, one.on, places).rows
    row = next((row for row in rows if (row.node, row.huddle) == (one.node, one.name)), None)
    state = row.state.value if row else one.state.value
    shown = huddles.show(
        one.huddle,
        agenda(desk, one, places).items,
        summary_of(desk, one, places),
        node=one.node,
        name=one.name,
        on=one.on,
        state=state,
        planned_at=one.planned.planned_at if one.planned else None,
    )
    return {**shown, "recurring": _recurring(desk, one, places)}


def _recurring(desk: Desk, one: Sitting, places: Places) -> list[dict[str, Any]]:
    if one.node != desk.node or desk.tier < HIGH_TIER:
        return []
    from wsq_huddle.services import recurrences  # noqa: PLC0415 - above a department only, and it looks at huddles too

    return [
        {"event": found.kind, **{name: getattr(found, name) for name in ("cause", "today", "areas", "weeks")}}
        for found in recurrences.recurring(desk, one.on, places)
    ]


def _nearest(planned: Mapping[str, Planned], written: Mapping[str, Huddle], now: datetime) -> str:
    under_way = [huddle for huddle in written.values() if huddle.state is State.OPEN]
    if under_way:
        return max(under_way, key=lambda huddle: (huddle.opened_at or now, huddle.name)).name
    begun = [one for one in planned.values() if one.planned_at - EARLY <= now]
    if begun:
        return max(begun, key=lambda one: one.planned_at).name
    if planned:
        return min(planned.values(), key=lambda one: one.planned_at).name
    return next(iter(written), "morning")
