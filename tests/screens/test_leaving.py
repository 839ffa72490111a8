"""Ten seconds to take it back: what leaves the node waits, is taken back, is sent now, and is never lost or doubled."""

import asyncio
from collections.abc import Callable

import pytest

from screens.patience import PRODUCT, Patience
from screens.problem import ProblemScreen
from tests.screens.hospital import Drawn, screens_of
from tests.screens.pictures import picture, settled
from tests.screens.walking import Walk, walking
from wsq_huddle.domain.problems import Problem, Urgency
from wsq_huddle.services import drafts, problems

LONG, SHORT = Patience(600, 300), Patience(4, 4)
NOTICE, KEYS = 21, 22


def of(hospital: Drawn, subject: str, key: str = "4-west") -> Problem:
    return problems.read(hospital[key], subject)


def ours(hospital: Drawn, title: str = "Bed alarm dead", urgency: Urgency = Urgency.TODAY) -> str:
    return problems.raise_at(hospital["4-west"], title=title, category="equipment", urgency=urgency).id


async def asked(walk: Walk, subject: str, need: str = "two pumps") -> None:
    """Ask for help with a problem, up to the last Enter."""
    walk.app.push_screen(ProblemScreen(subject))
    await settled(walk.pilot)
    await walk.press("e")
    await walk.type(need)
    await walk.press("enter", "enter", "enter", "enter")


async def until(found: Callable[[], bool]) -> None:
    for _ in range(600):
        if found():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never came to that")


def test_the_product_waits_ten_seconds_and_three_for_what_is_needed_now() -> None:
    assert (PRODUCT.of(urgent=False), PRODUCT.of(urgent=True)) == (10, 3)


async def test_it_waits_as_a_draft_says_so_and_leaves_by_itself(quiet: Drawn) -> None:
    subject = ours(quiet)
    async with walking(quiet, patience=SHORT) as walk:
        await asked(walk, subject)
        told, keys, kept = walk.lines[NOTICE], walk.lines[KEYS], {one.place for one in drafts.kept(quiet["4-west"])}
        meanwhile = of(quiet, subject).holder
        await until(lambda: of(quiet, subject).holder == "cardiac")
        await settled(walk.pilot)

        assert told == " Cardiac gets it in 4 s, u takes it back"
        assert keys == " Enter Send now   u Undo   n Note"
        assert kept == {f"problem/{subject}/escalate", f"leaving/problem/{subject}/escalate"}
        assert meanwhile == "4-west"
        assert of(quiet, subject).hops[-1].need == "two pumps"
        assert walk.lines[NOTICE] == " Cardiac gets it; it stays on our list until it is answered."
        assert "u Undo" not in walk.lines[KEYS]
        assert drafts.kept(quiet["4-west"]) == []


async def test_the_question_above_counts_what_waits_as_asked_for_until_it_is_taken_back(quiet: Drawn) -> None:
    async with walking(quiet, patience=LONG) as walk:
        await walk.press("enter", "enter")
        ours(quiet)
        await walk.step("HELP")
        before = walk.lines[3]
        await walk.press("e")
        await walk.type("two pumps")
        await walk.press("enter", "enter", "enter", "enter")
        waiting = walk.lines[3]
        await walk.press("u", "escape")

        assert before.endswith("1 has no plan and no help yet")
        assert waiting.endswith("all have a plan or help")
        assert walk.lines[3] == before


async def test_u_takes_it_back_and_the_form_is_there_again_with_its_words(quiet: Drawn) -> None:
    subject = ours(quiet)
    async with walking(quiet, patience=SHORT) as walk:
        await asked(walk, subject)
        await walk.press("u")
        told, form = walk.lines[NOTICE], walk.line("What do we need?")
        await asyncio.sleep(SHORT.usual + 0.5)
        await settled(walk.pilot)

        assert told == " Taken back: nobody gets it."
        assert "two pumps" in form
        assert of(quiet, subject).holder == "4-west"
        assert [one.place for one in drafts.kept(quiet["4-west"])] == [f"problem/{subject}/escalate"]
        await walk.press("escape", "u")
        assert walk.lines[NOTICE] == " Nothing is waiting to be taken back."


async def test_what_nobody_typed_is_there_again_too(quiet: Drawn) -> None:
    subject = ours(quiet)
    async with walking(quiet, patience=LONG) as walk:
        walk.app.push_screen(ProblemScreen(subject))
        await settled(walk.pilot)
        await walk.press("e", "tab", "tab", "tab", "t", "enter", "u")

        assert "(x) them to know" in walk.line("We want")


@pytest.mark.parametrize(("given", "key"), [("enter", "enter"), ("f7,f8", "f7"), ("f7,f8", "f8")])
async def test_enter_again_or_whatever_opens_lines_sends_now(quiet: Drawn, given: str, key: str) -> None:
    subject = ours(quiet)
    async with walking(quiet, patience=LONG) as walk:
        walk.app.keys_given["open"] = given
        walk.app.set_keymap(walk.app.keys_given)
        await asked(walk, subject)
        await walk.press(key)

        assert of(quiet, subject).holder == "cardiac"
        assert drafts.kept(quiet["4-west"]) == []


async def test_in_a_list_the_line_says_so_and_enter_opens_other_lines_as_always(quiet: Drawn) -> None:
    first, second = ours(quiet), ours(quiet, "Pump gone")
    async with walking(quiet, patience=LONG) as walk:
        await walk.press("l")
        walk.app.screen.lines.choose(first)  # type: ignore[attr-defined] # the list of problems
        await settled(walk.pilot)
        await walk.press("e")
        await walk.type("help")
        await walk.press("enter", "enter", "enter", "enter")
        line = walk.line("Bed alarm dead")
        walk.app.screen.lines.choose(second)  # type: ignore[attr-defined] # likewise
        await settled(walk.pilot)
        await walk.press("n", "escape", "enter")
        opened = walk.app.screen
        await walk.press("escape")
        walk.app.screen.lines.choose(first)  # type: ignore[attr-defined] # likewise
        await settled(walk.pilot)
        keys = walk.lines[KEYS]
        await walk.press("s")
        refused = walk.lines[NOTICE]
        await walk.press("enter")

        assert line.endswith("leaves in 600 s")
        assert isinstance(opened, ProblemScreen)
        assert keys.startswith(" Enter Send now   u Undo   n Note")
        assert refused == " This has not left yet: u takes it back, Enter sends it now."
        assert of(quiet, first).holder == "cardiac"


async def test_another_screen_does_not_stop_the_clock_and_u_works_there(quiet: Drawn) -> None:
    first, second = ours(quiet), ours(quiet, "Pump gone")
    async with walking(quiet, patience=LONG) as walk:
        await asked(walk, first)
        await walk.press("escape", "l", "u")
        there = walk.line("What do we need?")
        await walk.press("escape")
        await walk.press("escape")
    async with walking(quiet, patience=SHORT) as walk:
        await asked(walk, second, "one pump")
        await walk.press("escape", "c")
        told = walk.lines[NOTICE]
        await until(lambda: of(quiet, second).holder == "cardiac")

        assert "two pumps" in there
        assert told == " Cardiac gets it in 4 s, u takes it back"
        assert of(quiet, first).holder == "4-west"


async def test_of_two_that_wait_the_last_one_is_taken_back_first(quiet: Drawn) -> None:
    first, second = ours(quiet), ours(quiet, "Pump gone", Urgency.NOW)
    async with walking(quiet, patience=LONG) as walk:
        await asked(walk, first, "an alarm")
        await walk.press("escape")
        await asked(walk, second, "a pump")
        both = walk.lines[NOTICE]
        await walk.press("u", "escape")
        one = walk.lines[NOTICE]
        await walk.press("down", "f1", "escape", "u")

        assert both == " Cardiac gets it in 300 s, u takes it back; 1 more on the way"
        assert one.startswith(" Kept:")
        assert "an alarm" in walk.line("What do we need?")
        assert of(quiet, first).holder == of(quiet, second).holder == "4-west"


async def test_what_the_rules_refuse_is_refused_at_once_in_the_form(quiet: Drawn) -> None:
    subject = ours(quiet)
    async with walking(quiet, patience=LONG) as walk:
        walk.app.push_screen(ProblemScreen(subject))
        await settled(walk.pilot)
        await walk.press("e", "enter", "enter", "enter", "enter")

        assert walk.lines[NOTICE] == " Say what we need. Only for them to know: Tab, to the last line."
        assert "ASK CARDIAC FOR HELP" in walk.text
        assert not walk.app.leaving.takes_back


async def test_who_asked_signs_also_when_somebody_else_signs_by_then(quiet: Drawn) -> None:
    subject = ours(quiet)
    quiet["4-west"].sign_as("Ana Ruiz")
    async with walking(quiet, patience=LONG) as walk:
        await asked(walk, subject)
        quiet["4-west"].sign_as("Ben Koch")
        await walk.press("enter")

        assert [line.by for line in problems.story_of(quiet["4-west"], subject)][-1] == "Ana Ruiz"


async def test_refused_at_the_end_because_others_were_faster_it_is_kept_and_said(quiet: Drawn) -> None:
    subject = ours(quiet)
    async with walking(quiet, patience=LONG) as walk:
        await asked(walk, subject)
        problems.withdraw(quiet["4-west"], subject, why="found one")
        await settled(walk.pilot)
        await walk.press("enter")
        told = walk.lines[NOTICE]
        await walk.press("down")
        standing = walk.lines[NOTICE]
        await walk.press("u")

        assert told.startswith(" Not sent to Cardiac: ")
        assert standing == ' Not sent to Cardiac: "two pumps"  u go on'
        assert "two pumps" in walk.line("What do we need?")


async def test_leaving_the_program_sends_what_was_sent_and_says_so(
    quiet: Drawn, capsys: pytest.CaptureFixture[str]
) -> None:
    subject = ours(quiet)
    app = screens_of(quiet["4-west"], patience=LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await settled(pilot)
        await asked(Walk(app, pilot), subject)
        await pilot.press("ctrl+q")
        app.end()

    assert of(quiet, subject).holder == "cardiac"
    assert drafts.kept(quiet["4-west"]) == []
    assert "Sent on leaving. Cardiac gets it" in capsys.readouterr().err


async def test_the_words_change_once_on_the_way_and_nothing_is_drawn_in_between(quiet: Drawn) -> None:
    subject = ours(quiet)
    async with walking(quiet, patience=Patience(6, 3)) as walk:
        await asked(walk, subject)
        said = {walk.lines[NOTICE]}
        for _ in range(30):
            await asyncio.sleep(0.1)
            said.add(picture(walk.app)[NOTICE])
        await walk.press("u")

        assert said == {" Cardiac gets it in 6 s, u takes it back", " Cardiac gets it in 5 s, u takes it back"}
