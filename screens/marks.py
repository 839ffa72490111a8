"""The marks at the head of a line: a shape, a letter for old consoles, a word, and a colour; never colour alone."""

import os
from collections.abc import Mapping
from enum import Enum, StrEnum, auto
from typing import TextIO


class Tone(StrEnum):
    """What a piece of text is, for the palette to colour."""

    TEXT = auto()
    STRONG = auto()
    MUTED = auto()
    HEADING = auto()
    KEY = auto()
    CHOSEN = auto()
    MET = auto()
    ATTENTION = auto()
    NOT_MET = auto()


class Mark(Enum):
    """A mark: shape, letter, word, tone. All shapes are in the stock fonts of Windows (WGL4)."""

    MET = ("●", "G", "met", Tone.MET)
    ATTENTION = ("▲", "A", "attention", Tone.ATTENTION)
    NOT_MET = ("■", "R", "not met", Tone.NOT_MET)
    NONE = ("○", ".", "none", Tone.TEXT)
    UP = ("↑", "^", "went up", Tone.TEXT)
    DOWN = ("↓", "v", "came back", Tone.TEXT)
    GOING = ("→", "~", "on its way", Tone.TEXT)
    DONE = ("√", "+", "done", Tone.TEXT)
    NOW = ("!", "!", "now", Tone.NOT_MET)
    PATTERN = ("=", "=", "pattern", Tone.ATTENTION)
    UNKNOWN = ("?", "?", "no word", Tone.TEXT)
    NOTHING = ("-", "-", "nothing", Tone.MUTED)

    def __init__(self, shape: str, letter: str, word: str, tone: Tone) -> None:
        self.shape = shape
        self.letter = letter
        self.word = word
        self.tone = tone

    def glyph(self, *, plain: bool) -> str:
        """Give the shape, or the letter where only ASCII arrives."""
        return self.letter if plain else self.shape


def plain_console(stream: TextIO, environ: Mapping[str, str], *, windows: bool = os.name == "nt") -> bool:
    """Say whether only ASCII arrives at this console.

    Python turns the C locale into UTF-8 by itself, so the stream alone does not tell what the terminal can draw;
    on Windows the console always takes Unicode.
    """
    if "utf" not in (stream.encoding or "").lower():
        return True
    if windows:
        return False
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    return "utf" not in locale.lower()
