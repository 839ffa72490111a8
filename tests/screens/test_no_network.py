"""The real program without its hub: a whole huddle with the network gone, and keys beside a hub that says nothing."""

import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.cli.hubs import Hub, joined, serving
from tests.cli.running import Node, made
from tests.cli.terminal import ENTER, FIRST, LEAVE, Terminal
from tests.sync.places import eventually

NOW = "2026-11-24T07:16:00+00:00"
F2, RIGHT, DOWN, ESC = b"\x1bOQ", b"\x1b[C", b"\x1b[B", b"\x1b"
PAINTED = b"\x1b["
ENOUGH = 3.0
"""Seconds; a key takes a few hundredths of one, and who waited for the hub would wait for 5 or 30."""

HUDDLE = [
    # Keys, and what stands on the screen then: all six steps, with help asked of the department.
    (ENTER, b"Who leads?"),
    (ENTER, b"[LAST TIME]"),
    (b"x", b"What is still wrong?"),
    (b"late again" + ENTER, b"gets it in"),
    (RIGHT, b"[TARGETS]"),
    (ENTER, b"Today's target?"),
    (b"3" + ENTER, b"changed for today"),
    (RIGHT, b"[STATUS]"),
    (DOWN + DOWN + ENTER, b"What is missing?"),
    (b"linen short" + ENTER, b"needs a plan"),
    (b"gggg", b"Next shift"),
    (RIGHT, b"[PLAN]"),
    (b"p", b"PLAN"),
    (b"ask the store", b"store"),
    (ENTER, PAINTED),
    (ENTER, PAINTED),
    (b"today", b"today"),
    (ENTER, b"Planned."),
    (RIGHT, b"[HELP]"),
    (b"e", b"What have we tried?"),
    (b"ten sheets", b"sheets"),
    (ENTER, PAINTED),
    (b"rang twice", b"twice"),
    (ENTER, PAINTED),
    (ENTER, PAINTED),
    (ENTER, PAINTED),
    (RIGHT, b"[CLOSE]"),
    (b"7", b"7_"),
    (b"   ", b"Close the huddle"),
    (ENTER, b"Huddle closed"),
]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    with serving(made(tmp_path / "department", "cardiac", name="Cardiac", tier=2)) as found:
        yield found


@pytest.fixture
def unit(hub: Hub, tmp_path: Path) -> Node:
    """A unit that has joined, with an answer that waits to be read out."""
    found = made(tmp_path / "unit")
    joined(hub, found)
    subject = found.json("problem", "raise", "Two IV pumps missing")["id"]
    found.json("problem", "escalate", subject, "--need", "two pumps")
    found.json("sync")
    hub.node.json("problem", "resolve", subject, "--remedy", "lent")
    found.json("sync")
    found.json("sync")
    return found


@contextmanager
def screens(node: Node) -> Iterator[Terminal]:
    with Terminal("--config", str(node.config), "--now", NOW) as terminal:
        terminal.until(b"All problems")
        yield terminal


def pressed(terminal: Terminal, keys: bytes, words: bytes) -> float:
    """Press keys and give how long it took until these words were painted."""
    terminal.rest()
    terminal.seen = b""
    began = time.monotonic()
    terminal.type(keys)
    terminal.until(words, 20)
    return time.monotonic() - began


def waiting(node: Node) -> set[str]:
    """Give the kinds of what has not reached the department."""
    return {one["kind"] for one in node.json("outbox")}


def kept(node: Node, where: str) -> list[tuple[str, str | None, str]]:
    """Give the entries that lie in the store of a node."""
    with closing(sqlite3.connect(node.folder / "data/huddle.db")) as connection:
        return connection.execute(f"SELECT head, text, seal FROM entry WHERE {where} ORDER BY id").fetchall()  # noqa: S608 - of a test


def test_a_whole_huddle_is_held_with_the_network_gone_and_all_of_it_arrives_when_it_is_back(
    hub: Hub, unit: Node
) -> None:
    hub.end(kill=True)
    with screens(unit) as terminal:
        terminal.until(b"no network")
        for keys, words in HUDDLE:
            pressed(terminal, keys, words)
        # What asks for help leaves some seconds later, so that it can be taken back.
        eventually(lambda: "problem.escalated" in waiting(unit), 20)
        kinds = waiting(unit)
        before = kept(unit, "node = '4-west'")
        assert len(kept(hub.node, "node = '4-west'")) < len(before)
        with serving(hub.node, "--listen", hub.url.removeprefix("http://")):
            told = unit.json("sync")
            terminal.until(b"in touch")
            terminal.type(LEAVE)
            assert terminal.ended() == 0

    assert {"huddle.opened", "huddle.answered", "huddle.closed", "huddle.reported"} <= kinds
    assert {"problem.reopened", "problem.raised", "problem.escalated"} <= kinds
    assert (told["waiting"], told["refused"]) == (0, 0)
    assert unit.json("outbox") == []
    for_them = "node = '4-west' AND audience <> 'here'"
    assert kept(hub.node, for_them) == kept(unit, for_them)
    assert [one for one in before if one not in kept(unit, "node = '4-west'")] == []
    (morning,) = [one for one in hub.node.json("chain")["nodes"] if one["node"] == "4-west"]
    assert morning["state"] == "held"
    (asked,) = hub.node.json("problem", "list", "--at", "here")
    assert (asked["title"], asked["escalation"]["need"]) == ("linen short", "ten sheets")


class Mute:
    """A hub that takes every connection and question, and would answer after half a minute."""

    def __init__(self, port: int) -> None:
        self._listening = socket.create_server(("127.0.0.1", port))
        self._sockets: list[socket.socket] = []
        self.questions = 0
        self.asked = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                found, _ = self._listening.accept()
            except OSError:
                return
            self._sockets.append(found)
            threading.Thread(target=self._read, args=(found,), daemon=True).start()

    def _read(self, found: socket.socket) -> None:
        while piece := found.recv(65_536):
            self.questions += piece.count(b" HTTP/1.1\r\n")
            self.asked.set()

    def close(self) -> None:
        self._listening.close()
        for found in self._sockets:
            found.close()


MORNING = [
    (F2, b"RAISE A PROBLEM"),
    (b"bed alarm 14" + ENTER, b"Raised:"),
    (DOWN, PAINTED),
    (b"l", b"[HERE]"),
    (ESC, b"Start"),
    (FIRST, b"> [ Start the huddle ]"),
    *HUDDLE[:10],
]


def test_a_hub_that_answers_after_30_s_never_makes_a_key_wait_nor_who_leaves(hub: Hub, unit: Node) -> None:
    hub.end(kill=True)
    mute = Mute(int(hub.url.rpartition(":")[2]))
    try:
        with screens(unit) as terminal:
            assert mute.asked.wait(20)
            took = [pressed(terminal, keys, words) for keys, words in MORNING]
            assert mute.questions == 1  # it has been waiting for its answer all the time
            began = time.monotonic()
            terminal.type(LEAVE)
            assert terminal.ended() == 0
            left = time.monotonic() - began
    finally:
        mute.close()

    assert max(took) < ENOUGH
    assert left < ENOUGH
