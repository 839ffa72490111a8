"""Today of the executives, on one screen: the morning, what to decide, what to know, what is stuck, the measures."""

from collections.abc import Iterable
from datetime import datetime

from screens import problem_lines, times
from screens.line import Cell, Column, Columns, Line, heading, row, text
from screens.marks import Mark
from screens.today.groups import Group, announced, fitted
from screens.today.reading import Seen
from screens.today.slot import Slot
from wsq_huddle.domain import agendas
from wsq_huddle.domain.agendas import Item
from wsq_huddle.domain.chains import Row, State
from wsq_huddle.domain.definitions import Direction
from wsq_huddle.domain.problems import Problem, Urgency
from wsq_huddle.services.steps import Asked

_DECIDE = Columns((Column(2), Column(50, share=1), Column(12), Column(7), Column(5, right=True)))
_MEASURES = Columns((Column(2), Column(19, share=1), Column(15, share=1), Column(2), Column(22, share=1), Column(14)))
_MOST_TO_DECIDE, _MOST_TO_KNOW, _MOST_MEASURES = 5, 2, 14
_HELD = frozenset({State.HELD, State.OPEN})
_NOT_HELD = frozenset({State.SKIPPED, State.MISSED})


def lines(seen: Seen, slot: Slot, now: datetime, room: int, *, more: str) -> list[Line]:
    """Draw the one screen of tier 3 in `room` lines; nothing on it asks for typing."""
    problems = seen.today.came_up.problems
    decide = [one for one in problems if one.holder == seen.node]
    know = [one for one in problems if one.holder != seen.node]
    ours = (*seen.today.ours.problems, *seen.today.answers.problems)
    groups = [
        _group("DECIDE", [_to_decide(one, seen, now) for one in decide], _MOST_TO_DECIDE, "from        by      age"),
        _group("MUST KNOW", [_to_decide(one, seen, now) for one in know], _MOST_TO_KNOW),
        Group(
            title="OURS TO SOLVE",
            lines=tuple(problem_lines.ours(one, now) for one in ours),
            count=len(ours),
            least=1,
            folded=more.strip(),
        ),
    ]
    groups.append(announced(seen))
    head = [slot.head, slot.start, *_morning(seen)]
    foot = [*_stuck(seen, now), *_measures(seen.measures)]
    drawn = fitted(groups, max(2, room - len(head) - len(foot)), more=more)
    if not drawn:
        drawn = [text("Nothing to decide, nothing to know.")]
    return [*head, *drawn, *foot]


def _group(title: str, lines: list[Line], most: int, right: str = "") -> Group:
    return Group(title=title, lines=tuple(lines[:most]), count=len(lines), right=right, least=1)


def _to_decide(problem: Problem, seen: Seen, now: datetime) -> Line:
    ask = problem.ask
    who = ask.node if ask and problem.holder == seen.node else problem.origin
    wanted = ask.by.astimezone(now.tzinfo) if ask and ask.by and problem.holder == seen.node else None
    by = ""
    if wanted is not None:
        by = times.clock(wanted) if wanted.date() == now.date() else times.day(wanted.date())
    place = problem_lines.named(seen.names, problem.origin)
    what = f"{place} {problem.title}" + (f": {ask.need}" if ask and ask.need and problem.holder == seen.node else "")
    mark = Mark.NOW if problem.urgency is Urgency.NOW else Mark.ATTENTION if problem.holder == seen.node else Mark.UP
    age = times.age(now - problem.held_since)
    return row(problem.id, (mark, what, problem_lines.named(seen.names, who), by, age), _DECIDE)


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
    where = problem_lines.named(seen.names, oldest.holder)
    told = f"over 3 days without an answer: {len(seen.stuck)}."
    return [heading("STUCK", f"{told} Oldest {times.age(now - oldest.held_since)}: {oldest.title} ({where})")]


def _measures(measures: tuple[Asked, ...]) -> list[Line]:
    """Draw the measures in two columns: mark, name, value, target."""
    if not measures:
        return []
    shown = measures[:_MOST_MEASURES]
    known = [answer for one in shown if (answer := one.answer or one.last) is not None and answer.numbers]
    met = sum(answer.mark is agendas.Mark.MET for answer in known)
    title = f"{met} of {len(known)} met" if known else "no values yet"
    half = (len(shown) + 1) // 2
    drawn = [heading("KEY MEASURES", title)]
    for at in range(half):
        left, right = _cells(shown[at]), _cells(shown[at + half]) if at + half < len(shown) else ("", "", "")
        drawn.append(row("", (*left, *right), _MEASURES))
    return drawn


def _cells(one: Asked) -> tuple[Cell, Cell, Cell]:
    answer = one.answer or one.last
    value = answer.shown or "" if answer is not None and answer.numbers else "-"
    mark = Mark[answer.mark.name] if answer is not None and answer.numbers else Mark.NONE
    unit = one.item.unit if value != "-" and one.item.unit == "%" else ""
    return mark, one.item.ask, f"{value}{unit}".rjust(5) + f"  {_target(one.item)}"


def _target(item: Item) -> str:
    if item.target is None:
        return ""
    sign = {Direction.AT_MOST: "<=", Direction.AT_LEAST: ">="}.get(item.direction, "=") if item.direction else "="
    return f"{sign}{item.target:g}"
