"""What is being done about a kind of harm, and what was learned: facts and departments' own words, never a unit's."""

from collections.abc import Sequence
from datetime import date, timedelta

from wsq_huddle.domain.actions import Action
from wsq_huddle.domain.actions import State as ActionState
from wsq_huddle.domain.definitions import short
from wsq_huddle.domain.nodes import Tree
from wsq_huddle.domain.problems import Assigned, Problem, State
from wsq_huddle.domain.records import record
from wsq_huddle.domain.reports import LEFT_OUT, safe_words
from wsq_huddle.domain.topics import said
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.problems import SAFETY
from wsq_huddle.services.rollcalls import READY
from wsq_huddle.store.reader import listed
from wsq_huddle.store.rows import thawed

LEARNED = timedelta(days=28)
"""How long ago a solution may be to be told as learned."""

_SPEAKS = 2
"""From this tier up a node's own words may be told over the whole house."""

_MOST = 200


@record(kw_only=True)
class Doing:
    """Something that is done about it, in the words of the department `who`: with `place`, by `by`."""

    words: str
    who: str
    place: str = ""
    by: date | None = None


@record(kw_only=True)
class Learned:
    words: str
    who: str


def problems_of(desk: Desk) -> list[Problem]:
    """What this node knows of safety events, of readiness and of lines of an agenda, lately."""
    names, values = listed([*READY, SAFETY])
    sql = (
        "SELECT * FROM problem WHERE changed_at >= :since AND state <> 'withdrawn'"  # noqa: S608 - placeholders
        f" AND (about IS NOT NULL OR category IN ({names})) ORDER BY raised_at DESC LIMIT :limit"
    )
    since = (desk.now() - LEARNED).isoformat()
    return [thawed(Problem, row) for row in desk.look().rows(sql, since=since, limit=_MOST, **values)]


def planned_by(desk: Desk, areas: Sequence[str]) -> list[Action]:
    """What the areas below have planned about a line of their agenda and not done yet."""
    if not areas:
        return []
    names, values = listed(areas)
    sql = (
        f"SELECT * FROM action WHERE node IN ({names}) AND state = :state AND about IS NOT NULL"  # noqa: S608 - placeholders
        " ORDER BY due, subject LIMIT :limit"
    )
    rows = desk.look().rows(sql, state=ActionState.OPEN.value, limit=_MOST, **values)
    return [thawed(Action, row) for row in rows]


def is_about(kind: str, about: str | None, title: str) -> bool:
    """Whether something is about a kind of event: by the line it was raised from, or by all words of its name."""
    wanted = set(said(kind.replace("-", " ")))
    line = set(said(short(about).replace("-", " "))) if about else set()
    return bool(wanted) and (wanted <= line or wanted <= set(said(title)))


def speaks(tree: Tree, node: str | None) -> bool:
    """Whether the words of a node may be told over the house: those of a department, never those of a unit."""
    known = tree.nodes.get(node or "")
    return known is not None and known.tier >= _SPEAKS


def planned_above(problem: Problem, tree: Tree) -> bool:
    """Whether a department has planned something for it, or handed it on with its own words."""
    if problem.state is not State.OPEN:
        return False
    if problem.what and speaks(tree, problem.holder):
        return True
    return problem.ask is not None and problem.ask.kind == Assigned.kind and speaks(tree, problem.ask.node)


def plan_of(problem: Problem, tree: Tree) -> Doing:
    if problem.what and speaks(tree, problem.holder):
        due = problem.due or problem.check_in
        return Doing(words=safe_words(problem.what), who=tree.called(problem.holder), by=due)
    ask = problem.ask
    if ask is None:
        return Doing(words="", who=tree.called(problem.holder))
    by = ask.by.date() if ask.by else None
    return Doing(words=safe_words(ask.need), who=tree.called(ask.node), place=tree.called(problem.holder), by=by)


def lesson_of(problem: Problem, tree: Tree) -> str:
    """What solved it, said by a department and seen to work by who raised it."""
    if problem.state is not State.CLOSED or problem.lapsed or not speaks(tree, problem.resolved_by):
        return ""
    words = safe_words(problem.lesson or problem.remedy or "")
    return "" if words == LEFT_OUT else words
