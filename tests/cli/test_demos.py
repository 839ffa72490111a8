"""`demo`: a newcomer types one command, and a whole hospital huddles."""

import os
from pathlib import Path

import pytest

from tests.cli.running import ran, started
from tests.cli.terminal import ENTER, FIRST, LEAVE, SEATS, Terminal
from tests.rehearsal.hospitals import kept

CHAIN = {"on", "window", "nodes", "closed"}
COUNTED = {"escalated", "answered", "confirmed", "lost", "doubled", "hops"}


def hubs_in(folder: Path) -> list[str]:
    """The processes of this machine that serve a node of a folder."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                words = (process / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if str(folder) in words and "\0serve\0" in words:
                found.append(words)
    return found


def test_a_morning_without_a_screen_loses_and_doubles_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "hospital"
    told = started("demo", "--headless", "--json", "--dir", str(folder), folder=tmp_path)

    assert told.code == 0, told.err
    document = told.json
    assert set(document) == CHAIN | COUNTED
    assert (document["lost"], document["doubled"]) == (0, 0)
    assert min(document["escalated"], document["answered"], document["confirmed"]) > 0
    assert {"problem", "from", "to", "seconds"} == set(document["hops"][0])
    assert {row["tier"] for row in document["nodes"]} == {1, 2, 3}
    assert hubs_in(folder) == []
    kept = ran("--config", str(folder / "4-west/huddle.toml"), "problem", "list", "--json")
    assert len(kept.json) > 5


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_somebody_sits_at_a_unit_then_at_the_top_and_leaves_nothing_behind(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = kept(tmp_path_factory).copied(tmp_path / "hospital")
    with Terminal("demo", "--dir", str(folder)) as terminal:
        terminal.until(b"4 West", seconds=180)
        terminal.until(b"Start the huddle", seconds=60)
        terminal.type(SEATS)
        terminal.until(b"SIT DOWN AT", seconds=60)
        terminal.seen = b""
        terminal.type(FIRST + ENTER)
        terminal.until(b"Huddle: Executive", seconds=60)
        terminal.type(LEAVE)
        code = terminal.ended()

    assert code == 0
    assert b"Traceback" not in terminal.seen
    assert hubs_in(folder) == []
    assert (folder / "demo.json").exists()


@pytest.mark.parametrize(
    "words", [("--json",), ("--config", "huddle.toml"), ("--now", "2026-11-24T07:15:00+00:00"), ("--node", "nowhere")]
)
def test_a_demo_that_cannot_be_is_refused_before_anything_is_made(tmp_path: Path, words: tuple[str, ...]) -> None:
    told = ran("demo", "--dir", str(tmp_path / "hospital"), *words)

    assert told.code == 2
    assert not (tmp_path / "hospital").exists()


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    told = ran("demo", "--headless", "--dir", str(tmp_path), "--json")

    assert (told.code, told.kind) == (3, "config")
    assert (tmp_path / "thesis.txt").read_text() == "mine"
