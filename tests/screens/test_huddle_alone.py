"""A huddle does not wait for anybody: a hub that answers after half a minute, an hour's interruption, a slow disk."""

import time
from datetime import timedelta

import pytest

from screens.head import time_left
from screens.huddle import HuddleScreen
from tests.screens.hospital import MONDAY, Drawn, screens_of
from tests.screens.pictures import picture, settled
from tests.screens.test_huddle import SIZE, pressed, typed
from tests.services.hospital import at
from wsq_huddle.services import huddles


@pytest.fixture
def quiet(quiet: Drawn) -> Drawn:
    quiet.put("07:16")
    return quiet


async def test_no_key_waits_while_another_writes_for_long(quiet: Drawn) -> None:
    west = quiet["4-west"]
    app = screens_of(west, plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pressed(pilot, "enter", "enter", "right")
        screen = app.screen
        assert isinstance(screen, HuddleScreen)
        screen.behind(lambda: time.sleep(3))
        begun = time.monotonic()
        chosen = []
        for _ in range(4):
            await pilot.press("space")
            chosen.append(screen.chosen)

        assert time.monotonic() - begun < 2
        assert len(set(chosen)) == 4
        await settled(pilot)
        await app.writer.drained()
        one = huddles.sitting(west).huddle
        assert one is not None
        assert len(one.answers) == 4


async def test_who_leaves_a_huddle_by_a_key_was_not_called_away(quiet: Drawn) -> None:
    app = screens_of(quiet["4-west"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pressed(pilot, "enter", "enter", "right", "down", "down", "escape")
        quiet.put("07:20")
        drawn = await pressed(pilot, "enter")

        assert drawn[6].startswith("           > . Supplies")
        assert "called away" not in "".join(drawn)


async def test_a_huddle_that_was_left_says_from_when_to_when_and_is_on_the_same_line(quiet: Drawn) -> None:
    west = quiet["4-west"]
    app = screens_of(west, plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pressed(pilot, "enter", "enter", "right", "down", "down", "enter", *typed("linen sh"), "escape")
    quiet.put("07:20")
    app = screens_of(west, plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, "enter")

        assert drawn[1].startswith(" +Last time  +Targets  [STATUS]")
        assert drawn[21] == ' You were called away 07:16 to 07:20.  Kept: "linen sh"  Enter go on'
        assert drawn[6].startswith("           > . Supplies")
        drawn = await pressed(pilot, "enter")
        assert any("What is missing?  linen sh" in line for line in drawn)


async def test_a_step_with_nothing_in_it_ticks_itself_and_the_others_do_not(quiet: Drawn) -> None:
    app = screens_of(quiet["4-west"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, "enter", "enter")

        assert drawn[1].startswith(" +Last time  [TARGETS]  Status  +Plan  +Help  Close")


async def test_a_click_on_a_step_goes_there(quiet: Drawn) -> None:
    app = screens_of(quiet["4-west"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, "enter", "enter")
        await pilot.click("Steps", offset=(drawn[1].index("Status") + 1, 0))
        await settled(pilot)

        assert "[STATUS]" in picture(app)[1]


async def test_over_time_counts_up_and_hurries_nobody(quiet: Drawn) -> None:
    app = screens_of(quiet["4-west"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pressed(pilot, "enter", "enter")
        quiet.put("07:28")
        drawn = await pressed(pilot, "right")

        assert drawn[0].startswith(" 4 West huddle               Mon 30 Nov 07:28    +3 min")


def test_the_time_left_counts_minutes_and_seconds_only_in_the_last_one() -> None:
    ends = at("07:25", MONDAY)

    assert time_left(ends, ends - timedelta(minutes=8, seconds=40)) == "9 min left"
    assert time_left(ends, ends - timedelta(seconds=59)) == "59 s left"
    assert time_left(ends, ends + timedelta(minutes=3, seconds=5)) == "+3 min"
