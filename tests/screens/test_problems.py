"""The list of problems: what is here, with others and over; a search while typing; the verbs of the chosen line."""

import pytest

from screens.app import HuddleApp
from tests.screens.hospital import Drawn, screens_of
from tests.screens.pictures import assert_same_at_each
from tests.screens.walking import walking
from wsq_huddle.services import problems


def opened(hospital: Drawn, key: str) -> HuddleApp:
    return screens_of(hospital[key])


@pytest.mark.parametrize("key", ["4-west", "cardiac"])
async def test_the_list_looks_as_it_did(drawn: Drawn, key: str) -> None:
    sizes = [(80, 24), (120, 40)]
    told = await assert_same_at_each(opened(drawn, key), f"problems-{key}", sizes, keys=("l", "down"))

    assert all(len(line) <= wide for (wide, _), lines in zip(sizes, told, strict=True) for line in lines)


async def test_what_is_here_stands_under_its_headings_what_is_late_first(drawn: Drawn) -> None:
    async with walking(drawn) as walk:
        await walk.press("l")

        shown = [line for line in walk.lines if line.startswith((" DID", " OURS", "   ", " >"))]
        assert walk.lines[1].startswith(" [HERE]  With others  Over  All")
        assert "Night RN short" in shown[1]
        assert walk.line("Bed alarm dead").endswith("due today")
        assert walk.text.index("Bed alarm dead") < walk.text.index("Linen short") < walk.text.index("Label printer")


async def test_left_right_f_and_a_click_change_the_part(drawn: Drawn) -> None:
    async with walking(drawn) as walk:
        await walk.press("l", "right")
        away = walk.text
        await walk.press("f")
        over = walk.text
        await walk.press("left", "left")
        here = walk.lines[1]
        await walk.pilot.click("Steps", offset=(walk.lines[1].index("Over") + 1, 0))
        await walk.press("home")

        assert "[WITH OTHERS]" in away
        assert "with Cardiac, seen Wed 08:04" in away
        assert "[OVER]" in over
        assert "Cardiac: mended" in over
        assert here.startswith(" [HERE]")
        assert "[OVER]" in walk.lines[1]


async def test_a_search_follows_the_typing_and_escape_leads_back_to_the_part(drawn: Drawn) -> None:
    async with walking(drawn) as walk:
        await walk.press("f3")
        await walk.type("pump")
        await walk.pilot.pause(0.3)
        await walk.press("enter")
        found = walk.text
        await walk.press("escape")

        assert "[FOUND]" in found
        assert "IV pumps missing" in found
        assert "Linen short" not in found
        assert walk.lines[1].startswith(" [HERE]")
        assert "Linen short" in walk.text


async def test_a_search_that_finds_nothing_says_so(drawn: Drawn) -> None:
    async with walking(drawn) as walk:
        await walk.press("f3")
        await walk.type("zebra")
        await walk.pilot.pause(0.3)
        await walk.press("enter")

        assert 'Nothing has the words "zebra".' in walk.text


async def test_an_empty_list_says_what_to_do(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        await walk.press("l")

        assert "No problems here. Press r to raise one." in walk.text


async def test_line_23_offers_what_the_rules_allow_for_the_chosen_line_and_no_other_key_works(drawn: Drawn) -> None:
    async with walking(drawn) as walk:
        await walk.press("l")
        solved = walk.lines[22]
        await walk.press("s")
        refused = walk.text
        await walk.press("down")
        ours = walk.lines[22]

        assert "y Yes, fixed   x Not fixed" in solved
        assert "Solved" not in solved
        assert "What solved it?" not in refused
        assert ours.startswith(" Enter Open  s Solved  p Plan  e Ask for help  a Hand to")


async def test_a_problem_is_acknowledged_from_the_list_at_once(quiet: Drawn) -> None:
    subject = quiet.asked("Suction gone", "equipment", "a pump")
    async with walking(quiet, "cardiac") as walk:
        await walk.press("l", "k")

        assert walk.lines[21].startswith(" Got it.")
        assert "k Got it" not in walk.lines[22]
        assert problems.read(quiet["cardiac"], subject).acknowledged_at is not None


async def test_what_arrives_while_the_list_is_open_appears_and_the_chosen_line_stays(quiet: Drawn) -> None:
    first = problems.raise_at(quiet["4-west"], title="First thing", category="other")
    async with walking(quiet) as walk:
        await walk.press("l")
        problems.raise_at(quiet["4-west"], title="Second thing", category="other")
        await walk.press("home")

        assert "Second thing" in walk.text
        assert walk.app.screen.query_one("Lines").chosen == first.id  # type: ignore[attr-defined]  # our own widget
