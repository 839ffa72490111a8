"""A unit at which nothing was entered for days: the department reads it wherever it looks before it rings."""

from datetime import timedelta

import pytest

from tests.screens.hospital import MONDAY, Drawn
from tests.screens.walking import walking
from wsq_huddle.services import huddles


@pytest.mark.parametrize(
    ("clock", "said"), [("07:50", "not yet, not used since Mon"), ("08:02", "no huddle, not used since Mon")]
)
async def test_a_department_reads_since_when_a_unit_was_not_used(quiet: Drawn, clock: str, said: str) -> None:
    quiet.clock.put("07:15", MONDAY)
    unit = quiet["4-west"]
    huddles.open_today(unit)
    huddles.close(unit, huddles.sitting(unit))
    quiet.deliver()
    quiet.clock.put(clock, MONDAY + timedelta(days=3))
    quiet.deliver()

    async with walking(quiet, key="cardiac") as walk:
        assert said in walk.line("4 West")
        await walk.press("c")
        assert "not used since Mon" in walk.line("4 West")
        await walk.press("escape", "enter", "enter", "enter")
        await walk.step("STATUS")
        assert "not used since Mon" in walk.line("4 West")
