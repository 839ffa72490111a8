"""The countdown: line 1 has the time left of the huddle, the line under the steps quietly that of the open step."""

import pytest

from screens.drawn import Pen
from screens.line import drawn, rule
from screens.marks import Tone
from tests.screens.hospital import MONDAY, Drawn, screens_of
from tests.screens.pictures import settled
from tests.screens.test_huddle import SIZE
from tests.screens.walking import Walk
from wsq_huddle.services import huddles


@pytest.mark.parametrize(
    ("clock", "left", "step"),
    [
        ("07:15", "10 min left", "2 min for this step"),
        ("07:19", "6 min left", "1 min for this step"),
        ("07:20", "5 min left", "0 min for this step"),
        ("07:23", "2 min left", "+3 min"),
        ("07:28", "+3 min", "+8 min"),
    ],
)
async def test_each_step_has_its_part_of_the_huddle(quiet: Drawn, clock: str, left: str, step: str) -> None:
    quiet.put("07:15", MONDAY)
    huddles.open_today(quiet["4-west"], leader="Ana R.")
    quiet.put(clock, MONDAY)
    app = screens_of(quiet["4-west"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        walk = Walk(app, pilot)
        await walk.press("enter")
        await walk.step("STATUS")
        head, _, under = walk.lines[:3]
        app.end()

    assert f" {left}" in head
    assert under.endswith(f"- {step} ---")
    assert len(under) == 80


def test_the_pace_is_drawn_as_quietly_as_the_line_it_stands_in() -> None:
    pen = Pen(80, "dark", plain=False)
    (shown,) = (segment for segment in drawn(rule(right="+3 min"), pen) if segment.text.strip())

    assert shown.style == pen.styles[Tone.MUTED]
    assert shown.text.endswith(" +3 min ───")


async def test_a_huddle_that_is_not_open_has_no_pace(quiet: Drawn) -> None:
    quiet.put("07:15", MONDAY)
    quiet.huddle("4-west", "Ana R.")
    app = screens_of(quiet["4-west"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        walk = Walk(app, pilot)
        await walk.press("enter")
        app.end()

        assert walk.lines[2] == "-" * 80
