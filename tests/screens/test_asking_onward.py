"""Handing on what a unit asked for: its own need and time stand in the form already, to be changed."""

from tests.screens.hospital import MONDAY, Drawn
from tests.screens.walking import of, opened, ours, walking
from tests.services.hospital import at
from wsq_huddle.services import problems


def asked(hospital: Drawn, *, by: str = "10:00") -> str:
    """A problem of 4 West that Cardiac was asked for."""
    hospital.put("07:24")
    subject = ours(hospital, "2 RN short until 19:00")
    problems.escalate(hospital["4-west"], subject, need="two RN or agency", tried="float pool", by=at(by, MONDAY))
    hospital.deliver()
    hospital.put("08:14")
    return subject


async def test_the_units_need_and_time_stand_in_the_form_and_enter_hands_them_on(quiet: Drawn) -> None:
    subject = asked(quiet)
    async with walking(quiet, "cardiac") as walk:
        await opened(walk, subject)
        await walk.press("e")
        assert "two RN or agency" in walk.line("What do we need?")
        assert "10:00  " in walk.line("By when?")
        await walk.press("enter", "enter", "enter", "enter")

        hop = of(quiet, subject, "cardiac").hops[-1]
        assert (hop.node, hop.to, hop.need, hop.by) == ("cardiac", "executive", "two RN or agency", at("10:00", MONDAY))


async def test_what_stands_there_is_changed_like_any_words_and_then_kept(quiet: Drawn) -> None:
    subject = asked(quiet)
    async with walking(quiet, "cardiac") as walk:
        await opened(walk, subject)
        await walk.press("e", "escape")
        assert "Kept:" not in walk.text
        await walk.press("e")
        await walk.type(", pay?")
        await walk.press("escape")
        assert 'Kept: "two RN or agency, pay?"' in walk.text
        await walk.press("e")
        assert "two RN or agency, pay?" in walk.line("What do we need?")
        await walk.press("enter", "enter", "end", *["backspace"] * 5, "9", "enter", "enter")

        hop = of(quiet, subject, "cardiac").hops[-1]
        assert (hop.need, hop.by) == ("two RN or agency, pay?", at("09:00", MONDAY))


async def test_a_time_that_is_over_is_not_asked_for_again(quiet: Drawn) -> None:
    subject = asked(quiet, by="08:00")
    async with walking(quiet, "cardiac") as walk:
        await opened(walk, subject)
        await walk.press("e")

        assert "two RN or agency" in walk.line("What do we need?")
        assert "08:00" not in walk.line("By when?")


async def test_what_is_our_own_is_asked_with_empty_lines(quiet: Drawn) -> None:
    quiet.put("07:24")
    subject = ours(quiet)
    async with walking(quiet) as walk:
        await opened(walk, subject)
        await walk.press("e")

        assert walk.line("What do we need?").strip() == "What do we need?"
