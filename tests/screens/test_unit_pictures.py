"""A unit's Status, raising, Help and Close as they were drawn, kept as pictures at three sizes and in ASCII."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from screens.app import HuddleApp
from screens.patience import AT_ONCE, PRODUCT
from tests.moulds import mould
from tests.screens.hospital import WEDNESDAY, Drawn, screens_of
from tests.screens.pictures import IN_TOUCH, SIZES, assert_same, assert_same_at_each
from wsq_huddle.services import drafts, huddles, problems, steps
from wsq_huddle.services.desk import Desk


def cases(hospital: Drawn) -> None:
    """What solved the like before: a nurse short in five hours, a dead alarm in five minutes."""
    west = hospital.signed("4-west", "Ana Ruiz")
    hospital.put("07:20", WEDNESDAY.replace(day=18))
    short = hospital.asked("RN short until 15:00", "staff", "one RN")
    problems.escalate(hospital["cardiac"], short, need="one RN")
    hospital.deliver()
    hospital.put("12:20", WEDNESDAY.replace(day=18))
    problems.resolve(hospital["executive"], short, remedy="agency RN")
    hospital.deliver()
    problems.confirm(west, short)
    hospital.put("07:00", WEDNESDAY.replace(day=4))
    call = problems.raise_at(west, title="Alarm silent, bath", category="equipment").id
    hospital.put("07:05", WEDNESDAY.replace(day=4))
    problems.resolve(west, call, remedy="reset at the wall box")
    problems.confirm(west, call)


def status(hospital: Drawn) -> None:
    """Monday's huddle as far as the drawing of Status has it."""
    hospital.put("07:15")
    west = hospital.signed("4-west", "Ben Koch")
    one = hospital.huddle("4-west", "Ben Koch", close=False)
    now = steps.look(west, one)
    for back in now.last_time.answers:
        steps.read_out(west, one, back.problem.id)
    for key, raw, note in (
        ("methods", "met", None), ("equipment", "met", None), ("supplies", "attention", "linen short since Sat"),
        ("staff", "not-met", "2 RN short until 19:00"), ("fall", "1", None), ("pressure-injury", "0", None),
        ("medication", "0", None), ("staff-hurt", "0", None), ("high-fall-risk", "3", None),
        ("falls-bundle", "9 of 10", None),
    ):  # fmt: skip
        huddles.answer(west, huddles.sitting(west), key, raw, note=note)
    hospital.put("07:21")


@pytest.fixture(scope="module")
def under_way_mould(tmp_path_factory: pytest.TempPathFactory, drawn_mould: Drawn) -> Iterator[Drawn]:
    def make(_folder: Path) -> Drawn:
        made = drawn_mould.copy()
        cases(made)
        status(made)
        return made

    with closing(mould(tmp_path_factory, "under-way", make)) as made:
        yield made


@pytest.fixture
def under_way(under_way_mould: Drawn) -> Iterator[Drawn]:
    """The huddle of 4 West at the end of its Status."""
    with closing(under_way_mould.copy()) as made:
        yield made


def kept(west: Desk) -> None:
    for place, title in (("raise/2", "Lift door sticks"), ("raise", "Bed alarm 14 also sil")):
        drafts.keep(west, place, f'{{"title": "{title}", "kind": "e equipment", "urgency": "today"}}')


LOOKED_UP = "wait:400"
"""What is known stands a moment after the last letter."""

SCREENS = {
    "unit-status": ("07:21", [*["down"] * 8]),
    "unit-raise": ("07:22", ["f2", *"ent", LOOKED_UP]),
    "unit-event": ("07:22", ["f2", *"Fall at the bath", LOOKED_UP, "tab", "y", "tab", "f"]),
    "unit-help": ("07:24", ["right", "right", "e", *"two RN", "enter"]),
    "unit-help-list": ("07:24", ["right", "right"]),
    "unit-close": ("07:25", ["right", "right", "right"]),
    "unit-closed": ("07:25", ["right", "right", "right", "end", "enter"]),
}
DRAWN = ("unit-status", "unit-raise", "unit-help")
WALKS = [
    *((name, SIZES) for name in SCREENS if name != "unit-help"),
    # What was before is told in one line or in two, as the window is when the form opens.
    *(("unit-help", [size]) for size in SIZES),
]


@pytest.mark.parametrize(("name", "sizes"), WALKS)
async def test_each_screen_of_a_unit_looks_as_it_did(
    under_way: Drawn, name: str, sizes: Sequence[tuple[int, int]]
) -> None:
    app, keys = walk(under_way, name)
    mono = name in DRAWN and sizes[0] == SIZES[0]
    walked = assert_same_at_each(app, name, sizes, keys=keys, mono=mono, link=IN_TOUCH)
    for size, drawn in zip(sizes, await walked, strict=True):
        assert len(drawn) == size[1]
        assert all(len(line) <= min(size[0], 120) for line in drawn)


@pytest.mark.parametrize("name", SCREENS)
async def test_each_screen_of_a_unit_is_drawn_in_ascii_on_an_old_console(under_way: Drawn, name: str) -> None:
    app, keys = walk(under_way, name, plain=True)
    drawn = await assert_same(app, f"{name}-ascii", keys=keys, link=IN_TOUCH)

    assert all(line.isascii() for line in drawn)


def walk(hospital: Drawn, name: str, *, plain: bool = False) -> tuple[HuddleApp, list[str]]:
    """The program of the unit at the time of a picture, and the keys that lead to it."""
    west = hospital.signed("4-west", "Ben Koch")
    clock, keys = SCREENS[name]
    if name in {"unit-raise", "unit-status"}:
        kept(west)
    hospital.put(clock)
    west.settings = replace(west.settings, node=replace(west.settings.node, emergency="5555"))
    # What the form says of the seconds is the product's; the other pictures are of what has been recorded at once.
    patience = PRODUCT if name == "unit-help" else AT_ONCE
    # Today opens the huddle at its first step that is not through: Status, once the targets are.
    return screens_of(west, plain=plain, patience=patience), ["enter", *["right"] * 2, "home", *keys]
