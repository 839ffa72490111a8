"""Other keys from huddle.toml: no screen, no question, no hint, no card and no help names a key as it was."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import pytest

from screens import keys
from screens.figures import FiguresScreen
from screens.followups import FollowUpsScreen
from screens.frame import DeskScreen
from screens.help import HelpScreen
from screens.huddle import HuddleScreen
from screens.huddle.needs import NeedsScreen
from screens.huddle.sheet import SheetScreen
from screens.keys import TABLE, Where
from screens.measures import MeasuresScreen
from screens.morning import MorningScreen
from screens.pattern import PatternScreen
from screens.problem import ProblemScreen
from screens.problems import ProblemsScreen
from screens.remapping import FIXED, wrong
from screens.summary import SummaryScreen
from screens.today import TodayScreen
from screens.tour import TourScreen, cards
from screens.unset import UnsetApp
from screens.wall import WallScreen
from tests.screens.hospital import MONDAY, REPORTS, Drawn, screens_of
from tests.screens.pictures import picture, settled
from tests.screens.test_every_screen import APART, WALKED
from wsq_huddle.services import problems

if TYPE_CHECKING:
    from textual.pilot import Pilot
    from textual.screen import Screen

FREE = ("f5", "f6", "f7", "f8", "f10", "f11", "f12", *(f"ctrl+{letter}" for letter in "abdefgklnostuvwxy"))
GIVEN = [key for key in TABLE if key.keys and key.id != "number" and key.id not in FIXED]
TYPING = frozenset({"Enter", "Space", "Up", "Down"})
"""Names that keys have while somebody types, too: there they stay what they are."""
WORDS = frozenset({"Up", "Down", "Left", "Right", "Home", "End", "a"})
"""Names of keys that are words as well: they are looked for on the cards only."""
LETTERS = ("b", "i", "q", "v", "z", "insert", "delete")
"""What else is free, for keys that do not work in fields."""


def given(half: int) -> dict[str, str]:
    """Give every second key another one: there are not enough for all of them at once."""
    return dict(zip((key.id for key in GIVEN[half::2]), FREE, strict=False))


def given_to_all() -> dict[str, str]:
    """Give another one to each key whose name is looked for on screens: there are just enough of them."""
    looked_for = [one for one in GIVEN if keys.spelled(keys.pressed_ones(one, {})[0]) not in WORDS and one.id != "keep"]
    looked_for.sort(key=lambda one: one.where is not Where.EVERYWHERE)
    keymap = dict(zip((one.id for one in looked_for), (*FREE, *LETTERS), strict=True))
    return {**keymap, "keep": keymap["back"]}


def old_names(keymap: Mapping[str, str]) -> frozenset[str]:
    """The names that the keys had which have another one now, as far as no other key has them."""
    names = {keys.spelled(one) for id_ in keymap for one in keys.pressed_ones(keys.BY_ID[id_], {})}
    stay = {keys.spelled(one) for key in GIVEN if key.id not in keymap for one in keys.pressed_ones(key, {})}
    return frozenset(names - stay)


def named(lines: list[str], names: frozenset[str]) -> Iterator[str]:
    """Tell the lines in which one of the names stands as a key: `p plan`, `(l)`, `F2 adds it`."""
    for name in sorted(names):
        if len(name) == 1:
            found = re.compile(rf"(?<![\w'.-])(?<!\d ){name}(?=\)| [A-Za-z]| =)")
        else:
            found = re.compile(rf"(?<![\w^]){re.escape(name)}(?!\w)")
        for line in lines:
            if found.search(line):
                yield f"{name}: {line.strip()}"


def of(hospital: Drawn, node: str) -> list[str]:
    return [problem.id for problem in problems.listed(hospital[node], limit=20)]


def places(hospital: Drawn) -> "list[tuple[str, type[Screen[Any]], Callable[[], Screen[Any]]]]":
    """Every screen, at the node where it has something to say."""
    held, above = of(hospital, "cardiac")[:4], of(hospital, "executive")
    return [
        *((node, TodayScreen, TodayScreen) for node in ("4-west", "5-east", "cardiac", "executive")),
        *((node, HuddleScreen, HuddleScreen) for node in ("4-west", "5-east", "cardiac", "executive")),
        ("4-west", SheetScreen, SheetScreen),
        *((node, ProblemsScreen, ProblemsScreen) for node in ("cardiac", "5-east")),
        *(("cardiac", ProblemScreen, partial(ProblemScreen, subject)) for subject in held),
        ("4-west", ProblemScreen, lambda: ProblemScreen(hospital.nights)),
        ("cardiac", MorningScreen, MorningScreen),
        ("cardiac", SummaryScreen, lambda: SummaryScreen("4-west", "morning", MONDAY)),
        ("cardiac", NeedsScreen, lambda: NeedsScreen("4-west", MONDAY)),
        ("cardiac", PatternScreen, lambda: PatternScreen("equipment/none")),
        ("executive", FollowUpsScreen, lambda: FollowUpsScreen("STUCK", above)),
        ("cardiac", FiguresScreen, FiguresScreen),
        ("executive", MeasuresScreen, MeasuresScreen),
        ("4-west", WallScreen, WallScreen),
        ("4-west", HelpScreen, lambda: HelpScreen(cast("DeskScreen[object]", TodayScreen()))),
        ("4-west", TourScreen, TourScreen),
    ]


async def _walked(pilot: "Pilot[Any]", lines: list[str]) -> None:
    """Look at a screen, at each of its lines, and at its help."""
    screen = pilot.app.screen
    lines += picture(pilot.app)
    if not isinstance(screen, DeskScreen):
        return
    for one in [one.id for one in screen.lines.lines if one.id]:
        screen.lines.choose(one)
        await pilot.pause()
        lines += picture(pilot.app)


async def _steps(pilot: "Pilot[Any]", screen: HuddleScreen, lines: list[str]) -> None:
    for at in range(6):
        screen.go(at)
        await settled(pilot)
        await _walked(pilot, lines)
        await pilot.app.run_action("help")
        await settled(pilot)
        lines += _before_typing(picture(pilot.app))
        pilot.app.pop_screen()
        await settled(pilot)


def _before_typing(lines: list[str]) -> list[str]:
    """The help up to the keys that stay what they are while somebody types."""
    return lines[: next((at for at, line in enumerate(lines) if "WHILE TYPING" in line), len(lines))]


async def test_no_screen_names_a_key_as_it_was_before_it_was_given_another(drawn: Drawn) -> None:
    keymap = given_to_all()
    names = old_names(keymap)
    assert names >= (old_names(given(0)) | old_names(given(1))) - WORDS
    assert not list(wrong(keymap))
    looked = places(drawn)
    assert {kind for _, kind, _ in looked} == {*WALKED} - {*APART}

    amiss: dict[str, list[str]] = {}
    for node in dict.fromkeys(node for node, _, _ in looked):
        app = screens_of(drawn[node], plain=True)
        app.keys_given.update(keymap)
        app.set_keymap(keymap)
        async with app.run_test(size=(120, 50)) as pilot, AsyncExitStack() as stack:
            stack.callback(app.end)
            await settled(pilot)
            for kind, made in [(one[1], one[2]) for one in looked if one[0] == node]:
                lines: list[str] = []
                app.push_screen(screen := made())
                await settled(pilot)
                if isinstance(screen, HuddleScreen):
                    await _steps(pilot, screen, lines)
                else:
                    await _walked(pilot, lines)
                lines = _before_typing(lines) if isinstance(screen, HelpScreen) else lines
                found = sorted(set(named(lines, names - WORDS)))
                amiss.update({f"{node} {kind.__name__}": found} if found else {})
                app.pop_screen()
                await settled(pilot)

    assert amiss == {}


@pytest.mark.parametrize("half", [0, 1])
async def test_no_form_and_no_card_names_a_key_as_it_was(busy: Drawn, half: int) -> None:
    keymap = given(half)
    app = screens_of(busy["4-west"], plain=True)
    app.keys_given.update(keymap)
    app.set_keymap(keymap)
    async with app.run_test(size=(120, 50)) as pilot:
        await settled(pilot)
        told = [str(cell) for card in cards(app) for line in card for cell in line.cells]
        lines: list[str] = []
        app.push_screen(ProblemScreen(busy.linen))
        await settled(pilot)
        for key in ("escalate", "plan", "resolve", "assign", "note", "raise_problem", "sign"):
            await app.screen.run_action(key)
            await settled(pilot)
            assert cast("DeskScreen[object]", app.screen).form is not None, key
            # Letters of kinds are no keys: `e equipment`; nor is the mark of what is chosen.
            lines += [line.replace("(x)", "( )") for line in picture(app) if "Kind, when" not in line]
        app.end()

    assert sorted(set(named(lines, old_names(keymap) - WORDS - TYPING))) == []
    # Enter at the end of a line that is being typed stays what it is.
    told = [words.replace("then Enter", "") for words in told]
    assert sorted(set(named(told, old_names(keymap) - {"a"}))) == []


async def test_a_computer_without_a_unit_names_its_keys_as_they_are() -> None:
    app = UnsetApp("W4-PC-07", plain=True, reports=REPORTS)
    app.keys_given.update({"open": "f5", "quit": "f6"})
    app.set_keymap(app.keys_given)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)

        assert any("F5, or click" in line for line in picture(app))


def test_keys_are_found_in_words_and_ages_are_none() -> None:
    told = ["p plan  e ask for help", "2 more (l)", "Space = said, next", "it waits 5 d    Status", "60 s each"]

    assert [found[0] for found in named(told, frozenset({"p", "e", "l", "d", "s"}))] == ["e", "l", "p"]
    assert [*named(told, frozenset({"Space", "F2"}))] == ["Space: Space = said, next"]


def test_words_of_people_are_no_keys() -> None:
    assert keys.told("Press {raise_problem:r}", {}) == "Press r"
    assert keys.told("Press {raise_problem:r}", {"raise_problem": "f7"}) == "Press F7"
    assert keys.told("{fine} = said, {raise_problem}, {nothing}", {"fine": "f5"}) == "F5 = said, F2, {nothing}"
