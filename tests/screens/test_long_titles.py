"""What is wrong is said whole in Plan, Help and Close, where there is room for it beside what else stands there."""

import pytest

from tests.screens.hospital import Drawn, screens_of
from tests.screens.pictures import picture, settled
from tests.screens.test_huddle import line, pressed, typed

_TITLE = "Warm blankets gone by six in the morning"
SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
async def test_a_long_title_is_whole_in_plan_help_and_close(quiet: Drawn, size: tuple[int, int]) -> None:
    quiet.put("07:16")
    west = quiet["4-west"]
    app = screens_of(west, plain=True)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pressed(pilot, "enter", "enter", "f2", *typed(_TITLE), "enter", "right", "right")
        drawn = await pressed(pilot, "right") if "What is our plan?" not in picture(app)[3] else picture(app)
        assert "What is our plan?" in drawn[3]
        assert any(_TITLE in one for one in drawn)
        drawn = await pressed(pilot, "right")
        assert any(_TITLE in one for one in drawn)
        await pressed(pilot, "e", *typed("ten blankets"), "enter", "enter", "enter", "enter")
        drawn = await pressed(pilot, "right")

        assert "What goes up" in drawn[3]
        assert line(drawn, _TITLE).startswith("   ")
        assert '"ten' in line(drawn, _TITLE)
