"""The form: letters only type, what is typed is kept at once, Enter goes on, Esc keeps, a refusal leaves it open."""

from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.pilot import Pilot

from screens.asks import Ask
from screens.field import Field
from screens.form import KEPT_AFTER, Answers, Form
from tests.screens.demo import HOSTILE, TodayScreen, cardboard
from tests.screens.pictures import picture, settled
from wsq_huddle.errors import NotAllowed


def today(app: App[Any]) -> TodayScreen:
    """Give the screen of the demo."""
    assert isinstance(app.screen, TodayScreen)
    return app.screen


async def typed(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys and let everything settle."""
    await pilot.press(*keys)
    await settled(pilot)


async def test_letters_space_and_digits_only_ever_type_in_a_field() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await typed(pilot, "f2")
        await typed(pilot, "r", "u", "space", "3", "l", "question_mark")
        form = today(app).form

        assert form is not None
        assert form.answers["title"] == "ru 3l?"
        assert app.screen_stack == [app.screen]
        assert "Ctrl+Q" not in picture(app)[23]
        assert picture(app)[22].startswith(" Enter Next line")


async def test_what_is_typed_is_kept_within_half_a_second_without_leaving() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await typed(pilot, "f2")
        await typed(pilot, *"Bed alarm")
        await pilot.pause(KEPT_AFTER + 0.05)

        assert KEPT_AFTER < 0.5
        assert today(app).kept[-1]["title"] == "Bed alarm"


async def test_escape_another_form_and_leaving_the_program_keep_the_last_letter() -> None:
    for leave in ("escape", "f4", "ctrl+q"):
        app = cardboard()
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            screen = today(app)
            await pilot.press("f2", "a", "b", leave)
            await pilot.pause()

            assert screen.kept[-1]["title"] == "ab", leave


async def test_a_kept_line_is_there_again_with_the_cursor_behind_it() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await typed(pilot, "f2", "a", "b", "escape")
        await typed(pilot, "f2", "c")
        form = today(app).form

        assert form is not None
        assert form.answers["title"] == "abc"


async def test_enter_goes_on_and_saves_on_the_last_line_once() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await typed(pilot, "f2", "a", "enter", "s", "enter", "n", "enter")

        assert today(app).saved == [{"title": "a", "kind": "supplies", "when": "n"}]
        assert today(app).form is None
        assert today(app).lines.has_focus


async def test_a_line_that_must_be_there_is_asked_for_again() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await typed(pilot, "f2", "enter", "enter", "enter")

        assert picture(app)[21] == " What is wrong: this line cannot stay empty."
        assert today(app).saved == []
        await typed(pilot, "z")
        form = today(app).form
        assert form is not None
        assert form.answers["title"] == "z"


async def test_a_refusal_is_told_and_the_form_stays_open_with_its_words() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await typed(pilot, "f2", *"refuse me", "enter", "enter", "enter")
        form = today(app).form

        assert picture(app)[21] == " Cardiac Services holds this problem."
        assert form is not None
        assert form.answers["title"] == "refuse me"


async def test_hostile_text_in_a_field_is_harmless_and_never_too_long() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await typed(pilot, "f2")
        field = app.screen.query(Field).first()
        for text in HOSTILE:
            field.value = ""
            field.post_message(events.Paste(text))
            await settled(pilot)

            assert len(field.value) <= 200
            assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in field.value)
        assert field.value == "line end and tab"


async def test_nothing_above_the_form_moves() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        before = picture(app)
        await typed(pilot, "f2")

        assert picture(app)[:16] == before[:16]
        assert picture(app)[17].startswith("── RAISE A PROBLEM ──")


async def test_what_is_typed_before_the_form_is_there_goes_into_it_and_is_no_command() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        behind = app.screen
        # As a terminal sends what is typed at once: nobody waits between the keys.
        for key in ("f2", *"clsd", "space", *"hum"):
            app.post_message(events.Key(key, key if len(key) == 1 else " " if key == "space" else None))
        await settled(pilot)
        await settled(pilot)
        form = today(app).form

        assert form is not None
        assert form.answers["title"] == "clsd hum"
        assert app.screen is behind


async def test_up_and_down_go_between_the_lines_of_a_form() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await typed(pilot, "f2", "a", "down")
        form = today(app).form
        assert form is not None
        first = form.answers
        below = app.focused
        await typed(pilot, "up", "b")

        assert isinstance(app.focused, Field)
        assert below is not app.focused
        assert form.answers["title"] == "ab"
        assert {name: form.answers[name] for name in first if name != "title"} == {
            name: answer for name, answer in first.items() if name != "title"
        }


async def test_a_number_that_is_none_is_said_at_its_line_and_the_line_keeps_the_cursor() -> None:
    app = cardboard()
    saved: list[Answers] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        asks = (Ask("number", "How many?", number=True), Ask("did", "What did we do?"))
        today(app).ask(Form("FALLS", asks, save=saved.append))
        await settled(pilot)
        await typed(pilot, *"one", "enter")
        refused = picture(app)[21]
        await typed(pilot, *["backspace"] * 3, "2", "enter", *"bed alarm on", "enter")

        assert refused == " How many: this is a number: 0, 1, 2 ..."
        assert saved == [{"number": "2", "did": "bed alarm on"}]


@pytest.mark.parametrize(("why", "fixed"), [("Say what you need.", "now"), ('"thu" is no time.', "by")])
async def test_after_a_refusal_the_cursor_stands_where_the_answer_belongs(why: str, fixed: str) -> None:
    app = cardboard()

    def refuse(_: Answers) -> None:
        raise NotAllowed(why)

    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        asks = (Ask("now", "Need?"), Ask("by", "By when?"), Ask("want", "We want", choices=("help", "them to know")))
        today(app).ask(form := Form("HELP", asks, save=refuse))
        await settled(pilot)
        await typed(pilot, "down", *"thu", "enter", "enter")
        told = picture(app)[21]
        await typed(pilot, "t")

        assert told == f" {why}"
        assert form.answers["want"] == "help"
        assert form.answers[fixed] in {"t", "thut"}
