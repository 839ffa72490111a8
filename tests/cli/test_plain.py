"""The huddle prompt by prompt: held by keys or by a file, left and gone on with, cut off at any line."""

import io
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.cli.hubs import Hub, joined
from tests.cli.running import Node, Ran, ran, warmed
from tests.cli.terminal import ALTERNATE, Terminal

QUIET = "\n" * 40
BUSY = [
    "", "", "25",  # who leads; two targets
    "", "pumps are short", "n", "", "",  # M E S S
    "1", "walked her to the bathroom", "1", "y", "e", "",  # a fall, and its card
    "0", "", "", "! Bed alarm 14 silent", "2 thanks to M. Ito", "3", "", "9 of 10", "", "two transfers at noon", "", "",
    "loan pumps asked for", "Ana Ruiz", "fri", "", "",  # plan one, watch two
    "7", "", "Ben saw the wrong label", "",
]  # fmt: skip


def plain(unit: Node, text: str, monkeypatch: pytest.MonkeyPatch, *words: str) -> Ran:
    """The prompts, with these lines typed."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    return ran("--config", str(unit.config), "--now", unit.now, *words, "--plain")


def answers(unit: Node) -> dict[str, str | None]:
    return {
        f"{one['step']} {one['item']}": one["value"]
        for one in unit.json("huddle", "show")["items"]
        if one["value"] is not None
    }


def test_a_quiet_huddle_is_held_with_enter_alone(unit: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    told = plain(unit, QUIET, monkeypatch)

    shown = unit.json("huddle", "show")
    assert told.code == 0
    assert "The huddle is closed" in told.out
    assert shown["state"] == "held"
    assert {one["mark"] for one in shown["items"] if one["value"] == "met"} == {"met"}


def test_each_step_says_its_question_and_each_line_is_one_prompt(unit: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    out = plain(unit, QUIET, monkeypatch).out

    for question in (
        "What came back, and what did we promise?",
        "What are today's targets?",
        "How are we doing now?",
        "What is our plan?",
        "What do we need help with?",
        "Who was there, and what goes up?",
    ):
        assert out.count(question) == 1
    lines = out.splitlines()
    assert all(before.endswith((".", "?")) for before, line in pairwise(lines) if line[:1] == ">")


def test_what_is_typed_is_told_and_what_is_not_well_is_planned(unit: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    told = plain(unit, "\n".join(BUSY) + "\n", monkeypatch)

    shown = unit.json("huddle", "show")
    by_ask = {one["ask"]: one for one in shown["items"]}
    assert shown["state"] == "held", told.out
    assert (by_ask["Equipment"]["value"], by_ask["Equipment"]["note"]) == ("not-met", "pumps are short")
    assert by_ask["Falls"]["value"] == "1"
    assert "looked into" not in told.out.partition("Plan. ")[2].partition("Help.")[0]
    assert (by_ask["Good catches"]["value"], by_ask["Good catches"]["note"]) == ("2", "thanks to M. Ito")
    assert [one["what"] for one in unit.json("action", "list")] == ["loan pumps asked for"]
    assert [one["title"] for one in unit.json("problem", "list")] == ["Bed alarm 14 silent"]
    assert unit.json("huddle", "recognition")["huddles"]["thanks"] == 1
    assert shown["summary"]["present"] == 7


def test_cut_off_at_any_line_everything_answered_is_there_and_it_goes_on(
    unit: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for cut in range(1, len(BUSY), 3):
        one = unit.copied(tmp_path / f"cut{cut}")
        plain(one, "".join(f"{line}\n" for line in BUSY[:cut]), monkeypatch)
        before = answers(one)
        typed = [line for line in BUSY[:cut] if len(line) > 10]
        kept = one.do("log", "show", "--json").out + (one.folder / "data/huddle.db").read_bytes().decode("latin-1")

        assert all(line.removeprefix("! ").removeprefix("2 ") in kept for line in typed), cut
        told = plain(one, QUIET, monkeypatch)
        assert one.json("huddle", "show")["state"] == "held", told.out
        assert before.items() <= answers(one).items(), cut
        assert "16 of 16 answered." in told.out


def test_a_killed_program_has_kept_every_line_that_was_answered(unit: Node) -> None:
    with Terminal("--config", str(unit.config), "--now", unit.now, TERM="dumb") as terminal:
        terminal.until(b"Who leads?")
        terminal.type(b"\r\r\r\r")
        terminal.until(b"Equipment")
        terminal.type(b"pumps are short\r")
        terminal.until(b"n = not ready")

    equipment = next(one for one in unit.json("huddle", "show")["items"] if one["ask"] == "Equipment")
    assert (equipment["value"], equipment["note"]) == ("attention", "pumps are short")
    assert ALTERNATE not in terminal.seen
    assert b"\x1b" not in terminal.seen


def test_a_dumb_terminal_gets_the_prompts_by_itself(unit: Node) -> None:
    with Terminal("--config", str(unit.config), "--now", unit.now, TERM="dumb") as terminal:
        terminal.until(b"Who leads?")
        terminal.type(b"stop\r")
        code = terminal.ended()

    assert code == 0
    assert b"Everything is kept." in terminal.seen
    assert b"\x1b" not in terminal.seen


def test_what_goes_up_is_there_when_it_says_so(hub: Hub, unit: Node, tmp_path: Path) -> None:
    joined(hub, unit)
    told = warmed("--config", str(unit.config), "--now", unit.now, "--plain", folder=tmp_path, stdin=QUIET)
    states = {row["node"]: row["state"] for row in hub.node.json("chain")["nodes"]}

    assert "Cardiac has everything." in told.out
    assert states["4-west"] == "held"


def test_ctrl_c_leaves_as_stop_does(unit: Node) -> None:
    with Terminal("--config", str(unit.config), "--now", unit.now, TERM="dumb", size=(60, 24)) as terminal:
        terminal.until(b"Who leads?")
        terminal.type(b"\r")
        terminal.until(b"as it is.")
        terminal.type(b"\x03")
        code = terminal.ended()

    assert code == 0
    assert b"Everything is kept." in terminal.seen
    assert all(len(line) < 60 for line in terminal.seen.decode().splitlines())


def test_a_pin_is_not_seen_while_it_is_typed(unit: Node, tmp_path: Path) -> None:
    words = ("--config", str(unit.config), "--now", unit.now, "people", "pin", "Ana Ruiz", "--pin", "-")
    assert warmed(*words, folder=tmp_path, stdin="4711\n").code == 0
    with Terminal("--config", str(unit.config), "--now", unit.now, TERM="dumb") as terminal:
        terminal.until(b"Who leads?")
        terminal.type(b"Ana Ruiz\r")
        terminal.until(b"PIN of Ana Ruiz?")
        terminal.type(b"4711\r")
        terminal.until(b"What are today's targets?")

    assert b"Ana Ruiz" in terminal.seen
    assert b"4711" not in terminal.seen


def test_back_goes_to_the_line_before_and_corrects_it(unit: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    told = plain(unit, "\n\n\n\n\nback\nno drip stands\n\n" + QUIET, monkeypatch)

    equipment = next(one for one in unit.json("huddle", "show")["items"] if one["ask"] == "Equipment")
    assert (equipment["value"], equipment["note"]) == ("attention", "no drip stands")
    assert "So far: met. Enter = as it is." in told.out


def test_next_goes_on_without_an_answer_and_open_leads_back_to_it(unit: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    told = plain(unit, "\n\n\n\nnext\n" + "\n" * 17 + "open\nnothing works\n" + QUIET, monkeypatch)

    assert "15 of 16 answered." in told.out
    equipment = next(one for one in unit.json("huddle", "show")["items"] if one["ask"] == "Equipment")
    assert equipment["note"] == "nothing works"


def test_what_is_no_answer_is_refused_in_a_sentence_and_asked_again(
    unit: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = plain(unit, "\nabout half\n0\n" + QUIET, monkeypatch)

    assert "is a number" in told.out
    assert told.out.count("Falls, 5 days: target at most 0") == 2


def test_what_may_identify_a_patient_is_said_quietly_and_kept_all_the_same(
    unit: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = plain(unit, "\n\n\nMr Miller MRN 12345678 has no drip stand\n\n" + QUIET, monkeypatch)

    assert "Looks like" in told.out
    assert answers(unit)["status 4-west/methods"] == "attention"


def test_it_has_no_json_and_takes_no_command(unit: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    refused, both = plain(unit, "", monkeypatch, "--json"), plain(unit, "", monkeypatch, "chain")

    assert (refused.code, both.code) == (2, 2)


def test_a_file_with_the_answers_holds_it_from_a_script(unit: Node, tmp_path: Path) -> None:
    told = warmed("--config", str(unit.config), "--now", unit.now, "--plain", folder=tmp_path, stdin=QUIET)

    assert told.code == 0
    assert unit.json("huddle", "show")["state"] == "held"
    assert told.err == ""


def test_a_word_that_a_closed_huddle_does_not_know_is_said_and_asked_again(
    unit: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain(unit, QUIET, monkeypatch)
    told = plain(unit, "hlep\n\n", monkeypatch)

    assert '"hlep" was not taken in.' in told.out
    assert told.out.count("open = go on with it") == 2
    assert (told.code, unit.json("huddle", "show")["state"]) == (0, "held")
