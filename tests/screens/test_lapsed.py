"""Nobody says whether it worked: what the screens tell of a solution that closes by itself, and of what never left."""

from datetime import timedelta

from tests.screens.hospital import MONDAY, Drawn
from tests.screens.pictures import settled
from tests.screens.walking import walking
from wsq_huddle.services import huddles, problems, rules


async def test_what_is_asked_for_the_last_time_says_so_and_what_closes_by_itself_is_not_called_fixed(
    drawn: Drawn,
) -> None:
    west = drawn["4-west"]
    for days in range(2):
        drawn.put("07:15", MONDAY + timedelta(days=days))
        huddles.open_today(west)
        huddles.close(west, huddles.sitting(west))
        rules.run(west)
    drawn.put("07:15", MONDAY + timedelta(days=2))
    async with walking(drawn) as walk:
        await walk.press("enter", "enter")
        asks = walk.line("asked for the last time: did it work?")
    huddles.close(west, huddles.sitting(west))
    rules.run(west)
    async with walking(drawn) as walk:
        await walk.press("enter")
        await walk.step("LAST TIME")
        walk.app.screen.lines.choose(drawn.nights)  # type: ignore[attr-defined] # the huddle
        await settled(walk.pilot)
        line, told, keys = walk.line("Night RN short"), walk.line("closed by itself"), walk.lines[22]
        await walk.press("escape", "l", "right", "right")
        over = walk.line("Night RN short")

    assert asks.endswith("y Yes, fixed     x Not fixed")
    assert problems.read(west, drawn.nights).lapsed
    assert line.startswith(" > - Night RN short")
    assert line.endswith("closed")
    assert told.endswith("x Not fixed")
    assert "x Not fixed" in keys
    assert "y Yes, fixed" not in keys
    assert over.endswith("nobody said")


async def test_what_a_unit_raised_and_kept_is_on_no_way_to_it(drawn: Drawn) -> None:
    problems.raise_at(drawn["4-west"], title="Sling torn")
    drawn.deliver()
    async with walking(drawn, key="cardiac") as walk:
        await walk.press("l", "left")

        assert walk.lines[1].startswith(" Here  With others  Over  [ALL]")
        assert "   - Sling torn                with 4 West  " in walk.text
