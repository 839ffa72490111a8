"""What a huddle tells the tiers above: numbers and the site's own words, never what people typed.

A unit's summary is made from its answers, also while its huddle is open; a department's from those of its units.
Tier-appropriate after Mihaljevic 2020 (BMJ Qual Saf 29:1050): all causes go to tier 2, recurrent ones to tier 3.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from .agendas import CLOSING, READ_OUT, TODAY, Answer, Item, Kept, Kind, Mark, Step, happened, looked_into, remarked
from .codec import encode
from .definitions import short
from .records import record

WORST = (Mark.NONE, Mark.MET, Mark.ATTENTION, Mark.NOT_MET)
"""Marks from the lightest to the heaviest; the heaviest of many is the one that is told."""

_CLOSING = frozenset(item.key for item in CLOSING)

HIGH_TIER = 3
"""From here up only causes that recur are told: in two areas, or week after week."""

HIGHEST_TIER = 4
"""From here up no causes are told: what counts is stability over time and places."""


@record(kw_only=True)
class KeptWork:
    yes: int = 0
    no: int = 0
    unknown: int = 0


@record(kw_only=True)
class Events:
    n: int = 0
    looked_into: int = 0
    standard_kept: KeptWork = KeptWork()
    causes: dict[str, int] = field(default_factory=dict)


@record(kw_only=True)
class Targets:
    met: int = 0
    not_met: int = 0
    none: int = 0


@record(kw_only=True)
class Standards:
    kept: int = 0
    of: int = 0


@record(kw_only=True)
class Problems:
    """What came up; `escalated` asked for help, `to_know` only informed."""

    raised: int = 0
    escalated: int = 0
    to_know: int = 0
    by_category: dict[str, int] = field(default_factory=dict)


@record(kw_only=True)
class Units:
    """How the huddles below went; `not_held` is missed or skipped."""

    expected: int = 0
    held: int = 0
    unknown: int = 0
    not_held: int = 0


@record(kw_only=True)
class Answers:
    """Answers from above: how many there were, were read out in the huddle, and fixed what was asked."""

    given: int = 0
    read_out: int = 0
    fixed: int = 0


@record(kw_only=True)
class Spread:
    """In how many units: with events of a kind, not ready in one of four; `states` are those of the huddles below.

    `said` counts the huddles with a thank you, with what went well, with what to change.
    """

    events: dict[str, int] = field(default_factory=dict)
    not_ready: dict[str, int] = field(default_factory=dict)
    of: int = 0
    states: dict[str, str] = field(default_factory=dict)
    said: dict[str, int] = field(default_factory=dict)


@record(kw_only=True)
class Summary:
    """The summary of one huddle; `spread` is what a roll call above shows besides and is no part of the JSON."""

    complete: bool = False
    covers: dict[str, datetime | None] = field(default_factory=dict)
    readiness: dict[str, Mark] = field(default_factory=dict)
    targets: Targets = Targets()
    events: dict[str, Events] = field(default_factory=dict)
    standards: Standards = Standards()
    problems: Problems = Problems()
    units: Units = Units()
    present: int | None = None
    leaders: int = 0
    answers: Answers = Answers()
    corrects: str | None = None
    spread: Spread = Spread()


def as_json(summary: Summary) -> dict[str, Any]:
    """The summary as `huddle show --json` prints it."""
    told: dict[str, Any] = encode(summary)
    del told["spread"]
    return {**told, "covers": {"from": None, "to": None} | told["covers"]}


def summarise(  # noqa: PLR0913 - what a huddle says, and what is known besides
    answers: Iterable[Answer],
    items: Iterable[Item],
    *,
    covers: tuple[datetime | None, datetime | None] = (None, None),
    problems: Problems | None = None,
    given: int = 0,
    fixed: int = 0,
    present: int | None = None,
    leaders: int = 0,
) -> Summary:
    """Sum up what a huddle has answered so far. `given` and `fixed` count answers from above and what they fixed."""
    known = {item.key: item for item in items}
    told = remarked(known.values(), answers)
    answered = {one.item for one in told}
    readiness: dict[str, Mark] = {short(key): Mark.NONE for key, item in known.items() if item.kind is Kind.READINESS}
    events = {short(key): Events() for key, item in known.items() if item.kind is Kind.EVENTS}
    for one in told:
        if one.kind is Kind.READINESS:
            readiness[short(one.item)] = worst((readiness.get(short(one.item), Mark.NONE), one.mark))
        elif one.kind is Kind.EVENTS:
            events[short(one.item)] = _add(events.get(short(one.item), Events()), _events(one))
    return Summary(
        complete=all(item.key in answered for item in known.values() if item.asks),
        covers={"from": covers[0], "to": covers[1]},
        readiness=readiness,
        targets=_targets(told, known),
        events=events,
        standards=_standards(told),
        problems=problems or Problems(),
        present=present,
        leaders=leaders,
        answers=Answers(given=given, read_out=_read_out(told), fixed=fixed),
        spread=Spread(
            events={key: 1 for key, one in events.items() if one.n},
            not_ready={key: 1 for key, mark in readiness.items() if mark in {Mark.ATTENTION, Mark.NOT_MET}},
            of=1,
            said={one.item: 1 for one in told if one.item in _CLOSING and one.words},
        ),
    )


def roll_up(  # noqa: PLR0913 - own, below, and what is known of both
    own: Summary,
    below: Mapping[str, Summary],
    *,
    tier: int,
    units: Units | None = None,
    states: Mapping[str, str] | None = None,
    recurring: Collection[tuple[str, str]] = (),
) -> Summary:
    """A department's summary: its own huddle's, with what its children told. Nothing told counts as nothing.

    Targets are those of its own measures; a department that has none tells how many its units met.

    `units` and `states` tell how the huddles below went (`chains.units_below`); `recurring` names kinds of event and
    causes that have come up week after week.
    """
    parts = [own, *below.values()]
    kinds = dict.fromkeys(key for part in parts for key in part.events)
    ready = dict.fromkeys(key for part in parts for key in part.readiness)
    counted = units or Units(expected=len(below), held=len(below))
    return Summary(
        complete=own.complete and counted.unknown == 0,
        covers=own.covers,
        readiness={key: worst(part.readiness.get(key, Mark.NONE) for part in parts) for key in ready},
        targets=own.targets if own.targets != Targets() else _all_targets(below.values()),
        events={key: _gather(key, parts, tier, recurring) for key in kinds},
        standards=Standards(
            kept=sum(part.standards.kept for part in parts), of=sum(part.standards.of for part in parts)
        ),
        problems=Problems(
            raised=sum(part.problems.raised for part in parts),
            escalated=own.problems.escalated,
            to_know=own.problems.to_know,
            by_category=_sum(part.problems.by_category for part in parts),
        ),
        units=counted,
        present=own.present,
        leaders=own.leaders,
        answers=Answers(
            given=sum(part.answers.given for part in parts),
            read_out=sum(part.answers.read_out for part in parts),
            fixed=sum(part.answers.fixed for part in parts),
        ),
        corrects=own.corrects,
        spread=Spread(
            events=_sum(part.spread.events for part in parts),
            not_ready=_sum(part.spread.not_ready for part in parts),
            of=sum(part.spread.of for part in below.values()),
            states=dict(states or {}),
            said=_sum(part.spread.said for part in parts),
        ),
    )


def worst(marks: Iterable[Mark]) -> Mark:
    return max(marks, key=WORST.index, default=Mark.NONE)


def _events(one: Answer) -> Events:
    number = happened(one)
    kept = Counter(card.standard_kept for card in one.cards)
    return Events(
        n=number,
        looked_into=looked_into(one),
        standard_kept=KeptWork(yes=kept[Kept.YES], no=kept[Kept.NO], unknown=number - kept[Kept.YES] - kept[Kept.NO]),
        causes=dict(sorted(Counter(card.cause for card in one.cards if card.cause).items())),
    )


def _add(first: Events, second: Events) -> Events:
    a, b = first.standard_kept, second.standard_kept
    return Events(
        n=first.n + second.n,
        looked_into=first.looked_into + second.looked_into,
        standard_kept=KeptWork(yes=a.yes + b.yes, no=a.no + b.no, unknown=a.unknown + b.unknown),
        causes=_sum((first.causes, second.causes)),
    )


def _gather(key: str, parts: Iterable[Summary], tier: int, recurring: Collection[tuple[str, str]]) -> Events:
    """Add up one kind of event, with the causes that this tier is told."""
    total = Events()
    areas: Counter[str] = Counter()
    for part in parts:
        one = part.events.get(key, Events())
        total = _add(total, one)
        areas.update(one.causes.keys())
    if tier >= HIGHEST_TIER:
        causes = {}
    elif tier >= HIGH_TIER:
        causes = {cause: n for cause, n in total.causes.items() if areas[cause] > 1 or (key, cause) in recurring}
    else:
        causes = total.causes
    return Events(n=total.n, looked_into=total.looked_into, standard_kept=total.standard_kept, causes=causes)


def _targets(told: Iterable[Answer], known: Mapping[str, Item]) -> Targets:
    measures = [one for one in told if one.kind is Kind.MEASURE and not one.item.endswith(TODAY)]
    answered = {one.item for one in measures}
    waiting = sum(item.kind is Kind.MEASURE and key not in answered for key, item in known.items())
    marks = Counter(one.mark for one in measures)
    met, not_met = marks[Mark.MET], marks[Mark.NOT_MET]
    return Targets(met=met, not_met=not_met, none=len(measures) - met - not_met + waiting)


def _all_targets(parts: Iterable[Summary]) -> Targets:
    told = [part.targets for part in parts]
    return Targets(
        met=sum(one.met for one in told), not_met=sum(one.not_met for one in told), none=sum(one.none for one in told)
    )


def _standards(told: Iterable[Answer]) -> Standards:
    looked = [one.numbers for one in told if one.kind is Kind.STANDARD]
    return Standards(
        kept=int(sum(numbers.get("kept", 0) for numbers in looked)),
        of=int(sum(numbers.get("of", 0) for numbers in looked)),
    )


def _read_out(told: Iterable[Answer]) -> int:
    return sum(one.step is Step.FROM_ABOVE and one.kind is Kind.PROBLEMS and one.value == READ_OUT for one in told)


def _sum(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return dict(sorted(total.items()))
