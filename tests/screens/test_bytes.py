"""On a real pseudo-terminal: how little is sent, and that nothing hostile ever is."""

import re
from pathlib import Path

from tests.screens.pty_run import OnTerminal

OWN = re.compile(
    rb"\x1b\[[0-9;?<>=]*\$?[a-zA-Z]|\x1b\]2;[^\x07]*\x07|\x1b\]22;[a-z-]*\x07|\x1b[()=>78][0B]?|\x1bP[^\x1b]*\x1b\\\\"
)
"""Everything that Textual itself says to a terminal: styles, places, modes, the title of the window."""


def test_at_rest_nothing_is_sent_and_a_moved_choice_is_not_a_screen() -> None:
    with OnTerminal("clean") as terminal:
        terminal.read_until(b"Since 1 Nov")
        at_rest = terminal.silence(2.5)
        terminal.type("\x1b[B")
        moved = terminal.read()
        terminal.type("u")
        told = terminal.read()
        terminal.type("l")
        terminal.read_until(b"4984 below")
        terminal.type("\x1b[6~")
        paged = terminal.read()

    assert at_rest == b""
    assert 0 < len(moved) < 1_000
    assert 0 < len(told) < 400
    assert 0 < len(paged) < 4_096


def test_a_form_opens_without_painting_the_list_twice_and_a_letter_costs_a_line() -> None:
    with OnTerminal("clean") as terminal:
        terminal.read_until(b"Since 1 Nov")
        terminal.type("\x1bOQ")
        opened = terminal.read_until(b"RAISE A PROBLEM")
        terminal.type("b")
        letter = terminal.read()

    assert opened.count(b"IV pumps") == 1
    assert 0 < len(letter) < 400


def test_no_byte_of_hostile_text_reaches_the_terminal_as_it_is() -> None:
    with OnTerminal("hostile") as terminal:
        sent = terminal.read_until(b"emoji")
        for keys in ("\x1b[B", "\x1b[F", "\x1b[H", "\x1bOQ", "\x1b[200~a\x1b]52;c;ZXZpbA==\x07\x9b31mb\n\x1b[201~"):
            terminal.type(keys)
            sent += terminal.read()
        assert b"[@click=app.quit]x[/]" in sent

        words = OWN.sub(b"", sent).decode("utf-8")
        left = {letter for letter in words if ord(letter) < 32 or 127 <= ord(letter) < 160}

    assert b"\x1b]52" not in sent
    assert left <= {"\r", "\n"}
    assert not set(words) & set("\u202e\u202c\u2066\u2069\u200e\u200f\ufeff")


def test_leaving_ends_with_0_and_a_crash_with_1_and_a_restored_terminal(tmp_path: Path) -> None:
    with OnTerminal("clean") as terminal:
        terminal.read_until(b"Since 1 Nov")
        terminal.type("\x11")
        left = terminal.read()
        assert terminal.ended() == 0
    with OnTerminal("crash", str(tmp_path)) as terminal:
        terminal.read_until(b"Since 1 Nov")
        terminal.type("\r")
        crashed = terminal.read()
        assert terminal.ended() == 1

    assert b"\x1b[?1049l" in left
    assert b"\x1b[?1049l" in crashed
    assert b"The screens had to stop" in crashed
    assert b"Mrs Smith" not in crashed
    (report,) = tmp_path.glob("crash-*.txt")
    assert str(report).encode() in crashed
