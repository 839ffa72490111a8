"""The verbs of who holds a problem and of who raised it, each by its key."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from screens.verbs.dealing import deal
from tests.screens.hospital import Drawn
from tests.screens.pictures import settled
from tests.screens.walking import of, opened, walking
from tests.services.hospital import settings_in
from wsq_huddle.domain.problems import Problem, State
from wsq_huddle.services import problems
from wsq_huddle.services.desk import Desk


def acknowledged(problem: Problem) -> bool:
    return problem.acknowledged_at is not None


def back(problem: Problem) -> bool:
    return problem.holder == "4-west" and problem.answer is not None and problem.answer.text == "x y"


def solved(problem: Problem) -> bool:
    return problem.state is State.RESOLVED and problem.remedy == "x y"


def passed_up(problem: Problem) -> bool:
    return problem.holder == "executive"


def planned(problem: Problem) -> bool:
    return problem.what == "x y" and problem.owner == "Cardiac" and problem.due is not None


@pytest.mark.parametrize(
    ("keys", "happened"),
    [
        (("k",), acknowledged),
        (("t", "*", "enter"), back),
        (("s", "*", "enter"), solved),
        (("e", "*", "enter", "enter", "enter", "enter"), passed_up),
        (("p", "*", "enter", "enter", "enter", "enter"), planned),
    ],
)
async def test_each_key_of_the_holder_does_what_it_says(
    quiet: Drawn, keys: tuple[str, ...], happened: Callable[[Problem], bool]
) -> None:
    subject = quiet.asked("Suction gone", "equipment", "a pump")
    async with walking(quiet, "cardiac") as walk:
        await opened(walk, subject)
        for key in keys:
            await (walk.type("x y") if key == "*" else walk.press(key))

        assert happened(of(quiet, subject, "cardiac"))
        assert walk.lines[21].strip()


async def test_it_is_handed_to_a_place_named_by_a_few_letters(drawn: Drawn) -> None:
    subject = drawn.asked("Pump dead", "equipment", "a pump")
    async with walking(drawn, "cardiac") as walk:
        await opened(walk, subject)
        await walk.press("a")
        await walk.type("bio")
        shown = walk.text
        await walk.press("enter")
        await walk.type("mend it")
        await walk.press("enter", "enter")

        assert "Biomed" in shown
        assert of(drawn, subject, "cardiac").holder == "biomed"


@pytest.mark.parametrize(("key", "state"), [("y", State.CLOSED), ("x", State.OPEN)])
async def test_who_raised_it_says_whether_it_worked(quiet: Drawn, key: str, state: State) -> None:
    subject = quiet.asked("Suction gone", "equipment", "a pump")
    problems.resolve(quiet["cardiac"], subject, remedy="new pump")
    quiet.deliver()
    async with walking(quiet) as walk:
        await opened(walk, subject)
        await walk.press(key)
        await walk.type("still dead")
        await walk.press("enter")

        assert of(quiet, subject).state is state


async def test_what_has_no_letter_is_among_all_commands_only_where_it_is_allowed(quiet: Drawn) -> None:
    subject = quiet.asked("Suction gone", "equipment", "a pump")
    async with walking(quiet) as walk:
        await opened(walk, subject)
        unit = {command.title for command in walk.app.get_system_commands(walk.app.screen)}
        await walk.app.screen.run_action("recall")
        await walk.type("we found one")
        await walk.press("enter")

        assert "Ask for the problem back" in unit
        assert "Take the problem over" not in unit
        assert "Send it back with an answer" not in unit
        assert of(quiet, subject).recall is not None
    async with walking(quiet, "executive") as walk:
        problems.raise_at(quiet["cardiac"], title="Beds", category="beds")
        quiet.deliver()
        (below,) = problems.listed(quiet["executive"])
        await opened(walk, below.id)
        titles = {command.title for command in walk.app.get_system_commands(walk.app.screen)}

        assert "Take the problem over" in titles


async def test_only_somebody_with_a_name_takes_a_problem_over(quiet: Drawn) -> None:
    problems.raise_at(quiet["cardiac"], title="Beds", category="beds")
    quiet.deliver()
    (below,) = problems.listed(quiet["executive"])
    quiet["executive"].sign_as("")
    async with walking(quiet, "executive") as walk:
        await opened(walk, below.id)
        await walk.app.screen.run_action("take_over")
        await settled(walk.pilot)
        await walk.type("nobody there")
        await walk.press("enter")
        typed = walk.text
        await walk.press("f4", "ctrl+u")
        await walk.type("J. Cole")
        await walk.press("enter", "enter")
        await walk.app.screen.run_action("take_over")
        await settled(walk.pilot)
        await walk.press("enter")

        assert "A take-over is signed by a person" in typed
        assert "nobody there" in typed
        assert of(quiet, below.id, "executive").holder == "executive"
        assert problems.story_of(quiet["executive"], below.id)[-1].by == "J. Cole"


def test_no_key_opens_again_what_lapsed_longer_ago_than_the_site_says(quiet: Drawn) -> None:
    settings = settings_in(quiet.folder / "days", "4-west", rules="reopen_days = 2")
    unit = Desk(quiet["4-west"].store, settings)
    one = problems.raise_at(unit, title="Fax jams").id
    problems.resolve(unit, one, remedy="new one")
    problems.lapse(unit, one)
    assert "reopen" in deal(unit, one).may

    quiet.clock.at(unit.now() + timedelta(days=3))
    assert "reopen" not in deal(unit, one).may
