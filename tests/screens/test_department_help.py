"""Help of a department, drawing 9: what is done, what is to do, one answer for many, a no, what is asked for back."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from screens.form import Form
from screens.frame import DeskScreen
from screens.huddle import HuddleScreen
from screens.huddle.needs import NeedsScreen
from screens.pattern import PatternScreen
from tests.moulds import mould
from tests.screens.department import Department, chosen, helping, stepped
from tests.screens.hospital import MONDAY, screens_of
from tests.screens.pictures import picture, settled
from tests.screens.test_huddle import SIZE, line, pressed, typed
from wsq_huddle.domain.problems import Returned, State
from wsq_huddle.services import problems


@pytest.fixture(scope="module")
def asked_mould(tmp_path_factory: pytest.TempPathFactory, department_mould: Department) -> Iterator[Department]:
    def asked(_folder: Path) -> Department:
        made = department_mould.copy()
        made.told()
        made.begun()
        return made

    with closing(mould(tmp_path_factory, "asked", asked)) as made:
        yield made


@pytest.fixture
def asked(asked_mould: Department) -> Iterator[Department]:
    """08:14: some of it is done."""
    with closing(asked_mould.copy()) as made:
        yield made


async def test_what_is_only_like_a_pattern_stands_in_its_line_once_it_has_joined(asked: Department) -> None:
    words = "Old pump in the side room behind the linen store makes a loud noise at night"
    asked.up("rehab", words, "equipment", "another one", "12:00")
    asked.deliver()
    app = screens_of(asked["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await helping(pilot)
        await chosen(pilot, "Old pump")
        drawn = await pressed(pilot, "j")

    assert line(drawn, "+ = PUMPS").startswith("   + = PUMPS: 4 East, 4 West, CCU, Rehab ")
    assert not any(" + Rehab" in one for one in drawn)


async def test_help_has_what_is_done_then_what_is_to_do_and_tells_of_the_chosen_line(asked: Department) -> None:
    app = screens_of(asked["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await helping(pilot)
        drawn = await chosen(pilot, "2 RN short")

    assert drawn[3].startswith(" How can we help?                  11 came up: 5 done, 6 to go, about ")
    assert drawn[4:18] == [
        "   + = PUMPS: 4 East, 4 West, CCU              handed to Biomed        by 12:00",
        "   + CVICU       Isolation room 3 pressure     planned: Facilities l.. by 09:00",
        "   + 4 West      Fall 07:24                    heard",
        " > ^ 4 West      2 RN short until 19:00        by 10:00                  55 min",
        "   ^ Step-down   Bariatric bed missing         by 12:00                     1 h",
        "   ^ 5 East      Pump lent to 4 West not back  like PUMPS (j joins)      46 min",
        "   ^ Cath Lab    Stat lab over 60 min          by 15:00                     1 h",
        "   ^ 4 West      Bed alarm 14 also silent      by 16:00                  55 min",
        "   ^ Clinic      Interpreter phone dead        by 16:00                  52 min",
        "-- 4 West: 2 RN short until 19:00 ------------------- answer wanted by 10:00 ---",
        "   needs    two RN or agency, until 19:00",
        "   tried    float pool empty, rang 6 off duty",
        "   before   Wed 18 Nov, 1 RN short until 19:00: agency RN in 5 h (Cardiac)",
        "   way      4 West 07:19 > here 07:27",
    ]
    assert drawn[19] == "   s, t or n opens the line for the answer; e and a ask what is needed."
    assert drawn[22] == " k Got it  s Solved  p Plan here  a Hand to  e Executive  t Send back  n Note"


async def test_what_belongs_to_the_line_is_there_again_when_a_form_goes(asked: Department) -> None:
    app = screens_of(asked["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await helping(pilot)
        before = await chosen(pilot, "2 RN short")
        await pressed(pilot, "t")
        drawn = await pressed(pilot, "escape")

        assert drawn[13:20] == before[13:20]


async def test_not_possible_now_is_counted_apart_and_reaches_the_unit_as_a_no(asked: Department) -> None:
    app = screens_of(asked["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await helping(pilot)
        await chosen(pilot, "Bariatric bed")
        drawn = await pressed(pilot, "t", "tab", "n", "enter")
        assert " Why not now: this line cannot stay empty." in drawn
        assert line(drawn, "Why not now?")
        await pressed(pilot, *typed("none in the house"), "enter")
        assert "Say what they do until it is possible" in "\n".join(picture(app))
        # The cursor stands in the line that is missing: what is typed next is not added to the reason.
        drawn = await pressed(pilot, *typed("two single ones"), "enter")

        assert drawn[3].endswith(" 11 came up: 5 done, 1 not possible now, 5 to go"), "no part of a word is cut"
        assert "not possible now: none" in line(drawn, "Bariatric bed missing  ")
    asked.deliver()
    told = problems.read(asked["step-down"], asked.bed)
    assert (told.state, told.holder, told.remedy) == (State.OPEN, "step-down", None)
    assert told.answer is not None
    assert (told.answer.not_now, told.answer.text) == (True, "none in the house. Until then: two single ones")


async def test_who_asks_for_it_back_is_a_line_at_the_holder_and_t_answers(asked: Department) -> None:
    problems.ask_recall(asked["clinic"], asked.phone, why="found ours")
    asked.deliver()
    app = screens_of(asked["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = picture(app)
        assert line(drawn, "ASKED FOR BACK (1)")
        assert line(drawn, "found ours").startswith(
            "   v Interpreter phone dead    Clinic asks for it back: found ours"
        )
        await pressed(pilot, "home")
        drawn = await helping(pilot)
        assert line(drawn, "found ours").strip() == "Clinic asks for it back: found ours"
        await chosen(pilot, "Interpreter phone")
        await pressed(pilot, "t", *typed("yours again"), "enter")

        found = problems.read(asked["cardiac"], asked.phone)
        assert (found.holder, found.recall) == ("clinic", None)
        assert Returned.kind in [told.kind for told in problems.story_of(asked["cardiac"], asked.phone)]


async def test_at_120x40_what_belongs_to_the_line_stands_beside_the_list(asked: Department) -> None:
    app = screens_of(asked["cardiac"], plain=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await helping(pilot)
        drawn = await chosen(pilot, "2 RN short")

        beside = [one[72:] for one in drawn]
        assert any("needs    two RN or agency, until 19:00" in one for one in beside)
        assert any("tried    float pool empty, rang 6 off duty" in one for one in beside)
        assert drawn[39].startswith(" F1 Help")
        drawn = await pressed(pilot, "left")
        assert not any("two RN or agency" in one for one in drawn)


_NEXT = ("open", "fine", "step_on", "step_back", "number", "rest", "problems", "chain", "measures", "undo")
"""Keys that are no verbs of a line."""


async def test_every_key_that_is_shown_works_in_the_state_of_its_line(asked: Department) -> None:
    """Walks through the lines of Today, the needs and Help: each key opens its form or does it, and none is refused."""
    cardiac = asked["cardiac"]
    problems.ask_recall(asked["clinic"], asked.phone, why="found ours")
    problems.give_back(cardiac, asked.bed, answer="tomorrow")
    problems.escalate(cardiac, asked.short, need="pay for agency?")
    problems.acknowledge(cardiac, asked.alarm)
    problems.resolve(cardiac, asked.lab, remedy="they know")
    own = problems.raise_at(cardiac, title="Too few chairs", category="other")
    problems.plan(cardiac, own.id, what="buy", owner="S. Lind", due=MONDAY)
    asked.deliver()
    app = screens_of(cardiac, plain=True)
    tried: set[tuple[str, str]] = set()
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await settled(pilot)
        await _walk(pilot, tried)
        await pressed(pilot, "home", "enter")
        await stepped(pilot, "HELP")
        await _walk(pilot, tried)
        offered, count = {key for _, key in tried}, len(tried)
        for other in (PatternScreen("equipment/pump"), NeedsScreen("4-west", MONDAY), NeedsScreen("5-east", MONDAY)):
            await app.push_screen(other)
            await settled(pilot)
            tried.clear()
            await _walk(pilot, tried)
            assert tried

    assert {"acknowledge", "resolve", "plan", "assign", "escalate", "send_back", "note", "join"} <= offered
    assert count > 30


async def _walk(pilot: Pilot[Any], tried: set[tuple[str, str]]) -> None:
    screen = pilot.app.screen
    assert isinstance(screen, DeskScreen)
    for one in [one.id for one in screen.lines.lines if one.id]:
        screen.lines.choose(one)
        await settled(pilot)
        for offer in screen.offers():
            key = offer if isinstance(offer, str) else offer[0]
            if key in _NEXT or screen.chosen != one or (one, key) in tried:
                continue
            tried.add((one, key))
            assert screen.check_action(key, ()), f"{key} is shown on {one} and would do nothing"
            if key in {"acknowledge", "join"}:
                continue
            await screen.run_action(key)
            await settled(pilot)
            assert isinstance(screen.form, Form), f"{key} on {one} opens no form"
            screen.close_form()
            await settled(pilot)


async def test_a_letter_that_is_not_allowed_does_nothing(asked: Department) -> None:
    app = screens_of(asked["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await helping(pilot)
        await chosen(pilot, "Fall 07:24")
        for letter in "sepatkjxyd":
            await pressed(pilot, letter)
            screen = app.screen
            assert isinstance(screen, HuddleScreen)
            assert screen.form is None, f"{letter} does something with what others hold"
