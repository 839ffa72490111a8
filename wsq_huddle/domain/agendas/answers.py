"""Answers as they count, and their marks against today's targets."""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import datetime
from enum import StrEnum

from wsq_huddle.domain.definitions import Direction
from wsq_huddle.domain.records import record

from .items import TODAY, Item, Kind, Step


class Mark(StrEnum):
    MET = "met"
    ATTENTION = "attention"
    NOT_MET = "not-met"
    NONE = "none"


class Kept(StrEnum):
    """Whether the standard work was kept when an event happened."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


WATCH = "watch"
"""The answer to a line in Plan or Help: no plan, no help, we watch it."""

READ_OUT = "read-out"
"""The answer to an answer from above."""

HEARD = "heard"

NOTHING = "none"
"""The answer to a question for words when there is nothing to say."""

Numbers = Mapping[str, int | float]

_LARGEST = 10**12


@record(kw_only=True)
class Card:
    """What is known of one event; `reference` is the incident system's number, never a copy of its report."""

    shift: str = ""
    standard_kept: Kept = Kept.UNKNOWN
    cause: str | None = None
    reference: str | None = None
    acted: bool = False

    @property
    def looked_into(self) -> bool:
        return bool(self.cause) and self.acted


@record(kw_only=True)
class Answer:
    """The answer that counts for one line of one huddle, and who gave it when."""

    item: str
    step: Step
    kind: Kind
    value: str | None
    mark: Mark = Mark.NONE
    words: str = ""
    note: str = ""
    numbers: Numbers = field(default_factory=dict)
    cards: tuple[Card, ...] = ()
    did: tuple[str, ...] = ()
    by: str = ""
    at: datetime | None = None

    @property
    def shown(self) -> str | None:
        """The value as people see it: the words of a text, else the canonical value."""
        return self.words or self.value


def tamed(numbers: Numbers) -> Numbers:
    """Leave out numbers that nobody can have meant, so that sums and shares of what came from outside never fail."""
    return {name: number for name, number in numbers.items() if 0 <= abs(number) < _LARGEST}


def marked(item: Item, numbers: Numbers) -> Mark:
    """The mark of a measure or a standard against its target; none where either is missing."""
    value = numbers.get("value")
    if item.kind is Kind.STANDARD and numbers.get("of"):
        value = 100 * numbers.get("kept", 0) / numbers["of"]
    if value is None or item.target is None:
        return Mark.NONE
    if item.direction is Direction.AT_LEAST:
        return Mark.MET if value >= item.target else Mark.NOT_MET
    if item.direction is Direction.AT_MOST:
        return Mark.MET if value <= item.target else Mark.NOT_MET
    return Mark.MET if value == item.target else Mark.NOT_MET


def with_targets(items: Iterable[Item], answers: Iterable[Answer]) -> tuple[Item, ...]:
    """The items with the targets that were changed for today."""
    changed = {one.item: one.numbers["value"] for one in answers if one.step is Step.TARGETS and "value" in one.numbers}
    return tuple(
        replace(item, target=float(changed[item.key + TODAY])) if item.key + TODAY in changed else item
        for item in items
    )


def remarked(items: Iterable[Item], answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The answers with their marks against today's targets, which may have changed after they were given."""
    given = list(answers)
    known = {item.key: item for item in with_targets(items, given) if item.target is not None}
    return tuple(
        replace(one, mark=marked(known[one.item], one.numbers))
        if one.kind in _AGAINST_TARGET and one.item in known and one.numbers
        else one
        for one in given
    )


def happened(one: Answer) -> int:
    """How many events an answer tells of: its number, and never fewer than its cards."""
    return max(int(one.numbers.get("n", 0)), len(one.cards), 0)


def looked_into(one: Answer) -> int:
    """How many of them have a likely cause and something done about it."""
    return sum(card.looked_into for card in one.cards)


_AGAINST_TARGET = frozenset({Kind.MEASURE, Kind.STANDARD})
