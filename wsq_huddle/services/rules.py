"""What happens by rule, because time has passed: alerts that nobody took, solutions that nobody confirmed.

Run by whoever keeps a node going (the hub, the sender, the screens), as often as they like: each rule fires once for a
turn of a problem, across restarts and processes. The numbers are in [rules] of huddle.toml.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from wsq_huddle.domain import calendars, problems
from wsq_huddle.domain.definitions import Sort, calendar_of
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.nodes import Tree
from wsq_huddle.domain.problems import Problem, State, Urgency
from wsq_huddle.errors import NotAllowed
from wsq_huddle.store.reader import listed
from wsq_huddle.store.rows import thawed

from . import definitions
from .desk import Desk

RULE = "rule"
"""Who signs what happens by rule."""


def run(desk: Desk) -> int:
    """Do what is due now; gives the number of events recorded."""
    if desk.settings.mail.host:
        from . import mails  # noqa: PLC0415 - only where there is a mail server

        mails.look(desk)
    tree = desk.tree()
    done = 0
    if tree.parent(desk.node) is not None:
        for problem in _urgent(desk, tree):
            if unacknowledged(desk, problem) or unseen(desk, problem):
                done += _fire(desk, problem, "alert", lambda now: problems.alert(now, tree))
    for problem in _solved(desk):
        if _asked(desk, problem) >= desk.settings.rules.lapse_huddles:
            done += _fire(desk, problem, "lapse", _lapsing(tree))
    return done


def unacknowledged(desk: Desk, problem: Problem) -> bool:
    """Whether this node was asked for help and has not said that it got it, in the time it had to.

    The clock stands still outside the node's days and hours, never for what is needed now.
    """
    if problem.holder != desk.node:
        return False
    rules = desk.settings.rules
    within = {
        Urgency.NOW: timedelta(minutes=rules.acknowledge_now_minutes),
        Urgency.TODAY: timedelta(hours=rules.acknowledge_today_hours),
        Urgency.ROUTINE: timedelta(hours=rules.acknowledge_routine_hours),
    }
    until = problems.acknowledge_until(problem, within, lambda since, worked: _working_until(desk, since, worked))
    return until is not None and desk.now() >= until


def _working_until(desk: Desk, since: datetime, worked: timedelta) -> datetime:
    own = definitions.sets(desk, owners=[desk.node], sorts=[Sort.WINDOW], earlier=False)
    return calendars.working_until(calendar_of(own, desk.node), since, worked)


def unseen(desk: Desk, problem: Problem) -> bool:
    """Whether this node was alerted and nobody here has looked, in the time there was; `now` knows no closing time."""
    if problem.holder == desk.node or problem.state is not State.OPEN or problem.seen.get(desk.node, 0):
        return False
    alerted = next((alert.at for alert in problem.alerts if alert.to == desk.node), None)
    within = timedelta(minutes=desk.settings.rules.acknowledge_now_minutes)
    return alerted is not None and desk.node not in problem.held and desk.now() >= alerted + within


def _urgent(desk: Desk, tree: Tree) -> list[Problem]:
    """What is needed now and waits here: held by this node, or only told to it."""
    known = "urgency = 'now' AND state = 'open' AND"
    sql = f"SELECT * FROM problem WHERE {known} holder = :node AND acknowledged_at IS NULL"  # noqa: S608
    rows = desk.look().rows(sql, node=desk.node)
    names, values = listed([desk.node, *tree.ancestors(desk.node)])
    sql = f"SELECT * FROM problem WHERE {known} told_to IN ({names}) AND holder <> :node"  # noqa: S608
    rows += desk.look().rows(sql, node=desk.node, **values)
    return [thawed(Problem, row) for row in rows]


def _solved(desk: Desk) -> list[Problem]:
    sql = "SELECT * FROM problem WHERE holder = :node AND origin = :node AND state = 'resolved'"
    return [thawed(Problem, row) for row in desk.look().rows(sql, node=desk.node)]


def _asked(desk: Desk, problem: Problem) -> int:
    """In how many huddles the solution could have been confirmed: those begun after it came and over, closed or not."""
    came = (problem.resolved_at or problem.changed_at).astimezone(UTC).isoformat()
    sql = "SELECT COUNT(*) AS n FROM huddle WHERE node = :node AND opened_at > :came"
    sql += " AND (state = 'closed' OR (state = 'open' AND \"on\" < :day))"
    row = desk.look().one(sql, node=desk.node, came=came, day=desk.local(desk.now()).date().isoformat())
    return int(row["n"]) if row else 0


def _lapsing(tree: Tree) -> Callable[[Problem], Event]:
    return lambda now: problems.lapse(now, tree)


def _fire(desk: Desk, seen: Problem, rule: str, verb: Callable[[Problem], Event]) -> int:
    """Record what a rule says, unless the problem has moved on or the rule has fired for this turn."""
    from wsq_huddle.store.timers import fire  # noqa: PLC0415 - SQLAlchemy, when something is due

    with desk.recording() as writing:
        writing.transaction.lock([seen.id])
        problem = writing.recorder.state(seen.id)
        if problem is None or problem.turn != seen.turn or problem.state not in (State.OPEN, State.RESOLVED):
            return 0
        if not fire(writing.transaction, seen.id, seen.turn, rule):
            return 0
        try:
            event = verb(problem)
        except NotAllowed:
            return 0
        writing.recorder.write(RULE, event, seen.id)
    return 1
