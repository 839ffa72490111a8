"""Problems as lines of a list: what, who and the answer, when; the same words on every screen."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from screens import times
from screens.line import Line, item
from screens.marks import Mark
from screens.problem_words import said
from wsq_huddle.domain.problems import Problem, State, Urgency, quick_hit_until

if TYPE_CHECKING:
    from wsq_huddle.services.standins import StandIn

Names = Mapping[str, str]
"""What people call the nodes, by key."""

_ROOM, _WORD = 11, 3
_WHO, _SHORT = 36, 9
RINGS = 38
"""Columns for whom to ring on a small screen, where what stands at the right is short."""


def named(names: Names, key: str) -> str:
    return names.get(key, key)


def brief_place(name: str) -> str:
    """Say the name of a place where its words are few: `Cardiac Services` is `Cardiac`, so that the answer has room."""
    first = name.split(" ", 1)[0].rstrip(",")
    return first if len(name) > _ROOM and len(first) >= _WORD and first.isalpha() else name


def bringer(problem: Problem, here: str) -> str:
    """Who brought a problem here: the last that handed or told it, else where it was raised."""
    hops = [hop.node for hop in problem.hops if hop.to == here]
    alerts = [alert.node for alert in problem.alerts if alert.to == here]
    return (hops or alerts or [problem.origin])[-1]


def decided(problem: Problem, names: Names, who: str, *, need: str) -> str:
    """Say what is to be decided: `4 West 2 RN short until 19:00: pay agency?`; the place only where it is not `who`."""
    place = f"{named(names, problem.origin)} " if problem.origin != who else ""
    return f"{place}{problem.title}" + (f": {need}" if need else "")


def asks_whether_it_worked(problem: Problem, here: str) -> bool:
    """Whether this node has to say if the solution worked."""
    return problem.state is State.RESOLVED and problem.holder == here


def answered(problem: Problem, names: Names, now: datetime, here: str) -> Line:
    """Draw an answer that came back."""
    who, when = "", ""
    if problem.answer is not None:
        who = f"{brief_place(named(names, problem.answer.node))}: {said(problem.answer)}"
        when = times.when(problem.answer.at.astimezone(now.tzinfo), now)
    if asks_whether_it_worked(problem, here):
        when = "did it work?"
    return item(problem.id, Mark.DOWN, problem.title, who, when)


def ours(problem: Problem, now: datetime, rings: str = "", quick_hit: timedelta | None = None) -> Line:
    """Draw a problem that is ours to solve; `rings` says whom to ring as long as nobody has what is needed now.

    What has no plan tells its age when it is over the time of a quick hit.
    """
    due = problem.due or problem.check_in
    until = quick_hit_until(problem, quick_hit) if quick_hit is not None else None
    unplanned = "no plan" if until is None or now < until else f"no plan, {times.age(now - problem.held_since)}"
    if rings:
        # The number to ring needs the room more than a day does.
        right = "no plan" if due is None else times.due(due, now.date())
        return item(problem.id, Mark.NOW, problem.title, rings, right if len(right) <= _SHORT else "")
    if problem.owner is None or due is None:
        mark = Mark.NOW if problem.urgency is Urgency.NOW else Mark.ATTENTION
        return item(problem.id, mark, problem.title, "nobody yet", unplanned)
    late = due <= now.date()
    when = times.due(due, now.date()) if problem.due or late else f"check {times.day(due)}"
    mark = Mark.ATTENTION if late else Mark.NOTHING
    return item(problem.id, mark, problem.title, f"{times.brief(problem.owner)}: {problem.what}", when)


def ours_in_help(problem: Problem, now: datetime, rings: str = "") -> Line:
    """Draw a problem of ours among those that need help: `ours: Ana R., due today`."""
    due = problem.due or problem.check_in
    if rings:
        return item(problem.id, Mark.NOW, problem.title, rings)
    if problem.owner is None or due is None:
        return item(problem.id, Mark.ATTENTION, problem.title, "ours: nobody yet", "no plan")
    mark = Mark.ATTENTION if due <= now.date() else Mark.NOTHING
    return item(problem.id, mark, problem.title, f"ours: {times.brief(problem.owner)}, {times.due(due, now.date())}")


def waiting(problem: Problem, names: Names, now: datetime, covers: "StandIn | None" = None, rings: str = "") -> Line:
    """Draw a problem of ours that is with somebody else, or with who `covers` for them; brief where words lack room."""
    holder = named(names, problem.holder)
    seen = problem.acknowledged_at or problem.seen_at
    age = times.age(now - problem.raised_at)
    if rings:
        return item(problem.id, Mark.NOW, problem.title, rings, age)
    if covers is not None:
        said = f"with {holder}; {covers.words}"
        brief = f"with {brief_place(holder)}; {brief_place(covers.name)} stands in"
        return item(problem.id, Mark.UP, problem.title, said if len(said) <= _WHO else brief, age)
    if seen is not None:
        return item(
            problem.id,
            Mark.UP,
            problem.title,
            f"with {holder}, seen {times.when(seen.astimezone(now.tzinfo), now)}",
            age,
        )
    if problem.delivered_at is None:
        return item(problem.id, Mark.GOING, problem.title, f"on its way to {holder}", age)
    return item(problem.id, Mark.UP, problem.title, f"with {holder}, not seen yet", age)


def promised(problem: Problem, now: datetime) -> Line:
    """Draw what others have promised us with a day."""
    due = problem.due or now.date()
    over = due < now.date()
    who = f"{times.brief(problem.owner or '')}: for {times.full_day(due)}"
    return item(problem.id, Mark.ATTENTION if over else Mark.NOTHING, problem.title, who, times.due(due, now.date()))


def is_promised(problem: Problem) -> bool:
    """Whether somebody else has given us a day for it."""
    return problem.owner is not None and problem.due is not None and problem.planned_at is not None


def ours_first(problem: Problem, today: date) -> tuple[int, str]:
    """Order what is ours: what is due, what nobody has, what is planned; what has just come back last."""
    if problem.answer is not None and problem.answer.to == problem.holder and problem.answer.read_at is None:
        return (4, problem.raised_at.isoformat())
    due = problem.due or problem.check_in
    if problem.urgency is Urgency.NOW:
        return (0, problem.raised_at.isoformat())
    if due is None or problem.owner is None:
        return (2, problem.raised_at.isoformat())
    return (1 if due <= today else 3, due.isoformat())
