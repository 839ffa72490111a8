"""A line of a form is looked at when it is left: what is amiss is said at once, and nothing that was typed is lost."""

import pytest

from screens.asks import Ask
from screens.field import Field
from screens.form import Answers, Form
from tests.screens.demo import cardboard
from tests.screens.hospital import Drawn
from tests.screens.pictures import picture, settled
from tests.screens.test_forms import today, typed
from tests.screens.walking import Walk, of, opened, ours, walking
from wsq_huddle.errors import NotAllowed


def _even(answer: str) -> None:
    if int(answer) % 2:
        raise NotAllowed(f'"{answer}" is odd.')


def _cursor(walk: Walk) -> str:
    """What stands in the line that has the cursor."""
    field = walk.app.focused
    assert isinstance(field, Field)
    return field.value


@pytest.mark.parametrize("key", ["enter", "tab", "down"])
async def test_what_is_amiss_is_said_when_the_line_is_left_and_the_cursor_stays(key: str) -> None:
    app = cardboard()
    saved: list[Answers] = []
    kept: list[Answers] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        asks = (Ask("how", "How many?", check=_even), Ask("did", "What did we do?"))
        today(app).ask(form := Form("EVEN", asks, save=saved.append, kept=kept.append))
        await settled(pilot)
        await typed(pilot, "3", key)
        refused = picture(app)[21]
        await typed(pilot, "0", key, *"ok")
        fine = picture(app)[21]
        await typed(pilot, "enter")

        assert (refused, fine) == (' "3" is odd.', "")
        assert form.answers == {"how": "30", "did": "ok"}
        assert saved == [{"how": "30", "did": "ok"}]
        assert kept[-1] == {"how": "30", "did": "ok"}


@pytest.mark.parametrize("key", ["shift+tab", "up"])
async def test_back_to_the_line_before_leads_from_everywhere(key: str) -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        asks = (Ask("did", "What did we do?"), Ask("how", "How many?", check=_even))
        today(app).ask(form := Form("EVEN", asks, save=lambda _: None))
        await settled(pilot)
        await typed(pilot, *"a", "enter", "3", key, "b")

        assert form.answers == {"did": "ab", "how": "3"}


async def test_a_time_that_is_none_is_said_before_the_next_line_is_asked(quiet: Drawn) -> None:
    quiet.put("07:24")
    subject = ours(quiet)
    async with walking(quiet) as walk:
        await opened(walk, subject)
        await walk.press("e")
        await walk.type("two pumps")
        await walk.press("enter", "enter")
        await walk.type("whenever")
        await walk.press("enter")
        assert walk.lines[21] == ' "whenever" is no time: write 10, 10:00, noon, today, fri or 2 dec.'
        assert _cursor(walk) == "whenever"
        await walk.press("escape", "e")
        assert "whenever" in walk.line("By when?")
        assert "two pumps" in walk.line("What do we need?")
        await walk.press("enter", "enter", *["backspace"] * 8)
        await walk.type("10")
        await walk.press("enter", "enter")

        asked = of(quiet, subject).escalation
        assert asked is not None
        assert (asked.need, asked.by is not None) == ("two pumps", True)


async def test_help_asks_for_its_need_at_once_and_to_know_needs_none(quiet: Drawn) -> None:
    quiet.put("07:24")
    subject = ours(quiet)
    async with walking(quiet) as walk:
        await opened(walk, subject)
        await walk.press("e", "enter")
        assert walk.lines[21] == " Say what we need. Only for them to know: Tab, to the last line."
        assert _cursor(walk) == ""
        await walk.press("tab", "tab", "tab", "enter")
        assert walk.lines[21].startswith(" Say what we need.")
        await walk.type("a pump")
        assert "a pump" in walk.line("What do we need?")
        await walk.press(*["backspace"] * 6, "tab", "tab", "tab", "tab", "enter")

        assert of(quiet, subject).hops[-1].need == ""


async def test_a_day_that_is_none_and_a_place_that_nobody_knows_are_said_at_their_line(quiet: Drawn) -> None:
    quiet.put("07:24")
    subject = ours(quiet)
    async with walking(quiet) as walk:
        await opened(walk, subject)
        await walk.press("p", "enter")
        assert walk.lines[21] == " What will be done: this line cannot stay empty."
        await walk.type("mend it")
        await walk.press("enter", "enter")
        await walk.type("someday")
        await walk.press("tab")
        assert walk.lines[21].startswith(' "someday" is no day')
        assert _cursor(walk) == "someday"
        await walk.press("escape", "a")
        await walk.type("moon")
        await walk.press("enter")

        assert walk.lines[21] == ' "moon" is no place that we know of.'
        assert _cursor(walk) == "moon"
