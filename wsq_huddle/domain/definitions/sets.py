"""The sets of definitions: published by their owner, replaced whole, in force from the top down."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, time
from enum import StrEnum
from typing import Any

from wsq_huddle.domain.codec import encode
from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.events import Audience, Event
from wsq_huddle.domain.records import record
from wsq_huddle.domain.text import clean

from .reading import (
    Calendar,
    Defined,
    Measure,
    Said,
    Slot,
    Standard,
    Window,
    Word,
    read_calendar,
    read_measure,
    read_slot,
    read_standard,
    read_window,
    read_word,
    text,
)


class Sort(StrEnum):
    ITEMS = "items"
    MEASURES = "measures"
    STANDARDS = "standards"
    WINDOW = "window"
    HUDDLES = "huddles"
    CATEGORIES = "categories"
    CAUSES = "causes"
    PEOPLE = "people"
    PHONES = "phones"
    STAND_INS = "stand_ins"


@record(kw_only=True)
class Published(Event, kind="definitions.published", audience=Audience.KIN):
    """An owner's definitions of one sort, whole; `sort` is a plain text so that a later sort is kept too."""

    owner: str
    sort: str
    edition: int
    definitions: tuple[dict[str, Any], ...] = ()


@record(kw_only=True)
class DefinitionSet:
    """An owner's definitions of one sort: those in force now, and the earlier editions that old huddles speak of."""

    owner: str
    sort: str
    edition: int
    definitions: tuple[Said, ...]
    earlier: Mapping[int, tuple[Said, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How `huddle.opened` names the set in its editions."""
        return f"{self.owner}/{self.sort}"

    def at(self, edition: int) -> tuple[Said, ...]:
        """The definitions of an edition; those in force now when that edition never came here."""
        return self.definitions if edition == self.edition else self.earlier.get(edition, self.definitions)


def subject_of(owner: str, sort: str) -> str:
    return f"definitions-{owner}-{sort}"


def evolve(current: DefinitionSet | None, told: Told) -> DefinitionSet | None:
    match told.event:
        case Published(owner=owner, sort=sort, edition=edition, definitions=definitions) if (
            told.node == owner and told.subject == subject_of(owner, sort)
        ):
            if current is None:
                return DefinitionSet(owner=owner, sort=sort, edition=edition, definitions=definitions)
            earlier = {**current.earlier, current.edition: current.definitions}
            return replace(current, edition=edition, definitions=definitions, earlier=earlier)
        case _:
            return current


def fold(story: Iterable[Told]) -> DefinitionSet | None:
    """The set as its whole story tells it."""
    current: DefinitionSet | None = None
    for told in sorted(story, key=lambda told: told.order):
        current = evolve(current, told)
    return current


def publish(
    previous: DefinitionSet | None, *, owner: str, sort: str, definitions: Iterable[Mapping[str, Any]]
) -> Published | None:
    """Replace the owner's definitions of one sort; None when nothing has changed, or nothing was ever declared."""
    plain = tuple(_plain(dict(one)) for one in definitions)
    if plain == (tuple(previous.definitions) if previous else ()):
        return None
    return Published(owner=owner, sort=str(sort), edition=previous.edition + 1 if previous else 1, definitions=plain)


def in_force(
    sets: Iterable[DefinitionSet], sort: str, line: Sequence[str], editions: Mapping[str, int] | None = None
) -> tuple[Defined, ...]:
    """All definitions of a sort that count at the last node of `line`, which leads from the top down to it.

    With `editions` (of a huddle that was opened) those of then count, and a set that was not there yet is left out.
    """
    by_owner = {one.owner: one for one in sets if one.sort == sort}
    found: dict[str, Defined] = {}
    for owner in line:
        one = by_owner.get(owner)
        if one is None or (editions is not None and one.name not in editions):
            continue
        for number, said in enumerate(one.at(editions[one.name]) if editions is not None else one.definitions, 1):
            if isinstance(said, Mapping):
                key = f"{owner}/{_key(said) or number}"
                found.setdefault(key, Defined(key, owner, said))
    return tuple(found.values())


def editions_of(sets: Iterable[DefinitionSet], line: Iterable[str]) -> dict[str, int]:
    """The editions in force at the last node of `line`, as `huddle.opened` fixes them."""
    owners = set(line)
    return {one.name: one.edition for one in sets if one.owner in owners}


def measures_of(
    sets: Iterable[DefinitionSet], line: Sequence[str], editions: Mapping[str, int] | None = None
) -> dict[str, Measure]:
    return {one.key: read_measure(one) for one in in_force(sets, Sort.MEASURES, line, editions)}


def standards_of(
    sets: Iterable[DefinitionSet], line: Sequence[str], editions: Mapping[str, int] | None = None
) -> dict[str, Standard]:
    return {one.key: read_standard(one) for one in in_force(sets, Sort.STANDARDS, line, editions)}


def words_of(sets: Iterable[DefinitionSet], sort: str, line: Sequence[str]) -> tuple[Word, ...]:
    """Categories, causes, people or phones in force."""
    return tuple(read_word(one) for one in in_force(sets, sort, line))


def window_of(sets: Iterable[DefinitionSet], line: Sequence[str]) -> Window:
    """The window of the highest tier that declares one: those below add, they never override."""
    for one in in_force(sets, Sort.WINDOW, line):
        if window := read_window(one.said):
            return window
    return Window()


def calendar_of(sets: Iterable[DefinitionSet], node: str) -> Calendar:
    """A node's own calendar; round the clock in UTC when it has not told."""
    own = in_force(sets, Sort.WINDOW, (node,))
    return read_calendar(own[-1].said) if own else Calendar()


def slots_of(sets: Iterable[DefinitionSet], node: str) -> tuple[Slot, ...]:
    """A node's own huddles in the order of the day; empty when it has not told."""
    known = list(sets)
    rows: list[Any] = [one.said for one in in_force(known, Sort.HUDDLES, (node,))]
    for one in in_force(known, Sort.WINDOW, (node,)):
        told = one.said.get("huddles")
        rows += told if isinstance(told, list | tuple) else []
    slots = {slot.name: slot for row in rows if (slot := read_slot(row))}
    return tuple(sorted(slots.values(), key=lambda slot: (slot.at, slot.name)))


def _key(said: Said) -> str:
    """The key of a definition within its owner and sort; two kinds of event may have a cause of the same key."""
    own = text(said, "key") or text(said, "name")
    event = text(said, "event")
    return f"{event}.{own}" if event and own else own


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON is Any
    """What huddle.toml gives as what JSON keeps: times as `07:15`, days as `2026-11-30`, texts clean."""
    if isinstance(value, Mapping):
        return {clean(str(key)): _plain(part) for key, part in value.items() if part is not None}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, date):
        return encode(value)
    return clean(value) if isinstance(value, str) else value
