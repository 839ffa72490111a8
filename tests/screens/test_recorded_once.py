"""A draft and what is recorded of it: the program is killed right after the commit, and nothing can be sent twice."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from screens.problem import ProblemScreen
from tests.screens.hospital import Drawn, open_on_disk
from tests.screens.pictures import settled
from tests.screens.pty_run import OnTerminal
from tests.screens.walking import walking
from wsq_huddle.services import drafts, huddles, problems
from wsq_huddle.services.desk import Desk

DYING = Path(__file__).with_name("dying.py")
F2, ENTER, DOWN, RIGHT = "\x1bOQ", "\r", "\x1b[B", "\x1b[C"
TYPED = "two from 5 East"


@pytest.fixture
def folder(drawn_folder: Path, tmp_path: Path) -> Iterator[Path]:
    copied = tmp_path / "hospital"
    shutil.copytree(drawn_folder, copied)
    yield copied
    shutil.rmtree(copied)


def raised(desk: Desk) -> bool:
    return any(one.title == TYPED for one in problems.listed(desk))


def answered(desk: Desk) -> bool:
    found = huddles.sitting(desk).huddle
    return found is not None and any(one.note == TYPED for one in found.answers)


def counted(desk: Desk) -> bool:
    found = huddles.sitting(desk).huddle
    return found is not None and any((one.item, one.value) == ("4-west/fall", "4") for one in found.answers)


def planned(desk: Desk) -> bool:
    return any(one.what == TYPED for one in problems.listed(desk))


WAYS = {
    # What is recorded, the keys up to it, how one sees that it was recorded.
    "a problem": ("problem.raised", [F2, TYPED, ENTER], raised),
    "a line of the huddle": ("huddle.answered", [ENTER, ENTER, RIGHT, RIGHT, ENTER, TYPED, ENTER], answered),
    "a number": ("huddle.answered", [ENTER, ENTER, RIGHT, RIGHT, *[DOWN] * 4, "4", DOWN], counted),
    "a plan": ("problem.planned", [ENTER, ENTER, *[RIGHT] * 3, "p", TYPED, *[ENTER] * 4], planned),
}


@pytest.mark.parametrize(("kind", "keys", "there"), WAYS.values(), ids=list(WAYS))
def test_killed_right_after_the_commit_there_is_the_record_and_no_draft(
    folder: Path, kind: str, keys: list[str], there: Callable[[Desk], bool]
) -> None:
    with OnTerminal(str(folder), "4-west", "07:16", kind, program=DYING) as terminal:
        terminal.read_until(b"Start the huddle")
        for key in keys:
            terminal.type(key)
            terminal.read(quiet=0.4 if key != keys[-1] else 1.0, longest=3)
        died = terminal.ended()
    desk = open_on_disk(folder, "4-west")
    left = [one.place for one in drafts.kept(desk) if not one.place.endswith("/at")]
    recorded = there(desk)
    desk.store.close()

    assert died == -9
    assert recorded
    assert left == []


async def test_a_refused_verb_keeps_the_draft_and_a_recorded_one_leaves_none(quiet: Drawn) -> None:
    subject = problems.raise_at(quiet["4-west"], title="Bed alarm dead", category="equipment").id
    async with walking(quiet) as walk:
        walk.app.push_screen(ProblemScreen(subject))
        await settled(walk.pilot)
        await walk.press("p")
        await walk.type("spare from store")
        await walk.press("tab", "tab")
        await walk.type("whenever")
        await walk.press("enter", "enter")
        refused, kept = walk.lines[21], drafts.kept(quiet["4-west"])
        await walk.press(*["backspace"] * 8, "enter", "enter")

        assert refused.startswith(' "whenever" is no')
        assert len(kept) == 1
        assert "spare from store" in kept[0].text
        assert problems.read(quiet["4-west"], subject).what == "spare from store"
        assert drafts.kept(quiet["4-west"]) == []
        assert walk.app.kept.under("") == []


async def test_what_is_typed_while_a_number_is_recorded_stays(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        kept = walk.app.kept
        kept.keep("huddle/1/fall", {"typed": "4"}, typed=["typed"])
        submitted = kept.text("huddle/1/fall")
        kept.keep("huddle/1/fall", {"typed": "42"}, typed=["typed"])
        kept.recorded("huddle/1/fall", submitted)

        assert kept.of("huddle/1/fall") == {"typed": "42"}
