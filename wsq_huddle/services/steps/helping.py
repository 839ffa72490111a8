"""Plan and Help: what the earlier questions have left, what is ours, and what others brought up."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from wsq_huddle.domain import agendas
from wsq_huddle.domain.agendas import Item, Line
from wsq_huddle.domain.huddles import Huddle
from wsq_huddle.domain.problems import PREFIX, Mode, Problem, State, Urgency, name_of
from wsq_huddle.domain.records import record
from wsq_huddle.services import todays
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.places import Places
from wsq_huddle.services.problems import SAFETY
from wsq_huddle.store.rows import thawed

_SECOND = 2
"""The turn that follows the raising."""

_MOMENT = timedelta(seconds=1)


class How(StrEnum):
    """What was done in this huddle with a problem that came up."""

    HANDED = "handed"
    ANSWERED = "answered"
    NOT_NOW = "not-now"
    SOLVED = "solved"
    PLANNED = "planned"
    HEARD = "heard"


@record(kw_only=True)
class Dealt:
    """What became of it: `to` is the place it was handed or sent to, `text` what was said."""

    how: How
    at: datetime
    to: str = ""
    text: str = ""


@record(kw_only=True)
class CameUp:
    """A problem of others: raised at `unit`, brought here by `who`. `to_know` asks for nothing.

    `by` is when an answer is wanted; `got_it`: somebody here has said so; `dealt` what was done with it in this huddle.
    """

    problem: Problem
    unit: str
    who: str
    to_know: bool
    by: datetime | None
    got_it: bool
    dealt: Dealt | None

    @property
    def urgent(self) -> bool:
        return self.problem.urgency is Urgency.NOW


def left(desk: Desk, huddle: Huddle | None, items: Iterable[Item], since: datetime, back: datetime) -> tuple[Line, ...]:
    """What the earlier questions leave to plan or to ask help for.

    `since` is when this huddle began, `back` how far it looks back: problems raised after that are lines too.
    """
    known = tuple(items)
    answers = huddle.answers if huddle else ()
    fresh = [one for one in _raised(desk, min(since, back)) if one.state is not State.WITHDRAWN]
    standing = {line.about for line in agendas.lines(known, answers)}
    about = {one.about: one for one in fresh if one.about in standing and one.raised_at >= since}
    planned = {one.id for one in fresh if one.what or one.state is not State.OPEN}
    asked = {one.id for one in fresh if one.hops and not _told_by_itself(one)}
    planned |= _actions(desk, since) | {key for key, one in about.items() if key and one.id in planned}
    return agendas.lines(
        known,
        answers,
        raised={one.id: one.title for one in fresh if one.about not in standing and one.state is not State.CLOSED},
        planned=planned,
        asked=asked | {key for key, one in about.items() if key and one.id in asked},
    )


def _told_by_itself(one: Problem) -> bool:
    """Whether the next tier got to know of it by its raising, as of events and after a huddle: nobody has asked."""
    (first, *others) = one.hops
    at_once = first.turn == _SECOND and first.at - one.raised_at < _MOMENT and first.mode is Mode.AWARENESS
    return at_once and not others and (one.about is None or one.category == SAFETY)


def came_up(desk: Desk, places: Places, since: datetime | None) -> tuple[CameUp, ...]:
    """What others brought up: urgent first, then by the time wanted; what was dealt with since the huddle began too."""
    here = todays.came_up(desk).problems
    known = {one.id for one in here}
    done = {one.id: one for one in (*_changed(desk, since), *todays.told(desk)) if one.id not in known} if since else {}
    told = [(one, _dealt_with(one, desk.node, places, since)) for one in (*here, *done.values())]
    return tuple(
        CameUp(
            problem=one,
            unit=name_of(places.tree, one.origin),
            who=name_of(places.tree, _bringer(one, desk.node)),
            to_know=desk.node not in one.held,
            by=next((hop.by for hop in reversed(one.hops) if hop.to == desk.node and hop.by), None),
            got_it=one.acknowledged_at is not None or one.seen.get(desk.node, 0) >= one.turn,
            dealt=dealt,
        )
        for one, dealt in told
        if one.id in known or dealt is not None
    )


def _raised(desk: Desk, since: datetime) -> list[Problem]:
    sql = "SELECT * FROM problem WHERE origin = :node AND raised_at >= :since ORDER BY raised_at, subject LIMIT :limit"
    rows = desk.look().rows(sql, node=desk.node, since=since.isoformat(), limit=todays.SHOWN)
    return [thawed(Problem, row) for row in rows]


def _actions(desk: Desk, since: datetime) -> set[str]:
    """What actions were planned for since the huddle began."""
    sql = (
        "SELECT about FROM action WHERE node = :node AND state IN ('open', 'done')"
        " AND about IS NOT NULL AND planned_at >= :since"
    )
    return {str(row["about"]) for row in desk.look().rows(sql, node=desk.node, since=since.isoformat())}


def _changed(desk: Desk, since: datetime) -> list[Problem]:
    """Problems of others that changed since the huddle began."""
    sql = (
        "SELECT * FROM problem WHERE changed_at >= :since AND origin <> :node"
        " AND subject IN (SELECT subject FROM problem_path WHERE node = :node)"
        " ORDER BY changed_at LIMIT :limit"
    )
    rows = desk.look().rows(sql, node=desk.node, since=since.isoformat(), limit=todays.SHOWN)
    return [thawed(Problem, row) for row in rows]


def _dealt_with(one: Problem, me: str, places: Places, since: datetime | None) -> Dealt | None:
    """The last thing that this node did with a problem since the huddle began."""
    if since is None:
        return None
    found: list[Dealt] = []
    if one.planned_at and one.planned_at >= since and one.holder == me:
        found.append(Dealt(how=How.PLANNED, at=one.planned_at, text=one.what or ""))
    found += [
        Dealt(how=How.HANDED, at=hop.at, to=name_of(places.tree, hop.to), text=hop.need)
        for hop in one.hops
        if hop.node == me and hop.at >= since
    ]
    answer = one.answer
    if answer is not None and answer.node == me and answer.at >= since:
        how = How.SOLVED if answer.solved else How.NOT_NOW if answer.not_now else How.ANSWERED
        found.append(Dealt(how=how, at=answer.at, to=name_of(places.tree, answer.to), text=answer.text))
    found += [
        Dealt(how=How.HEARD, at=hop.seen_at)
        for hop in one.hops
        if hop.to == me and hop.seen_at and hop.seen_at >= since and me not in one.held
    ]
    return max(found, key=lambda dealt: (dealt.at, dealt.how is not How.HANDED), default=None)


def _bringer(one: Problem, me: str) -> str:
    hops = [hop.node for hop in one.hops if hop.to == me]
    alerts = [alert.node for alert in one.alerts if alert.to == me]
    return (hops or alerts or [one.origin])[-1]


def is_problem(about: str) -> bool:
    """Whether a line of Plan and Help is a problem, not a line of the agenda."""
    return about.startswith(PREFIX)
