"""One line to type in, a choice among a few words, and what stands beside them: what forms are made of."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input
from textual.widgets.input import Selection

from screens.cells import harmless
from screens.drawn import Drawn, Pen
from screens.marks import Tone

if TYPE_CHECKING:
    from screens.asks import Ask


class Field(Input):
    """A line to type in. Letters only ever type; the cursor does not blink; what is too long is cut, not refused.

    A value that is only `offered` is chosen as a whole: the first letter takes its place, Left or End keeps it.
    What is typed in a `secret` one is not shown, nor told to anybody who asks what was typed.
    """

    DEFAULT_CSS = """
    Field { width: 1fr; height: 1; border: none; padding: 0; background: $surface; color: $foreground; }
    Field:focus { border: none; background: $surface; background-tint: $surface 0%; }
    """

    def __init__(self, value: str = "", *, limit: int = 200, secret: bool = False, offered: bool = False) -> None:
        self.limit, self.secret = limit, secret
        super().__init__(
            harmless(value)[:limit], max_length=limit, select_on_focus=False, compact=True, password=secret
        )
        self.cursor_blink = False
        if offered:
            self.choose_all()
        else:
            self.cursor_position = len(self.value)

    def choose_all(self) -> None:
        """Choose what stands in it: the first letter takes its place."""
        self.selection = Selection(0, len(self.value))

    def validate_value(self, value: str) -> str:
        return harmless(value)

    def replace(self, text: str, start: int, end: int) -> None:
        first, last = sorted((start, end))
        room = self.limit - len(self.value) + (last - first)
        if text and room <= 0:
            self.restricted()
            return
        super().replace(harmless(text)[: max(0, room)], start, end)

    def restricted(self) -> None:
        """Stay quiet when the line is full: a bell in the meeting room helps nobody."""

    def _on_paste(self, event: events.Paste) -> None:
        """Take all lines of what is pasted, as one line; Textual would drop all but the first."""
        event.stop()
        event.prevent_default()
        words = " ".join(event.text.split())
        if words:
            self.replace(words, *self.selection)


class Choice(Drawn, can_focus=True):
    """A choice: `(x) help    ( ) them to know`. Space, Left, Right, a first letter or a click change it.

    With `one` only the chosen word is shown, because there are many; then a letter goes on to the next that begins so.
    With `turns` Tab changes it, too, instead of going on.
    """

    DEFAULT_CSS = "Choice { width: 1fr; height: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,right", "turn(1)", "The next one", show=False, id="choice.next"),
        Binding("left", "turn(-1)", "The one before", show=False, id="choice.before"),
        Binding("enter", "submit", "Next line", show=False, id="choice.enter"),
    ]

    @dataclass(eq=False, repr=False)
    class Changed(Message):
        """Another word was chosen."""

        choice: "Choice"
        value: str

    @dataclass(eq=False, repr=False)
    class Submitted(Message):
        """Enter was pressed on it."""

        choice: "Choice"

    def __init__(self, words: tuple[str, ...], value: str = "", *, one: bool = False, turns: bool = False) -> None:
        super().__init__()
        self.words = words
        self._value = value if value in words else words[0]
        self._one = one
        self._turns = turns

    @property
    def value(self) -> str:
        return self._value

    @value.setter
    def value(self, word: str) -> None:
        if word in self.words:
            self._take(word)

    def draw(self, pen: Pen, height: int) -> list[Strip]:
        del height
        tone = Tone.STRONG if self.has_focus else Tone.TEXT
        if self._one:
            return [pen.strip([(self.value, tone)])]
        told = "    ".join(f"({'x' if word == self.value else ' '}) {word}" for word in self.words)
        return [pen.strip([(told, tone)])]

    def action_turn(self, by: int) -> None:
        self._take(self.words[(self.words.index(self.value) + by) % len(self.words)])

    def action_submit(self) -> None:
        self.post_message(self.Submitted(self))

    def on_key(self, event: events.Key) -> None:
        """Letters choose by first letter, and never leave the form."""
        if event.key == "tab" and self._turns:
            event.stop()
            event.prevent_default()
            self.action_turn(1)
            return
        if event.character is None or not event.character.isprintable() or event.key == "space":
            return
        event.stop()
        event.prevent_default()
        at = self.words.index(self.value) + 1
        for word in (*self.words[at:], *self.words[:at]):
            if word.casefold().startswith(event.character.casefold()):
                self._take(word)
                return

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return key != "space" and character is not None and character.isprintable()

    def on_click(self, event: events.Click) -> None:
        if self._one:
            self.action_turn(1)
            return
        begin = 0
        for word in self.words:
            if begin <= event.x < begin + len(word) + 4:
                self._take(word)
            begin += len(word) + 8

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001 - Textual's signature
        super().watch_has_focus(has_focus)
        self.redraw()

    def _take(self, word: str) -> None:
        if word != self._value:
            self._value = word
            self.redraw()
            self.post_message(self.Changed(self, word))


class Label(Drawn):
    """What stands before or behind a field."""

    DEFAULT_CSS = "Label { height: 1; }"

    def __init__(self, words: str, width: int, tone: Tone = Tone.TEXT) -> None:
        super().__init__()
        self._words, self._tone = words, tone
        self.styles.width = width

    def tell(self, words: str) -> None:
        """Say something else."""
        self._words = words
        self.redraw()

    def draw(self, pen: Pen, height: int) -> list[Strip]:
        del height
        return [pen.strip([(self._words, self._tone)])]


def made(ask: "Ask", value: str) -> Field | Choice:
    """Make what an ask wants: a line to type in, or a choice."""
    if ask.choices:
        return Choice(ask.choices, value, one=ask.one, turns=ask.turns)
    return Field(value, limit=ask.limit, secret=ask.secret, offered=ask.offered)
