"""What happens by rule, because time has passed: alerts that nobody took, solutions that nobody confirmed.

    needed now, here    closed here: who stands in is told at once, at any hour
                        nobody here for days: the next tier is told at once
                        not taken, not looked at, in time: the next tier is told
    asked of us         nobody here for days: the next tier is told, too; the baton stays
    held here           over its day, a quick hit over its time, not acknowledged in time: all on the path are told
    a spare's event     a safety event raised on a spare: the next tier gets to know of it
    solved, ours        asked in three huddles whether it worked: closed by itself

Run by whoever keeps a node going (the hub, the sender, the screens), as often as they like: each rule fires once for a
turn of a problem, across restarts and processes. The numbers are in [rules] of huddle.toml.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from wsq_huddle.domain import calendars, problems
from wsq_huddle.domain.definitions import Calendar, Sort, calendar_of
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.nodes import Tree
from wsq_huddle.domain.problems import Mode, Problem, Rule, State, Urgency
from wsq_huddle.errors import NotAllowed
from wsq_huddle.store.reader import listed
from wsq_huddle.store.rows import thawed

from . import computers, definitions, standins
from .desk import Desk
from .problems import SAFETY

RULE = "rule"
"""Who signs what happens by rule."""

_BY_ITSELF = (
    *("problem.arrived", "problem.alerted", "problem.reminded", "problem.lapsed"),
    *("definitions.published", "node.enrolled"),
)
"""What a node writes although nobody is there."""


_MAY_BE_OVER = {
    Rule.OVERDUE: "COALESCE(due, check_in) < :day",
    Rule.QUICK_HIT: "due IS NULL AND check_in IS NULL AND held_since < :begun",
    Rule.ACKNOWLEDGE: "acknowledged_at IS NULL AND origin <> :node AND urgency <> 'now'",
}

_NOT_FIRED = (
    "NOT EXISTS (SELECT 1 FROM timer WHERE timer.subject = problem.subject AND timer.turn = problem.turn"
    " AND timer.rule = :rule)"
)
"""What a rule has done for this turn is not looked at again: each look would cost a transaction."""

TIMES_ASKED = (
    "(SELECT COUNT(*) FROM huddle WHERE huddle.node = :node"
    " AND huddle.opened_at > COALESCE(problem.resolved_at, problem.changed_at)"
    " AND (huddle.state = 'closed' OR (huddle.state = 'open' AND huddle.\"on\" < :day)))"
)
"""In how many huddles a solution could have been confirmed: those begun after it came and over, closed or not."""

_AT_ONCE = 20
"""Reminders of a rule that are written at most in one look: after a long pause the screens are not kept busy."""


def run(desk: Desk) -> int:
    """Do what is due now; gives the number of events recorded. A spare does nothing by rule."""
    if desk.spare:
        return 0
    if desk.settings.mail.host:
        from . import mails  # noqa: PLC0415 - only where there is a mail server

        mails.look(desk)
    notify = desk.settings.notify
    if notify.mail or notify.webhook or notify.apprise_file:
        from . import notices  # noqa: PLC0415 - only where somebody is told outside the program

        notices.look(desk)
    tree = desk.tree()
    done = sum(_alert(desk, tree, problem) for problem in urgent(desk, tree))
    for problem, asked in _solved(desk):
        if asked >= desk.settings.rules.lapse_huddles:
            done += _fire(desk, problem, "lapse", lambda now: problems.lapse(now, tree))
    return done + _events_of_spares(desk, tree) + _vacancies(desk, tree) + _reminders(desk, tree)


def urgent(desk: Desk, tree: Tree) -> list[Problem]:
    """What is needed now and waits for people here: held by this node, or only told to it; the oldest first."""
    known = "urgency = 'now' AND state = 'open' AND"
    sql = f"SELECT * FROM problem WHERE {known} holder = :node AND acknowledged_at IS NULL"  # noqa: S608 - our own words
    rows = desk.look().rows(sql, node=desk.node)
    names, values = listed(standins.beyond(desk, tree))
    sql = f"SELECT * FROM problem WHERE {known} told_to IN ({names}) AND holder <> :node"  # noqa: S608 - placeholders
    rows += desk.look().rows(sql, node=desk.node, **values)
    found = [thawed(Problem, row) for row in rows]
    return sorted((one for one in found if problems.waits_at(one, desk.node)), key=lambda one: one.raised_at)


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
    calendar = _calendar(desk)
    until = problems.acknowledge_until(
        problem, within, lambda since, worked: calendars.working_until(calendar, since, worked)
    )
    return until is not None and desk.now() >= until


def vacant(desk: Desk) -> bool:
    """Whether nobody has written anything at this node for days: whoever waits for it might wait for ever."""
    names, values = listed(_BY_ITSELF)
    sql = "SELECT entry.at FROM entry JOIN device ON device.id = entry.device WHERE device.current"
    sql += f" AND entry.kind NOT IN ({names}) ORDER BY entry.seq DESC LIMIT 1"
    row = desk.look().one(sql, **values) or desk.look().one("SELECT created_at AS at FROM identity WHERE id = 1")
    last = datetime.fromisoformat(row["at"]) if row else desk.now()
    # A computer that the node was moved to may have been set up for it, or have stood beside it, long before.
    last = max(last, computers.since(desk) or last)
    return calendars.vacant_at(_calendar(desk), last, desk.now(), desk.settings.rules.vacant_days)


def _alert(desk: Desk, tree: Tree, problem: Problem) -> int:
    """Tell on what is needed now: who stands in at once, the next tier when nobody here has it in time."""
    since = problems.waits_at(problem, desk.node)
    if since is None:
        return 0
    done = 0
    covers = standins.node_for(desk, tree, desk.node)
    if covers is not None:
        done += _fire(desk, problem, "stand-in", lambda now: problems.alert(now, tree, to=covers))
    over = desk.now() >= since + timedelta(minutes=desk.settings.rules.acknowledge_now_minutes)
    if tree.parent(desk.node) is not None and (over or vacant(desk)):
        done += _fire(desk, problem, "alert", lambda now: problems.alert(now, tree))
    return done


def _vacancies(desk: Desk, tree: Tree) -> int:
    """Tell the next tier of what this node was asked where nobody has been for days; the baton stays here."""
    if tree.parent(desk.node) is None:
        return 0
    sql = "SELECT * FROM problem WHERE holder = :node AND origin <> :node AND state = 'open'"
    sql += f" AND urgency <> 'now' AND acknowledged_at IS NULL AND {_NOT_FIRED} ORDER BY raised_at LIMIT :limit"
    rows = desk.look().rows(sql, node=desk.node, rule="vacant", limit=_AT_ONCE)
    asked = [one for row in rows if (one := thawed(Problem, row)).ask is not None]
    if not asked or not vacant(desk):
        return 0
    return sum(_fire(desk, one, "vacant", lambda now: problems.alert(now, tree)) for one in asked)


def _reminders(desk: Desk, tree: Tree) -> int:
    """Tell all on the path, once a turn, that a time of what this node holds is over."""
    return sum(
        _fire(desk, problem, rule.value, lambda now, rule=rule: problems.remind(now, tree, rule=rule))  # type: ignore[misc]  # bound
        for rule in Rule
        for problem in _unreminded(desk, rule)
        if _over(desk, problem, rule)
    )


def _over(desk: Desk, problem: Problem, rule: Rule) -> bool:
    match rule:
        case Rule.OVERDUE:
            return problems.overdue(problem, desk.now(), desk.zone)
        case Rule.QUICK_HIT:
            until = problems.quick_hit_until(problem, timedelta(hours=desk.settings.rules.quick_hit_hours))
            return until is not None and desk.now() >= until
        case Rule.ACKNOWLEDGE:
            return unacknowledged(desk, problem)


def _unreminded(desk: Desk, rule: Rule) -> list[Problem]:
    """What this node holds and this rule may speak of, and has not at this turn."""
    sql = f"SELECT * FROM problem WHERE holder = :node AND state = 'open' AND {_MAY_BE_OVER[rule]}"  # noqa: S608 - our own words
    sql += f" AND {_NOT_FIRED} ORDER BY raised_at LIMIT :limit"
    begun = desk.now() - timedelta(hours=desk.settings.rules.quick_hit_hours)
    known = {"day": today(desk), "begun": begun.astimezone(UTC).isoformat()}
    values = {name: value for name, value in known.items() if f":{name}" in sql}
    rows = desk.look().rows(sql, node=desk.node, rule=rule.value, limit=_AT_ONCE, **values)
    return [thawed(Problem, row) for row in rows]


def _calendar(desk: Desk) -> Calendar:
    own = definitions.sets(desk, owners=[desk.node], sorts=[Sort.WINDOW], earlier=False)
    return calendar_of(own, desk.node)


def _events_of_spares(desk: Desk, tree: Tree) -> int:
    """Tell the next tier of safety events that were raised on a spare: to tell is a turn, and it takes none."""
    if tree.parent(desk.node) is None:
        return 0
    brought = "SELECT 1 FROM entry WHERE entry.subject = problem.subject AND turn = 1 AND received_from IS NOT NULL"
    sql = "SELECT * FROM problem WHERE origin = :node AND holder = :node AND state = 'open' AND turn = 1"
    sql += f" AND category = :safety AND EXISTS ({brought}) ORDER BY raised_at"
    rows = desk.look().rows(sql, node=desk.node, safety=SAFETY)
    told = [thawed(Problem, row) for row in rows]
    return sum(_fire(desk, one, "told", lambda now: problems.escalate(now, tree, mode=Mode.AWARENESS)) for one in told)


def _solved(desk: Desk) -> list[tuple[Problem, int]]:
    """What is solved and ours, and in how many huddles it was asked whether it worked."""
    sql = f"SELECT *, {TIMES_ASKED} AS asked FROM problem"  # noqa: S608 - our own words
    sql += " WHERE holder = :node AND origin = :node AND state = 'resolved'"
    rows = desk.look().rows(sql, node=desk.node, day=today(desk))
    return [(thawed(Problem, row), int(row["asked"])) for row in rows]


def today(desk: Desk) -> str:
    """The day of this node, as it is stored."""
    return desk.local(desk.now()).date().isoformat()


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
