"""Today of the executives, on one screen: the morning, what to decide, what to know, what is stuck, the measures."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.cells import cell_len

from screens import keys, patterns, problem_lines, times
from screens.line import Cell, Column, Columns, Line, Said, heading, row, text
from screens.marks import Mark, Tone
from screens.measures import change_mark, target, value
from screens.today.groups import Group, announced, fitted
from screens.today.reading import Seen
from screens.today.slot import START, Slot, briefly, named
from screens.today.unit import over_day
from wsq_huddle.domain import agendas, problems
from wsq_huddle.domain.chains import Row, State
from wsq_huddle.domain.problems import Problem, Urgency
from wsq_huddle.services.measures import Measure
from wsq_huddle.services.patterns import Gathered

STUCK = "stuck"
"""The id of the line that counts what is stuck."""

_HEAD = Columns((Column(59, share=1), Column(18, right=True)), left=1, pointer=0)
_DECIDE = Columns((Column(2), Column(49, share=1), Column(12), Column(6), Column(7, right=True)))
_STUCK = Columns((Column(60, share=1), Column(17, right=True)), left=1, pointer=0)
_HALF = (Column(2), Column(17, share=1), Column(6, right=True), Column(8), Column(5))
_MEASURES = Columns((*_HALF, *_HALF))
_WHO = 69
"""Columns for the huddle and who is in it, beside what Enter does, at 80."""
_MOST_TO_DECIDE, _MOST_TO_KNOW = 5, 2
_PATTERNS = (1, 3)
_MEASURES_SHOWN = (14, 20)
"""On a small screen and on a large one."""
_LEAST_ROWS = 2
_LARGE = 30
_HELD = frozenset({State.HELD, State.OPEN})
_NOT_HELD = frozenset({State.SKIPPED, State.MISSED})


def lines(seen: Seen, slot: Slot, now: datetime, room: int, *, more: str) -> list[Line]:
    """Draw the one screen of tier 3 in `room` lines; nothing on it asks for typing."""
    large = room >= _LARGE
    came = seen.today.came_up.problems
    decide = [one for one in came if one.holder == seen.node]
    know = [one for one in came if one.holder != seen.node]
    drawn = [
        _start(seen, slot, now, large=large),
        *_morning(seen),
        *_group("DECIDE", [_to_decide(one, seen, now) for one in decide], _MOST_TO_DECIDE, more, _SIDES),
        *_group("MUST KNOW", [_to_decide(one, seen, now) for one in know], _MOST_TO_KNOW, more),
        *_group("PATTERNS", [_pattern(one, now) for one in seen.patterns if not one.answered], _PATTERNS[large], more),
    ]
    if not decide and not know:
        drawn.append(text("Nothing to decide, nothing to know."))
    stuck, most = _stuck(seen, now), _MEASURES_SHOWN[large]
    measures = 1 + (min(most, len(seen.board)) + 1) // 2
    besides = fitted(_besides(seen, now, more), max(0, room - len(drawn) - len(stuck) - measures), more=more)
    left = room - len(drawn) - len(stuck) - len(besides)
    return [*drawn, *stuck, *besides, *_measures(seen.board, most, left, keys.told(" more ({measures})", slot.given))]


_SIDES = "from        by        age"


def _start(seen: Seen, slot: Slot, now: datetime, *, large: bool) -> Line:
    """The first line: the huddle, who leads it, and what Enter does; all of it has to fit."""
    title, words, _ = slot.head.cells
    huddle = seen.today.sitting.huddle
    begun = huddle is not None and huddle.opened_at is not None
    leads = huddle.leader or "" if begun and huddle is not None else ", ".join(seen.leads)
    covers = seen.site.stand_in(seen.node, now) if seen.site else None
    covering = covers.name if covers else ", ".join(seen.covers)
    who = [named(one) for one in (("Leads", leads), ("Notes", seen.notes), ("Phone", seen.join), ("Covers", covering))]
    told = f"{title} {briefly(str(words)) if any(who) else ' '.join(str(words).split())}"
    for one in who:
        told += one if large or cell_len(told + one) <= _WHO else ""
    return row(START, (Said(told, Tone.HEADING), f"[ {slot.offer} ]"), _HEAD)


def _group(title: str, lines: Sequence[Line], most: int, more: str, right: str = "") -> list[Line]:
    """A heading with at most so many lines; the others are counted beside the title."""
    if not lines:
        return []
    rest = f"{len(lines) - most} more{more}" if len(lines) > most else ""
    return [heading(f"{title} ({len(lines)})", rest, right), *lines[:most]]


def _besides(seen: Seen, now: datetime, more: str) -> list[Group]:
    """What is not drawn on the one screen, but must not be hidden either: a line each where there is no more room."""
    ours = (*seen.today.ours.problems, *seen.today.answers.problems)
    return [
        Group(
            title="OURS TO SOLVE",
            lines=tuple(problem_lines.ours(one, now) for one in ours),
            count=len(ours),
            least=1,
            folded=over_day(list(ours), now) + more,
            folds=1,
        ),
        announced(seen),
    ]


def _to_decide(problem: Problem, seen: Seen, now: datetime) -> Line:
    ask = problem.ask if problem.holder == seen.node else None
    who = ask.node if ask else problem_lines.bringer(problem, seen.node)
    wanted = ask.by.astimezone(now.tzinfo) if ask and ask.by else None
    by = ""
    if wanted is not None:
        by = times.clock(wanted) if wanted.date() == now.date() else times.day(wanted.date())
    what = problem_lines.decided(problem, seen.names, who, need=ask.need if ask else "")
    mark = Mark.NOW if problem.urgency is Urgency.NOW else Mark.ATTENTION if ask else Mark.UP
    age = times.age(now - problem.held_since)
    brief = problem_lines.brief_place(problem_lines.named(seen.names, who))
    return row(problem.id, (mark, what, brief, by, age), _DECIDE)


def _pattern(one: Gathered, now: datetime) -> Line:
    """The same trouble in several departments, in numbers and the name of the pattern."""
    units = f"{times.counted(len(one.origins), 'units')} in {times.counted(len(one.nodes), 'departments')}"
    told = f"{one.name}: {units}, since {times.since(one.since.astimezone(now.tzinfo).date(), now.date())}"
    return row(patterns.id_of(one), (Mark.PATTERN, told), _DECIDE)


def _morning(seen: Seen) -> list[Line]:
    """Count the huddles below: units, then departments."""
    rows = [one for one in seen.today.morning.rows if one.node != seen.node]
    units = [one for one in rows if one.tier == 1]
    others = [one for one in rows if 1 < one.tier < seen.tier]
    if not units and not others:
        return []
    told = f"units {_count(units, _HELD)} of {len(units)} held"
    for states, word in ((_NOT_HELD, "no huddle"), ({State.UNKNOWN}, "no word")):
        number = _count(units, states)
        told += f", {number} {word}" if number else ""
    if others:
        told += f"   departments {_count(others, _HELD)} of {len(others)}"
    return [heading("THIS MORNING", told)]


def _count(rows: Iterable[Row], states: Iterable[State]) -> int:
    wanted = set(states)
    return sum(one.state in wanted for one in rows)


def _stuck(seen: Seen, now: datetime) -> list[Line]:
    if not seen.stuck:
        return []
    oldest = seen.stuck[0]
    where = problem_lines.brief_place(problem_lines.named(seen.names, oldest.holder))
    told = f"STUCK over {problems.STUCK.days} days without an answer: {len(seen.stuck)}. "
    told += f"Oldest {times.age(now - oldest.held_since)}:"
    return [row(STUCK, (f"{told} {oldest.title}", f"({where})"), _STUCK)]


def _measures(board: Sequence[Measure], most: int, room: int, more: str) -> list[Line]:
    """Draw the measures in two columns: mark, name, value, target, change; those without room are counted."""
    if not board:
        return []
    rows = max(_LEAST_ROWS, min((min(most, len(board)) + 1) // 2, room - 1))
    shown = board[: min(most, 2 * rows)]
    known = [one for one in board if one.last is not None]
    met = sum(one.mark is agendas.Mark.MET for one in known)
    title = f"{met} of {len(known)} met" if known else "no values yet"
    title += f"   {len(board) - len(shown)}{more}" if len(board) > len(shown) else ""
    half = (len(shown) + 1) // 2
    drawn = [heading("KEY MEASURES", title, "* a real change, not chance")]
    for at in range(half):
        right = _cells(shown[at + half]) if at + half < len(shown) else ()
        drawn.append(row("", (*_cells(shown[at]), *right), _MEASURES))
    return drawn


def _cells(one: Measure) -> tuple[Cell, ...]:
    mark = Mark[one.mark.name] if one.last is not None else Mark.NONE
    return mark, one.item.ask, value(one), f" {target(one)}", change_mark(one.change)
