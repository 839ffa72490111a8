"""The huddle of a unit, step by step, by the keys that people press."""

from typing import Any

import pytest
from textual.pilot import Pilot

from screens import keys
from screens.field import Field
from screens.huddle import HuddleScreen
from tests.screens.hospital import Drawn, screens_of
from tests.screens.pictures import picture, settled
from wsq_huddle.domain.huddles import State
from wsq_huddle.services import huddles, problems
from wsq_huddle.services.desk import Desk

SIZE = (80, 24)


@pytest.fixture
def quiet(quiet: Drawn) -> Drawn:
    """A morning on which nothing is the matter."""
    quiet.put("07:16")
    return quiet


@pytest.fixture
def busy(busy: Drawn) -> Drawn:
    """The morning of the drawings."""
    busy.put("07:16")
    return busy


async def pressed(pilot: Pilot[Any], *names: str) -> list[str]:
    """Press keys one after the other, each when the last one was answered; give what is on the screen then."""
    for name in names:
        await pilot.press(name)
        if len(name) > 1 or not isinstance(pilot.app.focused, Field):
            await settled(pilot)
    await settled(pilot)
    return picture(pilot.app)


def typed(words: str) -> list[str]:
    """Name the keys of words."""
    return ["space" if letter == " " else letter for letter in words]


def line(drawn: list[str], words: str) -> str:
    """Give the one line with these words."""
    (found,) = [one for one in drawn if words in one]
    return found


def unit(hospital: Drawn) -> Desk:
    return hospital["4-west"]


async def test_a_quiet_unit_holds_its_default_huddle_in_at_most_20_keys(quiet: Drawn) -> None:
    app = screens_of(unit(quiet), plain=True)
    held = ["enter", "enter", "right", "g", "g", "g", "g", "space", "g", "7", "space", "space", "space", "enter"]
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, *held)

        one = huddles.sitting(unit(quiet))
        assert len(held) <= 20
        assert one.state is State.CLOSED
        assert one.huddle is not None
        assert one.huddle.present == 7
        assert one.huddle.summary is not None
        assert one.huddle.summary.complete
        assert drawn[3].startswith(" Huddle closed 07:16. It took 1 min. Thank you.")


async def test_space_alone_holds_it_too(quiet: Drawn) -> None:
    app = screens_of(unit(quiet), plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pressed(pilot, "enter", "enter", *["space"] * 21, "enter")

        assert huddles.sitting(unit(quiet)).state is State.CLOSED


async def test_enter_alone_signs_as_the_role_and_a_name_signs_all_that_follows(quiet: Drawn) -> None:
    app = screens_of(unit(quiet), plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, "enter", "enter")

        assert drawn[1].endswith("signs: charge nurse")
        assert unit(quiet).author == "4 West charge nurse"
        assert drawn[0].startswith(" 4 West huddle               Mon 30 Nov 07:16    9 min left")


async def test_what_came_back_is_read_out_confirmed_and_done(busy: Drawn) -> None:
    app = screens_of(unit(busy), plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, "enter", *typed("Ana"), "enter")
        assert drawn[3] == " What came back, and what did we promise?       Space = said, next  0 of 5 done"
        assert drawn[9] == "     solved, they say.  Did it work?          y Yes, fixed     x Not fixed"

        drawn = await pressed(pilot, "space", "space", "y", "space", "space")
        assert line(drawn, "IV pumps").endswith("read out")
        assert line(drawn, "Night RN").endswith("fixed")
        assert line(drawn, "slings").endswith("done")
        assert "5 of 5 done" in drawn[3]
        answer = problems.read(unit(busy), busy.pumps).answer
        assert answer is not None
        assert answer.read_at is not None


async def test_what_is_not_fine_is_told_and_stands_in_plan_and_help_by_itself(busy: Drawn) -> None:
    app = screens_of(unit(busy), plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pressed(
            pilot, "enter", "enter", "right", "right", "down", "down", "enter", *typed("linen short"), "enter"
        )
        drawn = await pressed(pilot, "enter", *typed("2 RN short"), "tab", "space", "enter")
        assert line(drawn, "linen short").endswith("needs a plan")
        assert line(drawn, "2 RN short").startswith("             R Staff")

        drawn = await pressed(pilot, "right")
        assert drawn[3] == " What is our plan?                               3 have no plan and no help yet"
        drawn = await pressed(pilot, "p", *typed("ring the pool"), "enter", "enter", *typed("today"), "enter")
        assert line(drawn, "2 RN short").endswith("planned")
        drawn = await pressed(
            pilot, "e", *typed("ten sheets"), "enter", *typed("rang twice"), "enter", "enter", "enter"
        )
        assert line(drawn, "linen short").endswith("help asked")
        drawn = await pressed(pilot, "space", "left")
        assert line(drawn, "Linen short").endswith("we watch it")
        assert "all have a plan or help" in drawn[3]
        drawn = await pressed(pilot, "right")
        assert sum("linen short" in row for row in drawn) == 1

        (asked,) = [one for one in problems.listed(unit(busy)) if one.title == "linen short"]
        assert (asked.holder, asked.about) == ("cardiac", "4-west/supplies")
        assert asked.escalation is not None
        assert (asked.escalation.need, asked.escalation.tried) == ("ten sheets", "rang twice")


async def test_watching_is_an_answer_and_close_says_what_has_no_plan(busy: Drawn) -> None:
    app = screens_of(unit(busy), plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pressed(
            pilot, "enter", "enter", "right", "right", "enter", *typed("one"), "enter", "enter", *typed("two"), "enter"
        )
        drawn = await pressed(pilot, "right", "space", "right", "right")

        assert "2 have no plan and no help" in drawn[3]
        assert "methods: attention; equipment: attention" in line(drawn, "Summary")


async def test_a_digit_on_a_line_without_a_number_is_told_so(quiet: Drawn) -> None:
    app = screens_of(unit(quiet), plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, "enter", "enter", "right", "2")

        assert drawn[21] == " This line takes no number: Space says it is fine, Enter opens it."


async def test_digits_type_numbers_into_the_chosen_line_and_leaving_it_counts_them(quiet: Drawn) -> None:
    app = screens_of(unit(quiet), plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, "enter", "enter", "right", "g", "1", "2", "backspace")
        assert line(drawn, "Falls   ").startswith(" LOOK BACK > . Falls             1_")
        drawn = await pressed(pilot, "down")
        assert line(drawn, "1 to look at").startswith(" LOOK BACK   1 Falls")
        drawn = await pressed(pilot, "g", "3", "space", "space", "9", "space")
        assert "  3 High fall risk" in line(drawn, "High fall risk")
        assert "9 of 10" in line(drawn, "Falls bundle")
        assert "R" in line(drawn, "Falls bundle")


async def test_each_event_has_a_card_and_is_looked_into(quiet: Drawn) -> None:
    app = screens_of(unit(quiet), plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pressed(pilot, "enter", "enter", "right", "g", "2", "enter", "up", "enter")
        drawn = await pressed(pilot, *typed("night light"), "enter", "space", "enter", "n", "enter", "enter", "enter")
        assert any("FALLS: 2 of 2" in one for one in drawn)
        drawn = await pressed(pilot, "escape")
        assert line(drawn, "1 to look at").startswith(" LOOK BACK > 2 Falls")

        one = huddles.sitting(unit(quiet))
        answer = one.huddle.answer("4-west/fall") if one.huddle else None
        assert answer is not None
        assert answer.cards[0].looked_into
        assert (answer.cards[0].cause, answer.cards[0].standard_kept.value, answer.did[0]) == (
            "toileting",
            "no",
            "night light",
        )


async def test_a_target_is_changed_for_today_and_counts_at_once(quiet: Drawn) -> None:
    app = screens_of(unit(quiet), plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, "enter", "enter", "enter", "2", "enter")

        assert "target <= 2  changed for today" in line(drawn, "Falls, 5 days")


async def test_raising_a_problem_costs_at_most_6_keys_besides_its_title(quiet: Drawn) -> None:
    app = screens_of(unit(quiet), plain=True)
    around = ["f2", "enter"]
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pressed(pilot, "enter", "enter")
        await pressed(pilot, around[0], *typed("Bed alarm dead"), around[1])

        assert len(around) <= 6
        assert [one.title for one in problems.listed(unit(quiet))] == ["Bed alarm dead"]


async def test_a_closed_huddle_is_opened_again_and_goes_on(quiet: Drawn) -> None:
    app = screens_of(unit(quiet), plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pressed(pilot, "enter", "enter", *["right"] * 5, "end", "enter")
        assert huddles.sitting(unit(quiet)).state is State.CLOSED
        drawn = await pressed(pilot, "o")
        assert huddles.sitting(unit(quiet)).state is State.OPEN
        assert any("[ Close the huddle ]" in one for one in drawn)


async def test_without_network_close_says_that_everything_is_safe(busy: Drawn) -> None:
    busy.cut.add("4-west")
    app = screens_of(unit(busy), plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pressed(pilot, "enter", "enter", *["right"] * 2, "g", "g", "g", "g", "space", "g", *["right"] * 3)
        busy.clock.put("07:36", busy.clock().date())
        drawn = await pressed(pilot, "end", "enter")

        told = "\n".join(drawn)
        assert "NO NETWORK SINCE" in told
        words = " ".join(told.split())
        assert "They are safe on this computer, also while it is off." in words
        assert "They go by themselves while this window is open." in words
        assert "Leave this window open no sender works without it (checked 07:36)" in words
        assert "If it is urgent ring Cardiac, 4420" in words
        assert "No network still at 08:00? w prints the sheet to carry or read out" in words
        assert huddles.sitting(unit(busy)).state is State.CLOSED


async def test_no_step_shows_a_key_that_does_nothing(busy: Drawn) -> None:
    app = screens_of(unit(busy), plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pressed(pilot, "enter", "enter")
        screen = app.screen
        assert isinstance(screen, HuddleScreen)
        for at in range(6):
            screen.go(at)
            await settled(pilot)
            for one in (None, *screen.lines.lines):
                if one is not None and one.id:
                    screen.lines.choose(one.id)
                    await settled(pilot)
                for offer in screen.offers():
                    key = offer if isinstance(offer, str) else offer[0]
                    assert hasattr(screen, f"action_{key}"), key
                    assert keys.BY_ID[key].keys
                    assert screen.check_action(key, ()) is True, key
