"""The department director's screens, drawings 7, 8 and 9: fifteen units, what came up of them, one answer for many."""

from dataclasses import replace
from datetime import timedelta

import pytest

from screens.pattern import PatternScreen
from tests.screens.department import Department, chosen, pumps, stepped
from tests.screens.hospital import MONDAY, WEDNESDAY, Drawn, screens_of
from tests.screens.pictures import IN_TOUCH, SIZES, assert_same, assert_same_at_each, picture, settled
from tests.screens.test_huddle import SIZE, line, pressed, typed
from tests.services.hospital import at
from wsq_huddle.config.tables import Person
from wsq_huddle.domain.problems import Assigned
from wsq_huddle.services import huddles, patterns, problems, steps


async def test_today_says_who_has_told_us_and_what_came_up(fifteen: Department) -> None:
    app = screens_of(fifteen["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await settled(pilot)
        drawn = picture(app)

    assert drawn[5:19] == [
        " UNITS  10 of 15 told us     no word 3     no huddle 1     not yet 1",
        "   ? 5 North, 5 East, Tele 6   no word since 07:10; may have held it",
        "   - 5 South        no huddle: two rapid responses (07:41)           ring 4410",
        "   A Echo           not yet, was due 07:15                           ring 4410",
        " CAME UP (10)                                               1 urgent, 1 pattern",
        "   ! 4 West         Fall 07:24, to know           07:19   not seen yet, 31 min",
        "   = PUMPS          4 East, 4 West, CCU                          3 units today",
        "   ^ CVICU          Isolation room 3 pressure                         by 09:00",
        "   ^ 4 West         2 RN short until 19:00                            by 10:00",
        "   ^ Step-down      Bariatric bed missing                             by 12:00",
        "   ^ Cath Lab       Stat lab over 60 min                              by 15:00",
        "   ^ 4 West         Bed alarm 14 also silent                          by 16:00",
        "   ^ Clinic         Interpreter phone dead                            by 16:00",
        " THIS MORNING",
    ]


async def test_k_on_the_heading_takes_all_below(fifteen: Department) -> None:
    app = screens_of(fifteen["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, "down")
        assert line(drawn, "CAME UP (10)").startswith(">CAME UP (10)")
        drawn = await pressed(pilot, "k")

        assert drawn[21] == " Got it: 9 problems. Those who asked see that we have it."
        cardiac = fifteen["cardiac"]
        held = [one for one in problems.listed(cardiac, limit=200) if one.holder == "cardiac" and one.hops]
        assert len(held) == 9
        assert all(one.acknowledged_at is not None for one in held)
        assert not line(drawn, "CAME UP").startswith(">"), "nothing below waits to be taken"


async def test_a_pattern_is_handed_on_from_today_as_one_and_a_late_one_joins(fifteen: Department) -> None:
    app = screens_of(fifteen["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await chosen(pilot, "PUMPS")
        drawn = await pressed(pilot, "a")
        assert any(one.startswith("-- HAND TO: PUMPS, 3 problems ---") for one in drawn)
        await pressed(pilot, *typed("biom"), "enter", *typed("find three"), "enter", *typed("12"), "enter")
        fifteen.deliver()
        first = pumps(fifteen)
        assert [problems.read(fifteen["cardiac"], one).holder for one in first] == ["repair"] * 3
        kinds = [[told.kind for told in problems.story_of(fifteen["cardiac"], one)] for one in first]
        assert all(Assigned.kind in told for told in kinds), "each has it in its own story"

        fifteen.cut.clear()
        fifteen.put("07:56")
        app.show_all()
        await settled(pilot)
        drawn = await chosen(pilot, "Pump lent to 4 West")
        assert line(drawn, "Pump lent to 4 West").endswith("like PUMPS (j joins)")
        assert " j Join " in drawn[22]
        await pressed(pilot, "j")

        late = problems.read(fifteen["cardiac"], pumps(fifteen)[-1])
        assert (late.origin, late.holder) == ("5-east", "repair")
        assert late.ask is not None
        assert (late.ask.need, late.ask.by) == ("find three", at("12:00", MONDAY))


async def test_several_that_come_again_are_one_line_and_join_with_one_key(fifteen: Department) -> None:
    first, *again = pumps(fifteen)
    patterns.assign(fifteen["cardiac"], [first], to="repair", need="find one")
    app = screens_of(fifteen["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await chosen(pilot, "PUMPS")
        assert line(drawn, "PUMPS").endswith("  as before: j joins")
        assert "   4 West, CCU   " in line(drawn, "PUMPS")
        assert drawn[22].startswith(" Enter Open   k Got it   j Join ")
        await pressed(pilot, "j")

        found = [problems.read(fifteen["cardiac"], one) for one in again]
        assert [(one.holder, one.ask.need if one.ask else "") for one in found] == [("repair", "find one")] * 2


async def test_enter_on_a_pattern_opens_it_with_its_members(fifteen: Department) -> None:
    app = screens_of(fifteen["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await chosen(pilot, "PUMPS")
        drawn = await pressed(pilot, "enter")
        assert isinstance(app.screen, PatternScreen)
        assert " WAITING HERE (3)" in "\n".join(drawn)
        await pressed(pilot, "down", "t", *typed("yours is in the store"), "enter")

        first, *others = (problems.read(fifteen["cardiac"], one) for one in pumps(fifteen))
        assert first.holder == first.origin, "a verb on a member is for that one alone"
        assert [one.holder for one in others] == ["cardiac", "cardiac"]


async def test_a_day_on_which_nothing_came_up_says_so(quiet: Drawn) -> None:
    quiet.put("07:50")
    app = screens_of(quiet["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)

        assert any("Nothing has come up, and nothing waits for you." in one for one in picture(app))


async def test_fifteen_areas_fill_the_roll_call_exactly_and_line_22_tells_of_the_chosen_one(
    fifteen: Department,
) -> None:
    fifteen.told()
    app = screens_of(fifteen["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pressed(pilot, "enter")
        await stepped(pilot, "STATUS")
        drawn = await pressed(pilot, "down", "down", "down")

    assert drawn[2] == " How are we doing now?  Roll call, 32 s each   Space = heard  Enter = its needs"
    assert [one[3:13].strip() for one in drawn[4:19]] == [
        "4 West", "4 East", "5 North", "5 East", "5 South", "CCU", "CVICU", "Step-down", "Tele 6", "Cath Lab",
        "EP Lab", "Echo", "Rehab", "Clinic", "Biomed",
    ]  # fmt: skip
    assert drawn[4] == "   4 West      07:27   G G A R   1 fall                    2 of 2    4"
    assert drawn[7] == ">  5 East      07:36*  G A G G   1 medication event        2 of 2    1 pump"
    assert drawn[8] == "   5 South     no      . . . .   no huddle: two rapid responses      ring 4410"
    assert drawn[10] == "   CVICU       07:26   G A G G   1 pressure injury         2 of 2    1 by 09:00"
    assert drawn[19].endswith(" 4 lines of our own below;  M methods, E equipment, S supplies, S staff ---")
    assert drawn[20].startswith(" 13 of 15 told us.  5 all ready.  Falls 3 in 2 units, 0 looked into.")
    assert drawn[21] == " 5 East: Pump lent to 4 West not back   * held on time, reached us 07:56"


async def test_the_late_one_joins_the_roll_call_by_itself(fifteen: Department) -> None:
    fifteen.told()
    app = screens_of(fifteen["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pressed(pilot, "enter")
        drawn = await stepped(pilot, "STATUS")
        assert line(drawn, "Echo").startswith("   Echo        no      . . . .   no huddle")
        echo = fifteen["echo"]
        huddles.open_today(echo, leader="M. Ito")
        looked = steps.look(echo, huddles.sitting(echo))
        asked = [one.item for lines in looked.asked.values() for one in lines if one.item.asks]
        steps.fine(echo, huddles.sitting(echo), asked)
        huddles.close(echo, huddles.sitting(echo))
        fifteen.deliver()
        await settled(pilot)

        assert line(picture(app), "Echo").startswith("   Echo        08:07   G G G G   nothing to report")


PICTURES = {
    "fifteen-today": ("07:50", []),
    "fifteen-roll-call": ("08:07", ["STATUS"]),
    "fifteen-help": ("08:14", ["HELP"]),
}


@pytest.mark.parametrize("name", PICTURES)
async def test_each_screen_looks_as_it_did(fifteen: Department, name: str) -> None:
    app = screens_of(_at(fifteen, name)["cardiac"])
    drawn = await assert_same_at_each(app, name, SIZES, keys=_KEYS[name], mono=True, link=IN_TOUCH)

    for (_, high), lines in zip(SIZES, drawn, strict=True):
        assert len(lines) == high
        assert "● in touch 0" in lines[0]
        assert lines[-1].startswith(" F1 Help")
    head = drawn[0][2] if name == "fifteen-today" else drawn[0][1]
    assert head.endswith(_HEADS[name])


@pytest.mark.parametrize("name", PICTURES)
async def test_on_an_old_console_all_of_it_is_ascii_without_colours(fifteen: Department, name: str) -> None:
    app = screens_of(_at(fifteen, name)["cardiac"], plain=True)
    app.theme = "ansi"
    drawn = await assert_same(app, f"{name}-ascii", keys=_KEYS[name], link=IN_TOUCH)

    assert all(one.isascii() for one in drawn)


_KEYS = {
    "fifteen-today": ["down", "down"],
    "fifteen-roll-call": ["enter", "right", "space", "space", "space"],
    "fifteen-help": ["enter", "right", "right", "right", "down", "down", "down"],
}


_HEADS = {
    "fifteen-today": " HUDDLE 08:00, in 10 min, 20 min.  Leads: J. Whitfield.  Covers: S. Lind.",
    "fifteen-roll-call": "signs: S. Lind, covers",
    "fifteen-help": "signs: S. Lind, covers",
}
"""What says who leads and who covers."""


def _at(hospital: Department, name: str) -> Department:
    """The hospital as it is at the time of that picture."""
    cardiac = hospital["cardiac"]
    people = (Person(name="J. Whitfield", role="leads"), Person(name="S. Lind", role="covers"))
    cardiac.settings = replace(cardiac.settings, people=people)
    if name == "fifteen-today":
        _furnished(hospital)
    else:
        hospital.told()
    if name == "fifteen-help":
        hospital.begun()
    return hospital


def _furnished(hospital: Department) -> None:
    """What else stands on Today of the department: an answer for it, what is its own, how its targets stand."""
    cardiac = hospital["cardiac"]
    hospital.clock.put("08:02", WEDNESDAY - timedelta(days=1))
    days = {"Monitor leads wear out": -2, "Stock room door sticks": -1, "Handover sheet too long": 2}
    for title, day in days.items():
        one = problems.raise_at(cardiac, title=title, category="equipment")
        problems.plan(cardiac, one.id, what="see to it", owner="S. Lind", due=MONDAY + timedelta(days=day))
    nurses = problems.raise_at(cardiac, title="Agency nurses", category="staff")
    problems.escalate(cardiac, nurses.id, need="until Sunday?")
    hospital.deliver()
    hospital.clock.put("08:05", WEDNESDAY)
    sitting = huddles.sitting(cardiac, on=WEDNESDAY)
    for measure, value in (("falls", "4"), ("pressure-injuries", "0"), ("home-by-11", "24"), ("sick-leave", "6.8")):
        huddles.answer(cardiac, sitting, measure, value)
    hospital.clock.put("17:05", WEDNESDAY)
    problems.give_back(hospital["executive"], nurses.id, answer="yes, to Sun 6 Dec")
    hospital.put("07:50")


async def test_the_members_of_a_pattern_look_as_they_did(fifteen: Department) -> None:
    (one,) = patterns.listed(fifteen["cardiac"])
    assert one.key == "equipment/pump"
    await assert_same(screens_of(fifteen["cardiac"]), "fifteen-pattern-80x24", keys=["down", "down", "down", "enter"])
