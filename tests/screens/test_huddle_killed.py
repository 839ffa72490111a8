"""The program is killed in the middle of a huddle and started again: everything is there, the line being typed too."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.screens.hospital import Drawn, open_on_disk
from tests.screens.pty_run import OnTerminal
from wsq_huddle.domain.huddles import Huddle
from wsq_huddle.services import drafts, huddles

HOSPITAL = Path(__file__).with_name("hospital.py")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hospital on disk, with the morning of the drawings."""
    folder = tmp_path_factory.mktemp("built")
    Drawn(folder, on_disk=True).close()
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of its own for each test."""
    copied = tmp_path / "hospital"
    shutil.copytree(built, copied)
    yield copied
    shutil.rmtree(copied)


def screens(folder: Path) -> OnTerminal:
    return OnTerminal(str(folder), "4-west", "07:16", program=HOSPITAL)


def huddle(folder: Path) -> Huddle:
    """Look at what was recorded, with a desk of our own."""
    desk = open_on_disk(folder, "4-west")
    try:
        found = huddles.sitting(desk).huddle
    finally:
        desk.store.close()
    assert found is not None
    return found


def kept(folder: Path) -> dict[str, str]:
    desk = open_on_disk(folder, "4-west")
    try:
        return {one.place: one.text for one in drafts.kept(desk)}
    finally:
        desk.store.close()


def wait_for(found: Callable[[], bool]) -> None:
    until = time.monotonic() + 15
    while not found():
        assert time.monotonic() < until, "it was not kept"
        time.sleep(0.1)


STEPS = [
    # The step, the keys that lead there from Today, what is typed into a line of it, what tells that it is there again.
    ("last-time", ["\r", "\r"], ["n", "sheets came la"], "[LAST TIME]"),
    ("targets", ["\r", "\r", "\x1b[C"], ["\r", "12"], "[TARGETS]"),
    ("status", ["\r", "\r", "\x1b[C", "\x1b[C"], ["\r", "orders not si"], "[STATUS]"),
    ("plan", ["\r", "\r", *["\x1b[C"] * 3], ["p", "fetch from sto"], "[PLAN]"),
    ("help", ["\r", "\r", *["\x1b[C"] * 4], ["e", "ten sheets by no"], "[HELP]"),
    ("close", ["\r", "\r", *["\x1b[C"] * 5], ["\x1b[B", "\x1b[B", "\r", "Mia saw the wro"], "[CLOSE]"),
]


@pytest.mark.parametrize(("step", "way", "line", "there"), STEPS, ids=[step for step, *_ in STEPS])
def test_killed_in_each_step_everything_is_there_the_line_too(
    folder: Path, step: str, way: list[str], line: list[str], there: str
) -> None:
    words = line[-1]
    with screens(folder) as terminal:
        terminal.read_until(b"Start the huddle")
        for key in [*way, *line]:
            terminal.type(key)
            terminal.read(quiet=0.3, longest=3)
        wait_for(lambda: any(words in text for text in kept(folder).values()))
        wait_for(lambda: any(place.endswith("/at") and step in text for place, text in kept(folder).items()))
        terminal.kill()
    before = huddle(folder)

    with screens(folder) as terminal:
        terminal.read_until(b"Go on with the huddle")
        terminal.type("\r")
        shown = terminal.read_until(there.encode())
        assert there.encode() in shown
        assert f'Kept: "{words}"'.encode() in shown + terminal.read(quiet=0.3, longest=3)
        terminal.type(line[-2])
        assert words.encode() in terminal.read_until(words.encode())
    assert huddle(folder) == before


def test_killed_while_digits_are_typed_the_number_stands_in_its_line_again(folder: Path) -> None:
    with screens(folder) as terminal:
        terminal.read_until(b"Start the huddle")
        for key in ("\r", "\r", "\x1b[C", "\x1b[C", "g", "4"):
            terminal.type(key)
            terminal.read(quiet=0.3, longest=3)
        wait_for(lambda: any('"4"' in text for text in kept(folder).values()))
        terminal.kill()
    answered = {one.item: one.value for one in huddle(folder).answers}
    assert answered == dict.fromkeys(("4-west/methods", "4-west/equipment", "4-west/supplies", "4-west/staff"), "met")

    with screens(folder) as terminal:
        terminal.read_until(b"Go on with the huddle")
        terminal.type("\r")
        assert b"4_" in terminal.read_until(b"4_")
        terminal.type("2 ")
        wait_for(lambda: any(one.item == "4-west/fall" for one in huddle(folder).answers))
    (fall,) = [one for one in huddle(folder).answers if one.item == "4-west/fall"]
    assert fall.value == "42"
