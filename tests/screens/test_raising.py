"""Raising a problem, key by key: two besides the title, over any screen, and a line that is never lost."""

import threading

import pytest

from screens.app import HuddleApp
from screens.form import KEPT_AFTER
from tests.screens.hospital import Drawn, screens_of
from tests.screens.pictures import picture, settled
from tests.screens.walking import walking
from wsq_huddle.services import drafts, problems


async def test_raising_costs_two_keys_besides_the_title_and_guesses_the_kind(quiet: Drawn) -> None:
    problems.raise_at(quiet["4-west"], title="Bed alarm silent", category="equipment")
    async with walking(quiet) as walk:
        await walk.press("f2")
        await walk.type("bed alarm dead")
        await walk.pilot.pause(0.3)
        await settled(walk.pilot)
        asked = walk.text
        await walk.press("enter")
        (raised, _) = problems.listed(quiet["4-west"])

        assert "e equipment" in asked
        assert (raised.title, raised.category, raised.urgency.value) == ("bed alarm dead", "equipment", "today")
        assert walk.lines[21] == ' Raised: "bed alarm dead"'


async def test_kind_and_urgency_change_with_tab_and_a_letter_and_are_not_guessed_over(quiet: Drawn) -> None:
    problems.raise_at(quiet["4-west"], title="Bed alarm silent", category="equipment")
    async with walking(quiet) as walk:
        await walk.press("f2")
        await walk.type("bed alarm dead")
        await walk.press("tab", "t", "tab", "n")
        asked = walk.text
        await walk.press("enter")
        raised = next(one for one in problems.listed(quiet["4-west"]) if one.title == "bed alarm dead")

        assert "t transport" in asked
        assert "Cardiac is told now." in asked
        assert (raised.category, raised.urgency.value) == ("transport", "now")


@pytest.mark.parametrize("place", ["l", "c", "f1"])
async def test_a_problem_is_raised_over_any_screen_which_stays(quiet: Drawn, place: str) -> None:
    async with walking(quiet) as walk:
        await walk.press(place)
        before = walk.app.screen
        await walk.press("f2")
        await walk.type("over it")
        await walk.press("enter")

        assert walk.app.screen is before
        assert problems.listed(quiet["4-west"])[0].title == "over it"


async def test_a_title_alone_is_enough_and_none_is_not(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        await walk.press("f2", "enter")

        assert "What is wrong: this line cannot stay empty." in walk.lines[21]
        assert problems.listed(quiet["4-west"]) == []


async def test_a_draft_is_in_the_store_within_half_a_second_and_a_new_window_has_it(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        await walk.press("f2")
        await walk.pilot.press(*"alarm")
        await walk.pilot.pause(KEPT_AFTER + 0.1)
        await settled(walk.pilot)
        (draft,) = drafts.kept(quiet["4-west"])
        assert '"alarm"' in draft.text
    async with walking(quiet) as walk:
        standing = walk.lines[21]
        await walk.press("f2")

        assert standing == ' Kept: "alarm"  F2 go on'
        assert "alarm" in walk.line("What is wrong?")
        await walk.press("enter")
        assert drafts.kept(quiet["4-west"]) == []


def kept_of(app: HuddleApp) -> str:
    return app.kept.of("raise").get("title", "")


async def test_a_draft_that_is_wiped_out_is_forgotten(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        await walk.press("f2", "a", "escape")
        kept = kept_of(walk.app)
        await walk.press("f2", "backspace", "escape")

        assert kept == "a"
        assert kept_of(walk.app) == ""
        assert drafts.kept(quiet["4-west"]) == []
        assert walk.lines[21] == ""


async def test_a_store_that_is_locked_makes_no_key_wait(quiet: Drawn) -> None:
    desk, locked, free = quiet["4-west"], threading.Event(), threading.Event()

    def hold() -> None:
        with desk.store.writing():
            locked.set()
            free.wait(20)

    app = screens_of(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        holder = threading.Thread(target=hold)
        holder.start()
        locked.wait(20)
        await pilot.press("f2", *"alarm", "enter", "f1")
        await pilot.pause(0.1)
        while_locked = "\n".join(picture(app))
        free.set()
        holder.join()
        await settled(pilot)

        assert "OF THIS SCREEN" in while_locked
        assert problems.listed(desk)[0].title == "alarm"
        app.end()
