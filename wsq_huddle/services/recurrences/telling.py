"""What departments have told, day by day: causes, what was not ready, kinds of problem, their own words."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from wsq_huddle.domain.agendas import CLOSING, Kind
from wsq_huddle.domain.huddles import Huddle
from wsq_huddle.domain.nodes import Tree
from wsq_huddle.domain.problems import Problem, State
from wsq_huddle.domain.records import record
from wsq_huddle.domain.recurrences import BACK
from wsq_huddle.domain.reports import safe_words
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.rollcalls import READY
from wsq_huddle.store.reader import listed
from wsq_huddle.store.rows import field_of

from .learning import speaks

DAYS = 20
"""Days with a huddle that readiness is counted over."""

Row = tuple[date, str, Mapping[str, Any]]
"""A day, a node, and its summary as it was told."""

_NOT_READY = frozenset({"attention", "not-met"})


@record(kw_only=True)
class Short:
    """One of the four that is not ready in `units` units of `areas` departments, and on how many of the last days.

    `subjects` are the open problems of that kind.
    """

    key: str
    units: int
    areas: int
    days: int
    of: int
    subjects: tuple[str, ...] = ()


@record(kw_only=True)
class Kindred:
    """One kind of problem over the house: `raised` in `areas` departments, on so many of the last days."""

    raised: int
    areas: int
    days: int
    of: int


def rows_of(desk: Desk, areas: Sequence[str], on: date) -> list[Row]:
    """The summaries of the areas of the last weeks; read as they are, because there are hundreds."""
    names, values = listed(areas)
    sql = (
        f'SELECT "on", node, summary FROM huddle WHERE node IN ({names}) AND "on" >= :since AND "on" <= :day'  # noqa: S608 - placeholders
        " AND summary IS NOT NULL"
    )
    since = on - timedelta(days=BACK - 1)
    rows = desk.look().rows(sql, since=since.isoformat(), day=on.isoformat(), **values) if areas else []
    return [(date.fromisoformat(row["on"]), str(row["node"]), json.loads(row["summary"])) for row in rows]


def causes_of(summary: Mapping[str, Any]) -> dict[str, Mapping[str, int]]:
    return {key: one["causes"] for key, one in summary.get("events", {}).items() if one.get("causes")}


def not_ready(rows: Iterable[Row], on: date, about: Iterable[Problem]) -> tuple[Short, ...]:
    """Which of the four are not ready today, and on how many of the last days with a huddle they were not."""
    known, problems = list(rows), [one for one in about if one.state is State.OPEN]
    days = sorted({day for day, _, _ in known}, reverse=True)[:DAYS]
    units: Counter[str] = Counter()
    areas: Counter[str] = Counter()
    lacking: dict[str, set[date]] = {}
    for day, _, summary in known:
        for key, number in _lacking(summary).items():
            if day in days:
                lacking.setdefault(key, set()).add(day)
            if day == on:
                units[key] += number
                areas[key] += 1
    return tuple(
        Short(
            key=key,
            units=units[key],
            areas=areas[key],
            days=len(lacking[key]),
            of=len(days),
            subjects=tuple(one.id for one in problems if one.category == key),
        )
        for key in READY
        if units[key]
    )


def kinds_of(rows: Iterable[Row]) -> dict[str, Kindred]:
    """What was raised of each kind in the last days with a huddle, as the areas have counted it."""
    known = list(rows)
    days = set(sorted({day for day, _, _ in known}, reverse=True)[:DAYS])
    raised: Counter[str] = Counter()
    areas: dict[str, set[str]] = {}
    on: dict[str, set[date]] = {}
    for day, node, summary in known:
        for kind, number in summary.get("problems", {}).get("by_category", {}).items():
            if number and day in days:
                raised[kind] += int(number)
                areas.setdefault(kind, set()).add(node)
                on.setdefault(kind, set()).add(day)
    return {
        kind: Kindred(raised=raised[kind], areas=len(areas[kind]), days=len(on[kind]), of=len(days)) for kind in raised
    }


def _lacking(summary: Mapping[str, Any]) -> dict[str, int]:
    """In how many units each of the four is not ready; a place without units counts as one."""
    counts = {key: int(n) for key, n in summary.get("spread", {}).get("not_ready", {}).items() if n}
    marked = {key: 1 for key, mark in summary.get("readiness", {}).items() if mark in _NOT_READY}
    return {**marked, **counts}


def said_today(desk: Desk, areas: Sequence[str], on: date, tree: Tree) -> dict[str, tuple[str, ...]]:
    """What departments answered today to a question for words; thanks stay between those they name."""
    speaking = [node for node in areas if speaks(tree, node)]
    if not speaking:
        return {}
    names, values = listed(speaking)
    sql = f'SELECT node, answers FROM huddle WHERE "on" = :day AND node IN ({names})'  # noqa: S608 - placeholders
    closing = {item.key for item in CLOSING}
    found: dict[str, tuple[str, ...]] = {}
    for row in desk.look().rows(sql, day=on.isoformat(), **values):
        said_here = [
            safe_words(one.words)
            for one in field_of(Huddle, "answers", row)
            if one.kind is Kind.TEXT and one.words and one.item not in closing
        ]
        if said_here:
            found[str(row["node"])] = (*found.get(str(row["node"]), ()), *said_here)
    return found
