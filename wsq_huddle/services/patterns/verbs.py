"""One answer for many: a verb for several problems, in one transaction, for all of them or for none.

What one of them does not allow is said with its place and its title before anything is recorded, so that nobody has to
find out afterwards which of the units did get the answer.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime

from wsq_huddle.domain import problems
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.nodes import Tree
from wsq_huddle.domain.problems import Mode, Problem, name_of
from wsq_huddle.errors import NotAllowed, NotFound
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.problems import read
from wsq_huddle.services.texts import fact

from .looking import Deal, find, listed, nearest

_TITLE = 40


def acknowledge(desk: Desk, subjects: Collection[str]) -> tuple[Problem, ...]:
    """Say of each that it is seen and taken on; what was acknowledged before stays as it is."""
    fresh = [subject for subject in subjects if read(desk, subject).acknowledged_at is None]
    return _for_all(desk, fresh, problems.acknowledge) if fresh else tuple(read(desk, one) for one in subjects)


def plan(  # noqa: PLR0913 - the form people fill in
    desk: Desk,
    subjects: Collection[str],
    *,
    what: str,
    owner: str,
    due: date | None = None,
    check_in: date | None = None,
) -> tuple[Problem, ...]:
    """Plan the same for each."""
    answers = fact(owner, "owner's name")
    return _for_all(
        desk,
        subjects,
        lambda one, tree: problems.plan(one, tree, what=what, owner=answers, due=due, check_in=check_in),
    )


def escalate(  # noqa: PLR0913 - the form people fill in
    desk: Desk,
    subjects: Collection[str],
    *,
    need: str = "",
    tried: str = "",
    by: datetime | None = None,
    mode: Mode = Mode.ACTION,
) -> tuple[Problem, ...]:
    """Pass each on to the next tier, with the same need."""
    return _for_all(
        desk, subjects, lambda one, tree: problems.escalate(one, tree, need=need, tried=tried, by=by, mode=mode)
    )


def give_back(desk: Desk, subjects: Collection[str], *, answer: str, not_now: bool = False) -> tuple[Problem, ...]:
    """Send each back to who handed it over, with the same answer; `not_now`: it is not possible now."""
    return _for_all(desk, subjects, lambda one, tree: problems.give_back(one, tree, answer=answer, not_now=not_now))


def assign(
    desk: Desk, subjects: Collection[str], *, to: str, need: str, by: datetime | None = None
) -> tuple[Problem, ...]:
    """Hand each to the same node, with the same need."""
    return _for_all(desk, subjects, lambda one, tree: problems.assign(one, tree, to=to, need=need, by=by))


def resolve(desk: Desk, subjects: Collection[str], *, remedy: str) -> tuple[Problem, ...]:
    """Say of each that it is solved; each unit that raised one is asked whether it worked."""
    return _for_all(desk, subjects, lambda one, tree: problems.resolve(one, tree, remedy=remedy))


def join(desk: Desk, subject: str, *, key: str = "") -> Problem:
    """Do with a late one what was done with its pattern: the same place, the same words.

    Without a key it joins the pattern that it is in or is like; with one anybody may put it where the rules would not.
    """
    problem = read(desk, subject)
    pattern = find(desk, key) if key else nearest(problem, listed(desk))
    if pattern is None:
        raise NotAllowed("This problem is like no pattern here. Say which one it joins.")
    if pattern.deal is None:
        raise NotAllowed(f"Nothing has been done with {pattern.name} yet. What is done with it is done with all.")
    (joined,) = _for_all(desk, [subject], _as(pattern.deal, desk.now()))
    return joined


def join_all(desk: Desk, key: str) -> tuple[Problem, ...]:
    """Do with all of a pattern that wait what was done with the others."""
    pattern = find(desk, key)
    if pattern.deal is None:
        raise NotAllowed(f"Nothing has been done with {pattern.name} yet. What is done with it is done with all.")
    return _for_all(desk, pattern.late, _as(pattern.deal, desk.now()))


def _as(deal: Deal, now: datetime) -> Callable[[Problem, Tree], Event]:
    """The verb that does once more what was done; a time that is over is not asked for again."""
    by = deal.by if deal.by is not None and deal.by > now else None
    match deal.verb:
        case "assign":
            return lambda one, tree: problems.assign(one, tree, to=deal.to, need=deal.text, by=by)
        case "escalate":
            return lambda one, tree: problems.escalate(
                one, tree, need=deal.text, tried=deal.tried, by=by, mode=deal.mode
            )
        case "give_back":
            return lambda one, tree: problems.give_back(one, tree, answer=deal.text, not_now=deal.not_now)
        case "resolve":
            return lambda one, tree: problems.resolve(one, tree, remedy=deal.text)
        case _:
            return lambda one, tree: problems.plan(
                one, tree, what=deal.text, owner=deal.owner, due=deal.due, check_in=deal.check_in
            )


def _for_all(desk: Desk, subjects: Collection[str], verb: Callable[[Problem, Tree], Event]) -> tuple[Problem, ...]:
    chosen = tuple(dict.fromkeys(subjects))
    if not chosen:
        raise NotAllowed("Say which problems.")
    tree = desk.tree()
    with desk.recording() as writing:
        writing.transaction.lock(chosen)
        events: dict[str, Event] = {}
        refused: dict[str, str] = {}
        for subject in chosen:
            problem: Problem | None = writing.recorder.state(subject)
            if problem is None:
                raise NotFound(f"There is no problem {subject}.")
            try:
                events[subject] = verb(problem, tree)
            except NotAllowed as no:
                refused[f"{name_of(tree, problem.origin)}, {problem.title[:_TITLE]}"] = str(no)
        if refused:
            raise NotAllowed(_why(refused, len(chosen)))
        for subject, event in events.items():
            writing.recorder.write(desk.author, event, subject)
    return tuple(read(desk, subject) for subject in chosen)


def _why(refused: dict[str, str], chosen: int) -> str:
    """One sentence when it holds for all of them, else each with its own; and that nothing was recorded."""
    if len(set(refused.values())) == 1 and len(refused) == chosen:
        return next(iter(refused.values()))
    return "Nothing was recorded. " + " ".join(f"{which}: {why}" for which, why in refused.items())
