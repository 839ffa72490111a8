"""Today at a department: who has told us, what came up, what came back, what is ours, and the targets in one line."""

from collections.abc import Iterable
from datetime import datetime

from screens import problem_lines, times
from screens.line import BLANK, Column, Columns, Line, heading, row, text
from screens.marks import Mark
from screens.today.groups import Group, announced, fitted
from screens.today.morning import line_of
from screens.today.reading import Seen
from screens.today.slot import Slot
from screens.today.unit import over_day, tally
from wsq_huddle.domain import agendas
from wsq_huddle.domain.chains import State
from wsq_huddle.domain.problems import Problem, Urgency
from wsq_huddle.services.rollcalls import Area
from wsq_huddle.services.steps import Asked

CAME_UP = Columns((Column(2), Column(15), Column(34, share=1), Column(24, right=True)))
_UNITS = Columns((Column(2), Column(26, share=1), Column(36, share=2), Column(11, right=True)))
_NOT_HELD = frozenset({State.SKIPPED, State.MISSED})


def lines(seen: Seen, slot: Slot, now: datetime, room: int, *, more: str) -> list[Line]:
    """Draw Today of a department in `room` lines."""
    today, names = seen.today, seen.names
    head = [slot.head, slot.start]
    foot = [*targets(seen.measures), *line_of(today.morning, seen.node, now), *tally(today.tally)]
    ours = sorted(today.ours.problems, key=lambda problem: problem_lines.ours_first(problem, now.date()))
    groups = [
        *units(seen, now),
        came_up("CAME UP", today.came_up.problems, today.came_up.count, seen, now),
        Group(
            title="ANSWERS FOR US",
            lines=tuple(problem_lines.answered(one, names, now, seen.node) for one in today.answers.problems),
            count=today.answers.count,
            least=1,
        ),
        Group(
            title="OURS TO SOLVE",
            lines=tuple(problem_lines.ours(one, now) for one in ours),
            count=today.ours.count,
            least=1,
            folded=over_day(ours, now) + more,
            folds=1,
        ),
        Group(
            title="WAITING ON OTHERS",
            lines=tuple(problem_lines.waiting(one, names, now) for one in today.waiting.problems),
            count=today.waiting.count,
            least=1,
            folded="with the tiers above" + more,
            folds=0,
        ),
    ]
    groups.append(announced(seen))
    drawn = fitted(groups, room - len(head) - len(foot) - 1, more=more)
    if not drawn:
        drawn = [text("Nothing has come up. Press r to raise a problem.")]
    blank = [BLANK] if len(head) + len(foot) + len(drawn) < room else []
    return [*head, *blank, *drawn, *foot]


def units(seen: Seen, now: datetime) -> list[Group]:
    """Say who has told us, in numbers, and who has not, with the number to ring."""
    if seen.calling is None or not seen.calling.areas:
        return []
    areas = seen.calling.areas
    silent = [area for area in areas if area.state is State.UNKNOWN]
    skipped = [area for area in areas if area.state in _NOT_HELD]
    waiting = [area for area in areas if area.state in {State.PLANNED, State.LATE}]
    counts = ((silent, "no word"), (skipped, "no huddle"), (waiting, "not yet"))
    words = [f"{seen.calling.told} of {len(areas)} told us", *(f"{word} {len(some)}" for some, word in counts if some)]
    drawn = [row("", (Mark.UNKNOWN, ", ".join(area.name for area in silent), "no word; may have held it"), _UNITS)]
    drawn = drawn if silent else []
    drawn += [_area(area, Mark.NOTHING, f"no huddle{f': {area.why}' if area.why else ''}") for area in skipped]
    late = [area for area in waiting if area.planned_at and area.planned_at.astimezone(now.tzinfo) < now]
    for area in late:
        due = f", was due {times.clock(area.planned_at.astimezone(now.tzinfo))}" if area.planned_at else ""
        drawn.append(_area(area, Mark.ATTENTION, f"not yet{due}"))
    title = "UNITS" if any(area.tier == 1 for area in areas) else "DEPARTMENTS"
    return [Group(title=title, words="     ".join(words), lines=tuple(drawn), count=len(drawn), always=True, least=2)]


def came_up(title: str, problems: Iterable[Problem], count: int, seen: Seen, now: datetime) -> Group:
    """List what others brought here, what is urgent first."""
    shown = tuple(problems)
    urgent = sum(one.urgency is Urgency.NOW for one in shown)
    return Group(
        title=title,
        lines=tuple(_brought(one, seen, now) for one in shown),
        count=count,
        right=f"{urgent} urgent" if urgent else "",
    )


def targets(measures: Iterable[Asked]) -> list[Line]:
    """Say how many of the own measures are met, and name those that are not."""
    known = [(one, one.answer or one.last) for one in measures]
    marks = [(one, answer.mark) for one, answer in known if answer is not None and answer.numbers]
    if not marks:
        return []
    met = [one for one, mark in marks if mark is agendas.Mark.MET]
    missed = [one.item.ask.lower() for one, mark in marks if mark is agendas.Mark.NOT_MET]
    told = f"{len(met)} of {len(marks)} met." + (f"  Not met: {', '.join(missed)}" if missed else "")
    return [heading("TARGETS", told)]


def _area(area: Area, mark: Mark, words: str) -> Line:
    return row("", (mark, area.name, words, f"ring {area.call}" if area.call else ""), _UNITS)


def _brought(problem: Problem, seen: Seen, now: datetime) -> Line:
    """Draw a problem of another place: whose, what, until when or how long not seen."""
    mark = Mark.NOW if problem.urgency is Urgency.NOW else Mark.UP
    asked, here = problem.ask, problem.holder == seen.node
    fresh = here and problem.acknowledged_at is None and problem.seen.get(seen.node, 0) < problem.turn
    wanted = times.by(asked.by.astimezone(now.tzinfo), now) if here and asked and asked.by else ""
    if not here:
        wanted = "to know"
    age = times.age(now - problem.held_since)
    right = f"not seen yet, {age}" if problem.urgency is Urgency.NOW and fresh else wanted or age
    return row(problem.id, (mark, problem_lines.named(seen.names, problem.origin), problem.title, right), CAME_UP)
