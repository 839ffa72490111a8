"""What in a text may tell which patient is meant: looked for while people type, never stored, never a reason to refuse.

`identifiers` says where; `sentence` says it to people without repeating it; `warnings` is what the command line prints.
A guess by rules, so kept quiet: a name counts beside a patient, a bed beside what happened to somebody. The names of
people of the house stay, and so do beds beside machines. A text takes time in proportion to its length.
"""

from collections.abc import Iterable, Mapping

from wsq_huddle.domain.records import record

from . import beds, names, numbers
from .found import Found, Kind
from .tokens import read

__all__ = ["Found", "Kind", "Warned", "identifiers", "sentence", "warnings"]

_WORDS: Mapping[Kind, tuple[str, str]] = {
    Kind.NAME: ("a patient's name", 'Say "a patient" if you can.'),
    Kind.RECORD: ("a record number", "Leave it out if you can."),
    Kind.BORN: ("a date of birth", "Leave it out if you can."),
    Kind.PHONE: ("somebody's telephone number", "Leave it out if you can."),
    Kind.BED: ("the bed of a patient", "Leave the number out if you can."),
    Kind.MAIL: ("somebody's e-mail address", "Leave it out if you can."),
    Kind.NATIONAL: ("a national or insurance number", "Leave it out if you can."),
}


@record(kw_only=True)
class Warned:
    """One place in what was typed: the field, and the characters from `start` up to `end`; never the words."""

    kind: Kind
    field: str
    start: int
    end: int


def identifiers(text: str) -> tuple[Found, ...]:
    """What may identify a patient, from left to right; no two overlap."""
    if not text:
        return ()
    tokens = read(text)
    every = [*numbers.found(text, tokens), *names.found(tokens), *beds.found(tokens)]
    kept: list[Found] = []
    for one in sorted(every, key=lambda one: (one.start, -one.end, one.kind)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def sentence(kinds: Iterable[Kind]) -> str:
    """The quiet sentence about what was found, without a word of it; empty when nothing was."""
    found = list(dict.fromkeys(kinds))
    if not found:
        return ""
    words, instead = _WORDS[found[0]]
    if len(found) > 1:
        others = ", ".join(_WORDS[kind][0] for kind in found[1:-1])
        words = f"{words}{', ' if others else ''}{others} and {_WORDS[found[-1]][0]}"
        instead = "Leave them out if you can."
    return f"Looks like {words}. {instead}"


def warnings(typed: Mapping[str, str]) -> tuple[Warned, ...]:
    """What was found in each field of what was typed, in the order of the fields."""
    return tuple(
        Warned(kind=one.kind, field=name, start=one.start, end=one.end)
        for name, text in typed.items()
        for one in identifiers(text)
    )
