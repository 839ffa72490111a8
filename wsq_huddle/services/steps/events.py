"""Safety events that were raised as problems: each is a card in the look-back of the next huddle that asks for it.

huddle ── Falls: 0 ── closed ── fall raised ┊ tomorrow's huddle ── Falls: 1, with its card ──
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from wsq_huddle.domain.agendas import Answer, Card, Item, Kind
from wsq_huddle.domain.huddles import Huddle
from wsq_huddle.domain.problems import Problem, State
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.problems import SAFETY
from wsq_huddle.store.reader import listed
from wsq_huddle.store.rows import field_of, thawed

_MOST = 50
"""Events of one look-back that are shown as cards; what is typed counts, whatever their number."""

_DAY, _EVENING, _NIGHT = 7, 15, 23
"""The hours at which the shifts begin, as far as nobody says otherwise on the card."""


def look(desk: Desk, huddle: Huddle | None, items: Iterable[Item]) -> dict[str, tuple[Problem, ...]]:
    """By kind of event what was raised between the answer of the huddle before this one and the answer of this one."""
    asked = [item.key for item in items if item.kind is Kind.EVENTS]
    raised = _raised(desk, asked) if asked else []
    if not raised:
        return {}
    here = {one.item: one for one in huddle.answers} if huddle else {}
    since, before = _before(desk, huddle)
    found: dict[str, tuple[Problem, ...]] = {}
    for problem in raised:
        key = problem.about or ""
        begins, ends = _at(before.get(key)) or since, _at(here.get(key))
        if (begins is None or problem.raised_at > begins) and (ends is None or problem.raised_at <= ends):
            found[key] = (*found.get(key, ()), problem)
    return found


def card(desk: Desk, problem: Problem) -> Card:
    """What is known of an event by its raising: in which shift, and the number of its report."""
    return Card(shift=_shift(desk.local(problem.raised_at).hour), reference=problem.reference)


def _shift(hour: int) -> str:
    return "day" if _DAY <= hour < _EVENING else "evening" if _EVENING <= hour < _NIGHT else "night"


def _raised(desk: Desk, asked: list[str]) -> list[Problem]:
    """The last events of these kinds, in their order."""
    names, values = listed(asked)
    sql = (
        f"SELECT * FROM problem WHERE origin = :here AND category = :safety AND about IN ({names})"  # noqa: S608 - placeholders
        " AND state <> :withdrawn ORDER BY raised_at DESC, subject DESC LIMIT :limit"
    )
    rows = desk.look().rows(sql, here=desk.node, safety=SAFETY, withdrawn=State.WITHDRAWN.value, limit=_MOST, **values)
    return [thawed(Problem, row) for row in reversed(rows)]


def _before(desk: Desk, huddle: Huddle | None) -> tuple[datetime | None, dict[str, Answer]]:
    """When the huddle before this one began, and what it answered; it asked for what had happened by then."""
    now = huddle.opened_at if huddle and huddle.opened_at else desk.now()
    row = desk.look().one(
        "SELECT opened_at, answers FROM huddle WHERE node = :node AND opened_at < :before"
        " AND state IN ('open', 'closed') ORDER BY opened_at DESC LIMIT 1",
        node=desk.node,
        before=now.astimezone(UTC).isoformat(),
    )
    if row is None:
        return None, {}
    return datetime.fromisoformat(row["opened_at"]), {one.item: one for one in field_of(Huddle, "answers", row)}


def _at(answer: Answer | None) -> datetime | None:
    return answer.at if answer else None
