"""Every class of screen, walked in a hospital full of hostile text: only words are ever shown, and nothing breaks."""

import importlib
import pkgutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from rich.cells import cell_len
from textual.screen import Screen

import screens
from screens.figures import FiguresScreen
from screens.followups import FollowUpsScreen
from screens.frame import DeskScreen
from screens.help import HelpScreen
from screens.huddle import HuddleScreen
from screens.huddle.needs import NeedsScreen
from screens.huddle.sheet import SheetScreen
from screens.measures import MeasuresScreen
from screens.morning import MorningScreen
from screens.pattern import PatternScreen
from screens.problem import ProblemScreen
from screens.problems import ProblemsScreen
from screens.reading import Reading
from screens.seats import RehearsalApp, Seat, SeatsScreen
from screens.summary import SummaryScreen
from screens.today import TodayScreen
from screens.tour import TourScreen
from screens.unset import UnsetApp, UnsetScreen
from screens.verbs.dealing import Dealing
from screens.wall import WallScreen
from tests.screens.hospital import MONDAY, REPORTS, screens_of
from tests.screens.pictures import picture, settled
from tests.screens.poisoned import FORBIDDEN, HOSTILE, Poisoned
from tests.screens.pty_run import OnTerminal
from tests.screens.test_bytes import OWN
from tests.screens.walking import Walk
from wsq_huddle.services import problems

if TYPE_CHECKING:
    from screens.app import HuddleApp

Made = Callable[[Poisoned], Screen[Any]]
PROGRAM = Path(__file__).with_name("hospital.py")
SEATS = [Seat(f"node-{at}", words, "unit") for at, words in enumerate(HOSTILE)]
ROUND = ("down", "enter", "escape")
"""What is pressed on every screen."""
STEPS = ("right", "right", "enter", "escape", "right", "right", "enter", "escape", "right")

BARE = frozenset({DeskScreen, Reading, Dealing})
"""What screens are made from."""
APART: dict[type[Screen[Any]], str] = {
    SeatsScreen: "test_the_seats_and_the_screen_of_a_computer_without_a_unit",
    UnsetScreen: "test_the_seats_and_the_screen_of_a_computer_without_a_unit",
}
"""Screens that need a program of their own, and the test here that walks them."""


def all_of(hospital: Poisoned, node: str) -> list[str]:
    return [problem.id for problem in problems.listed(hospital[node], limit=200)]


def problem(node: str, at: int) -> Made:
    """Make the screen of one of the problems that a node knows."""
    return lambda hospital: ProblemScreen(all_of(hospital, node)[at])


WALKED: dict[type[Screen[Any]], tuple[tuple[str, Made, tuple[str, ...]], ...]] = {
    TodayScreen: tuple((node, lambda _: TodayScreen(), ("w", "f2", *"evil", "escape"))
                       for node in ("4-west", "cardiac", "executive")),
    HuddleScreen: (
        ("4-west", lambda _: HuddleScreen(), STEPS),
        *((node, lambda _: HuddleScreen(), ("right", "right", "right", "right")) for node in ("cardiac", "executive")),
    ),
    SheetScreen: (("biomed", lambda _: SheetScreen(), ("space", "g")),),
    ProblemsScreen: (("cardiac", lambda _: ProblemsScreen(), ("f", "escape")),),
    ProblemScreen: tuple(
        (node, problem(node, at), ())
        for node, at in (("4-west", 7), ("cardiac", 4))
    ),
    MorningScreen: (("cardiac", lambda _: MorningScreen(), ()),),
    SummaryScreen: (("cardiac", lambda _: SummaryScreen("4-west", HOSTILE[3], MONDAY), ()),),
    NeedsScreen: (("cardiac", lambda _: NeedsScreen("4-west", MONDAY), ("n", "escape")),),
    PatternScreen: (("cardiac", lambda h: PatternScreen(h.pattern()), ("k",)),),
    FollowUpsScreen: (("executive", lambda h: FollowUpsScreen(HOSTILE[3], all_of(h, "executive")), ()),),
    FiguresScreen: (("cardiac", lambda _: FiguresScreen(), ("left", "right")),),
    MeasuresScreen: (("executive", lambda _: MeasuresScreen(), ()),),
    HelpScreen: (("4-west", lambda _: HelpScreen(cast("DeskScreen[object]", TodayScreen())), ()),),
    TourScreen: (("4-west", lambda _: TourScreen(), ("space",)),),
    WallScreen: (("4-west", lambda _: WallScreen(), ()),),
}  # fmt: skip
WITHOUT_WORDS = frozenset({SheetScreen, FiguresScreen, MeasuresScreen, HelpScreen, TourScreen, WallScreen})
"""Screens on which nothing stands that somebody typed."""
SEEN = ("@click", "alert(1)", "calc'", "]52;c;", "evil", "xxxxxxxx", "word word")
WALKS = [(kind, *walk) for kind, walks in WALKED.items() for walk in walks]


@pytest.fixture(scope="module")
def poisoned(poisoned_mould: Poisoned) -> Iterator[Poisoned]:
    with closing(poisoned_mould.copy()) as made:
        yield made


@asynccontextmanager
async def opened(
    hospital: Poisoned, node: str, made: Made, size: tuple[int, int], *, plain: bool
) -> AsyncIterator[Walk]:
    """Open a screen over Today; nothing that is typed or asked there is recorded."""
    app = screens_of(hospital[node], plain=plain)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        app.push_screen(made(hospital))
        await settled(pilot)
        try:
            yield Walk(app, pilot)
        finally:
            app.end()


def only_words(lines: list[str], width: int) -> None:
    """Hold that a terminal shows these lines and does nothing else."""
    shown = {letter for line in lines for letter in line}

    assert not {letter for letter in shown if ord(letter) in FORBIDDEN}
    assert any(line.strip() for line in lines)
    assert [line for line in lines if cell_len(line) > width] == []


def test_every_class_of_screen_is_walked_here() -> None:
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        importlib.import_module(module.name)
    found: set[type[Screen[Any]]] = set()
    waiting: list[type[Screen[Any]]] = [Screen]
    while waiting:
        kinds = waiting.pop().__subclasses__()
        waiting += kinds
        found |= {kind for kind in kinds if kind.__module__.partition(".")[0] == "screens"}

    assert {kind.__name__ for kind in found - BARE} == {kind.__name__ for kind in {*WALKED, *APART}}
    assert set(APART.values()) <= set(globals())


@pytest.mark.parametrize(
    ("kind", "node", "made", "keys"), WALKS, ids=[f"{walk[0].__name__}-{walk[1]}-{at}" for at, walk in enumerate(WALKS)]
)
async def test_whatever_people_have_typed_a_screen_shows_words_and_goes_on(
    poisoned: Poisoned, kind: type[Screen[Any]], node: str, made: Made, keys: tuple[str, ...]
) -> None:
    plain = sum(map(ord, node + kind.__name__)) % 2 == 0
    size = (120, 40) if plain else (80, 24)
    async with opened(poisoned, node, made, size, plain=plain) as walk:
        assert isinstance(walk.app.screen, kind)
        only_words(walk.lines, size[0])
        told = walk.text
        for key in (*keys, *ROUND):
            await walk.press(key)
            only_words(walk.lines, size[0])
            assert walk.app.return_code is None
            assert "That did not work" not in walk.text
            told += walk.text

        assert kind in WITHOUT_WORDS or any(words in told for words in SEEN)


def test_no_byte_of_it_reaches_a_real_terminal_as_it_is(poisoned: Poisoned, tmp_path: Path) -> None:
    folder = poisoned.on_disk(tmp_path, "cardiac")
    # Nothing is waited for between keys: what is read in between is what is on its way.
    walk = ("\x1b[B", "l", "\x1b[6~", "\r", "\x1b", "\x1b", "c", "\x1b", "\r", *("\x1b[C", "\r", "\x1b") * 2, "\x1bOQ")
    with OnTerminal(str(folder), "cardiac", "08:10", program=PROGRAM) as terminal:
        sent = terminal.read_until(b"CAME UP")
        for keys in walk:
            terminal.type(keys)
            sent += terminal.read(quiet=0.1, longest=0.5)
    told = OWN.sub(b"", sent).decode("utf-8")

    assert any(words in told for words in SEEN)
    assert {letter for letter in told if ord(letter) in FORBIDDEN} <= {"\r", "\n", "\x07"}
    assert told.count("\x07") <= 1, "the bell rings once, for what is needed now"
    assert b"\x1b]52" not in sent


@pytest.mark.parametrize("kind", [SeatsScreen, UnsetScreen], ids=lambda kind: kind.__name__)
async def test_the_seats_and_the_screen_of_a_computer_without_a_unit(poisoned: Poisoned, kind: type[Any]) -> None:
    if kind is UnsetScreen:
        app: HuddleApp = UnsetApp(HOSTILE[3], HOSTILE[4] + HOSTILE[7], reports=REPORTS)
    else:
        app = RehearsalApp(
            lambda: poisoned["4-west"], TodayScreen, reports=REPORTS, seats=SEATS, clock=poisoned["4-west"].now
        )  # fmt: skip
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for key in ("f9", "f1", "escape", "end"):
            await pilot.press(key)
            await settled(pilot)
            only_words(picture(app), 80)
        assert isinstance(app.screen, kind)
        app.end()
