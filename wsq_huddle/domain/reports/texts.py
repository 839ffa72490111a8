"""Plain text of a fixed width, measured in columns of a terminal: a wide letter takes two, a mark on a letter none."""

import unicodedata
from collections.abc import Iterable, Iterator

WIDE = 72
"""Columns of a page of plain text: any printer, any mail program, any whiteboard."""

_DOUBLE = frozenset("WF")


def wide(text: str) -> int:
    """How many columns a text takes."""
    if text.isascii():
        return len(text)
    return sum(_columns(letter) for letter in text)


def filled(text: str, width: int = WIDE, *, first: str = "", rest: str = "") -> list[str]:
    """Break a text into lines of at most so many columns; `first` and `rest` stand before the first and the others."""
    lines: list[str] = []
    line, empty = first, True
    for word in _pieces(text.split(), width - max(wide(first), wide(rest))):
        if not empty and wide(line) + 1 + wide(word) > width:
            lines.append(line)
            line, empty = rest, True
        line = line + word if empty else f"{line} {word}"
        empty = False
    return [*lines, line.rstrip()]


def _pieces(words: Iterable[str], width: int) -> Iterator[str]:
    """The words, those that are longer than a line broken."""
    for word in words:
        piece, taken = "", 0
        for letter in word:
            if taken + _columns(letter) > width:
                yield piece
                piece, taken = "", 0
            piece += letter
            taken += _columns(letter)
        yield piece


def _columns(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in _DOUBLE else 1
