"""Counts huddles and problems of a period: pure functions over the rows of `chain` and over what became of problems."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime

from wsq_huddle.domain.chains import Row, State
from wsq_huddle.domain.records import record

ENOUGH = 5
"""Huddles held, or problems raised, before anything is asked about a node: a working week, not a quiet day."""

ALL_BUT = 10
"""A node asks for help with everything when all but a tenth of its problems went up."""

_HELD = frozenset({State.HELD, State.OPEN})
_TIMES = ("acknowledge", "resolve", "confirm")


@record(kw_only=True)
class Case:
    """One problem, as far as it is counted.

    `asked` has each time it was handed to somebody: hours until they said that they had it, None as long as they have
    not. `stays` has the hours that each node had it until it was solved or over, or up to now. Hours are never below
    zero: they lie between the clocks of two computers.
    """

    origin: str
    asked: tuple[float | None, ...] = ()
    stays: Mapping[str, float] = field(default_factory=dict)
    escalated: bool = False
    returned: int = 0
    reopened: int = 0
    resolved_by: str | None = None
    """Who solved it, as long as nobody has opened it again."""
    resolve_hours: float | None = None
    confirm_hours: float | None = None
    """From solved to "yes, it worked"; None where nobody has said so."""
    answer_hours: float | None = None
    """From raised to the answer that stands."""
    read_out: bool = False
    not_now: bool = False
    """The answer that stands is: not possible now, and why."""


@record(kw_only=True)
class Huddles:
    """`planned` are those that were due; `late` is told beside `held`, not instead; `unknown` those without a word."""

    planned: int = 0
    held: int = 0
    late: int = 0
    missed: int = 0
    skipped: int = 0
    unknown: int = 0
    median_minutes: float | None = None


@record(kw_only=True)
class Problems:
    """What became of the problems raised in the period; tiers are those of whoever solved or had them."""

    raised: int = 0
    escalated: int = 0
    resolved_by_tier: dict[str, int] = field(default_factory=dict)
    median_hours: dict[str, float | None] = field(default_factory=lambda: dict.fromkeys(_TIMES))
    median_hours_at_tier: dict[str, float] = field(default_factory=dict)
    returned: int = 0
    reopened: int = 0


@record(kw_only=True)
class Answers:
    """Of the same problems: those with an answer or a solution.

    And of these the ones that were read out in the huddle, and those that say: not possible now.
    """

    given: int = 0
    read_out: int = 0
    not_now: int = 0


@record(kw_only=True)
class Place:
    """A node as far as it is counted; a `unit` is one of the front line."""

    node: str
    name: str
    tier: int
    unit: bool


@record(kw_only=True)
class Part:
    """The figures of one node."""

    place: Place
    huddles: Huddles
    problems: Problems
    answers: Answers


@record(kw_only=True)
class Figures:
    """The figures of a node and of those below it, in the order of the tree's tiers and names.

    `silent` and `asks_up` name only the node itself and those directly below: they are questions, and theirs.
    """

    begins: date
    ends: date
    huddles: Huddles
    problems: Problems
    answers: Answers
    silent: tuple[str, ...]
    asks_up: tuple[str, ...]
    parts: tuple[Part, ...]


@record
class Tally:
    """What became of the problems raised at a node since a day; `answer_days` is the median time to an answer."""

    since: date
    raised: int
    answered: int
    fixed: int
    answer_days: float | None


def count(  # noqa: PLR0913 - all that figures are made of
    places: Iterable[Place],
    rows: Iterable[Row],
    cases: Iterable[Case],
    *,
    begins: date,
    ends: date,
    now: datetime,
    asked: Collection[str],
    tiers: Mapping[str, int],
) -> Figures:
    """Count everything, for all places together and for each.

    `rows` are those of the chain, one morning after the other; `asked` are the nodes that this one may ask about;
    `tiers` has the tier of every node that a problem came to.
    """
    known = sorted(places, key=lambda one: (one.tier, one.name, one.node))
    keys = {one.node for one in known}
    held: dict[str, list[Row]] = defaultdict(list)
    raised: dict[str, list[Case]] = defaultdict(list)
    for row in rows:
        if row.node in keys:
            held[row.node].append(row)
    for case in cases:
        if case.origin in keys:
            raised[case.origin].append(case)
    parts = tuple(_part(one, held[one.node], raised[one.node], now, tiers) for one in known)
    every = [case for found in raised.values() for case in found]
    return Figures(
        begins=begins,
        ends=ends,
        huddles=count_huddles([row for found in held.values() for row in found], now),
        problems=count_problems(every, tiers),
        answers=_answers(every),
        silent=tuple(one.place.node for one in parts if one.place.node in asked and silent(one)),
        asks_up=tuple(one.place.node for one in parts if one.place.node in asked and ask_up(one)),
        parts=parts,
    )


def _part(place: Place, rows: Sequence[Row], cases: Sequence[Case], now: datetime, tiers: Mapping[str, int]) -> Part:
    return Part(
        place=place,
        huddles=count_huddles(rows, now),
        problems=count_problems(cases, tiers),
        answers=_answers(cases),
    )


def count_huddles(rows: Iterable[Row], now: datetime) -> Huddles:
    """Count the huddles of the chain that were due by now, or that were begun or called off before."""
    due = [
        row for row in rows if row.state is not State.PLANNED or (row.planned_at is not None and row.planned_at < now)
    ]
    states = Counter(row.state for row in due)
    minutes = [
        (row.closed_at - row.opened_at).total_seconds() / 60
        for row in due
        if row.state is State.HELD
        and not row.on_paper
        and row.opened_at
        and row.closed_at
        and row.closed_at >= row.opened_at
    ]
    return Huddles(
        planned=len(due),
        held=sum(states[state] for state in _HELD),
        late=sum(row.late for row in due),
        missed=states[State.MISSED],
        skipped=states[State.SKIPPED],
        unknown=states[State.UNKNOWN],
        median_minutes=_rounded(median(minutes), 1),
    )


def count_problems(cases: Iterable[Case], tiers: Mapping[str, int]) -> Problems:
    known = list(cases)
    solved = Counter(_tier(case.resolved_by, tiers) for case in known if case.resolved_by is not None)
    times: dict[str, list[float]] = {
        "acknowledge": [hours for case in known for hours in case.asked if hours is not None],
        "resolve": [case.resolve_hours for case in known if case.resolve_hours is not None],
        "confirm": [case.confirm_hours for case in known if case.confirm_hours is not None],
    }
    stays: dict[str, list[float]] = defaultdict(list)
    for case in known:
        here: Counter[str] = Counter()
        for node, hours in case.stays.items():
            here[_tier(node, tiers)] += hours  # type: ignore[assignment]  # a Counter adds up hours too
        for tier, hours in here.items():
            stays[tier].append(hours)
    return Problems(
        raised=len(known),
        escalated=sum(case.escalated for case in known),
        resolved_by_tier=dict(sorted(solved.items())),
        median_hours={name: _rounded(median(times[name]), 2) for name in _TIMES},
        median_hours_at_tier={tier: round(median(stays[tier]) or 0.0, 2) for tier in sorted(stays)},
        returned=sum(case.returned for case in known),
        reopened=sum(case.reopened for case in known),
    )


def tally(cases: Iterable[Case], since: date) -> Tally:
    """The one line at the foot of Today."""
    known = list(cases)
    waits = [case.answer_hours for case in known if case.answer_hours is not None]
    middle = median(waits)
    return Tally(
        since=since,
        raised=len(known),
        answered=len(waits),
        fixed=sum(case.confirm_hours is not None for case in known),
        answer_days=None if middle is None else middle / 24,
    )


def silent(part: Part) -> bool:
    """Whether a unit has met again and again and raised nothing: a question, how safe it is to speak up there."""
    return part.place.unit and part.huddles.held >= ENOUGH and part.problems.raised == 0


def ask_up(part: Part) -> bool:
    """Whether a unit asks for help with nearly all that it raises: a question, what it would need to solve it."""
    raised, asked = part.problems.raised, part.problems.escalated
    return part.place.unit and raised >= ENOUGH and (raised - asked) * ALL_BUT <= raised


def median(values: Iterable[float]) -> float | None:
    """The middle one, or half way between the two in the middle; None where there is nothing."""
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _answers(cases: Iterable[Case]) -> Answers:
    answered = [case for case in cases if case.answer_hours is not None]
    return Answers(
        given=len(answered),
        read_out=sum(case.read_out for case in answered),
        not_now=sum(case.not_now for case in answered),
    )


def _tier(node: str, tiers: Mapping[str, int]) -> str:
    """The tier of a node as JSON names it; a node that was never heard of here has none that is known."""
    return str(tiers[node]) if node in tiers else "unknown"


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
