"""Contrast of what is really drawn (WCAG 2.2), letter by letter: what lies below the command palette, too."""

from collections.abc import Iterator

import pytest
from rich.style import Style
from textual.color import Color

from screens.app import HuddleApp
from screens.themes import OURS, Colours
from tests.screens.hospital import Drawn, program
from tests.screens.pictures import settled
from tests.screens.test_themes import needed, ratio

WAYS = (
    (),
    ("down", "down", "f2", *"Mr Miller fell", "tab"),
    ("f1", "down"),
    ("ctrl+p", "down"),
    ("ctrl+p", *"no such"),
    ("enter", "enter", "right", "right", "enter", *"two", "tab"),
    ("c", "down"),
    ("m",),
)
"""Keys from Today; what is on the screen then is looked at."""


def drawn(app: HuddleApp) -> Iterator[tuple[str, Style]]:
    for strip in app.screen._compositor.render_strips():  # noqa: SLF001 - Textual has no other way
        for segment in strip:
            if segment.text.strip():
                yield segment.text, segment.style or Style()


@pytest.mark.parametrize("colours", OURS, ids=lambda colours: colours.name)
@pytest.mark.parametrize("keys", WAYS, ids=lambda keys: "-".join(keys[:2]) or "today")
async def test_every_letter_on_the_screen_can_be_read(busy: Drawn, colours: Colours, keys: tuple[str, ...]) -> None:
    app = program(lambda: busy["4-west"], theme=colours.name)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for key in keys:
            await pilot.press("space" if key == " " else key)
            await settled(pilot)
        found = list(drawn(app))
        app.end()

    assert found
    for words, style in found:
        assert style.color is not None, words
        assert style.bgcolor is not None, words
        shown = ratio(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))
        assert shown >= needed(colours), (words, style)
