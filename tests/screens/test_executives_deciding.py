"""Help of the executives: one decision at a time, its answer typed in place, in the name of who leads."""

import pytest

from screens.huddle import HuddleScreen
from screens.patience import PRODUCT, Patience
from tests.screens.hospital import MONDAY, screens_of
from tests.screens.house import House
from tests.screens.pictures import picture, settled
from tests.screens.test_huddle import line, pressed, typed
from tests.services.hospital import at
from wsq_huddle.domain.problems import State
from wsq_huddle.services import problems

SIZE = (80, 24)
START = ["enter", *typed("R. Okafor"), "enter", *typed("J. Cole"), "enter"]


@pytest.fixture
def house(house_mould: House) -> House:
    """The whole house, for one test that does something in it."""
    return house_mould.copy()


async def test_one_decision_at_a_time_with_what_was_tried_and_what_is_bigger(house: House) -> None:
    house.put("08:54")
    app = screens_of(house["executive"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, *START, "right", "right", "right")

        assert drawn[3] == " How can we help?              3 to decide, none done.   2 to know, none heard."
        assert line(drawn, "asks").strip() == "asks     pay agency?"
        assert (
            line(drawn, "float pool")
            == "   4 West   tried: float pool empty, rang 6 off duty                      07:24"
        )
        assert line(drawn, "none free").startswith("   Cardiac  tried: asked Medicine and Surgery, none free")
        assert "   bigger   staff not ready in 5 units of 3 departments; 12 of last 20 days" in drawn
        assert "   before   Wed 18 Nov agency RN in 4 h (Executive). Mon 9 Nov in 6 h." in drawn


async def test_today_and_help_have_one_order_and_beside_its_details_a_long_title_is_whole(house: House) -> None:
    house.put("08:30")
    cardiac = house["cardiac"]
    one = problems.raise_at(cardiac, title="Discharge lounge closed at weekends, 12 patients wait in beds")
    problems.escalate(cardiac, one.id, need="open it on Saturdays?", by=at("16:00", MONDAY))
    house.put("08:54")
    app = screens_of(house["executive"], plain=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        words = ("2 RN short", "ED boards", "Pumps: 11", "Discharge lounge", "Fall 07:40", "CT 2 down")

        def order(drawn: list[str]) -> list[str]:
            return [word for one in drawn for word in words if word in one[:40]]

        assert order(picture(app)) == list(words), "urgent, by the time wanted, by age; then what is to be known"
        drawn = await pressed(pilot, *START, "right", "right", "right")
        assert order(drawn) == list(words)
        at_line = drawn.index(line(drawn, "Discharge lounge"))
        assert [one[5:45].strip() for one in drawn[at_line : at_line + 3]] == [
            "Discharge lounge closed at weekends, 12",
            "patients wait in beds: open it on",
            "Saturdays?",
        ]
        await pressed(pilot, "down", "down", "down", "enter", *typed("yes, from 5 Dec"), "enter")

        assert order(picture(app)) == list(words), "nothing moves because it is done"


async def test_the_answer_is_typed_in_place_and_goes_back_in_the_name_of_who_leads(house: House) -> None:
    house.put("08:54")
    app = screens_of(house["executive"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, *START, "right", "right", "right", "enter", *typed("yes, two"))
        assert line(drawn, "Answer:").strip() == "Answer:  yes, two"
        assert drawn[-2].startswith(" Enter Send back   Tab Send back, solved, plan here   Esc Keep for later")
        drawn = await pressed(pilot, "enter")

        assert line(drawn, "3 to decide").endswith("3 to decide, 1 done.   2 to know, none heard.")
        assert line(drawn, "yes, two").startswith("   + 4 West 2 RN short until 19:00")
        assert drawn[5].startswith(" > A ED boards"), "the list stays, and the next one is chosen"
    answer = problems.read(house["executive"], house.short).answer
    assert answer is not None
    assert (answer.text, answer.solved, answer.signed) == ("yes, two", False, "J. Cole for R. Okafor")
    house.deliver()
    assert problems.read(house["cardiac"], house.short).holder == "cardiac"


async def test_a_plan_of_ours_is_seen_at_once_what_leaves_only_after_its_seconds(house: House) -> None:
    house.put("08:54")
    app = screens_of(house["executive"], plain=True, patience=Patience())
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        back = await pressed(pilot, *START, "right", "right", "right", "enter")
        solved = await pressed(pilot, "tab")
        plan = await pressed(pilot, "tab")

        for drawn in (back, solved):
            assert line(drawn, " see it").endswith("see it 3 s after Enter (u takes it back).")
        assert line(plan, " see it").endswith("see it at once.")


async def test_tab_makes_the_answer_a_solution_or_a_plan_of_ours(house: House) -> None:
    house.put("08:54")
    app = screens_of(house["executive"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pressed(pilot, *START, "right", "right", "right", "down", "enter")
        drawn = await pressed(pilot, *typed("open 6 North"), "tab")
        assert "(x) solved" in "\n".join(drawn)
        assert drawn[-2].startswith(" Enter Solved ")
        await pressed(pilot, "enter", "enter", *typed("rent 12"), "tab", "tab", "enter")

        drawn = picture(app)
        assert line(drawn, "3 to decide").endswith("3 to decide, 2 done.   2 to know, none heard.")
    assert problems.read(house["executive"], house.boards).state is State.RESOLVED
    pumps = problems.read(house["executive"], house.pumps)
    assert (pumps.what, pumps.holder, pumps.state) == ("rent 12", "executive", State.OPEN)


async def test_what_leaves_waits_and_is_taken_back_into_the_same_line(house: House) -> None:
    house.put("08:54")
    app = screens_of(house["executive"], plain=True, patience=PRODUCT)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pressed(pilot, *START, "right", "right", "right", "down", "enter", *typed("not today"))
        drawn = await pressed(pilot, "enter")
        assert line(drawn, "u takes it back").startswith(" Emergency gets it in 10 s")
        drawn = await pressed(pilot, "u")

        assert line(drawn, "Answer:").strip() == "Answer:  not today"
        assert problems.read(house["executive"], house.boards).answer is None


async def test_an_answer_that_did_not_leave_before_the_program_ended_is_there_again(house: House) -> None:
    house.put("08:54")
    desk = house["executive"]
    async with screens_of(desk, plain=True, patience=PRODUCT).run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pressed(pilot, *START, "right", "right", "right", "down", "enter", *typed("not today"), "enter")
    async with screens_of(desk, plain=True, patience=PRODUCT).run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, "u")

        assert line(drawn, "Answer:").strip() == "Answer:  not today"
    assert problems.read(desk, house.boards).answer is None


async def test_what_is_to_be_known_is_heard_with_space(house: House) -> None:
    house.put("08:54")
    app = screens_of(house["executive"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, *START, "right", "right", "right", *["down"] * 3, "space")
        assert line(drawn, "3 to decide").endswith("2 to know, 1 heard.")
        await pressed(pilot, "space")

        assert isinstance(app.screen, HuddleScreen)
    fall = problems.read(house["executive"], house.fall)
    assert fall.seen["executive"] >= fall.turn
