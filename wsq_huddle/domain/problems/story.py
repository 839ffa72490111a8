"""The story of a problem, line by line, in the order in which it is read."""

from collections.abc import Iterable
from dataclasses import field
from datetime import datetime
from typing import Any

from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.events import Unknown, facts_of, typed_in
from wsq_huddle.domain.records import record

from .events import Corrected
from .fold import fold
from .words import corrected, corrections


@record(kw_only=True)
class Line:
    """One entry of the story. `turn` is None beside the turns.

    `data` holds facts and words as JSON values, the words as they were last corrected; `first` what they said
    before, by part. `overtaken`: lost a fork; `ahead`: waits for what it builds on, or for a newer program.
    """

    id: str
    hash: str
    turn: int | None
    kind: str
    at: datetime
    node: str
    by: str
    data: dict[str, Any]
    overtaken: bool = False
    ahead: bool = False
    first: dict[str, str] = field(default_factory=dict)
    corrected_at: datetime | None = None
    corrected_by: str | None = None


def story(told: Iterable[Told]) -> tuple[Line, ...]:
    """Each turn, what it overtook, then what was said while it was the last one."""
    entries = {entry.hash: entry for entry in told}
    problem = fold(entries.values())
    overtaken = frozenset(problem.overtaken if problem else ())
    ahead = frozenset(problem.ahead if problem else ())
    found = corrections(entries.values())
    lines = []
    for entry in sorted(entries.values(), key=lambda entry: _place(entry, entries, overtaken | ahead)):
        correction = found.get(entry.hash)
        event = corrected(entry, found)
        words = {} if isinstance(event, Unknown) else typed_in(event)
        before = {} if isinstance(entry.event, Unknown) else typed_in(entry.event)
        lines.append(
            Line(
                id=entry.id,
                hash=entry.hash,
                turn=entry.turn,
                kind=entry.kind,
                at=entry.at,
                node=entry.node,
                by=entry.by,
                data=(dict(event.facts) if isinstance(event, Unknown) else facts_of(event)) | words,
                overtaken=entry.hash in overtaken,
                ahead=entry.hash in ahead,
                first={part: before.get(part, "") for part in correction.words} if correction else {},
                corrected_at=correction.at if correction else None,
                corrected_by=correction.signed if correction else None,
            )
        )
    return tuple(lines)


def _place(entry: Told, entries: dict[str, Told], beaten: frozenset[str]) -> tuple[int, int, tuple[int, str, int], str]:
    """The turn it belongs to, then: the turn itself, those it overtook, the rest by tick."""
    if entry.turn is not None:
        return (entry.turn, 1 if entry.hash in beaten else 0, entry.order, entry.hash)
    about: Told | None = entry
    for _ in range(3):  # a correction speaks of a note, which speaks of a turn
        of = getattr(about.event, "of", None) if about else None
        about = entries.get(of) if isinstance(of, str) else None
        if about is None or about.turn is not None:
            break
    turn = about.turn if about and about.turn is not None else 2**53
    return (turn, 2, entry.order, entry.hash)


def is_correction(line: Line) -> bool:
    """Whether the line only says that another was put right: shown there, so most pages leave it out here."""
    return line.kind == Corrected.kind
