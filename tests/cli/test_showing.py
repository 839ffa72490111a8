"""No command: the screens, on a terminal that can show them; else a sentence before anything is drawn."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.running import Node, made, ran, started
from tests.cli.terminal import ALTERNATE, LEAVE, Terminal
from wsq_huddle.cli.showing import link_words
from wsq_huddle.sync.link import LinkState, Touch


def test_where_there_is_no_terminal_a_sentence_names_what_says_the_same(unit: Node, tmp_path: Path) -> None:
    told = started("--config", str(unit.config), folder=tmp_path)

    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("wsq-huddle: The screens need a terminal.")
    assert "`wsq-huddle problem list`" in told.err


def test_the_screens_have_no_json() -> None:
    told = ran("--json")

    assert (told.code, told.kind) == (2, "usage")


@pytest.mark.parametrize(
    ("size", "term", "says"),
    [
        ((79, 24), "xterm-256color", b"80 columns and 24 lines"),
        ((80, 23), "xterm-256color", b"80 columns and 24 lines"),
    ],
)
def test_a_terminal_that_cannot_show_them_gets_a_sentence_and_no_drawing(
    unit: Node, size: tuple[int, int], term: str, says: bytes
) -> None:
    with Terminal("--config", str(unit.config), size=size, TERM=term) as terminal:
        code = terminal.ended()

    assert code == 2
    assert says in terminal.seen
    assert ALTERNATE not in terminal.seen


def test_the_screens_of_a_rehearsal_show_its_own_time_and_leave_with_0(unit: Node) -> None:
    unit.do("problem", "raise", "Two IV pumps missing")
    with Terminal("--config", str(unit.config), "--now", "2026-11-24T07:09:00+00:00") as terminal:
        terminal.until(b"Two IV pumps")
        terminal.type(LEAVE)
        code = terminal.ended()

    assert code == 0
    assert b"4 West" in terminal.seen
    assert b"Tue 24 Nov 07:09" in terminal.seen
    assert b"Traceback" not in terminal.seen


def test_the_keys_of_huddle_toml_are_those_of_the_screens(unit: Node) -> None:
    with unit.config.open("a", encoding="utf-8") as file:
        file.write("\n[screens.keys]\nhelp = 'f6'\n")
    with Terminal("--config", str(unit.config), "--now", unit.now) as terminal:
        terminal.until(b"F6")
        terminal.type(b"\x1b[17~")
        terminal.until(b"Say why there is no huddle")


def test_what_another_program_records_appears_by_itself(unit: Node) -> None:
    with Terminal("--config", str(unit.config), "--now", unit.now) as terminal:
        terminal.until(b"Start")
        unit.do("problem", "raise", "Linen short since Sat")

        terminal.until(b"Linen short", seconds=30)
        terminal.type(LEAVE)
        assert terminal.ended() == 0


def test_when_the_terminal_goes_away_the_program_goes_too(unit: Node) -> None:
    with Terminal("--config", str(unit.config), "--now", unit.now) as terminal:
        terminal.until(b"Start")
        began = time.monotonic()
        terminal.hang_up()

    assert time.monotonic() - began < 25
    assert unit.json("log", "verify")["ok"]


def test_what_keeps_the_desk_from_opening_is_a_sentence_with_its_exit_code(tmp_path: Path) -> None:
    earnest = made(tmp_path / "earnest", rehearsal=False)
    (lost := made(tmp_path / "lost")).folder.joinpath("data/huddle.db").unlink()
    with (
        Terminal("--config", str(earnest.config), "--now", "2026-11-24T07:09:00+00:00") as timed,
        Terminal("--config", str(lost.config)) as gone,
    ):
        codes = timed.ended(), gone.ended()

    assert codes == (2, 4)
    assert b"--now sets the time only on a store" in timed.seen
    assert b"holds no wsq-huddle store" in b" ".join(gone.seen.split()), "wherever a long path has broken the line"


def test_the_link_is_told_in_words_and_never_in_red() -> None:
    at = datetime(2026, 11, 24, 7, 8, tzinfo=UTC)

    def told(touch: Touch, waiting: int = 0) -> tuple[str, str]:
        state = LinkState(touch, since=at, last_contact=at, waiting=waiting)
        return link_words(state, lambda instant: f"{instant:%H:%M}")

    assert told(Touch.IN_TOUCH) == ("MET", "in touch 07:08")
    assert told(Touch.NO_NETWORK, 2) == ("ATTENTION", "no network 07:08, 2 to send")
    assert told(Touch.NOT_ACCEPTED) == ("ATTENTION", "not accepted, tell IT")
    assert {told(touch)[0] for touch in Touch} <= {"MET", "ATTENTION", "NONE"}


def test_the_tour_comes_by_itself_once_on_a_computer_in_earnest_and_never_in_a_rehearsal(
    unit: Node, tmp_path: Path
) -> None:
    earnest = made(tmp_path / "earnest", rehearsal=False)
    with Terminal("--config", str(earnest.config)) as first:
        first.until(b"1 of 5")
        first.type(b"\x1b")
        first.until(b"Start the huddle")
        first.type(LEAVE)
        assert first.ended() == 0
    with Terminal("--config", str(earnest.config)) as again, Terminal("--config", str(unit.config)) as rehearsed:
        for terminal in (again, rehearsed):
            terminal.until(b"Start the huddle")
            terminal.rest(1.5)
            terminal.type(LEAVE)
            assert terminal.ended() == 0

    assert b"1 of 5" not in again.seen
    assert b"1 of 5" not in rehearsed.seen
