"""Patterns as lines: one for what came up in several places, and a word for the late one that may join.

apart = patterns.apart(problems, among, done)      which problems stand in the line of a pattern, and which may join
patterns.line(one, now, ...)                       that line: `= PUMPS  4 West, 4 East, CCU   3 units in 5 days`
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

from screens import times
from wsq_huddle.domain.problems import Problem, Urgency
from wsq_huddle.services import patterns
from wsq_huddle.services.patterns import Gathered

PREFIX = "pattern/"
"""How the id of the line of a pattern begins."""


def id_of(one: Gathered) -> str:
    """The id of the line of a pattern."""
    return PREFIX + one.key


def chosen(among: Iterable[Gathered], line: str) -> Gathered | None:
    """The pattern whose line that is."""
    return next((one for one in among if id_of(one) == line), None)


@dataclass(frozen=True)
class Apart:
    """`within` says of problems, by id, in the line of which pattern they stand; `joins` which one they may join."""

    within: Mapping[str, Gathered] = field(default_factory=dict)
    joins: Mapping[str, Gathered] = field(default_factory=dict)

    def several(self, problems: Iterable[Problem]) -> "tuple[Gathered, ...]":
        """The patterns that have a line among these problems, the first one first."""
        found = {one.key: one for problem in problems if (one := self.within.get(problem.id)) is not None}
        return tuple(found.values())


def apart(
    problems: Sequence[Problem], among: Sequence[Gathered], done: Container[str] = frozenset(), node: str = ""
) -> Apart:
    """Say which problems stand in one line; `done` are those that this node has dealt with in this huddle.

    What is needed now, or asked for back, keeps its own line. As long as nothing was done with a pattern, all of it is
    one line; then those that were dealt with as it was are one, and each late one has its own line and may join. When
    several come again another day, they are one line again. What is only like a pattern, and joined it, is in its line.
    """
    dealt = [one for one in among if one.deal is not None]
    waits = {subject for one in among for subject in one.waiting}
    again = _again(problems, among, done)
    members = {member.problem.id: (one, member) for one in among for member in one.members}
    within: dict[str, Gathered] = {}
    joins: dict[str, Gathered] = {}
    for problem in problems:
        one, member = members.get(problem.id, (None, None))
        if one is not None and one.key in again and problem.id in waits and _folds(problem):
            within[problem.id] = one
        elif one is None or member is None or one.deal is not None:
            late = problem.id in waits or (one is None and problem.id not in done)
            like = patterns.nearest(problem, dealt) if dealt and late and problem.id not in done else None
            if like is not None and like.deal is not None:
                joins[problem.id] = like
            elif one is None and problem.id in done:
                within |= _joined(problem, dealt, node)
            elif one is not None and one.deal is not None and member is not None and problem.id in done:
                same = member.deal is not None and (member.deal.verb, member.deal.to) == (one.deal.verb, one.deal.to)
                within |= {problem.id: one} if same else {}
        elif _folds(problem) and problem.id not in done:
            within[problem.id] = one
    return Apart(_of_several(within), joins)


def _joined(problem: Problem, dealt: Sequence[Gathered], node: str) -> dict[str, Gathered]:
    """The pattern that a problem is like, where this node did with it what it did with the pattern."""
    like, own = patterns.nearest(problem, dealt), patterns.dealt(problem, node)
    if like is None or like.deal is None or own is None or not _folds(problem):
        return {}
    return {problem.id: like} if (own.verb, own.to) == (like.deal.verb, like.deal.to) else {}


def _folds(problem: Problem) -> bool:
    """Whether a problem may stand in a line with others."""
    return problem.urgency is not Urgency.NOW and problem.recall is None


def _again(problems: Sequence[Problem], among: Sequence[Gathered], done: Container[str]) -> set[str]:
    """The keys of patterns that were dealt with before this huddle, and of which several wait again."""
    shown = {problem.id for problem in problems if _folds(problem) and problem.id not in done}
    return {
        one.key
        for one in among
        if one.deal is not None
        and len(shown.intersection(one.waiting)) > 1
        and not any(member.problem.id in done for member in one.members)
    }


def _of_several(within: Mapping[str, Gathered]) -> dict[str, Gathered]:
    """Without the lines that would be of one problem whose pattern is done: it stands there better by itself."""
    counts: dict[str, int] = {}
    for one in within.values():
        counts[one.key] = counts.get(one.key, 0) + 1
    return {subject: one for subject, one in within.items() if one.deal is None or counts[one.key] > 1}


def places(one: Gathered) -> str:
    """Say where it is, `4 West, 4 East, CCU`; of one that was dealt with before, where it waits again."""
    if one.deal is None or not one.waiting:
        return ", ".join(one.places)
    names = dict(zip(one.nodes, one.places, strict=True))
    return ", ".join(dict.fromkeys(names.get(member.node, member.node) for member in one.members if member.waiting))


def spread(one: Gathered, tier: int) -> str:
    """Say how wide and how fast: `3 units in 5 days`."""
    name = "units" if tier <= 2 else "departments"  # noqa: PLR2004 - the tier above the units
    days = "today" if one.days == 1 else f"in {times.counted(one.days, 'days')}"
    return f"{times.counted(len(one.places), name)} {days}"


def waiting_words(one: Gathered) -> str:
    """Say how many of it wait here."""
    count = len(one.waiting)
    return f"{count} wait here" if count > 1 else "1 waits here" if count else ""


def allowed(one: Gathered, may: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The verbs that may be used on all of a pattern that wait; got it, as soon as one has not been taken on."""
    known = [may[subject] for subject in one.waiting if subject in may]
    if not known:
        return frozenset()
    all_of_them: frozenset[str] = reduce(frozenset.intersection, known)
    fresh = any("acknowledge" in verbs for verbs in known)
    return (all_of_them & TOGETHER) | (frozenset({"acknowledge"}) if fresh else frozenset())


TOGETHER = frozenset({"plan", "escalate", "give_back", "assign", "resolve"})
"""The verbs for several problems at once that ask for words."""


def by_when(one: Gathered) -> Problem:
    """The member that waits and is needed first: what Enter alone means for the day of an answer goes by it."""
    waiting = [member.problem for member in one.members if member.waiting] or [one.members[0].problem]
    return min(waiting, key=lambda problem: (problem.urgency is not Urgency.NOW, problem.raised_at))
