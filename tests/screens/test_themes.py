"""Contrast, computed (WCAG 2.2): 7:1 for text in `contrast`, 4.5:1 elsewhere, 3:1 for what has the focus."""

import re
from pathlib import Path

import pytest
from rich.style import Style
from textual.color import Color

import screens
from screens.marks import Mark, Tone
from screens.themes import AMBER, ANSI_PALETTE, BLUE, OURS, PALETTES, RED, THEMES, Colours


def ratio(one: Color, other: Color) -> float:
    """Give the contrast ratio of two colours, from 1 to 21."""

    def luminance(colour: Color) -> float:
        parts = (part / 255 for part in colour.rgb)
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def needed(colours: Colours) -> float:
    return 7.0 if colours.name == "contrast" else 4.5


@pytest.mark.parametrize("colours", OURS, ids=lambda colours: colours.name)
@pytest.mark.parametrize("tone", Tone)
def test_every_tone_can_be_read(colours: Colours, tone: Tone) -> None:
    style = PALETTES[colours.name][tone]

    assert style.color is not None
    assert style.bgcolor is not None
    shown = ratio(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))
    assert shown >= needed(colours)


@pytest.mark.parametrize("colours", OURS, ids=lambda colours: colours.name)
def test_the_chosen_line_and_the_focused_field_stand_out(colours: Colours) -> None:
    ground = Color.parse(colours.background)

    assert ratio(Color.parse(colours.chosen), ground) >= 7
    assert ratio(Color.parse(colours.focus), ground) >= 3
    assert ratio(Color.parse(colours.text), Color.parse(colours.field)) >= needed(colours)
    assert ratio(Color.parse(colours.muted), Color.parse(colours.field)) >= needed(colours)


@pytest.mark.parametrize("colours", OURS, ids=lambda colours: colours.name)
def test_what_textual_makes_of_a_theme_can_be_read_too(colours: Colours) -> None:
    made = {name: Color.parse(value) for name, value in colours.theme().to_color_system().generate().items()
            if not value.startswith("auto") and value.startswith(("#", "rgb"))}  # fmt: skip

    for words in ("text", "text-muted", "text-disabled", "text-primary", "text-accent", "foreground"):
        for ground in ("background", "surface", "panel"):
            assert ratio(made[words], made[ground]) >= needed(colours), (words, ground)
    assert ratio(made["block-cursor-foreground"], made["block-cursor-background"]) >= needed(colours)
    assert ratio(made["input-cursor-foreground"], made["input-cursor-background"]) >= needed(colours)
    assert ratio(made["border"], made["surface"]) >= 3


def test_the_three_colours_of_the_marks_are_the_designed_ones_under_black() -> None:
    assert (RED, AMBER, BLUE) == ("#FF6B5E", "#FFD24D", "#4CC9F0")
    assert all(ratio(Color.parse("#000000"), Color.parse(colour)) >= 7 for colour in (RED, AMBER, BLUE))


def test_the_theme_for_16_colours_uses_the_terminals_own() -> None:
    assert ANSI_PALETTE[Tone.TEXT] == Style()
    assert ANSI_PALETTE[Tone.CHOSEN].reverse


def test_a_mark_is_a_shape_a_letter_and_a_word() -> None:
    assert len({mark.shape for mark in Mark}) == len({mark.letter for mark in Mark}) == len(Mark)
    assert all(mark.letter.isascii() and mark.word for mark in Mark)
    assert "".join(mark.shape for mark in Mark) == "●▲■○↑↓→√!=?-"
    assert "".join(mark.letter for mark in Mark) == "GAR.^v~+!=?-"


def test_every_theme_that_can_be_chosen_has_every_tone() -> None:
    assert {theme.name for theme in THEMES} == PALETTES.keys() == {"ansi", *(colours.name for colours in OURS)}
    assert all(palette.keys() == set(Tone) for palette in PALETTES.values())


@pytest.mark.parametrize(
    "sixteen",
    [
        {"cyan": "#00AAAA", "yellow": "#AA5500", "bright_red": "#FF5555", "black": "#000000"},
        {"cyan": "#3A96DD", "yellow": "#C19C00", "bright_red": "#E74856", "black": "#0C0C0C"},
        {"cyan": "#00CDCD", "yellow": "#CDCD00", "bright_red": "#FF0000", "black": "#000000"},
    ],
    ids=["vga", "windows", "xterm"],
)
def test_the_marks_of_16_colours_can_be_read_with_the_colours_that_terminals_give_them(sixteen: dict[str, str]) -> None:
    for tone in (Tone.MET, Tone.ATTENTION, Tone.NOT_MET):
        style = ANSI_PALETTE[tone]
        assert style.color is not None
        assert style.bgcolor is not None
        assert ratio(Color.parse(sixteen[style.color.name]), Color.parse(sixteen[style.bgcolor.name])) >= 3.8


def test_no_screen_has_colours_of_its_own() -> None:
    folder = Path(str(screens.__file__)).parent
    colours = re.compile(r"#[0-9A-Fa-f]{6}\b|\brgb\(|rich\.color")
    found = {path.name for path in folder.rglob("*.py") if colours.search(path.read_text(encoding="utf-8"))}

    assert found == {"themes.py"}
