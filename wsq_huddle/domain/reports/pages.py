"""A page as plain values, and which words of people may stand on it."""

import re

from wsq_huddle.domain.identifiers import identifiers
from wsq_huddle.domain.records import record
from wsq_huddle.domain.text import one_line

LEFT_OUT = "(words left out)"
"""Stands for words that may identify a patient; on the screens they can be read."""

_BED = re.compile(r"\b(?:bed|beds|room|rooms|rm|bay|bett|zimmer)\.?\s*(?:no\.?|nr\.?|number|#)?\s*\d", re.IGNORECASE)

Cell = str | int | float | None


@record
class Section:
    """A part of a page: lines, then a table, if it has columns."""

    title: str
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


@record(kw_only=True)
class Page:
    """One page; `kind` is huddle, morning, digest or board, `on` the day it is about, in ISO 8601."""

    kind: str
    node: str
    on: str
    title: str
    sections: tuple[Section, ...]
    foot: str = ""


def safe_words(typed: str, *, beds: bool = False) -> str:
    """What people typed, in one line; left out as a whole where a part of it may identify a patient.

    A bed beside a machine may stand on a unit's own page (`beds`), and on no other.
    """
    words = one_line(typed)
    if identifiers(words) or (not beds and _BED.search(words)):
        return LEFT_OUT
    return words
