"""What others brought here, as lines of Today: urgent first, then a line for each pattern, then by time wanted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rich.cells import cell_len

from screens import keys, patterns, times
from screens.line import Column, Columns, Line, Said, row
from screens.marks import Mark, Tone
from screens.patterns import Apart
from screens.problem_lines import Names, brief_place, named
from screens.today.groups import Group
from wsq_huddle.domain.problems import Problem, Urgency

_TITLE, _RIGHT = 31, 27
COLUMNS = Columns((Column(2), Column(15), Column(_TITLE, share=1), Column(_RIGHT, right=True, least=0)))
ALL = "came-up"
"""The id of the heading: `k` on it takes all below."""


@dataclass(frozen=True)
class Brought:
    """What came up here, as this node knows it."""

    problems: Sequence[Problem]
    count: int
    apart: Apart
    names: Names
    node: str
    tier: int
    given: Mapping[str, str] = field(default_factory=dict)
    """Other keys from huddle.toml."""


def groups(title: str, brought: Brought, now: datetime) -> list[Group]:
    """What came up, and before it what is asked for back."""
    asked = [one for one in brought.problems if one.recall is not None and one.holder == brought.node]
    others = [one for one in brought.problems if one not in asked]
    back = Group(
        title="ASKED FOR BACK",
        lines=tuple(recalled(one, brought.names, now) for one in asked),
        count=len(asked),
        right=keys.told("send it back with an answer ({send_back})", brought.given),
        least=1,
    )
    lines = tuple(_lines(brought, others, now))
    fresh = takes(others, brought.node)
    several = len(brought.apart.several(others))
    urgent = sum(one.urgency is Urgency.NOW for one in others)
    words = (f"{urgent} urgent" if urgent else "", times.counted(several, "patterns") if several else "")
    came = Group(
        title=title,
        lines=lines,
        count=len(others) + brought.count - len(brought.problems),
        right=", ".join(word for word in words if word),
        line_id=ALL if len(fresh) > 1 else "",
        hidden=sum(one.id in brought.apart.within for one in others) - several,
    )
    return [back, came]


def takes(problems: Sequence[Problem], node: str) -> tuple[str, ...]:
    """Those that are here and that nobody has said to have, by id."""
    return tuple(
        one.id for one in problems if one.holder == node and one.ask is not None and one.acknowledged_at is None
    )


def recalled(problem: Problem, names: Names, now: datetime) -> Line:
    """Draw a problem that somebody asks us to give back: `5 East asks for it back: found ours`."""
    recall = problem.recall
    if recall is None:
        return row(problem.id, (Mark.DOWN, named(names, problem.origin), problem.title), COLUMNS)
    who = brief_place(named(names, recall.node))
    return Line(
        (Mark.DOWN, problem.title, f"{who} asks for it back: {recall.why}", times.age(now - recall.at)), problem.id
    )


def _lines(brought: Brought, problems: Sequence[Problem], now: datetime) -> Iterator[Line]:
    joins = keys.told("{join} joins", brought.given)
    urgent = [one for one in problems if one.urgency is Urgency.NOW]
    yield from (line(one, brought, now) for one in urgent)
    for one in brought.apart.several(problems):
        right = f"as before: {joins}" if one.late else patterns.spread(one, brought.tier)
        cells = (Mark.PATTERN, one.name, patterns.places(one), right)
        yield row(patterns.id_of(one), cells, COLUMNS)
    rest = (one for one in problems if one.urgency is not Urgency.NOW and one.id not in brought.apart.within)
    yield from (line(one, brought, now) for one in rest)


def line(problem: Problem, brought: Brought, now: datetime) -> Line:
    """Draw a problem of another place: whose, what, until when, how long not seen, or what it may join."""
    urgent = problem.urgency is Urgency.NOW
    here = problem.holder == brought.node
    ask = problem.ask if here else None
    fresh = problem.acknowledged_at is None and problem.seen.get(brought.node, 0) < problem.turn
    age = times.age(now - problem.held_since)
    title, right = problem.title, times.by(ask.by.astimezone(now.tzinfo), now) if ask and ask.by else ""
    if not here:
        title, right = f"{title}, to know", "" if urgent and fresh else "to know"
        title = title if urgent and fresh else problem.title
    joins = brought.apart.joins.get(problem.id)
    if urgent and fresh:
        told = problem.raised_at.astimezone(now.tzinfo)
        at, state = times.when(told, now), f"not seen yet, {times.age(now - problem.raised_at)}"
        whole = f"{at}   {state}"
        room = max(_RIGHT, _TITLE + _RIGHT - 1 - cell_len(title))
        right = whole if len(whole) <= room else f"{at} {state}" if len(at) + len(state) < room else state
    elif joins is not None:
        right = f"like {joins.name} ({keys.told('{join} joins', brought.given)})"
    cell: str | Said = Said(right, Tone.ATTENTION) if urgent and fresh else right or age
    return row(
        problem.id, (Mark.NOW if urgent else Mark.UP, named(brought.names, problem.origin), title, cell), COLUMNS
    )
