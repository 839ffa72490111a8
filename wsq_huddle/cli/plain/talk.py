"""One question, one line of answer: what is said and read, and the words that work at every prompt."""

from collections.abc import Callable
from getpass import getpass
from shutil import get_terminal_size
from textwrap import wrap
from typing import TextIO

from wsq_huddle.domain.text import clean, one_line
from wsq_huddle.errors import HuddleError

HELP = (
    "Enter alone says fine, said or none. Words or a number tell.",
    "! and a title raises a problem at any prompt, !! an urgent one.",
    "next goes on without an answer. back goes to the line before.",
    "stop leaves; everything you have entered is kept, and wsq-huddle --plain goes on where you were.",
)
"""What `?` says everywhere, behind what the prompt itself can take."""


class Turned(Exception):
    """Somebody wants to be at another line: the one before, the one after, or the first that is still open."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


class Stopped(Exception):
    """Somebody leaves, or nothing more comes in."""


_NARROWEST = 20
BACK, NEXT, OPEN = "back", "next", "open"


class Talk:
    """Says lines and reads lines; nothing else is ever written: no colour, no moving about."""

    def __init__(self, reads: TextIO, writes: TextIO, raises: Callable[[str], None] = lambda _title: None) -> None:
        self._reads, self._writes, self._here = reads, writes, reads.isatty()
        self.raises = raises

    def say(self, *lines: str) -> None:
        for line in lines:
            for part in self._fitted(clean(line)):
                self._writes.write(f"{part}\n")
        self._writes.flush()

    def ask(self, question: str, *more: str, names: bool = False) -> str:
        """One answer. `more` is what `?` says of this prompt; with `names` a name is expected and not warned about."""
        self.say(question)
        while True:
            typed = self._line()
            word = typed.casefold()
            if word == "stop":
                raise Stopped
            if word in {BACK, NEXT}:
                raise Turned(word)
            if word == "?":
                self.say(*more, *HELP, question)
            elif typed.startswith("!"):
                self._raise(typed[1:].strip(), question)
            else:
                if not names:
                    self._warn(typed)
                return typed

    def until(self, question: str, take: Callable[[str], object], *more: str) -> str:
        """Ask until `take` takes what was typed; it refuses in a sentence."""
        while True:
            typed = self.ask(question, *more)
            try:
                take(typed)
            except HuddleError as no:
                self.say(str(no))
            else:
                return typed

    def secret(self, question: str) -> str:
        """Something that must not be seen while it is typed."""
        if self._here:
            return getpass(f"{question}\n> ", stream=self._writes)
        self.say(question)
        return self._read()

    def _fitted(self, line: str) -> list[str]:
        """On a terminal a long line is broken between words, not where the terminal happens to end."""
        if not self._here:
            return [line]
        width = max(_NARROWEST, get_terminal_size().columns - 1)
        return [part for piece in line.split("\n") for part in wrap(piece, width) or [""]]

    def _raise(self, title: str, question: str) -> None:
        try:
            self.raises(title)
        except HuddleError as no:
            self.say(str(no))
        except Turned:
            self.say("Not raised.")
        self.say(question)

    def _warn(self, typed: str) -> None:
        from wsq_huddle.domain.identifiers import identifiers, sentence  # noqa: PLC0415 - only where words were typed

        if not typed.isdigit() and (found := sentence(one.kind for one in identifiers(typed))):
            self.say(found)

    def _line(self) -> str:
        self._writes.write("> ")
        self._writes.flush()
        typed = one_line(self._read())
        if not self._here:
            self._writes.write(f"{typed}\n")  # what was piped in stands in what comes out
        return typed

    def _read(self) -> str:
        line = self._reads.readline()
        if not line:
            self.say("")
            raise Stopped
        return line.rstrip("\r\n")
