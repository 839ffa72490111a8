"""Keys in their turn: none is given away before what the one before it did is done.

Textual gives a key to whatever has the cursor when the key arrives, and moves the cursor later: on a PC that is busy,
the words typed after Enter would stand in the line before. A key that may move the cursor therefore closes the way
until its message, and those that it caused, have come through all the widgets above; the keys that came meanwhile are
given away then, in their order.
"""

import asyncio
import functools
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.message import Message
from textual.widgets import Input

if TYPE_CHECKING:
    from asyncio import TimerHandle

_ROUNDS = 2
"""The key comes through first; what it was turned into, such as Enter into the next line, is right behind it."""
_AT_MOST = 0.5
"""Seconds that a key waits for one whose widget has gone away."""
_AGAIN = 0.005
_WITHIN = frozenset({"backspace", "delete", "left", "right", "home", "end"})
"""Keys that stay in the line that is being typed, besides what it shows."""

Typed = events.Key | events.Paste


class Round(Message):
    """Goes the way of the keys, behind the one that is being worked on."""

    def __init__(self, number: int, left: int) -> None:
        super().__init__()
        self.number, self.left = number, left


class Turns:
    """Keeps the keys in their order, whatever has come through already.

    They wait as long as what is to take them is `coming`, and for a while as long as the last one keeps us `busy`.
    """

    def __init__(self, program: App[Any], *, coming: Callable[[], bool], busy: Callable[[], bool]) -> None:
        self._program, self._coming, self._busy = program, coming, busy
        self._waiting: deque[Typed] = deque()
        self._number = 0
        self._closed: TimerHandle | None = None

    @property
    def quiet(self) -> bool:
        """Whether no key waits, nor is being worked on."""
        return self._closed is None

    def holds(self, event: Typed) -> bool:
        """Keep what came too early; says whether it did."""
        if self._closed is None and self._coming():
            self._close()  # it was called for by the mouse, or by what came by itself
        if self._closed is None:
            return False
        self._waiting.append(event)
        return True

    def given(self, event: Typed) -> None:
        """Close the way behind what was given away just now, if it may move the cursor."""
        focused = self._program.focused
        if isinstance(event, events.Paste) or (
            isinstance(focused, Input) and (event.is_printable or event.key in _WITHIN)
        ):
            return
        self._close()

    def came(self, message: Round) -> None:
        """Take note of a round that is over."""
        if message.number != self._number or self._closed is None:
            return
        if message.left > 1:
            self._send(Round(message.number, message.left - 1))
        elif self._coming() or self._busy():
            asyncio.get_running_loop().call_later(_AGAIN, self._send, Round(message.number, _ROUNDS))
        else:
            # Behind the move of the cursor, which waits with the program by now.
            self._program.call_later(self._open, message.number)

    def _close(self) -> None:
        self._number += 1
        open_anyway = functools.partial(self._program.call_later, self._open, self._number)
        self._closed = asyncio.get_running_loop().call_later(_AT_MOST, open_anyway)
        self._send(Round(self._number, _ROUNDS))

    def _send(self, message: Round) -> None:
        target = self._program.focused or self._program.screen
        if not target.post_message(message):
            self._program.call_later(self._open, message.number)

    async def _open(self, number: int) -> None:
        if self._closed is None or number != self._number:
            return
        self._closed.cancel()
        if self._coming():
            self._close()
            return
        self._closed = None
        while self._waiting and self._closed is None:
            await self._program.on_event(self._waiting.popleft())
