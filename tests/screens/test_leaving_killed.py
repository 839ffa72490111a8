"""Killed while something waits to leave: it has not left, it says so when the program is opened again, `u` goes on."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.screens.hospital import open_on_disk
from tests.screens.pty_run import OnTerminal
from wsq_huddle.domain.huddles import State
from wsq_huddle.services import drafts, huddles, problems

HOSPITAL = Path(__file__).with_name("hospital.py")
ENTER, RIGHT, END = "\r", "\x1b[C", "\x1b[F"
NEED = "ten sheets by noon"


@pytest.fixture
def folder(drawn_folder: Path, tmp_path: Path) -> Iterator[Path]:
    made = shutil.copytree(drawn_folder, tmp_path / "hospital")
    yield made
    shutil.rmtree(made)


def screens(folder: Path) -> OnTerminal:
    return OnTerminal(str(folder), "4-west", "07:16", "waits", program=HOSPITAL)


def typed(terminal: OnTerminal, *keys: str) -> str:
    """Press keys; gives the words that came to the terminal after the last one."""
    read = b""
    for key in keys:
        terminal.type(key)
        read = terminal.read(quiet=0.5, longest=3)
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", read.decode("utf-8", "ignore"))


def left(folder: Path) -> tuple[list[str], State, list[str]]:
    """Who holds what is open, how the huddle stands, and which drafts there are."""
    desk = open_on_disk(folder, "4-west")
    try:
        held = [one.holder for one in problems.listed(desk) if one.title == "Linen short since Sat"]
        kept = [one.place for one in drafts.kept(desk) if not one.place.endswith("/at")]
        return held, huddles.sitting(desk).state, sorted(kept)
    finally:
        desk.store.close()


def test_what_waited_was_not_sent_says_so_and_goes_on_with_a_key(folder: Path) -> None:
    with screens(folder) as terminal:
        terminal.read_until(b"Start the huddle")
        waits = typed(terminal, ENTER, ENTER, *[RIGHT] * 4, "e", NEED, *[ENTER] * 4)
        terminal.kill()
    killed = left(folder)
    with screens(folder) as terminal:
        again = terminal.read_until(b"Not sent to Cardiac").decode()
        form = typed(terminal, "u")
        sent = typed(terminal, *[ENTER] * 5)
        terminal.kill()
    held, _, kept = left(folder)

    assert "Cardiac gets it in 30 s, u takes it back" in waits
    assert killed[0] == ["4-west"]
    assert [place.partition("/")[0] for place in killed[2]] == ["leaving", "problem"]
    assert f'Not sent to Cardiac: "{NEED}"  u go on' in again
    assert NEED in form
    assert "Cardiac gets it; it stays on our list" in sent
    assert (held, kept) == (["cardiac"], [])


def test_a_huddle_that_was_being_closed_is_open_and_u_leads_to_it(folder: Path) -> None:
    with screens(folder) as terminal:
        terminal.read_until(b"Start the huddle")
        waits = typed(terminal, ENTER, ENTER, *[RIGHT] * 5, END, ENTER)
        terminal.kill()
    killed = left(folder)
    with screens(folder) as terminal:
        again = terminal.read_until(b"Not sent to Cardiac").decode()
        there = typed(terminal, "u")
        typed(terminal, END, ENTER, ENTER)
        terminal.kill()
    _, state, kept = left(folder)

    assert "Cardiac gets it in 30 s, u takes it back" in waits
    assert killed[1] is State.OPEN
    assert 'Not sent to Cardiac: "the huddle\'s summary"  u go on' in again
    assert "[CLOSE]" in there
    assert (state, kept) == (State.CLOSED, [])
