"""The verbs on a real pseudo-terminal: killed in the middle of a line, hostile words, thousands of problems."""

import re
from pathlib import Path

import pytest

from tests.screens.demo import HOSTILE
from tests.screens.pty_run import OnTerminal
from wsq_huddle import __main__ as program
from wsq_huddle.config import load
from wsq_huddle.config.writing import write_new
from wsq_huddle.services import drafts, problems, tours
from wsq_huddle.services.clocks import machine_clock
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.stores import make_at, open_at

PROGRAM = Path(program.__file__)
F2, ENTER, DOWN, PAGE = "\x1bOQ", "\r", "\x1b[B", "\x1b[6~"
LIMIT = 4_096
_OWN = re.compile(
    rb"\x1b\[[0-9;?<>=]*\$?[a-zA-Z]|\x1b\]2;[^\x07]*\x07|\x1b\]22;[a-z-]*\x07|\x1b[()=>78][0B]?|\x1bP[^\x1b]*\x1b\\\\"
)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Make a unit on disk, as `init` does."""
    path = write_new(tmp_path, key="4-west", name="4 West", tier=1, timezone="UTC", dir_given=True)
    make_at(load(path).settings, machine_clock).close()
    return path


def desk_of(config: Path) -> Desk:
    settings = load(config).settings
    return Desk(open_at(settings, machine_clock), settings)


def opened(config: Path) -> OnTerminal:
    return OnTerminal("--config", str(config), program=PROGRAM)


def test_a_line_survives_a_kill_in_the_middle_and_is_there_again(config: Path) -> None:
    with opened(config) as terminal:
        terminal.read_until(b"All problems")
        terminal.type(F2)
        terminal.read_until(b"RAISE A PROBLEM")
        terminal.type("bed alarm 14 al")
        terminal.read(quiet=1.0)
        terminal.kill()
    desk = desk_of(config)
    (kept,) = drafts.kept(desk)
    desk.store.close()
    with opened(config) as terminal:
        said = terminal.read_until(b"Kept:")
        terminal.type(F2)
        again = terminal.read_until(b"bed alarm 14 al")
        terminal.type("so" + ENTER)
        terminal.read_until(b"Raised:")
    desk = desk_of(config)
    titles = [one.title for one in problems.listed(desk)]
    desk.store.close()

    assert "bed alarm 14 al" in kept.text
    assert b"Kept:" in said
    assert b"RAISE A PROBLEM" in again
    assert titles == ["bed alarm 14 also"]


def test_hostile_words_reach_the_terminal_as_words_or_not_at_all(config: Path) -> None:
    desk = desk_of(config)
    for words in HOSTILE:
        one = problems.raise_at(desk, title=f"t {words}"[:200], detail=f"d {words}"[:9_000], category="other")
        problems.note(desk, one.id, text=f"n {words}"[:9_000])
    desk.store.close()
    with opened(config) as terminal:
        sent = terminal.read_until(b"All problems")
        terminal.type("l")
        sent += terminal.read(quiet=1.0)
        for _ in HOSTILE:
            terminal.type(ENTER)
            sent += terminal.read_until(b"raised")
            terminal.type(PAGE)
            sent += terminal.read(quiet=0.1, longest=0.5)
            terminal.type("\x1b")
            sent += terminal.read_until(b"Open")
            terminal.type(DOWN)
            sent += terminal.read(quiet=0.1, longest=0.5)
        sent += terminal.read(quiet=0.6, longest=2)
    rest = _OWN.sub(b"", sent).decode("utf-8")

    assert "[@click=app.quit]x[/]" in rest
    assert b"\x1b]52" not in sent
    assert b"\x1b[2J" not in sent[sent.index(b"4 West") :]
    assert all(letter in "\r\n" or ord(letter) >= 0x20 for letter in rest)
    assert not any(0x7F <= ord(letter) < 0xA0 or letter in "\u202e\u2066\u200e\u200f" for letter in rest)


def test_a_key_in_thousands_of_problems_sends_little(config: Path) -> None:
    desk = desk_of(config)
    for number in range(400):
        problems.raise_at(desk, title=f"Problem number {number}", category="other")
    tours.note_shown(desk)
    desk.store.close()
    sent = []
    with opened(config) as terminal:
        terminal.read_until(b"All problems")
        terminal.type("l")
        terminal.read_until(b"[HERE]")
        terminal.read(quiet=0.5, longest=2)
        for key in [DOWN] * 18 + [PAGE] * 3:
            terminal.type(key)
            sent.append(len(terminal.read(quiet=0.2, longest=2)))

    assert max(sent) <= LIMIT
