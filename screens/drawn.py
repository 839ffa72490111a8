"""A widget that draws its lines itself and sends only what has changed in them."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Self

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from screens.cells import cut, pad
from screens.marks import Mark, Tone
from screens.themes import palette

if TYPE_CHECKING:
    from rich.style import Style

# Above this width lines stay as long as they are read easily, at the left.
WIDEST = 120

Pieces = Iterable[tuple[str, Tone]]


class Pen:
    """What lines are drawn with: the width, the styles of the theme, and whether only ASCII arrives."""

    def __init__(self, width: int, theme: str, *, plain: bool) -> None:
        self.full = width
        self.width = min(width, WIDEST)
        self.plain = plain
        self.dots = ".." if plain else "…"
        self.styles: Mapping[Tone, Style] = palette(theme)

    def rule(self, length: int, *, double: bool = False) -> str:
        if self.plain:
            return ("=" if double else "-") * length
        return ("═" if double else "─") * length

    def glyph(self, mark: Mark) -> str:
        return mark.glyph(plain=self.plain)

    def fit(self, text: str, width: int, *, right: bool = False) -> str:
        """Cut and fill a text to exactly `width` cells."""
        return pad(cut(text, width, dots=self.dots), width, right=right)

    def strip(self, pieces: Pieces) -> Strip:
        """Make a line of the whole width out of its pieces; what is too long is cut."""
        merged: list[tuple[str, Tone]] = []
        used = 0
        for words, tone in (*pieces, (" " * self.full, Tone.TEXT)):
            room = (self.full if words.isspace() else self.width) - used
            shown = words[:room] if words.isspace() else cut(words, room, dots=self.dots)
            if not shown:
                continue
            used += cell_len(shown)
            if merged and merged[-1][1] is tone:
                # Pieces of one tone are one: every change of style costs forty bytes on the line.
                merged[-1] = (merged[-1][0] + shown, tone)
            else:
                merged.append((shown, tone))
        return Strip([Segment(words, self.styles[tone]) for words, tone in merged], self.full)


class Drawn(Widget):
    """A widget of lines. A subclass says what is on them in `draw`, and calls `redraw` when that may have changed."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Drawn { background: $background; color: $foreground; }"

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[Strip] = []
        self._shown_for: tuple[int, int, str] = (0, 0, "")

    def draw(self, pen: Pen, height: int) -> list[Strip]:
        """Give the lines from the top; those that are missing below are empty."""
        return [pen.strip(())] * height

    def redraw(self) -> None:
        """Draw again and send the parts that have changed; nothing is sent when nothing has."""
        if not self.is_mounted or self._outdated:
            super().refresh()
            return
        before, self._shown = self._shown, self._drawing()
        parts = [
            changed_part(y, old, new)
            for y, (old, new) in enumerate(zip(before, self._shown, strict=True))
            if old != new
        ]
        if parts:
            self.refresh(*parts)

    def render_line(self, y: int) -> Strip:
        if self._outdated:
            self._shown = self._drawing()
            self._shown_for = self._wanted
        return self._shown[y] if y < len(self._shown) else Strip.blank(self.size.width)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Repaint what is said to have changed, and all of it only in another theme.

        Textual repaints a whole widget when it gains or loses the focus, and twice when its size changes, which
        paints it anyway.
        """
        known = self.is_mounted and self._shown_for[2] == self.app.theme
        if known and not regions and not recompose:
            repaint = False
        if repaint or layout or recompose:
            super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self

    @property
    def pen(self) -> Pen:
        return Pen(self.size.width, self.app.theme, plain=getattr(self.app, "plain", False))

    @property
    def _wanted(self) -> tuple[int, int, str]:
        return (*self.size, self.app.theme)

    @property
    def _outdated(self) -> bool:
        return self._shown_for != self._wanted

    def _drawing(self) -> list[Strip]:
        pen, height = self.pen, self.size.height
        strips = self.draw(pen, height)[:height]
        return strips + [pen.strip(())] * (height - len(strips))


def changed_part(y: int, old: Strip, new: Strip) -> Region:
    """Give the part of line `y` that two drawings of it differ in: what is equal before and behind is not sent."""
    was, now = list(old), list(new)
    start = 0
    for before, after in zip(was, now, strict=False):
        if before != after:
            break
        start += cell_len(after.text)
    end = new.cell_length
    for before, after in zip(reversed(was), reversed(now), strict=False):
        if before != after or end - cell_len(after.text) < start:
            break
        end -= cell_len(after.text)
    if end <= start:
        return Region(0, y, new.cell_length, 1)
    return Region(start, y, end - start, 1)
