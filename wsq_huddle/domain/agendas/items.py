"""The lines of an agenda, made from the definitions in force."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from wsq_huddle.domain.definitions import (
    Defined,
    DefinitionSet,
    Direction,
    Sort,
    full,
    in_force,
    measures_of,
    short,
    standards_of,
    text,
    tiers,
)
from wsq_huddle.domain.records import record
from wsq_huddle.errors import NotFound


class Step(StrEnum):
    FROM_ABOVE = "from-above"
    TARGETS = "targets"
    STATUS = "status"
    PLAN = "plan"
    HELP = "help"


class Kind(StrEnum):
    READINESS = "readiness"
    MEASURE = "measure"
    EVENTS = "events"
    STANDARD = "standard"
    CHECK = "check"
    COUNT = "count"
    TEXT = "text"
    ACTIONS = "actions"
    PROBLEMS = "problems"
    ROLL_CALL = "roll-call"
    ANNOUNCEMENTS = "announcements"


LISTS = frozenset({Kind.ACTIONS, Kind.PROBLEMS, Kind.ROLL_CALL, Kind.ANNOUNCEMENTS})
"""Kinds whose lines come from the log, not from the one who answers: they are heard, said or read out."""

GOOD = frozenset({"good-catch", "good-catches"})
"""Kinds of event of which more is welcome, besides items that say `good = true`."""

TODAY = ":target"
"""What the key of a measure's item ends with when the answer is today's target, not today's value."""


@record(kw_only=True)
class Item:
    """One line of the agenda; `target`, `direction`, `unit` and `sample` are those of its measure or standard."""

    key: str
    step: Step
    kind: Kind
    ask: str
    group: str = ""
    gloss: str = ""
    measure: str | None = None
    standard: str | None = None
    areas: tuple[str, ...] = ()
    """The fixed order of a roll call; areas that are not named come after them."""
    good: bool = False
    """More of it is welcome (good catches): a number is never a warning."""
    reportable: bool = False
    """Of such an event every tier is told at once."""
    target: float | None = None
    direction: Direction | None = None
    unit: str = ""
    sample: int | None = None
    tiers: tuple[int, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether the huddle is incomplete as long as this has no answer."""
        return self.kind not in LISTS

    @property
    def limit(self) -> str:
        """The target as it is read: `at most 0`, `at least 30 %`; empty where there is none."""
        if self.target is None:
            return ""
        side = (self.direction or Direction.AT_LEAST).value.replace("-", " ")
        return f"{side} {self.target:g} {self.unit or ('%' if self.kind is Kind.STANDARD else '')}".rstrip()


PLUS = Item(key="plus", step=Step.HELP, kind=Kind.TEXT, ask="What went well?")
DELTA = Item(key="delta", step=Step.HELP, kind=Kind.TEXT, ask="What should we change?")
THANKS = Item(key="thanks", step=Step.HELP, kind=Kind.TEXT, ask="Thank you, good catch")
CLOSING = (PLUS, DELTA, THANKS)
"""What Close asks; the words go to the parent as answers and no further."""


def kind_of(name: str) -> Kind:
    """A kind that a later program knows is asked as text."""
    return Kind(name) if name in frozenset(Kind) else Kind.TEXT


def step_of(name: str) -> Step:
    return Step(name) if name in frozenset(Step) else Step.STATUS


def read_item(one: Defined) -> Item:
    """An item as it was declared; what cannot be understood is asked as text, in Status."""
    kind = kind_of(text(one.said, "kind"))
    areas = one.said.get("areas")
    return Item(
        key=one.key,
        step=step_of(text(one.said, "step")),
        kind=kind,
        ask=text(one.said, "ask") or short(one.key),
        group=text(one.said, "group"),
        gloss=text(one.said, "gloss"),
        measure=full(one.owner, text(one.said, "measure") or short(one.key)) if kind is Kind.MEASURE else None,
        standard=full(one.owner, text(one.said, "standard") or short(one.key)) if kind is Kind.STANDARD else None,
        areas=tuple(area for area in areas if isinstance(area, str)) if isinstance(areas, list | tuple) else (),
        good=one.said.get("good") is True or short(one.key) in GOOD,
        reportable=one.said.get("reportable") is True,
        tiers=tiers(one.said),
    )


def agenda(
    sets: Collection[DefinitionSet], line: Sequence[str], *, tier: int, editions: Mapping[str, int] | None = None
) -> tuple[Item, ...]:
    """All lines a node asks, by step: what it and those above declare for its tier, and its own measures and standards.

    `line` leads from the top down to the node; `editions` are those of a huddle that was opened. A roll call is only
    of the node that declares it.
    """
    node = line[-1] if line else ""
    measures, standards = measures_of(sets, line, editions), standards_of(sets, line, editions)
    declared = [
        item
        for one in in_force(sets, Sort.ITEMS, line, editions)
        if (item := read_item(one)).kind is not Kind.ROLL_CALL or one.owner == node
    ]
    named = {item.measure for item in declared} | {item.standard for item in declared}
    declared += [
        Item(key=key, step=Step.STATUS, kind=Kind.MEASURE, ask=one.name, measure=key)
        for key, one in measures.items()
        if key.startswith(f"{node}/") and key not in named
    ]
    taken = {item.key for item in declared}
    declared += [
        Item(key=key, step=Step.STATUS, kind=Kind.STANDARD, ask=kept.name, standard=key)
        for key, kept in standards.items()
        if key.startswith(f"{node}/") and key not in named | taken
    ]
    linked = []
    for item in declared:
        known = measures.get(item.measure or "")
        work = standards.get(item.standard or "")
        if item.tiers and tier not in item.tiers:
            continue
        if known:
            linked.append(replace(item, target=known.target, direction=known.direction, unit=known.unit))
        elif work:
            linked.append(replace(item, target=work.target, direction=Direction.AT_LEAST, unit="%", sample=work.sample))
        else:
            linked.append(item)
    order = tuple(Step)
    return tuple(sorted(linked, key=lambda item: order.index(item.step)))


def target_of(item: Item) -> Item:
    """The line by which today's target of a measure is changed."""
    return replace(item, key=item.key + TODAY, step=Step.TARGETS, target=None, direction=None)


def listed(key: str, *, step: Step = Step.FROM_ABOVE, kind: Kind = Kind.PROBLEMS, ask: str = "") -> Item:
    """A line that comes from the log: an answer from above to read out, or in Plan and Help something to watch."""
    return Item(key=key, step=step, kind=kind, ask=ask or key)


def find(items: Iterable[Item], name: str) -> Item:
    """The item meant by a full key, or by a short one that only one item has; `KEY:target` is today's target of it."""
    among = [*items, *CLOSING]
    among += [target_of(item) for item in among if item.kind is Kind.MEASURE]
    wanted = name.strip().casefold()
    for read in (str, short):
        found = [item for item in among if read(item.key).casefold() == wanted]
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFound(f"{name} is more than one line: {', '.join(item.key for item in found)}.")
    known = ", ".join(short(item.key) for item in among if not item.key.endswith(TODAY))
    raise NotFound(f"There is no line {name} in this agenda. It has {known}.")
