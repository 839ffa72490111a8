"""Contrast of what is really drawn (WCAG 2.2), letter by letter: what lies below the command palette, too."""

from collections.abc import Iterator, Sequence

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
WALKS = [
    *((keys, OURS) for keys in WAYS if "ctrl+p" not in keys),
    # The palette that is open keeps its colours: nobody can choose others meanwhile.
    *((keys, (colours,)) for keys in WAYS if "ctrl+p" in keys for colours in OURS),
]


def drawn(app: HuddleApp) -> Iterator[tuple[str, Style]]:
    for strip in app.screen._compositor.render_strips():  # noqa: SLF001 - Textual has no other way
        for segment in strip:
            if segment.text.strip():
                yield segment.text, segment.style or Style()


@pytest.mark.parametrize(("keys", "shown_in"), WALKS)
async def test_every_letter_on_the_screen_can_be_read(
    busy: Drawn, keys: tuple[str, ...], shown_in: Sequence[Colours]
) -> None:
    app, found = program(lambda: busy["4-west"], theme=shown_in[0].name), {}
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for key in keys:
            await pilot.press("space" if key == " " else key)
            await settled(pilot)
        for colours in shown_in:
            app.theme = colours.name
            await settled(pilot)
            found[colours.name] = list(drawn(app))
        app.end()

    assert len({frozenset(style for _, style in letters) for letters in found.values()}) == len(shown_in)
    assert len({"".join(words for words, _ in letters) for letters in found.values()} - {""}) == 1
    for colours in shown_in:
        for words, style in found[colours.name]:
            assert style.color is not None, words
            assert style.bgcolor is not None, words
            shown = ratio(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))
            assert shown >= needed(colours), (colours.name, words, style)
