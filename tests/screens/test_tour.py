"""The tour: five cards, once by itself, then from all commands."""

import pytest

from screens.tour import cards
from tests.screens.hospital import Drawn
from tests.screens.walking import walking


async def test_any_key_goes_on_and_esc_ends(drawn: Drawn) -> None:
    async with walking(drawn) as walk:
        walk.app.action_tour()
        await walk.press("x")
        assert "2 of 5" in walk.text
        assert "TWO KEYS RUN A HUDDLE" in walk.text
        await walk.press("space", "f2", "right")
        assert "5 of 5" in walk.text
        await walk.press("escape")

        assert "Start the huddle" in walk.text


async def test_a_click_goes_on_and_the_last_one_leads_back(drawn: Drawn) -> None:
    async with walking(drawn) as walk:
        walk.app.action_tour()
        await walk.press("x", "x", "x")
        await walk.pilot.click("Lines")
        await walk.press()
        assert "5 of 5" in walk.text
        await walk.press("enter")

        assert "Start the huddle" in walk.text


@pytest.mark.parametrize("key", ["4-west", "cardiac", "executive"])
async def test_every_card_fits_on_a_small_screen_and_names_the_keys_as_they_are_given(drawn: Drawn, key: str) -> None:
    async with walking(drawn, key) as walk:
        walk.app.keys_given["raise_problem"] = "f6"
        every = cards(walk.app)

        assert len(every) == 5
        assert all(len(card) <= 22 for card in every)
        walk.app.action_tour()
        await walk.press("x", "x")
        assert "F6" in walk.text
        await walk.press("escape")
        walk.app.action_tour()
        for _ in every:
            await walk.press()
            assert "…" not in walk.text
            await walk.press("x")


async def test_it_stands_among_all_commands(drawn: Drawn) -> None:
    async with walking(drawn) as walk:
        assert "Tour: five cards" in {one.title for one in walk.app.get_system_commands(walk.app.screen)}


@pytest.mark.parametrize("key", ["f5", "f6"])
async def test_each_key_that_leads_back_ends_it(drawn: Drawn, key: str) -> None:
    async with walking(drawn) as walk:
        walk.app.keys_given["back"] = "f5,f6"
        walk.app.action_tour()
        await walk.press("x")
        assert "2 of 5" in walk.text
        await walk.press(key)

        assert " of 5" not in walk.text
