"""Today at a department: who has told us, what came up, what came back, what is ours, and the targets in one line."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from screens import came_up, keys, problem_lines, times
from screens.line import BLANK, Column, Columns, Line, heading, row, text
from screens.marks import Mark
from screens.morning import unused_words
from screens.patterns import Apart
from screens.today.groups import Group, announced, fitted
from screens.today.morning import line_of
from screens.today.reading import Seen
from screens.today.slot import Slot
from screens.today.unit import any_rings, away, held, not_urgent, over_day, tally
from wsq_huddle.domain import agendas
from wsq_huddle.domain.chains import State
from wsq_huddle.domain.problems import Problem
from wsq_huddle.services.rollcalls import Area
from wsq_huddle.services.steps import Asked

_UNITS = Columns((Column(2), Column(15), Column(47, share=2), Column(11, right=True)))
_SEVERAL = Columns((Column(2), Column(26, share=1), Column(48, share=1)))
_NOTHING = "Nothing has come up, and nothing waits for you. Press {raise_problem:r} to raise a problem."
_NOT_HELD = frozenset({State.SKIPPED, State.MISSED})


def lines(seen: Seen, slot: Slot, now: datetime, room: int, *, more: str) -> list[Line]:
    """Draw Today of a department in `room` lines."""
    today, names = seen.today, seen.names
    head = slot.lines
    foot = [*targets(seen.measures), *line_of(today.morning, seen.node, now), *tally(today.tally)]
    ours = sorted(today.ours.problems, key=lambda problem: problem_lines.ours_first(problem, now.date()))
    told = units(seen, now)
    groups = [
        *told,
        *came_up.groups("CAME UP", brought(seen, slot.given), now),
        Group(
            title="ANSWERS FOR US",
            lines=tuple(problem_lines.answered(one, names, now, seen.node) for one in today.answers.problems),
            count=today.answers.count,
            least=1,
        ),
        Group(
            title="OURS TO SOLVE",
            lines=tuple(held(one, seen, now) for one in ours),
            count=today.ours.count,
            least=1,
            folded=f"{over_day(ours, now)}, oldest {_oldest(ours, now)}{more}",
            folds=1,
        ),
        Group(
            title="WAITING ON OTHERS",
            lines=tuple(away(one, seen, now) for one in sorted(today.waiting.problems, key=not_urgent)),
            count=today.waiting.count,
            least=1,
            folded="" if any_rings(today.waiting.problems) else "with the tiers above" + more,
            folds=0,
        ),
    ]
    groups.append(announced(seen))
    drawn = fitted(groups, room - len(head) - len(foot) - 1, more=more)
    if not any(group.count for group in groups[len(told) :]):
        drawn.append(text(keys.told(_NOTHING, slot.given)))
    blank = [BLANK] if len(head) + len(foot) + len(drawn) < room else []
    return [*head, *blank, *drawn, *foot]


def brought(seen: Seen, given: Mapping[str, str]) -> came_up.Brought:
    """What came up, with the patterns in it."""
    problems = seen.today.came_up.problems
    among, count = seen.apart or Apart(), seen.today.came_up.count
    return came_up.Brought(problems, count, among, seen.names, seen.node, seen.tier, given)


def units(seen: Seen, now: datetime) -> list[Group]:
    """Say who has told us, in numbers, and who has not, with the number to ring."""
    if seen.calling is None or not seen.calling.areas:
        return []
    areas = seen.calling.areas
    silent = [area for area in areas if area.state is State.UNKNOWN and not area.told]
    skipped = [area for area in areas if area.state in _NOT_HELD]
    waiting = [area for area in areas if area.state in {State.PLANNED, State.LATE}]
    counts = ((silent, "no word"), (skipped, "no huddle"), (waiting, "not yet"))
    words = [f"{seen.calling.told} of {len(areas)} told us", *(f"{word} {len(some)}" for some, word in counts if some)]
    drawn = _silent(silent, now)
    drawn += [_area(area, Mark.NOTHING, _why(area, now)) for area in skipped]
    late = [area for area in waiting if area.planned_at and area.planned_at.astimezone(now.tzinfo) < now]
    for area in late:
        if area.unused_since is not None:
            drawn.append(_area(area, Mark.ATTENTION, f"not yet, {unused_words(area.unused_since, now.date())}"))
            continue
        due = f", was due {times.clock(area.planned_at.astimezone(now.tzinfo))}" if area.planned_at else ""
        drawn.append(_area(area, Mark.ATTENTION, f"not yet{due}"))
    title = "UNITS" if any(area.tier == 1 for area in areas) else "DEPARTMENTS"
    return [Group(title=title, words="     ".join(words), lines=tuple(drawn), count=len(drawn), always=True, least=2)]


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


def _silent(areas: Sequence[Area], now: datetime) -> list[Line]:
    """Say of whom there is no word, and since when; the number to ring if it is one."""
    heard = [area.heard_at for area in areas if area.heard_at is not None]
    since = f" since {times.when(max(heard).astimezone(now.tzinfo), now)}" if heard else ""
    words = f"no word{since}; may have held it"
    if len(areas) == 1:
        return [_area(areas[0], Mark.UNKNOWN, words)]
    names = ", ".join(area.name for area in areas)
    return [row("", (Mark.UNKNOWN, names, words), _SEVERAL)] if areas else []


def _why(area: Area, now: datetime) -> str:
    """Why there was no huddle, and who said so when."""
    if not area.why:
        if area.unused_since is not None:
            return f"no huddle, {unused_words(area.unused_since, now.date())}"
        due = f", was due {times.clock(area.planned_at.astimezone(now.tzinfo))}" if area.planned_at else ""
        return f"no huddle{due}"
    by, at = area.why_by, area.why_at
    said = f" ({f'{times.brief(by)} ' if by else ''}{times.when(at.astimezone(now.tzinfo), now)})" if at else ""
    return f"no huddle: {area.why}{said}"


def _oldest(problems: Iterable[Problem], now: datetime) -> str:
    return times.age(now - min((one.raised_at for one in problems), default=now))


def _area(area: Area, mark: Mark, words: str) -> Line:
    return row("", (mark, area.name, words, f"ring {area.call}" if area.call else ""), _UNITS)
