"""Whose name stands under what is entered: for one slot, by Enter alone the role, with a PIN if somebody wants one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from screens.field import Field
from tests.screens.hospital import MONDAY, Drawn
from tests.screens.pictures import settled
from tests.screens.walking import Walk, opened, walking
from wsq_huddle.services import huddles, pins, problems


@pytest.fixture
def tuned(quiet: Drawn) -> Drawn:
    quiet.put("07:10")
    return quiet


async def test_the_last_name_is_offered_within_the_slot_and_not_in_the_next(tuned: Drawn) -> None:
    async with walking(tuned) as walk:
        await walk.press("f4")
        await walk.type("Ana Ruiz")
        await walk.press("enter")
        assert walk.lines[21] == " Ana Ruiz signs from now on."
        await walk.press("f4")
        assert "Who signs?  Ana Ruiz" in walk.text
        await walk.press("escape")

        tuned.put("06:30", MONDAY + timedelta(days=1))
        walk.app.show_all()
        await settled(walk.pilot)
        await walk.press("f4")
        assert "Who signs?  " in walk.text
        assert "Enter alone: 4 West charge nurse" in walk.text
        assert "Ana" not in walk.text
    assert tuned["4-west"].author == "4 West charge nurse"


async def test_another_window_of_the_same_slot_signs_as_the_role_and_offers_the_name(tuned: Drawn) -> None:
    async with walking(tuned) as walk:
        await walk.press("enter")
        await walk.type("Ana Ruiz")
        await walk.press("enter")
        assert walk.lines[1].endswith("signs: Ana R.")
    tuned["4-west"].sign_as("")
    async with walking(tuned) as walk:
        await walk.press("enter")
        assert walk.lines[1].endswith("signs: charge nurse")
        await walk.press("f4")
        assert "Who signs?  Ana Ruiz" in walk.text
        await walk.press("enter")

        assert walk.lines[1].endswith("signs: Ana R.")


async def test_another_name_takes_the_place_of_the_one_that_is_offered(tuned: Drawn) -> None:
    async with walking(tuned) as walk:
        await walk.press("enter")
        await walk.type("Ana Ruiz")
        await walk.press("enter", "f4")
        await walk.type("Ben K.")
        await walk.press("enter")
        assert tuned["4-west"].author == "Ben K."
        await walk.press("f4", "end")
        await walk.type("oh")
        await walk.press("left", "left")
        await walk.type("x")
        await walk.press("enter")

        assert tuned["4-west"].author == "Ben K.xoh"


async def test_after_a_wrong_pin_the_next_try_takes_its_place(tuned: Drawn) -> None:
    pins.set_pin(tuned["4-west"], "Ana R.", "2718")
    async with walking(tuned) as walk:
        await walk.press("f4")
        await walk.type("Ana R.")
        await walk.press("enter")
        await walk.type("9999")
        await walk.press("enter")
        assert " That is not the PIN of Ana R." in walk.lines
        await walk.type("2718")
        await walk.press("enter")

        assert tuned["4-west"].author == "Ana R."


async def test_an_empty_name_is_the_role_again(tuned: Drawn) -> None:
    tuned["4-west"].sign_as("Ana")
    async with walking(tuned) as walk:
        await walk.press("f4", "backspace", "backspace", "backspace", "enter")

        assert tuned["4-west"].author == "4 West charge nurse"


async def start(walk: Walk, leads: str, types: str) -> None:
    """Start a huddle above a unit."""
    await walk.press("enter")
    for name in (leads, types):
        await walk.type(name)
        await walk.press("enter")


async def test_who_types_signs_for_who_leads(tuned: Drawn) -> None:
    tuned.put("08:40")
    async with walking(tuned, key="executive") as walk:
        await start(walk, "R. Okafor", "J. Cole")
        one = huddles.sitting(tuned["executive"]).huddle

        assert tuned["executive"].author == "J. Cole for R. Okafor"
        assert one is not None
        assert one.leader == "R. Okafor"
        assert walk.lines[1].endswith("signs: J. Cole/R. Okafor")


async def test_two_long_names_stand_whole_beside_the_steps(tuned: Drawn) -> None:
    async with walking(tuned, key="executive") as walk:
        await start(walk, "R. Okafor-Lind", "J. Cole")

        assert walk.lines[1].endswith("  J. Cole/R. Okafor-Lind")


async def test_a_name_with_a_pin_is_asked_for_it_before_the_huddle_starts(tuned: Drawn) -> None:
    pins.set_pin(tuned["4-west"], "Ana Ruiz", "2718")
    async with walking(tuned) as walk:
        await walk.press("enter")
        await walk.type("ana ruiz")
        await walk.press("enter")
        assert "PIN of ana ruiz" in walk.text
        assert huddles.sitting(tuned["4-west"]).huddle is None
        await walk.type("9999")
        await walk.press("enter")
        assert "That is not the PIN" in walk.text
        assert "9999" not in walk.text
        await walk.press(*["backspace"] * 4)
        await walk.type("2718")
        await walk.press("enter")

        assert tuned["4-west"].author == "ana ruiz"
        assert walk.lines[1].endswith("signs: ana ruiz")


async def test_a_pin_is_set_from_all_commands_and_stands_on_no_screen_and_in_no_draft(tuned: Drawn) -> None:
    async with walking(tuned) as walk:
        titles = {command.title for command in walk.app.get_system_commands(walk.app.screen)}
        await walk.app.run_action("own_pin")
        await settled(walk.pilot)
        await walk.press("tab")
        assert isinstance(walk.app.focused, Field)
        await walk.press("shift+tab")
        await walk.type("Ana Ruiz")
        await walk.press("enter", "enter")
        await walk.type("27182")
        shown = walk.text
        await walk.press("escape")
        left = walk.text
        await walk.app.run_action("own_pin")
        await settled(walk.pilot)
        await walk.type("Ana Ruiz")
        await walk.press("enter", "enter")
        await walk.type("27182")
        await walk.press("enter")

        assert "Set my PIN" in titles
        assert "27182" not in shown + left + walk.text
        assert "is asked for the PIN from now on" in walk.text
        assert pins.people(tuned["4-west"]) == {"ana ruiz"}
    kept = [dict(row) for row in tuned["4-west"].look().rows("SELECT * FROM draft")]
    assert "27182" not in str(kept)


async def test_esc_at_the_pin_signs_nothing(tuned: Drawn) -> None:
    pins.set_pin(tuned["4-west"], "Ana Ruiz", "2718")
    async with walking(tuned) as walk:
        await walk.press("f4")
        await walk.type("Ana Ruiz")
        await walk.press("enter")
        assert "Esc Not now" in walk.lines[22]
        await walk.press("escape")
        assert "Kept" not in walk.text
        raised = problems.raise_at(tuned["4-west"], title="Door")

        assert raised.raised_by == "4 West charge nurse"


@pytest.mark.parametrize("people", [False, True])
async def test_above_a_unit_the_screens_show_the_unit_and_not_the_person_unless_the_site_says_otherwise(
    quiet: Drawn,
    people: bool,  # noqa: FBT001 - a case
) -> None:
    west, cardiac = quiet["4-west"], quiet["cardiac"]
    west.sign_as("Ana Ruiz")
    cardiac.sign_as("S. Lind")
    cardiac.settings = replace(cardiac.settings, screens=replace(cardiac.settings.screens, people=people))
    subject = problems.raise_at(west, title="Two IV pumps missing").id
    problems.escalate(west, subject, need="two pumps")
    quiet.deliver()
    problems.acknowledge(cardiac, subject)
    async with walking(quiet, key="cardiac", size=(80, 40)) as walk:
        await opened(walk, subject)

        assert ("Ana Ruiz" in walk.text) is people
        assert "by 4 West" in walk.text
        assert "Cardiac, S. Lind: got it" in walk.text
    async with walking(quiet, size=(80, 40)) as walk:
        await opened(walk, subject)

        assert "by 4 West, Ana Ruiz" in walk.text
