"""The list that all screens use: one widget for all its lines, however many."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.strip import Strip

from screens import keys
from screens.drawn import Drawn, Pen
from screens.line import Line, drawn, noted
from screens.marks import Tone

_WHEEL = 3


class Lines(Drawn, can_focus=True):
    """A list of lines, one of which may be chosen. What does not fit is counted on its last line.

    The first `pinned` lines stay where they are when the others scroll. Where `whole` lines have just room, none
    is spent on the count: whoever fills the list says elsewhere that there is more.
    """

    DEFAULT_CSS = "Lines { height: 1fr; }"
    BINDINGS = keys.bindings(("up", "down", "page_up", "page_down", "first", "last"))

    @dataclass(eq=False, repr=False)
    class Chosen(Message):
        """Another line was chosen; `line` is its id."""

        list: "Lines"
        line: str

    @dataclass(eq=False, repr=False)
    class Opened(Message):
        """The chosen line was clicked once more."""

        list: "Lines"
        line: str

    def __init__(self, lines: Sequence[Line] = (), *, pinned: int = 0) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()
        self.pinned = pinned
        self.whole = 0
        self.chosen = ""
        self._top = 0
        self._fitted = 0
        self._can_be_chosen: list[int] = []
        self._places: dict[str, int] = {}
        self._strips: dict[tuple[int, bool], Strip] = {}
        self._notes: Mapping[str, str] = {}
        self._drawn_with: tuple[int, object, bool] = (0, None, False)
        self.put(lines)

    def put(self, lines: Sequence[Line], *, pinned: int | None = None) -> None:
        """Show these lines now. The chosen one stays chosen; if it has gone, the one in its place is."""
        changed = tuple(lines)
        if pinned is not None:
            self.pinned = pinned
        if changed == self.lines:
            self.redraw()
            return
        place = bisect_left(self._can_be_chosen, self._at) if self.chosen else 0
        self.lines = changed
        self._strips.clear()
        self._places = {}
        for at, line in enumerate(changed):
            if line.id:
                self._places.setdefault(line.id, at)
        self._can_be_chosen = list(self._places.values())
        if self.chosen not in self._places:
            ids = list(self._places)
            self._choose(ids[min(place, len(ids) - 1)] if ids else "")
        self._reveal()
        self.redraw()

    def note(self, notes: Mapping[str, str]) -> None:
        """Let these words stand at the right of lines, by id, whatever else stands there: `leaves in 10 s`."""
        if notes != self._notes:
            changed = notes.keys() ^ self._notes.keys() | {
                line for line in notes if notes[line] != self._notes.get(line)
            }
            self._notes = dict(notes)
            for at in [at for at, line in enumerate(self.lines) if line.id in changed]:
                self._strips.pop((at, False), None)
                self._strips.pop((at, True), None)
            self.redraw()

    def choose(self, line: str) -> None:
        """Choose the line with that id, if it can be."""
        if line != self.chosen and line in self._places:
            self._choose(line)
            self._reveal()
            self.redraw()

    def choose_next(self) -> bool:
        """Choose the next line; say whether there was one."""
        before = self.chosen
        self.action_down()
        return self.chosen != before

    def action_up(self) -> None:
        self._move(-1)

    def action_down(self) -> None:
        self._move(1)

    def action_page_up(self) -> None:
        self._move(-self._room)

    def action_page_down(self) -> None:
        self._move(self._room)

    def action_first(self) -> None:
        self._move(-len(self.lines))

    def action_last(self) -> None:
        self._move(len(self.lines))

    def on_click(self, event: events.Click) -> None:
        at = self._line_at(event.y)
        if at is None or not self.lines[at].id:
            return
        event.stop()
        if self.lines[at].id == self.chosen:
            self.post_message(self.Opened(self, self.chosen))
        else:
            self.choose(self.lines[at].id)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(-_WHEEL)

    def draw(self, pen: Pen, height: int) -> list[Strip]:
        if self._fitted != height:
            # The list has another height, as when a form opens: what is chosen stays in sight.
            self._fitted = height
            self._reveal()
        below = self._top + self._room
        places = (*range(self.pinned), *range(self._top + self.pinned, below + self.pinned))
        strips = [self._strip(at, pen) for at in places[:height] if at < len(self.lines)]
        if self._counts:
            counts = ((self._top, "above"), (len(self.lines) - self.pinned - below, "below"))
            told = "   ".join(f"{count} {word}" for count, word in counts if count > 0)
            strips.append(pen.strip([("   " + told, Tone.MUTED)]))
        return strips

    def _strip(self, at: int, pen: Pen) -> Strip:
        """Draw a line, or take it as it was drawn: a key changes two lines of twenty."""
        if self._drawn_with != (pen.full, pen.styles, pen.plain):
            self._strips.clear()
            self._drawn_with = (pen.full, pen.styles, pen.plain)
        line = self.lines[at]
        chosen = bool(self.chosen) and line.id == self.chosen
        strip = self._strips.get((at, chosen))
        if strip is None:
            told = noted(line, self._notes[line.id]) if line.id in self._notes else line
            strip = self._strips[at, chosen] = drawn(told, pen, chosen=chosen)
        return strip

    @property
    def at(self) -> int | None:
        """The place of the chosen line among all lines."""
        return self._at if self.chosen else None

    @property
    def _at(self) -> int:
        return self._places.get(self.chosen, 0)

    @property
    def _overflows(self) -> bool:
        return len(self.lines) > self.size.height

    @property
    def _counts(self) -> bool:
        """Whether the last line says how many there are above and below."""
        return self._overflows and self.size.height != self.whole

    @property
    def _room(self) -> int:
        """How many lines besides the pinned ones are shown."""
        return max(1, self.size.height - self.pinned - (1 if self._counts else 0))

    def _choose(self, line: str) -> None:
        self.chosen = line
        if self.is_attached:
            self.post_message(self.Chosen(self, line))

    def _move(self, by: int) -> None:
        if not self._can_be_chosen:
            self._scroll(by)
            return
        at, places = self._at, self._can_be_chosen
        if abs(by) == 1:
            place = bisect_left(places, at) + by
        else:
            place = bisect_left(places, at + by) if by < 0 else bisect_right(places, at + by) - 1
        target = places[min(max(place, 0), len(places) - 1)]
        if self.lines[target].id == self.chosen:
            self._scroll(by)
            return
        self._choose(self.lines[target].id)
        self._reveal()
        self.redraw()

    def _reveal(self) -> None:
        """Scroll so that the chosen line is seen, with its heading above and its details below if there is room."""
        if not self.size.height:
            return
        if not self._overflows:
            self._top = 0
            return
        if self.chosen:
            places, at = self._can_be_chosen, self._at
            place = bisect_left(places, at)
            heading = places[place - 1] + 1 if place else 0
            end = places[place + 1] if place + 1 < len(places) else len(self.lines)
            room = self._room
            first = max(heading, at - room + 1) - self.pinned
            last = min(end, at + room) - self.pinned
            self._top = max(self._top, last - room)
            self._top = min(self._top, at - self.pinned, first)
            self._top = max(self._top, at + 1 - self.pinned - room)
        self._top = max(0, min(self._top, len(self.lines) - self.pinned - self._room))

    def _scroll(self, by: int) -> None:
        if self._overflows:
            self._top = max(0, min(self._top + by, len(self.lines) - self.pinned - self._room))
            self.redraw()

    def _line_at(self, y: int) -> int | None:
        if y < self.pinned:
            at = y
        elif self._counts and y == self.size.height - 1:
            return None
        else:
            at = self._top + y
        return at if at < len(self.lines) else None
