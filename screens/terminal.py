"""The terminal before anything is drawn on it, its window's title, and what never reaches it."""

import os
from collections.abc import Mapping
from typing import TextIO

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from screens.cells import harmless

COLUMNS, ROWS = 80, 24
_INSTEAD = (
    "`wsq-huddle --plain` holds the huddle prompt by prompt;"
    " `wsq-huddle problem list` and `wsq-huddle chain` say the rest as text."
)


def refuse_terminal(
    stdin: TextIO, stderr: TextIO, environ: Mapping[str, str], size: os.terminal_size | tuple[int, int]
) -> str | None:
    """Say in a sentence why the screens cannot be drawn here, or None.

    Textual draws on stderr; without a terminal it would spin, with a dumb one it would write rubbish.
    """
    if not (stdin.isatty() and stderr.isatty()):
        return f"The screens need a terminal. {_INSTEAD}"
    if environ.get("TERM") == "dumb":
        return f"This terminal cannot draw screens (TERM=dumb). {_INSTEAD}"
    columns, rows = size
    if columns < COLUMNS or rows < ROWS:
        return (
            f"The screens need {COLUMNS} columns and {ROWS} lines; this terminal has {columns} and {rows}. {_INSTEAD}"
        )
    return None


def window_title(words: str) -> str:
    """Give what a terminal takes as the title of its window."""
    return f"\x1b]2;{harmless(words)[:120]}\x07"


class ControlFilter(LineFilter):
    """The second line behind cleaning at entry: nothing that a terminal acts on leaves in a piece of text.

    With `plain` nothing but ASCII leaves either.
    """

    def __init__(self, *, plain: bool = False) -> None:
        super().__init__()
        self._plain = plain

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        del background
        return [
            segment
            if segment.control or (segment.text.isascii() and segment.text.isprintable())
            else Segment(self._safe(segment.text), segment.style)
            for segment in segments
        ]

    def _safe(self, words: str) -> str:
        shown = harmless(words)
        # A control character has no width; what stands in for one (a blank for a line end) would move the line.
        if cell_len(shown) != cell_len(words):
            shown = "".join(letter for letter in words if harmless(letter) == letter)
        if self._plain and not shown.isascii():
            # Letters that a terminal draws as one may be several: what stands for them is as wide as they were.
            width = cell_len(shown)
            shown = "".join(letter if letter.isascii() else "?" * cell_len(letter) for letter in shown)
            shown = shown[:width].ljust(width)
        return shown
