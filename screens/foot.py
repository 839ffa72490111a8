"""Lines 23 and 24: the keys that the chosen line allows, and the six that are always there. A click presses them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.strip import Strip

from screens import keys
from screens.drawn import Drawn, Pen
from screens.marks import Tone

if TYPE_CHECKING:
    from screens.asks import Ask

# The id of a key, or the id and the words for it here: ("escalate", "Executive").
Offer = str | tuple[str, str]
_WIDE, _NARROW = 3, 2


class Foot(Drawn):
    """The two lines of keys."""

    DEFAULT_CSS = "Foot { height: 2; }"

    def __init__(self) -> None:
        super().__init__()
        self._offers: tuple[list[Offer], list[Offer]] = ([], [])
        self._keymap: Mapping[str, str] = {}
        self._spans: list[list[tuple[int, int, str]]] = [[], []]

    def offer(self, here: Sequence[Offer], always: Sequence[Offer], keymap: Mapping[str, str]) -> None:
        """Show these keys now."""
        if (list(here), list(always)) != self._offers or keymap != self._keymap:
            self._offers = (list(here), list(always))
            self._keymap = keymap
            self.redraw()

    def draw(self, pen: Pen, height: int) -> list[Strip]:
        return [self._line(at, pen) for at in range(min(height, 2))]

    def on_click(self, event: events.Click) -> None:
        event.stop()
        for begin, end, key in self._spans[event.y] if event.y < len(self._spans) else ():
            if begin <= event.x < end:
                self.app.simulate_key(key)

    def _line(self, at: int, pen: Pen) -> Strip:
        told = [self._told(offer) for offer in self._offers[at]]
        gap = _WIDE if at == 0 else _NARROW
        if _length(told, gap) > pen.width - 1:
            gap = _NARROW
        left_out, every = 0, f"more ({keys.name(keys.BY_ID['command_palette'], self._keymap)})"
        while told and _length(told, gap) + (len(f"  {left_out} {every}") if left_out else 0) > pen.width - 1:
            told.pop()
            left_out += 1
        self._spans[at] = []
        pieces, place = [(" ", Tone.TEXT)], 1
        for name, label, key in told:
            length = cell_len(name) + 1 + cell_len(label)
            self._spans[at].append((place, place + length, key))
            pieces += [(name, Tone.KEY), (f" {label}" + " " * gap, Tone.TEXT)]
            place += length + gap
        if left_out:
            pieces.append((f"{left_out} {every}", Tone.MUTED))
        return pen.strip(_trimmed(pieces))

    def _told(self, offer: Offer) -> tuple[str, str, str]:
        id_, label = offer if isinstance(offer, tuple) else (offer, "")
        key = keys.BY_ID[id_]
        return keys.name(key, self._keymap), label or key.label, keys.pressed(key, self._keymap)


def _length(told: list[tuple[str, str, str]], gap: int) -> int:
    return 1 + sum(cell_len(name) + 1 + cell_len(label) for name, label, _ in told) + gap * max(0, len(told) - 1)


def _trimmed(pieces: list[tuple[str, Tone]]) -> list[tuple[str, Tone]]:
    """Give the pieces without blanks at the end, so that a full line is not cut for them."""
    words, tone = pieces[-1]
    return [*pieces[:-1], (words.rstrip(), tone)]


def offers_of(asks: Sequence["Ask"], *, quick: bool) -> tuple[Offer, ...]:
    """Give the keys of a form that asks this."""
    change: tuple[Offer, ...] = ("change_word",) if any(ask.choices for ask in asks) else ()
    if len(asks) == 1:
        return (("next_field", "Save"), *change, "keep")
    if quick:
        return (("next_field", "Save"), "change_field", *change, "keep")
    return ("next_field", *change, "keep")
