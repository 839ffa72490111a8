"""What the first screen shows: the huddle that comes, what came back, what is ours, what waits, and the morning."""

from datetime import UTC, datetime

from wsq_huddle.domain.actions import Action
from wsq_huddle.domain.figures import Tally
from wsq_huddle.domain.problems import Problem, Urgency
from wsq_huddle.domain.records import record
from wsq_huddle.store.reader import listed
from wsq_huddle.store.rows import thawed

from . import actions, chains, figures, huddles, standins
from .chains import Morning
from .desk import Desk
from .huddles import Sitting
from .places import Places

SHOWN = 200
"""Problems that came up and are read; beyond that they are only counted."""

_NEVER = datetime.max.replace(tzinfo=UTC)

FEW = 50
"""The same for groups of which a screen shows the newest: each problem read costs a fifth of a millisecond."""


@record
class Group:
    """Some problems, and how many there are in all."""

    problems: tuple[Problem, ...]
    count: int


@record
class Today:
    """One node's day. `answers`: read them out, or say whether they worked; `came_up`: brought here by others."""

    sitting: Sitting
    last_held: datetime | None
    answers: Group
    ours: Group
    came_up: Group
    waiting: Group
    actions: tuple[Action, ...]
    morning: Morning
    tally: Tally


def today(desk: Desk, places: Places | None = None) -> Today:
    """Look everything up that the first screen shows; a few indexed reads, whatever the size of the log."""
    places = places or Places(desk)
    one = huddles.sitting(desk, places=places)
    begins = one.huddle.opened_at if one.huddle and one.huddle.opened_at else desk.now()
    return Today(
        sitting=one,
        last_held=huddles.last_held(desk, begins),
        answers=answers(desk),
        ours=ours(desk),
        came_up=came_up(desk),
        waiting=waiting(desk),
        actions=tuple(actions.listed(desk)),
        morning=chains.morning(desk, places=places),
        tally=figures.tally(desk),
    )


def answers(desk: Desk) -> Group:
    """Answers for this node that nobody has read out yet, and solutions that wait for "did it work?"."""
    found = _group(
        desk,
        "answer_to = :node AND state IN ('open', 'resolved')"
        " AND (answer_read_at IS NULL OR (state = 'resolved' AND holder = :node))",
    )
    return Group(tuple(sorted(found.problems, key=_answered_at)), found.count)


def ours(desk: Desk) -> Group:
    """Problems that were raised here and are here."""
    return _group(desk, "holder = :node AND origin = :node AND state = 'open'")


def came_up(desk: Desk) -> Group:
    """Problems of others that are here, or that this node was told of and has not looked at; what is urgent first."""
    held = _group(desk, "holder = :node AND origin <> :node AND state = 'open'", SHOWN)
    known = to_know(desk)
    problems = sorted((*held.problems, *known), key=lambda problem: wanted(problem, desk.node))
    return Group(tuple(problems), held.count + len(known))


def to_know(desk: Desk) -> list[Problem]:
    """Open problems that this node was only told of, and has not looked at since."""
    return [problem for problem in told(desk) if problem.seen.get(desk.node, 0) < problem.turn]


def told(desk: Desk) -> list[Problem]:
    """Open problems that this node was only told of, the newest change first.

    One that was told further up by then, or to who stands in, has the name of that place in `told_to`.
    """
    names, values = listed(standins.beyond(desk, desk.tree()))
    sql = (
        f"SELECT * FROM problem WHERE told_to IN ({names}) AND state = 'open' AND holder <> :node"  # noqa: S608 - placeholders
        " ORDER BY changed_at DESC, subject DESC LIMIT :limit"
    )
    rows = desk.look().rows(sql, node=desk.node, limit=SHOWN, **values)
    found = [thawed(Problem, row) for row in rows]
    return [problem for problem in found if _told(problem, desk.node)]


def waiting(desk: Desk) -> Group:
    """Problems that were raised here and are with somebody else."""
    return _group(desk, "origin = :node AND holder <> :node AND state = 'open'")


def _group(desk: Desk, where: str, limit: int = FEW) -> Group:
    sql = f"SELECT * FROM problem WHERE {where} ORDER BY changed_at DESC, subject DESC LIMIT :limit"  # noqa: S608 - our own words
    rows = desk.look().rows(sql, node=desk.node, limit=limit)
    found = tuple(thawed(Problem, row) for row in rows)
    if len(found) < limit:
        return Group(found, len(found))
    row = desk.look().one(f"SELECT COUNT(*) AS n FROM problem WHERE {where}", node=desk.node)  # noqa: S608 - as above
    return Group(found, int(row["n"]) if row else len(found))


def _told(problem: Problem, me: str) -> bool:
    """Whether a node was told of a problem and never had it."""
    if me == problem.origin or me in problem.held:
        return False
    return any(hop.to == me for hop in problem.hops) or any(alert.to == me for alert in problem.alerts)


def _answered_at(problem: Problem) -> datetime:
    return problem.answer.at if problem.answer else problem.changed_at


def wanted(problem: Problem, node: str) -> tuple[bool, datetime, datetime, str]:
    """In which order a node looks at what came up: what is needed now, by the time an answer is wanted, by age.

    It stays the same when a problem has been dealt with.
    """
    here = [hop for hop in problem.hops if hop.to == node]
    by = next((hop.by for hop in reversed(here) if hop.by), _NEVER)
    came = here[-1].at if here else problem.held_since
    return problem.urgency is not Urgency.NOW, by, came, problem.id
