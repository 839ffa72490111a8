"""Words put right later: shown in place of the first ones, which stay in the story."""

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from wsq_huddle.domain.codec import hints
from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.events import Event, Typed, Unknown
from wsq_huddle.domain.records import record

from .events import Corrected


@record(kw_only=True)
class Correction:
    """All that was put right in one entry: the words by part, and who did it last; who knows of it has a later tick."""

    words: dict[str, str]
    signed: str
    at: datetime
    tick: int = 0


def parts(event: Event | Unknown) -> tuple[str, ...]:
    """The names of what people typed in an event, in the order of its fields."""
    return parts_of(type(event))


def parts_of(kind: type) -> tuple[str, ...]:
    """The same for all events of a kind."""
    return tuple(name for name, hint in hints(kind).items() if hint == Typed)


def corrections(told: Iterable[Told]) -> dict[str, Correction]:
    """By the hash of the entry they correct; only the node that wrote it may, and the last one counts."""
    entries = {entry.hash: entry for entry in told}
    found: dict[str, Correction] = {}
    for entry in sorted(entries.values(), key=lambda entry: (*entry.order, entry.hash)):
        event = entry.event
        if not isinstance(event, Corrected):
            continue
        first = entries.get(event.of)
        if first is None or first.node != entry.node or event.part not in parts(first.event):
            continue
        before = found[event.of].words if event.of in found else {}
        words = {**before, event.part: event.text}
        found[event.of] = Correction(words=words, signed=entry.by, at=entry.at, tick=entry.tick or 0)
    return found


def corrected(told: Told, found: Mapping[str, Correction]) -> Any:  # noqa: ANN401 - the same kind of event as told
    """The event of an entry with its words put right."""
    correction = found.get(told.hash)
    if correction is None or not isinstance(told.event, Event):
        return told.event
    return dataclasses.replace(told.event, **correction.words)  # type: ignore[type-var]  # every kind is a dataclass
