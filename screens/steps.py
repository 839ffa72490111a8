"""Line 2: the steps of the huddle, of which one is open; a rule where there are none."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.strip import Strip

from screens.drawn import Drawn, Pen
from screens.marks import Mark, Tone


class Steps(Drawn):
    """Line 2. The open step stands in brackets, those that are done have their mark; a click goes to a step."""

    DEFAULT_CSS = "Steps { height: 1; }"

    @dataclass(eq=False, repr=False)
    class Stepped(Message):
        """A step was clicked; `at` is its place."""

        at: int

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._at = 0
        self._done: frozenset[int] = frozenset()
        self._right = self._brief = ""
        self._spans: list[tuple[int, int]] = []

    def tell(
        self, names: Sequence[str], at: int, done: frozenset[int] = frozenset(), right: str = "", brief: str = ""
    ) -> None:
        """Show these steps, with `at` open and `done` ticked; `right` says who signs; `brief` where it has no room."""
        self._names, self._at, self._done, self._right, self._brief = tuple(names), at, done, right, brief or right
        self.redraw()

    def draw(self, pen: Pen, height: int) -> list[Strip]:
        del height
        if not self._names:
            return [pen.strip([(pen.rule(pen.width, double=True), Tone.MUTED)])]
        pieces: list[tuple[str, Tone]] = [(" ", Tone.TEXT)]
        place = 1
        self._spans = []
        for at, name in enumerate(self._names):
            if at == self._at:
                words, tone = f"[{name.upper()}]", Tone.HEADING
            else:
                words, tone = (pen.glyph(Mark.DONE) if at in self._done else "") + name, Tone.TEXT
            self._spans.append((place, place + cell_len(words)))
            pieces += [(words, tone), ("  ", Tone.TEXT)]
            place += cell_len(words) + 2
        room = max(0, pen.width - place - 1)
        right = self._right if cell_len(self._right) <= room else self._brief
        return [pen.strip([*pieces, (pen.fit(right, room, right=True), Tone.TEXT)])]

    def on_click(self, event: events.Click) -> None:
        event.stop()
        for at, (begin, end) in enumerate(self._spans if self._names else ()):
            if begin <= event.x < end and at != self._at:
                self.post_message(self.Stepped(at))
