"""What a form asks, what Enter alone means, what is kept, what is refused."""

import pytest

from screens.problem import ProblemScreen
from screens.verbs.asking import VERBS, form_for, place_of
from tests.screens.hospital import Drawn
from tests.screens.pictures import settled
from tests.screens.walking import of, opened, ours, walking
from tests.services.hospital import ZONE
from wsq_huddle.domain.problems import Mode
from wsq_huddle.services import drafts


async def test_help_is_asked_with_what_when_and_enter_alone(quiet: Drawn) -> None:
    subject = ours(quiet)
    async with walking(quiet) as walk:
        await opened(walk, subject)
        await walk.press("e")
        asked = walk.text
        await walk.type("two pumps")
        await walk.press("enter", "enter", "enter", "enter")
        told, ask = walk.lines[21], of(quiet, subject).ask

        assert "ASK CARDIAC FOR HELP: Bed alarm dead" in asked
        assert "Enter alone = 16:00" in asked
        assert ask is not None
        assert (ask.need, ask.mode) == ("two pumps", Mode.ACTION)
        assert ask.by is not None
        assert f"{ask.by.astimezone(ZONE):%d %H:%M}" == "30 16:00"
        assert told == " Cardiac gets it; it stays on our list until it is answered."


@pytest.mark.parametrize(("typed", "until"), [("10", "30 10:00"), ("10:30", "30 10:30"), ("noon", "30 12:00"),
                                              ("fri", "04 16:00"), ("2 dec", "02 16:00")])  # fmt: skip
async def test_by_when_is_typed_as_people_say_it(quiet: Drawn, typed: str, until: str) -> None:
    subject = ours(quiet)
    async with walking(quiet) as walk:
        await opened(walk, subject)
        await walk.press("e")
        await walk.type("help")
        await walk.press("tab", "tab")
        await walk.type(typed)
        await walk.press("enter", "enter")
        ask = of(quiet, subject).ask

        assert ask is not None
        assert ask.by is not None
        assert f"{ask.by.astimezone(ZONE):%d %H:%M}" == until


async def test_only_to_know_needs_nothing_and_hands_nothing_over(quiet: Drawn) -> None:
    subject = ours(quiet)
    async with walking(quiet) as walk:
        await opened(walk, subject)
        await walk.press("e", "tab", "tab", "tab", "t", "enter")
        problem = of(quiet, subject)

        assert problem.holder == "4-west"
        assert problem.escalation is not None
        assert problem.escalation.mode is Mode.AWARENESS


async def test_a_refusal_is_the_notice_and_every_typed_line_stays(quiet: Drawn) -> None:
    subject = ours(quiet)
    async with walking(quiet) as walk:
        await opened(walk, subject)
        await walk.press("e")
        await walk.type("two pumps")
        await walk.press("enter", "enter")
        await walk.type("whenever")
        await walk.press("enter", "enter")

        assert walk.lines[21].startswith(' "whenever" is no time')
        assert "two pumps" in walk.text
        assert "whenever" in walk.line("By when?")
        assert of(quiet, subject).holder == "4-west"


async def test_what_a_verb_was_told_is_kept_said_so_and_there_again(quiet: Drawn) -> None:
    subject = ours(quiet)
    async with walking(quiet) as walk:
        await opened(walk, subject)
        await walk.press("n")
        await walk.type("silent again")
        await walk.press("escape")
        told = walk.lines[21]
        await walk.press("n")

        assert told == ' Kept: "silent again"  n go on'
        assert "silent again" in walk.line("What should we know?")
        assert [one.place for one in drafts.kept(quiet["4-west"])] == [place_of("note", subject)]


async def test_every_form_fits_at_80_columns_and_says_what_enter_does(quiet: Drawn) -> None:
    subject = quiet.asked("Suction gone in all rooms of the north side", "equipment", "a pump")
    async with walking(quiet, "cardiac") as walk:
        await opened(walk, subject)
        screen = walk.app.screen
        assert isinstance(screen, ProblemScreen)
        for verb in VERBS:
            screen.ask(form_for(verb, screen, of(quiet, subject, "cardiac"))) if VERBS[verb].asks else None
            await settled(walk.pilot)

            assert all(len(line) <= 80 for line in walk.lines), verb
            assert not VERBS[verb].asks or walk.lines[22].startswith(" Enter "), verb
            assert "more (^P)" not in walk.lines[22], verb
            screen.close_form()
            await settled(walk.pilot)
