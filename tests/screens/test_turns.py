"""Keys that come faster than a busy PC works on them: each is for the line that the one before it led to."""

import asyncio
from typing import Any

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Static

from screens.asks import Ask
from screens.form import Form
from screens.turns import _AT_MOST
from tests.screens.demo import TodayScreen, cardboard
from tests.screens.pictures import settled

NAMES = {
    "\r": "enter",
    "\t": "tab",
    " ": "space",
    "\x7f": "backspace",
    "↓": "down",
    "↑": "up",
    "⎋": "escape",
    "②": "f2",
}


async def at_once(pilot: Pilot[Any], app: App[Any], keys: str) -> None:
    """Give the program all these keys before it has worked on any of them, as a terminal does that was held up."""
    for character in keys:
        name = NAMES.get(character, character)
        shown = character if name == character or character in " \t\r\x7f" else None
        app.post_message(events.Key(name, shown))
    await settled(pilot)


@pytest.mark.parametrize("onwards", ["\r", "\t", "↓"])
async def test_words_typed_right_behind_a_step_to_the_next_line_stand_in_that_line(onwards: str) -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await at_once(pilot, app, "②")
        await at_once(pilot, app, f"alarm{onwards}s{onwards}by noon↑↑ dead\x7f\x7f")
        form = today(app).form

        assert form is not None
        assert form.answers == {"title": "alarm de", "kind": "supplies", "when": "by noon"}


async def test_a_whole_form_from_opening_to_saving_in_one_burst() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await at_once(pilot, app, "②alarm\rs\rnoon\r")

        assert today(app).saved == [{"title": "alarm", "kind": "supplies", "when": "noon"}]
        assert today(app).form is None


async def test_what_follows_the_last_line_is_for_the_list_that_comes_back() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("down", "down")
        slowly = today(app).lines.chosen
        await pilot.press("up", "up")
        await at_once(pilot, app, "②alarm\rs\rnoon\r↓↓")

        assert app.focused is today(app).lines
        assert today(app).lines.chosen == slowly
        assert len(today(app).saved) == 1


async def test_a_key_whose_widget_goes_away_holds_no_other_back() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await at_once(pilot, app, "②ab⎋②cd")
        form = today(app).form

        assert form is not None
        assert form.answers["title"] == "abcd"


async def test_words_typed_before_a_form_has_come_that_no_key_called_for_stand_in_it() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        today(app).action_note()  # as a click does
        await at_once(pilot, app, "no linen")
        form = today(app).form

        assert form is not None
        assert form.answers == {"note": "no linen"}


async def test_words_wait_for_their_form_however_long_the_computer_takes_to_show_it() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        today(app).ask(slow := Slow("NOTE", [Ask("note", "What should we know?")], save=lambda _answers: None))
        await at_once(pilot, app, "no linen")

        assert slow.answers == {"note": "no linen"}


class Slow(Form):
    """A form on a computer that is held up for longer than a key waits for another."""

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield Sluggish()


class Sluggish(Static):
    """What a form has to wait for until it has come."""

    async def on_mount(self) -> None:
        await asyncio.sleep(_AT_MOST * 1.5)


def today(app: App[Any]) -> TodayScreen:
    """Give the screen of the demo."""
    assert isinstance(app.screen, TodayScreen)
    return app.screen
