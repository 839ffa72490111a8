"""Today at a unit: what came back, what is ours, what waits, what was promised, and the line of the morning."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from screens import keys, problem_lines, times
from screens.line import BLANK, Column, Columns, Line, row, text
from screens.today.groups import Group, fitted
from screens.today.morning import line_of
from screens.today.reading import Seen
from screens.today.replaced import replaced
from screens.today.slot import Slot, on_paper
from screens.urgent import ringing
from wsq_huddle.domain.figures import Tally
from wsq_huddle.domain.problems import Problem, Urgency, call

FIGURES = "figures"
"""The id of the last line, which opens the figures it is taken from."""

FOOT = Columns((Column(78, share=1),), left=1, pointer=0)


def lines(seen: Seen, slot: Slot, now: datetime, room: int, *, more: str) -> list[Line]:
    """Draw Today of a unit in `room` lines; `more` names the key that shows the rest."""
    groups = [*brought(seen, now, slot.given), *groups_of(seen, now)]
    back = replaced(seen, now)
    head = [*back, *on_paper(slot)] if back else slot.lines
    morning = [] if back else line_of(seen.today.morning, seen.node, now)
    foot = [*morning, *tally(seen.today.tally)]
    groups_drawn = fitted(groups, room - len(head) - len(foot) - 1, more=more)
    if not groups_drawn:
        groups_drawn = [text(keys.told("No problems here. Press {raise_problem:r} to raise one.", slot.given))]
    blank = [BLANK] if len(head) + len(foot) + len(groups_drawn) < room else []
    return [*head, *blank, *groups_drawn, *foot]


def brought(seen: Seen, now: datetime, given: Mapping[str, str]) -> list[Group]:
    """Give what others have handed to us or told us, because we stand in for them: a unit seldom has any."""
    came = seen.today.came_up
    if not came.count:
        return []
    from screens import came_up  # noqa: PLC0415 - seldom at a unit
    from screens.patterns import Apart  # noqa: PLC0415 - as above

    those = came_up.Brought(came.problems, came.count, Apart(), seen.names, seen.node, seen.tier, given)
    # One key for all of them is for those who have others below them.
    return [replace(group, line_id="") for group in came_up.groups("CAME UP", those, now)]


def groups_of(seen: Seen, now: datetime) -> list[Group]:
    """Give the groups of problems, those without any too."""
    today, names = seen.today, seen.names
    promised, waiting = _split(today.waiting.problems)
    ours = sorted(today.ours.problems, key=lambda problem: problem_lines.ours_first(problem, now.date()))
    return [
        Group(
            title="ANSWERS FOR US",
            right="read these out in the huddle",
            lines=tuple(problem_lines.answered(one, names, now, seen.node) for one in today.answers.problems),
            count=today.answers.count,
        ),
        Group(
            title="OURS TO SOLVE",
            lines=tuple(held(one, seen, now) for one in ours),
            count=today.ours.count,
        ),
        Group(
            title="WAITING ON OTHERS",
            lines=tuple(away(one, seen, now) for one in sorted(waiting, key=not_urgent)),
            count=today.waiting.count - len(promised),
            least=1,
            folded="" if any_rings(waiting) else f"oldest {_oldest(waiting, now)}",
            folds=2,
        ),
        Group(
            title="PROMISED TO US",
            lines=tuple(problem_lines.promised(one, now) for one in promised),
            count=len(promised),
            least=1,
            folded=over_day(promised, now),
            folds=1,
        ),
    ]


def held(problem: Problem, seen: Seen, now: datetime) -> Line:
    """Draw a problem of ours that is here."""
    quick_hit = seen.site.quick_hit if seen.site else None
    return problem_lines.ours(problem, now, ringing(problem, seen.site, now), quick_hit)


def away(problem: Problem, seen: Seen, now: datetime) -> Line:
    """Draw a problem of ours that is elsewhere: with whom, who stands in for them now, whom to ring."""
    covers = seen.site.stand_in(problem.holder, now) if seen.site else None
    return problem_lines.waiting(problem, seen.names, now, covers, ringing(problem, seen.site, now))


def tally(told: Tally) -> list[Line]:
    """Say what became of the problems raised here."""
    if not told.raised:
        return []
    said = f"Since {told.since.day} {times.MONTHS[told.since.month - 1]}: {told.raised} raised,"
    said += f" {told.answered} answered, {told.fixed} fixed."
    if told.answer_days is not None:
        said += f" An answer took {told.answer_days:.1f} days."
    return [row(FIGURES, (said,), FOOT)]


def _split(problems: tuple[Problem, ...]) -> tuple[list[Problem], list[Problem]]:
    """Tell what others have promised with a day from what just waits with them."""
    promised = [one for one in problems if problem_lines.is_promised(one)]
    return promised, [one for one in problems if not problem_lines.is_promised(one)]


def any_rings(problems: Iterable[Problem]) -> bool:
    """Whether nobody has one of these yet, which is needed now: it is not folded away."""
    return any((found := call(one)) is not None and found.rings for one in problems)


def not_urgent(problem: Problem) -> bool:
    return problem.urgency is not Urgency.NOW


def _oldest(problems: list[Problem], now: datetime) -> str:
    return times.age(now - min((one.raised_at for one in problems), default=now))


def over_day(problems: list[Problem], now: datetime) -> str:
    over = sum(one.due is not None and one.due < now.date() for one in problems)
    return f"{over} over their day" if over else "none over its day"
