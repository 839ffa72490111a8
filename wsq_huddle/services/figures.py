"""Reads the figures of a period from the made tables: the same chain as `chain`, and what became of each problem."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from wsq_huddle.domain import chains as mornings
from wsq_huddle.domain import figures
from wsq_huddle.domain.chains import Row
from wsq_huddle.domain.definitions import window_of
from wsq_huddle.domain.figures import Case, Figures, Place, Tally
from wsq_huddle.domain.huddles import AsHeld, Huddle
from wsq_huddle.domain.huddles import State as Told
from wsq_huddle.domain.nodes import State
from wsq_huddle.domain.problems import Assigned, Escalated, Mode, Reopened, Resolved, Returned, TakenOver
from wsq_huddle.domain.problems import State as Stage
from wsq_huddle.domain.summaries import Summary
from wsq_huddle.errors import NotAllowed
from wsq_huddle.store.reader import listed

from . import chains
from .desk import Desk
from .places import Places

LONGEST = 400
"""Days that are counted at once; beyond a year and a month nobody compares."""

_HOUR = 3600
_KNOWN = Summary()
_NO_STATES = '"states":{}'
"""In the summary of a unit, which need not be read then."""

_CASE_COLUMNS = (
    "subject, origin, state, lapsed, raised_at, resolved_at, resolved_by, closed_at, turn, hops, overtaken, ahead,"
    " answer, answer_to, answer_at, answer_read_at"
)


def between(desk: Desk, begins: date, ends: date) -> Figures:
    """The figures of the days from `begins` to `ends`, of this node and those below it."""
    if ends < begins:
        raise NotAllowed("The last day lies before the first.")
    if begins < date(2, 1, 1) or ends > date(9998, 12, 30):
        raise NotAllowed(f"Nobody huddled on {begins if begins < date(2, 1, 1) else ends}.")
    if (ends - begins).days >= LONGEST:
        raise NotAllowed(f"At most {LONGEST} days are counted at once.")
    places = Places(desk)
    tree = places.tree
    below = [key for key in tree.below(desk.node) if tree.nodes[key].state is not State.REVOKED]
    return figures.count(
        [
            Place(node=key, name=tree.nodes[key].name, tier=tree.nodes[key].tier, unit=tree.nodes[key].tier == 1)
            for key in below
        ],
        _rows(desk, places, begins, ends),
        cases(desk, below, begins, ends),
        begins=begins,
        ends=ends,
        now=desk.now(),
        asked={desk.node, *tree.children(desk.node)},
        tiers={key: node.tier for key, node in tree.nodes.items()},
    )


def tally(desk: Desk) -> Tally:
    """What became of the problems raised here since the first of the month: the last line of Today."""
    since = desk.local(desk.now()).date().replace(day=1)
    sql = "SELECT origin, state, lapsed, raised_at, resolved_at, closed_at, answer_at FROM problem"
    sql += " WHERE origin = :node AND raised_at >= :begins"
    rows = desk.look().rows(sql, node=desk.node, begins=_midnight(desk, since))
    return figures.tally(
        [
            Case(origin=row["origin"], answer_hours=_answer_hours(row), confirm_hours=_confirm_hours(row))
            for row in rows
        ],
        since,
    )


def cases(desk: Desk, nodes: Iterable[str], begins: date, ends: date) -> Iterator[Case]:
    """The problems that these nodes raised in the period, each with what became of it."""
    names, values = listed(sorted(nodes))
    where = f"origin IN ({names}) AND raised_at >= :begins AND raised_at < :ends"
    values |= {"begins": _midnight(desk, begins), "ends": _midnight(desk, ends + timedelta(days=1))}
    rows = desk.look().rows(f"SELECT {_CASE_COLUMNS} FROM problem WHERE {where}", **values)  # noqa: S608 - our own names
    back = _back(desk, where, values)
    now = desk.now()
    return (_case(row, back.get(row["subject"], ()), now) for row in rows)


def _back(desk: Desk, where: str, values: Mapping[str, str]) -> Mapping[str, list[Mapping[str, Any]]]:
    """The turns by which problems came to somebody without being handed over: opened again, taken over."""
    kinds = f"entry.kind IN ('{Reopened.kind}', '{TakenOver.kind}', '{Resolved.kind}')"
    columns = "entry.subject, entry.kind, entry.node, entry.at, entry.turn, entry.hash"
    joined = f"SELECT {columns} FROM problem JOIN entry ON entry.subject = problem.subject WHERE {where}"  # noqa: S608 - our own names
    sql = f"{joined} AND {kinds} AND entry.turn IS NOT NULL AND NOT entry.parked"
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in desk.look().rows(sql, **values):
        found[str(row["subject"])].append(row)
    return found


def _case(row: Mapping[str, Any], beside: Sequence[Mapping[str, Any]], now: datetime) -> Case:
    hops = json.loads(row["hops"])
    lost = row["overtaken"] + row["ahead"]
    turns = [one for one in beside if one["hash"] not in lost]
    solved = row["state"] in {Stage.RESOLVED.value, Stage.CLOSED.value}
    handed = [
        hop for hop in hops if hop["kind"] in {Escalated.kind, Assigned.kind} and hop["mode"] == Mode.ACTION.value
    ]
    return Case(
        origin=row["origin"],
        asked=tuple(
            _hours(_at(hop["at"]), _at(hop["acknowledged_at"])) if hop["acknowledged_at"] else None for hop in handed
        ),
        stays=_stays(row, hops, turns, now),
        escalated=any(hop["kind"] == Escalated.kind for hop in handed),
        returned=sum(hop["kind"] == Returned.kind for hop in hops),
        reopened=sum(one["kind"] == Reopened.kind for one in turns),
        resolved_by=row["resolved_by"] if solved else None,
        resolve_hours=_hours(_at(row["raised_at"]), _at(row["resolved_at"])) if solved else None,
        confirm_hours=_confirm_hours(row),
        answer_hours=_answer_hours(row),
        read_out=row["answer_read_at"] is not None and row["answer_to"] == row["origin"],
        not_now=bool(row["answer"]) and bool(json.loads(row["answer"])["not_now"]),
    )


def _answer_hours(row: Mapping[str, Any]) -> float | None:
    return _hours(_at(row["raised_at"]), _at(row["answer_at"])) if row["answer_at"] else None


def _confirm_hours(row: Mapping[str, Any]) -> float | None:
    """From solved to "yes, it worked"; a problem that lapsed was never said to be fixed."""
    confirmed = row["state"] == Stage.CLOSED.value and not row["lapsed"]
    return _hours(_at(row["resolved_at"]), _at(row["closed_at"])) if confirmed else None


def _stays(
    row: Mapping[str, Any], hops: Iterable[Mapping[str, Any]], turns: Iterable[Mapping[str, Any]], now: datetime
) -> dict[str, float]:
    """Hours with each node: from when it got the problem until somebody else did, or it was solved or over."""
    came: list[tuple[int, str, str | None]] = [(1, row["raised_at"], row["origin"])]
    came += [(hop["turn"], hop["at"], hop["to"]) for hop in hops if hop["mode"] == Mode.ACTION.value]
    came += [
        (one["turn"], one["at"], one["node"] if one["kind"] in {Reopened.kind, TakenOver.kind} else None)
        for one in turns
    ]
    if row["state"] == Stage.WITHDRAWN.value:
        came.append((row["turn"], row["closed_at"], None))
    ordered = sorted(came, key=lambda one: one[0])
    until = [*ordered, (0, now.isoformat(), None)]
    stays: dict[str, float] = {}
    for (_, since, node), (_, left, _) in pairwise(until):
        if node is not None:
            stays[node] = stays.get(node, 0.0) + _hours(_at(since), _at(left))
    return stays


def _rows(desk: Desk, places: Places, begins: date, ends: date) -> Iterator[Row]:
    """The lines of the chain of each day, as `chain` shows them now."""
    line, mine = places.line(desk.node), [places.of(key) for key in places.mine]
    window, heard, now = window_of(places.times(line), line), chains.heard(desk), desk.now()
    limits, written = chains.limits(desk), _written(desk, begins, ends)
    for number in range((ends - begins).days + 1):
        day = begins + timedelta(days=number)
        found = written.get(day.isoformat(), ())
        yield from mornings.chain(
            mine,
            on=day,
            window=window,
            now=now,
            huddles=[_huddle(row, day) for row in found],
            heard=heard,
            as_told=_as_told(found, desk.node),
            limits=limits,
        )


def _written(desk: Desk, begins: date, ends: date) -> Mapping[str, list[Mapping[str, Any]]]:
    sql = (
        'SELECT node, "on", name, state, planned_at, minutes, opened_at, closed_at, summary, marked FROM huddle'
        ' WHERE "on" >= :begins AND "on" <= :ends'
    )
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in desk.look().rows(sql, begins=begins.isoformat(), ends=ends.isoformat()):
        found[str(row["on"])].append(row)
    return found


def _huddle(row: Mapping[str, Any], on: date) -> Huddle:
    """A huddle as far as the chain looks at it; that it has told a summary is all that counts of that."""
    return Huddle(
        node=row["node"],
        on=on,
        name=row["name"],
        state=Told(row["state"]),
        planned_at=_at(row["planned_at"]) if row["planned_at"] else None,
        minutes=row["minutes"],
        opened_at=_at(row["opened_at"]) if row["opened_at"] else None,
        closed_at=_at(row["closed_at"]) if row["closed_at"] else None,
        summary=_KNOWN if row["summary"] else None,
        marked=AsHeld(row["marked"]) if row["marked"] else None,
    )


def _as_told(rows: Iterable[Mapping[str, Any]], me: str) -> dict[str, str]:
    """States of nodes further below, as the summaries of those between tell them."""
    told: dict[str, str] = {}
    for row in rows:
        if row["node"] != me and row["summary"] and _NO_STATES not in row["summary"]:
            told |= json.loads(row["summary"]).get("spread", {}).get("states", {})
    return told


def _midnight(desk: Desk, day: date) -> str:
    """When a day begins at this node, as a text that sorts with those of the tables."""
    return datetime.combine(day, time.min, desk.zone).astimezone(UTC).isoformat()


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _hours(since: datetime, until: datetime) -> float:
    return max((until - since).total_seconds() / _HOUR, 0.0)
