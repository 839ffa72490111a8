"""Before anything is drawn: no terminal, a dumb one, one that is too small; and old consoles."""

import io
import os
import pty
from collections.abc import Iterator
from typing import TextIO

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from screens.marks import plain_console
from screens.terminal import ControlFilter, refuse_terminal, window_title
from tests.screens.demo import HOSTILE

WIDE = os.terminal_size((80, 24))


@pytest.fixture
def terminal() -> Iterator[TextIO]:
    """Open a pseudo-terminal."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as opened:
        yield opened
    os.close(ours)


def test_a_terminal_of_80_by_24_is_taken(terminal: TextIO) -> None:
    assert refuse_terminal(terminal, terminal, {"TERM": "xterm"}, WIDE) is None


def test_a_refusal_names_the_commands_that_do_the_same(terminal: TextIO) -> None:
    refusals = [
        refuse_terminal(io.StringIO(), terminal, {"TERM": "xterm"}, WIDE),
        refuse_terminal(terminal, io.StringIO(), {"TERM": "xterm"}, WIDE),
        refuse_terminal(terminal, terminal, {"TERM": "dumb"}, WIDE),
        refuse_terminal(terminal, terminal, {"TERM": "xterm"}, (79, 24)),
        refuse_terminal(terminal, terminal, {"TERM": "xterm"}, (80, 23)),
    ]

    assert all(refusal and "wsq-huddle problem list" in refusal for refusal in refusals)
    assert "79 and 24" in str(refusals[3])


@pytest.mark.parametrize(
    ("encoding", "environ", "windows", "plain"),
    [
        ("utf-8", {"LANG": "en_US.UTF-8"}, False, False),
        ("utf-8", {"LANG": "C"}, False, True),
        ("utf-8", {}, False, True),
        ("utf-8", {"LANG": "en_US.UTF-8", "LC_ALL": "C"}, False, True),
        ("iso8859-1", {"LANG": "de_DE.UTF-8"}, False, True),
        ("utf-8", {}, True, False),
    ],
)
def test_ascii_is_used_by_itself_where_nothing_else_arrives(
    encoding: str,
    environ: dict[str, str],
    windows: bool,  # noqa: FBT001 - a table of cases
    plain: bool,  # noqa: FBT001 - a table of cases
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)

    assert plain_console(stream, environ, windows=windows) is plain


@pytest.mark.parametrize("text", HOSTILE)
def test_the_filter_lets_nothing_out_that_a_terminal_acts_on(text: str) -> None:
    for plain in (False, True):
        segments = ControlFilter(plain=plain).apply([Segment(text)], Color(0, 0, 0))
        left = "".join(segment.text for segment in segments)

        assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in left)
        assert left.isascii() or not plain
        assert segments[0].cell_length == Segment(text).cell_length or plain


def test_the_title_of_the_window_cannot_be_broken_out_of() -> None:
    title = window_title("Huddle\x07\x1b]52;c;ZXZpbA==\x07")

    assert title == "\x1b]2;Huddle]52;c;ZXZpbA==\x07"


def test_what_stands_for_letters_drawn_as_one_is_as_wide_as_they_were() -> None:
    family = "a \U0001f468\u200d\U0001f469\u200d\U0001f467 b e\u0301"
    (shown,) = ControlFilter(plain=True).apply([Segment(family)], Color.parse("black"))

    assert shown.text.isascii()
    assert cell_len(shown.text) == cell_len(family)
