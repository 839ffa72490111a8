"""The executives' screens over a whole house: Today on one screen, the roll call, one decision at a time."""

from dataclasses import replace

import pytest

from screens.app import HuddleApp
from screens.followups import FollowUpsScreen
from screens.measures import MeasuresScreen
from screens.patience import PRODUCT
from screens.problem import ProblemScreen
from tests.screens.hospital import screens_of
from tests.screens.house import House
from tests.screens.pictures import IN_TOUCH, SIZES, assert_same, assert_same_at_each, picture, settled
from tests.screens.test_huddle import line, pressed, typed
from wsq_huddle.config.tables import Person
from wsq_huddle.services import huddles, patterns, problems, rollcalls

SIZE = (80, 24)
DRAWN = ("house-today", "house-status", "house-decide")
START = ["enter", *typed("R. Okafor"), "enter", *typed("J. Cole"), "enter"]
SCREENS = {
    "house-today": ("08:42", []),
    "house-measures": ("08:42", ["m"]),
    "house-status": ("08:49", [*START, "right"]),
    "house-falls": ("08:49", [*START, "right", *["down"] * 7, "enter"]),
    "house-decide": ("08:54", [*START, "right", "right", "right", "enter", *typed("yes, two agency RN today")]),
}


@pytest.fixture
def house(house_mould: House) -> House:
    """The whole house, for one test that does something in it."""
    return house_mould.copy()


@pytest.mark.parametrize("name", SCREENS)
async def test_each_screen_looks_as_it_did(house: House, name: str) -> None:
    app, keys = walk(house, name)
    drawn = await assert_same_at_each(app, name, SIZES, keys=keys, mono=name in DRAWN, link=IN_TOUCH)

    for (wide, high), lines in zip(SIZES, drawn, strict=True):
        assert len(lines) == high
        assert all(len(one) <= wide for one in lines)


@pytest.mark.parametrize("name", DRAWN)
async def test_in_ascii_and_without_colours_each_says_the_same(house: House, name: str) -> None:
    app, keys = walk(house, name, plain=True)
    app.theme = "ansi"
    drawn = await assert_same(app, f"{name}-ascii", size=SIZE, keys=keys, link=IN_TOUCH)

    assert all(one.isascii() for one in drawn)


def walk(house: House, name: str, *, plain: bool = False) -> tuple[HuddleApp, list[str]]:
    """The program of the executives at the time of a picture, and the keys that lead to it."""
    clock, keys = SCREENS[name]
    desk = house["executive"]
    mail = replace(desk.settings.mail, join="5-7700", notes="J. Cole")
    desk.settings = replace(desk.settings, people=(Person(name="R. Okafor", role="leads"),), mail=mail)
    house.put(clock)
    return screens_of(desk, plain=plain, patience=PRODUCT), keys


async def test_a_pattern_stands_on_today_until_it_is_answered(house: House) -> None:
    app, _ = walk(house, "house-today")
    executive = house.signed("executive", "J. Cole")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        before = [one for one in picture(app) if "LINEN" in one or "PATTERNS" in one]
        (linen,) = [one for one in patterns.listed(executive) if one.name == "LINEN"]
        for member in linen.members:
            problems.take_over(executive, member.problem.id, why="they wait for too long")
        patterns.give_back(executive, [one.problem.id for one in linen.members], answer="an extra run from today")
        app.post_message(app.Entered())
        await settled(pilot)
        after = [one for one in picture(app) if "LINEN" in one or "PATTERNS" in one]

    assert len(before) == 2
    assert after == []


async def test_who_leads_and_who_takes_notes_is_said_as_far_as_there_is_room(house: House) -> None:
    app, _ = walk(house, "house-today", plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        narrow = picture(app)[1]
        await pilot.resize_terminal(*SIZES[1])
        await settled(pilot)
        wide = picture(app)[1]

    assert narrow == ">HUDDLE 08:45, in 3 min, 15 min.  Leads: R. Okafor.  Notes: J. Cole. [ Start ]"
    assert wide.startswith(">HUDDLE 08:45, in 3 min, 15 min.  Leads: R. Okafor.  Notes: J. Cole.  Phone: 5-7700.  ")


async def test_today_is_the_drawing_of_the_one_screen(house: House) -> None:
    app = screens_of(house["executive"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = picture(app)

    assert drawn[1].startswith(">HUDDLE 08:45, in 3 min. It has 15 min.")
    assert drawn[2] == " THIS MORNING  units 17 of 18 held, 1 no huddle   departments 6 of 7"
    assert drawn[3] == " DECIDE (3)                                           from        by        age"
    assert drawn[4] == "   ! 4 West 2 RN short until 19:00: pay agency?       Cardiac     10:00  26 min"
    assert line(drawn, "MUST KNOW").startswith(" MUST KNOW (2)")
    assert line(drawn, " LINEN").startswith("   = LINEN: 3 units in 3 departments, since Sat")
    assert line(drawn, "STUCK").startswith(" STUCK over 3 days without an answer: 1. Oldest 9 d: Transport")
    assert (
        line(drawn, "KEY MEASURES") == " KEY MEASURES  10 of 14 met                         * a real change, not chance"
    )
    assert line(drawn, "Falls, 5 days") == "   R Falls, 5 days       13  <=5    *up  G Hand hygiene       93%  >=90"
    assert line(drawn, "Sick leave") == "   R Sick leave        7.9%  <=6    *up  G Beds open          96%  >=95"
    assert sum("*up" in one or "*down" in one for one in drawn) == 2, "of fourteen measures two have changed"


async def test_what_has_no_room_on_the_one_screen_is_counted(house: House) -> None:
    cardiac = house["cardiac"]
    for number in range(6):
        one = problems.raise_at(cardiac, title=f"Wall {number} damp", category="facilities")
        problems.escalate(cardiac, one.id, need="a builder?")
    house.deliver()
    app = screens_of(house["executive"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = picture(app)

    assert line(drawn, "DECIDE (9)").startswith(" DECIDE (9)  4 more (l)")
    assert line(drawn, "KEY MEASURES").startswith(" KEY MEASURES  10 of 14 met   4 more (m)")
    assert len([one for one in drawn if "damp" in one]) == 2, "five at most, and what is wanted today comes first"


async def test_m_opens_the_measures_at_every_tier_and_says_what_a_change_is(house: House) -> None:
    app = screens_of(house["executive"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, "m")
        assert isinstance(app.screen, MeasuresScreen)
        assert drawn[4].startswith(" > R Falls, 5 days                   13 <=5      *up    _________^")
        assert " A real change: the last value lies above what chance alone would give." in drawn
        drawn = await pressed(pilot, *["down"] * 5)
        assert any(one.startswith(" Mon 16 Nov to Fri 27 Nov: 5.1, 5, 6.8,") and one.endswith("7.9 %") for one in drawn)
        drawn = await pressed(pilot, "up", "up")
        assert any(one.startswith(" Most values are the same as the one before") for one in drawn)
    for node, measure in (("4-west", "Falls bundle"), ("cardiac", "Sick leave")):
        app = screens_of(house[node], plain=True)
        async with app.run_test(size=SIZE) as pilot:
            await settled(pilot)
            assert "m Measures" in picture(app)[-2]
            assert any(measure in one for one in await pressed(pilot, "m"))


async def test_what_is_stuck_opens_with_its_plan_and_who_has_it(house: House) -> None:
    app = screens_of(house["executive"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, "end", "enter")
        assert isinstance(app.screen, FollowUpsScreen)
        assert "with Surgery" in line(drawn, "Theatre: Transport to theatre late")
        assert any("no plan yet" in one for one in drawn)
        await pressed(pilot, "enter")

        assert type(pilot.app.screen) is ProblemScreen


async def test_the_roll_call_of_departments_is_the_drawing(house: House) -> None:
    house.put("08:49")
    app = screens_of(house["executive"], plain=True)
    async with app.run_test(size=(80, 30)) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, *START, "right")

        assert drawn[1].endswith("signs: J. Cole/R. Okafor")
        assert drawn[2] == " How are we doing now?  Roll call, 51 s each       Space = heard   Enter = open"
        assert drawn[3] == "   Department    Told   Held     M E S S  Falls   Other harm        Met      Up"
        assert line(drawn, "Cardiac  ").startswith(">  Cardiac       08:27  4 of 4   G A G R  4 in 2  1 med 1 pressure")
        assert line(drawn, "Support").startswith(
            "   Support       no              . . . .  no word; may have held it ring"
        )
        assert line(drawn, "FALLS") == " FALLS      9 in 5 units.  7 looked into.  Standard kept in 2 of 7."
        assert "   pattern  toileting 5 of 7, fourth week running: Cardiac, Medicine, Emergency" in drawn
        assert "   doing    Cardiac: hourly rounds on Step-down, due today" in drawn
        assert "   learned  Cardiac: night light and slipper check" in drawn
        assert line(drawn, "MEDICATION").endswith("3 in 3 units.  3 looked into.  No pattern.")
        assert " STAFFING   not ready in 5 units of 3 departments; 12 of the last 20 days" in drawn
        await pressed(pilot, "space", "space")
        desk = house["executive"]
        assert [one.heard for one in rollcalls.call(desk, huddles.sitting(desk)).areas][:3] == [True, True, False]


async def test_each_line_of_the_house_opens_to_plan_who_and_follow_up(house: House) -> None:
    house.put("08:49")
    app = screens_of(house["executive"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, *START, "right", *["down"] * 7, "enter")
        assert isinstance(app.screen, FollowUpsScreen)
        assert "with Cardiac" in line(drawn, "Bed alarms silent")
        assert "due today" in line(drawn, "plan: hourly rounds on Step-down")
        assert any("solved: night light and slipper check" in one for one in drawn)
        drawn = await pressed(pilot, "escape", *["down"] * 4, "enter")

        assert drawn[2].startswith(" STAFFING  not ready in 5 units of 3 departments")
        assert any("2 RN short until 19:00" in one for one in drawn)


async def test_no_screen_of_the_executives_ranks_places(house: House) -> None:
    """The order of departments is that of the site or the alphabet, whatever they told."""
    desk = house["executive"]
    told = [one.name for one in rollcalls.call(desk, huddles.sitting(desk)).areas]

    assert told == sorted(told)
    assert [one.key for one in patterns.listed(desk)] == [one.key for one in patterns.listed(desk)]
