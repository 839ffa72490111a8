"""The huddle above a unit: the roll call in its fixed order, what an area needs, and what came up."""

import pytest

from screens.huddle import HuddleScreen
from screens.huddle.needs import NeedsScreen
from tests.screens.hospital import MONDAY, Drawn, screens_of
from tests.screens.pictures import settled
from tests.screens.test_huddle import SIZE, line, pressed, typed
from wsq_huddle.services import huddles, problems, rollcalls


@pytest.fixture
def hospital(busy: Drawn) -> Drawn:
    """Monday 08:07: 4 West has told Cardiac, 5 East has not."""
    busy.morning()
    busy.put("08:07")
    return busy


async def test_each_area_is_heard_with_space_in_the_fixed_order(hospital: Drawn) -> None:
    app = screens_of(hospital["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, "enter", *typed("S. Lind"), "enter", "enter", "right")
        assert drawn[2] == " How are we doing now?  Roll call, 60 s each   Space = heard  Enter = its needs"
        assert line(drawn, "07:24").startswith(">  4 West      07:24   G G A R   1 fall ")
        assert drawn[19].endswith("- M methods, E equipment, S supplies, S staff ---"), "the letters over the marks"
        drawn = await pressed(pilot, "space")

        assert line(drawn, "07:24").startswith(" + 4 West ")
        assert line(drawn, " no huddle, was due 07:15 ").startswith(">  5 East      no      . . . .   no huddle")
        assert drawn[20].startswith(" 1 of 2 told us.  0 all ready.  Falls 1 in 1 unit, 0 looked into.")
        desk = hospital["cardiac"]
        assert [area.heard for area in rollcalls.call(desk, huddles.sitting(desk)).areas] == [True, False]


async def test_h_says_how_a_silent_area_held_its_huddle(hospital: Drawn) -> None:
    app = screens_of(hospital["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, "enter", "enter", "enter", "right", "h")
        assert not any("NO WORD FROM" in one for one in drawn), "4 West has told us itself"
        drawn = await pressed(pilot, "down", "h", "s", "enter")

        assert "5 East" in line(drawn, "marked")
        marked = huddles.sitting(hospital["cardiac"], node="5-east", on=MONDAY).huddle
        assert marked is not None
        assert marked.as_held is not None
        assert marked.as_held.value == "short-staffed"


async def test_enter_opens_what_an_area_needs_and_all_verbs_work_there(hospital: Drawn) -> None:
    app = screens_of(hospital["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, "enter", "enter", "enter", "right", "enter")
        assert type(app.screen) is NeedsScreen
        assert line(drawn, "linen short since Sat").startswith("   A Supplies ")
        assert any("tried: float pool empty" in one for one in drawn)
        drawn = await pressed(pilot, "end", "k", "escape")

        assert type(pilot.app.screen) is HuddleScreen
        (short,) = [one for one in problems.listed(hospital["cardiac"]) if one.title.startswith("2 RN")]
        assert short.acknowledged_at is not None


async def test_what_came_up_is_answered_handed_on_or_heard(hospital: Drawn) -> None:
    app = screens_of(hospital["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, "enter", "enter", "enter", "right", "right", "right")
        assert drawn[3] == " How can we help?                   3 came up: 0 done, 3 to go, about 60 s each"
        drawn = await pressed(pilot, "space", "t", *typed("one crew from 10"), "enter")
        assert "1 done, 2 to go" in drawn[3] or "2 done, 1 to go" in drawn[3]
        drawn = await pressed(pilot, "s", *typed("agency, both"), "enter")

        assert "3 came up: 3 done, 0 to go" in drawn[3]
        assert "solved: agency, both" in "\n".join(drawn)


async def test_above_the_unit_another_may_type_for_who_leads(hospital: Drawn) -> None:
    app = screens_of(hospital["executive"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, "enter", *typed("R. Okafor"), "enter", *typed("J. Cole"), "enter")

        assert drawn[1].endswith("signs: J. Cole/R. Okafor")
        drawn = await pressed(pilot, "right", "right")
        assert "Department" in drawn[3]
        assert drawn[4].startswith(">  Biomed ")
