"""Killed in each of 30 recorded inputs, the huddle resumes where it was, with the line.

Each input is typed into a program of its own, which is killed in the middle of it; the next program opens at the same
step and line, says what was kept, and has it in its form again. Nothing of it was recorded.
"""

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.screens.hospital import open_on_disk
from tests.screens.warm import Running, Warm
from wsq_huddle.services import huddles

STEPS = ("LAST TIME", "TARGETS", "STATUS", "PLAN", "HELP", "CLOSE")
LAST, TARGETS, STATUS, PLAN, HELP, CLOSE = range(6)
ENTER, ESCAPE, TAB, LEFT, RIGHT, DOWN, HOME, F2 = "\r", "\x1b", "\t", "\x1b[D", "\x1b[C", "\x1b[B", "\x1b[H", "\x1bOQ"


@dataclass(frozen=True)
class Typed:
    """One input: the step, the lines down, the key that opens its form, lines further in it, and the words."""

    step: int
    down: int
    key: str
    words: str
    into: int = 0


CHAINS = (
    (
        Typed(LAST, 0, "n", "sheets came la"),
        Typed(LAST, 2, "x", "the night of T"),
        Typed(TARGETS, 0, ENTER, "3"),
        Typed(STATUS, 0, ENTER, "orders not si"),
        Typed(STATUS, 3, ENTER, "two RN short un"),
        Typed(STATUS, 5, ENTER, "mattress was ol", into=1),
        Typed(PLAN, 0, "p", "fetch from sto"),
        Typed(HELP, 1, "s", "spare is in pl"),
        Typed(CLOSE, 1, ENTER, "Ana Ruiz, Be"),
        Typed(STATUS, 2, F2, "Bed alarm 14 al"),
    ),
    (
        Typed(LAST, 1, "n", "cart stands in"),
        Typed(LAST, 2, "x", "none came on Thursda"),
        Typed(TARGETS, 1, ENTER, "28"),
        Typed(STATUS, 1, ENTER, "pump lent to 5"),
        Typed(STATUS, 4, ENTER, "bell within re", into=1),
        Typed(STATUS, 10, ENTER, "one is blocke", into=1),
        Typed(PLAN, 0, "e", "ten sheets by no"),
        Typed(HELP, 1, "a", "biomed", into=0),
        Typed(CLOSE, 2, ENTER, "Mia saw the wro"),
        Typed(HELP, 0, F2, "Suction weak in"),
    ),
    (
        Typed(LAST, 2, "n", "agency came twi"),
        Typed(LAST, 5, "n", "asked again on"),
        Typed(STATUS, 2, ENTER, "linen short sin"),
        Typed(STATUS, 6, ENTER, "label was torn", into=1),
        Typed(STATUS, 12, ENTER, "gel was empty", into=1),
        Typed(STATUS, 13, ENTER, "two transfers a"),
        Typed(HELP, 0, "e", "tried the pool", into=1),
        Typed(HELP, 2, "n", "IT was rung aga"),
        Typed(HELP, 1, "d", "found another b"),
        Typed(PLAN, 0, F2, "Lift door sticks"),
    ),
)


@pytest.fixture
def warm() -> Iterator[Warm]:
    with Warm() as forking:
        yield forking


def look(folder: Path, sql: str) -> list[tuple[str, str]]:
    """Look into the store as another program would, without being in anybody's way."""
    with closing(sqlite3.connect(f"file:{folder}/4-west/data/huddle.db?mode=ro", uri=True)) as store:
        return store.execute(sql).fetchall()


def drafts(folder: Path) -> dict[str, str]:
    return dict(look(folder, "SELECT place, text FROM draft"))


def answers(folder: Path) -> dict[str, str | None]:
    """Look at what was recorded, with a desk of our own."""
    desk = open_on_disk(folder, "4-west")
    with closing(desk.store):
        huddle = huddles.sitting(desk).huddle
    assert huddle is not None
    return {one.item: one.value for one in huddle.answers}


def wait_for(found: Callable[[], bool]) -> None:
    until = time.monotonic() + 15
    while not found():
        assert time.monotonic() < until, "it was not kept"
        time.sleep(0.03)


def is_kept(folder: Path, typed: Typed) -> bool:
    """Whether the words of an input are in the store, and the step at which they were typed."""
    kept, step = drafts(folder), STEPS[typed.step].lower().replace(" ", "-")
    at = next((text for place, text in kept.items() if place.endswith("/at")), "")
    return f'"{step}"' in at and any(typed.words in text for place, text in kept.items() if place[-3:] != "/at")


def go(screens: Running, typed: Typed) -> None:
    """Go to the line of an input, from wherever it is, and begin to type."""
    screens.type(LEFT * 5 + RIGHT * typed.step + HOME + DOWN * typed.down)
    screens.rest()
    screens.type(typed.key)
    screens.expect("──")
    screens.rest()
    if typed.into:
        screens.type(TAB * typed.into)
        screens.rest()
    screens.type(typed.words)


def killed_in_each(warm: Warm, folder: Path, chain: tuple[Typed, ...]) -> int:
    """Type, kill, come back, look, go on with the next; gives how often it was killed."""
    before: Typed | None = None
    for minute, typed in enumerate((*chain, None), 16):
        screens = warm.start(folder, "4-west", f"07:{minute}")
        screens.expect("Go on with the huddle" if before else "Start the huddle")
        screens.rest()
        screens.type(ENTER)
        if before is None:
            screens.rest()
            screens.type(ENTER)
            screens.expect("[LAST TIME]")
        else:
            screens.expect(f"[{STEPS[before.step]}]", f'Kept: "{before.words}"')
            screens.rest()
            screens.type(before.key)
            screens.expect(before.words)
            screens.rest()
            screens.type(ESCAPE)
        screens.rest(0.2)
        if typed is not None:
            go(screens, typed)
            wait_for(partial(is_kept, folder, typed))
        screens.kill()
        before = typed
    return len(chain)


def test_killed_in_each_of_30_recorded_inputs_the_huddle_resumes_where_it_was_with_the_line(
    warm: Warm, drawn_folder: Path, tmp_path: Path
) -> None:
    folders = [tmp_path / str(at) for at in range(len(CHAINS))]
    for folder in folders:
        shutil.copytree(drawn_folder, folder)
    with ThreadPoolExecutor(len(CHAINS)) as at_once:
        killed = list(at_once.map(killed_in_each, [warm] * len(CHAINS), folders, CHAINS))

    assert sum(killed) == 30
    for folder, chain in zip(folders, CHAINS, strict=True):
        kept = " ".join(drafts(folder).values())

        assert answers(folder) == {}
        assert [typed.words for typed in chain if typed.words not in kept] == []


def test_killed_while_digits_are_typed_the_number_stands_in_its_line_again(
    warm: Warm, drawn_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "digits"
    shutil.copytree(drawn_folder, folder)
    screens = warm.start(folder, "4-west", "07:16")
    screens.expect("Start the huddle")
    for key, shown in (
        (ENTER, "Who leads"),
        (ENTER, "[LAST TIME]"),
        (RIGHT * 2, "[STATUS]"),
        ("g", "4 of 16"),
        ("4", "4_"),
    ):
        screens.rest()
        screens.type(key)
        screens.expect(shown)
    wait_for(lambda: any('"4"' in text for text in drafts(folder).values()))
    screens.kill()
    answered = answers(folder)

    screens = warm.start(folder, "4-west", "07:16")
    screens.expect("Go on with the huddle")
    screens.rest()
    screens.type(ENTER)
    screens.expect("4_")
    screens.rest()
    screens.type("2 ")
    wait_for(lambda: any('"4-west/fall"' in text for _, text in look(folder, "SELECT subject, answers FROM huddle")))
    screens.kill()

    assert answered == dict.fromkeys(("4-west/methods", "4-west/equipment", "4-west/supplies", "4-west/staff"), "met")
    assert answers(folder)["4-west/fall"] == "42"
