"""The table of keys: one meaning for a key, and everything made from it."""

import os
from collections import Counter
from pathlib import Path

import pytest

import screens
from screens import keys
from screens.foot import Foot
from screens.keys import TABLE, Where
from screens.remapping import FIXED
from tests.screens.demo import cardboard
from tests.screens.pictures import picture, settled

DOCS = Path(screens.__file__).parents[1] / "docs/keys.md"


def documented() -> str:
    """The page about keys, as the table has them."""
    told = [
        "# Keys",
        "",
        'What each key does, and its name for `[screens.keys]` of huddle.toml, which gives it another: `note = "v"`.',
        "Several stand with commas between them. `wsq-huddle config check` says which name is unknown and which key is",
        "taken. F1, the two lines of keys at the foot and all commands (Ctrl+P) show the keys as they are given.",
        "In a field letters only ever type, and digits only ever type numbers.",
    ]
    for where in Where:
        told += ["", f"## {where.value.capitalize()}", "", "| name | keys | what it does |", "| --- | --- | --- |"]
        for key in TABLE:
            if key.where is where:
                fixed = " Stays as it is." if key.id in FIXED else ""
                named = ", ".join(keys.spelled(one) for one in key.keys.split(",")) if key.keys else "all commands"
                told.append(f"| `{key.id}` | {named} | {key.help}{fixed} |")
    return "\n".join(told) + "\n"


def test_the_page_about_keys_is_the_table() -> None:
    if os.environ.get("UPDATE_SNAPSHOTS"):
        DOCS.write_text(documented(), encoding="utf-8")

    assert DOCS.read_text(encoding="utf-8") == documented()


def test_each_key_means_one_thing_outside_fields() -> None:
    outside = [one for key in TABLE if key.where is not Where.FIELD for one in key.keys.split(",") if one]

    assert [key for key, times in Counter(outside).items() if times > 1] == []


def test_each_id_stands_once_and_each_letter_of_the_design_is_there() -> None:
    letters = {key.keys for key in TABLE if len(key.keys) == 1}

    assert len({key.id for key in TABLE}) == len(TABLE)
    assert letters == set("acdefghjklmnopstuwxy")


def test_only_keys_that_arrive_on_every_terminal_are_used() -> None:
    allowed = {"space", "enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "pageup", "pagedown",
               "home", "end", "0-9"}  # fmt: skip
    used = {one for key in TABLE for one in key.keys.split(",") if one} - allowed

    assert {one for one in used if not (len(one) == 1 or one.startswith("ctrl+") or one[1:].isdigit())} == set()


def test_the_always_same_six_fit_on_a_line_of_80() -> None:
    told = "  ".join(f"{keys.name(keys.BY_ID[id_], {})} {keys.BY_ID[id_].label}" for id_ in keys.FOOT)

    assert told == "F1 Help  F2 Raise a problem  F3 Find  F4 Who signs  ^P All commands  ^Q Leave"
    assert len(told) <= 79


def test_a_help_sentence_fits_beside_its_key() -> None:
    assert [key.id for key in TABLE if len(key.help) > 67 or not key.help.endswith(".")] == []


def test_moves_become_keys_in_the_order_of_the_table() -> None:
    assert keys.moving(["resolved", "escalated", "raised", "unheard-of"]) == ["escalate", "resolve"]


async def test_a_key_given_in_huddle_toml_works_and_is_shown() -> None:
    app = cardboard(keymap={"note": "v"})
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        foot = picture(app)[22]
        await pilot.press("v")
        await settled(pilot)

        assert "v Note" in foot
        assert any("What should we know?" in line for line in picture(app))


def test_every_action_has_a_name_among_all_commands() -> None:
    moves = {"number"}
    nameless = [key.id for key in TABLE if key.where in {Where.EVERYWHERE, Where.OUTSIDE} and not key.title]

    assert set(nameless) == moves


async def test_other_keys_lead_to_other_screens_and_are_named_in_help_and_among_all_commands() -> None:
    app = cardboard(keymap={"problems": "v", "raise_problem": "f6"})
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        told = {command.title: command.help for command in app.get_system_commands(app.screen)}
        assert told["All problems"].endswith("Key: v")
        assert "F6 Raise a problem" in picture(app)[39]
        await pilot.press("f1")
        await settled(pilot)
        assert any(line.split()[:3] == ["F6", "Say", "what"] for line in picture(app))
        await pilot.press("escape", "v")
        await settled(pilot)

        assert getattr(app.screen, "KEY", "") == "problems"


@pytest.mark.parametrize(("given", "shown"), [({}, "u Undo"), ({"undo": "v"}, "v Undo")])
async def test_a_key_shown_at_the_foot_can_be_clicked_also_where_it_was_given_another(
    given: dict[str, str], shown: str
) -> None:
    app = cardboard(keymap=given)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        at = picture(app)[22].index(shown)
        await pilot.click("Foot", offset=(at + 2, 0))
        await settled(pilot)

        assert picture(app)[21] == " Nothing is waiting to be taken back."


async def test_keys_that_change_places_do_what_they_are_called_now() -> None:
    app = cardboard(keymap={"problems": "x", "reopen": "l", "raise_problem": "f6, f7"})
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for key in ("f6", "f7"):
            await pilot.press(key)
            await settled(pilot)
            assert any("RAISE A PROBLEM" in line for line in picture(app)), key
            await pilot.press("escape")
        await pilot.press("l")
        await settled(pilot)
        assert getattr(app.screen, "KEY", "") != "problems"
        await pilot.press("x")
        await settled(pilot)

        assert getattr(app.screen, "KEY", "") == "problems"


async def test_no_key_takes_a_letter_from_who_types_whatever_huddle_toml_says() -> None:
    app = cardboard(keymap={"quit": "q", "command_palette": "f7,p", "help": "h", "note": "v"})
    assert app.keys_given == {"help": "h", "note": "v"}
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f2", *"hpqv")
        await settled(pilot)

        assert any("What is wrong?  hpqv" in line for line in picture(app))


async def test_help_names_what_works_here_in_plain_words() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        await pilot.press("f1")
        await settled(pilot)
        told = "\n".join(picture(app))
        await pilot.press("f1")
        await settled(pilot)

        assert "ON THE CHOSEN LINE" in told
        assert "Take back what has not left yet." in told
        assert "letters only ever type" in told
        assert "The rest of this group" not in told
        assert "HUDDLE 07:15" in "\n".join(picture(app))


async def test_the_palette_offers_what_the_screen_can_do_and_nothing_else() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        titles = {command.title for command in app.get_system_commands(app.screen)}

        assert {"Raise a problem", "Add a note", "All problems", "Leave", "Colours: contrast"} <= titles
        assert "Measures" not in titles
        assert "Find a problem" not in titles


async def test_what_has_no_room_at_the_foot_is_counted_beside_the_key_of_all_commands() -> None:
    app = cardboard(keymap={"command_palette": "f7"})
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        many = [key.id for key in TABLE if key.where is Where.OUTSIDE and key.keys]
        app.screen.query_one(Foot).offer(many, keys.FOOT, app.keys_given)
        await settled(pilot)

        assert "more (F7)" in picture(app)[22]
