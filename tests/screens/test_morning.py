"""The morning: every huddle of our line and below, with mark and word, and what one of them told."""

from datetime import timedelta

from screens.marks import Mark
from screens.morning import state_words
from tests.screens.hospital import MONDAY, Drawn, screens_of
from tests.screens.pictures import assert_same_at_each
from tests.screens.walking import walking
from tests.services.hospital import at
from wsq_huddle.domain.chains import Row, State
from wsq_huddle.services import huddles

NOW = at("07:50", MONDAY)
ROW = Row(node="5-east", name="5 East", tier=1, parent="cardiac", huddle="morning", planned_at=at("07:15", MONDAY),
          state=State.PLANNED)  # fmt: skip


def words(state: State, **more: object) -> str:
    """Say how it stands with the huddle of 5 East at 07:50."""
    given = {**vars(ROW), "state": state, **more}
    return state_words(Row(**given), NOW)


async def test_the_morning_looks_as_it_did(drawn: Drawn) -> None:
    sizes = [(80, 24), (120, 40)]
    told = await assert_same_at_each(screens_of(drawn["cardiac"]), "morning", sizes, keys=("c", "down", "down"))

    assert all(len(line) <= wide for (wide, _), lines in zip(sizes, told, strict=True) for line in lines)


def test_each_state_has_its_words_and_none_is_a_reproach() -> None:
    began, ended = at("07:16", MONDAY), at("07:29", MONDAY)

    assert words(State.PLANNED) == "not yet"
    assert words(State.PLANNED, planned_at=NOW + timedelta(minutes=10)) == "in 10 min"
    assert words(State.OPEN, opened_at=NOW) == "open since 13:50"
    assert words(State.HELD, opened_at=began, closed_at=ended) == "held 13:16 to 13:29"
    assert words(State.HELD, opened_at=began, late=True) == "held 13:16, left open, late"
    assert words(State.HELD) == "held on paper"
    assert words(State.LATE) == "late, 35 min"
    assert words(State.MISSED) == "no huddle"
    assert words(State.SKIPPED) == "no huddle, with a reason"
    assert words(State.UNKNOWN, heard_at=began) == "no word since 13:16"
    assert words(State.UNKNOWN) == "no word"


async def test_a_held_huddle_is_marked_and_enter_tells_what_it_said(quiet: Drawn) -> None:
    quiet.put("07:16")
    one = quiet.huddle("4-west", "Ana R.", close=False)
    west = quiet["4-west"]
    huddles.answer(west, one, "supplies", "attention", note="linen short since Sat")
    huddles.answer(west, one, "fall", "1")
    quiet.put("07:29")
    huddles.close(west, one)
    quiet.deliver()
    quiet.put("07:50")
    async with walking(quiet, "cardiac") as walk:
        await walk.press("c")
        line = walk.line("4 West")
        await walk.press("down", "down", "enter")

        assert line.startswith(f"   {Mark.MET.shape} 4 West")
        assert "held 07:16 to 07:29" in line
        assert "07:29" in line.rpartition("to 07:29")[2]
        assert "4 WEST, Mon 30 Nov" in walk.text
        assert "1 fall" in walk.text
        assert "linen short since Sat" in walk.line("Supplies")
        assert walk.lines[23].endswith("Esc Back")


async def test_nothing_told_says_so_and_only_those_directly_below_can_be_opened(quiet: Drawn) -> None:
    async with walking(quiet, "executive") as walk:
        await walk.press("c")
        own = walk.lines[22]
        await walk.press("end")
        unit = walk.lines[22]
        await walk.press("enter")
        stayed = walk.lines[2]
        await walk.press("up", "enter")

        assert "Enter Open" in own
        assert "Enter Open" not in unit
        assert stayed.startswith(" MON 30 NOV")
        assert "Nothing was told of this huddle." in walk.text
