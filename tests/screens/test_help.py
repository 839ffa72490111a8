"""F1: every screen says what it is for in the words of those who stand before it, then what its keys do."""

import importlib
import pkgutil
import threading
from typing import Any

import pytest

import screens
from screens import keys
from screens.app import HuddleApp
from screens.frame import DeskScreen
from screens.help import HelpScreen
from screens.help_words import ABOUT, STEPS
from screens.huddle import HuddleScreen
from screens.marks import Mark
from tests.screens.hospital import Drawn
from tests.screens.pictures import settled
from tests.screens.walking import walking


def every_screen() -> set[str]:
    """The names of all screens that people can be on."""
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        importlib.import_module(module.name)
    found: set[str] = set()
    waiting: list[type[Any]] = [DeskScreen]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("screens.") and vars(kind).get("LABEL"):
            found.add(kind.__name__)
    return found


def test_every_screen_and_every_step_has_its_words() -> None:
    assert every_screen() == ABOUT.keys()
    assert [*STEPS] == ["last-time", "targets", "status", "plan", "help", "close"]


def test_the_words_fit_on_two_lines_of_80() -> None:
    told = [[keys.told(line, {}) for line in lines] for lines in (*ABOUT.values(), *STEPS.values())]

    assert all(len(lines) <= 2 for lines in told)
    assert [line for lines in told for line in lines if len(line) > 78] == []


async def test_each_step_of_the_huddle_is_told_apart(drawn: Drawn) -> None:
    async with walking(drawn) as walk:
        huddle = HuddleScreen()
        walk.app.push_screen(huddle)
        await settled(walk.pilot)

        assert [part.KEY for part in huddle.parts] == [*STEPS]


async def test_the_help_begins_with_what_the_screen_and_the_step_are_for(drawn: Drawn) -> None:
    async with walking(drawn) as walk:
        await walk.press("f1")
        assert "Your day on one screen" in walk.text
        await walk.press("f1")
        walk.app.push_screen(HuddleScreen())
        await settled(walk.pilot)
        await walk.press("f1")
        assert "LAST TIME" in walk.text
        await walk.press("escape", "right", "right", "f1")

        assert "How it is now." in walk.text


async def test_it_says_what_is_wrong_with_the_network_and_that_nothing_is_lost(drawn: Drawn) -> None:
    async with walking(drawn) as walk:
        walk.app.post_message(HuddleApp.LinkTold(Mark.ATTENTION, "no network 07:35, 2 to send"))
        await settled(walk.pilot)
        await walk.press("f1")

        assert "NO NETWORK 07:35, 2 TO SEND" in walk.text
        assert "Nothing is lost" in walk.text


async def test_the_help_stands_there_while_the_store_is_held_up(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    held, looked = threading.Event(), HelpScreen.look
    monkeypatch.setattr(HelpScreen, "look", lambda screen: looked(screen) if held.wait(30) else "")
    async with walking(drawn) as walk:
        await walk.pilot.press("f1")
        await walk.pilot.pause()
        told = walk.text
        held.set()

        assert "Your day on one screen" in told
        assert "ON THE CHOSEN LINE" in told
