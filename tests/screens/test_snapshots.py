"""The kit as it looks, kept as pictures, at 80x24 and 120x40."""

from xml.etree import ElementTree as ET

import pytest

from tests.screens.demo import cardboard
from tests.screens.pictures import FOLDER, assert_same

SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("kit-list", ("down", "down")),
        ("kit-form", ("f2", "a", "b", "enter")),
        ("kit-help", ("f1",)),
        ("kit-notice", ("u",)),
        ("kit-detail", ("l", "pagedown", "down")),
    ],
)
async def test_the_kit_looks_as_it_did(name: str, keys: tuple[str, ...], size: tuple[int, int]) -> None:
    drawn = await assert_same(cardboard(), f"{name}-{size[0]}x{size[1]}", size=size, keys=keys)

    assert len(drawn) == size[1]
    assert all(len(line) <= size[0] for line in drawn)


@pytest.mark.parametrize("theme", ["light", "contrast", "ansi"])
async def test_each_theme_looks_as_it_did(theme: str) -> None:
    await assert_same(cardboard(theme=theme), f"kit-{theme}", keys=("down",))


async def test_in_ascii_the_kit_looks_as_the_drawings() -> None:
    drawn = await assert_same(cardboard(plain=True), "kit-ascii", keys=("down", "down"))

    assert all(line.isascii() for line in drawn)
    assert drawn[7] == " > v Night RN short            Executive: agency RN Thu-Sun        did it work?"


def test_every_picture_that_is_kept_is_a_picture_to_others_too() -> None:
    kept = [one for one in sorted(FOLDER.glob("*.svg")) if not one.name.endswith(".new.svg")]
    amiss = []
    for one in kept:
        try:
            ET.parse(one)  # noqa: S314 - our own pictures
        except ET.ParseError as error:
            amiss.append(f"{one.name}: {error}")

    assert kept
    assert amiss == []
