"""Keeps what is said of a running link: for the screens of this process in memory, for others in the store."""

import asyncio
import contextlib
import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from wsq_huddle.errors import HuddleError
from wsq_huddle.store.store import Store

from .state import LinkState, Touch

if TYPE_CHECKING:
    from .exchange import Exchange

log = logging.getLogger(__name__)

NOTE_SECONDS = 30.0
FENCED = "Another computer has joined in this one's place; what was written here is still sent."


class Telling:
    """The state of a link as it changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._noted: tuple[str | None, float] = (None, 0.0)
        self.state = LinkState(Touch.TRYING)

    def touched(self, steps: "Exchange") -> bool:
        """The hub has answered; true when it had been out of reach before."""
        back = self.state.touch is Touch.NO_NETWORK
        if steps.fenced:
            self.turned(Touch.NOT_ACCEPTED, FENCED, "fenced")
        else:
            self.turned(Touch.IN_TOUCH, "")
        self.state = replace(self.state, last_contact=self._store.clock(), clock_offset=steps.clock_offset)
        return back

    def turned(self, touch: Touch, why: str, code: str = "") -> None:
        """It stands otherwise than before, or for another reason."""
        if (self.state.touch, self.state.code) != (touch, code):
            log.info("%s", touch.value, extra={"reason": code or why})
            self.state = replace(self.state, since=self._store.clock(), touch=touch)
        self.state = replace(self.state, why=why, code=code)

    async def note(self, offset: float) -> None:
        """Write down for other processes how we stand: at once when it changed, else now and then."""
        state = self.state
        trouble = f"{state.code}: {state.why}" if state.touch is Touch.NOT_ACCEPTED else None
        told, at = self._noted
        if trouble == told and time.monotonic() - at < NOTE_SECONDS:
            return
        self._noted = (trouble, time.monotonic())
        with contextlib.suppress(HuddleError):
            await asyncio.to_thread(_keep, self._store, trouble, offset, state)


def _keep(store: Store, trouble: str | None, offset: float, state: LinkState) -> None:
    from .positions import note, position_of  # noqa: PLC0415 - SQLAlchemy, at the first write

    note(store, position_of(store).peer, trouble=trouble, offset=offset, at=state.last_contact)
