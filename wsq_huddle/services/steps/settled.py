"""What a huddle has settled otherwise than was asked: not fixed, dropped, put on another day.

Those lines stay where they stood, as done: the count of the step does not change by answering. What stood there is read
from the stories, as far as they went when the huddle began.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TypeVar

from wsq_huddle.domain import actions, problems
from wsq_huddle.domain.actions import Action
from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.problems import Answer, Problem, State
from wsq_huddle.services import todays
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.entries import stored
from wsq_huddle.store.rows import thawed

_Found = TypeVar("_Found", Action, Problem)


def reopened(desk: Desk, since: datetime) -> Iterator[tuple[Problem, Answer]]:
    """What was solved, they said, and is open again since then, with the answer that it had."""
    where = "origin = :node AND state = 'open' AND raised_at < :since AND why IS NOT NULL AND answer IS NULL"
    for now in _changed(desk, Problem, "problem", where, since):
        then = problems.fold(_before(desk, now.id, since))
        if then is not None and then.state is State.RESOLVED and then.holder == desk.node and then.answer is not None:
            yield now, then.answer


def moved(desk: Desk, since: datetime, on: date) -> Iterator[tuple[Action, date]]:
    """Actions that were due that day when the huddle began, and are dropped or due later since then; and that day."""
    where = "node = :node AND planned_at < :since AND (state = 'dropped' OR (state = 'open' AND due > :day))"
    for now in _changed(desk, Action, "action", where, since, day=on.isoformat()):
        then = actions.fold(_before(desk, now.id, since))
        if then is not None and then.state is actions.State.OPEN and then.due <= on:
            yield now, then.due


def planned_anew(desk: Desk, since: datetime, on: date) -> Iterator[tuple[Problem, date]]:
    """Problems of which a plan was due when the huddle began, which have another one since then; and that day."""
    where = "holder = :node AND state = 'open' AND raised_at < :since AND planned_at >= :since"
    for now in _changed(desk, Problem, "problem", where, since):
        then = problems.fold(_before(desk, now.id, since))
        day = (then.due or then.check_in) if then is not None and then.holder == desk.node else None
        if day is not None and day <= on:
            yield now, day


def _changed(
    desk: Desk, kind: type[_Found], table: str, where: str, since: datetime, **besides: str
) -> Iterator[_Found]:
    sql = f"SELECT * FROM {table} WHERE {where} AND changed_at >= :since ORDER BY changed_at LIMIT :limit"  # noqa: S608 - our own words
    rows = desk.look().rows(sql, node=desk.node, since=since.isoformat(), limit=todays.SHOWN, **besides)
    yield from (thawed(kind, row) for row in rows)


def _before(desk: Desk, subject: str, since: datetime) -> list[Told]:
    """The story of a problem or an action, as far as it went at that instant.

    Clocks differ: what was here by then belongs to it, too, and on a new computer all came later than it was written.
    """
    sql = "SELECT head, text, seal FROM entry WHERE subject = :subject AND NOT parked"
    sql += " AND (received_at < :since OR at < :since) ORDER BY arrival"
    rows = desk.look().rows(sql, subject=subject, since=since.isoformat())
    return [stored(subject, row["head"], row["text"], row["seal"]) for row in rows]
