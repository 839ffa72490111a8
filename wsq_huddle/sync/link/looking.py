"""Notices what other processes record in the store of a running link, and does what a `sync` among them asks for."""

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from wsq_huddle.errors import HuddleError
from wsq_huddle.store.store import Store

if TYPE_CHECKING:
    from .positions import Position

ASKED, DONE = "exchange-asked", "exchange-done"
LOOK_SECONDS, LEVEL_SECONDS = 0.2, 0.05
"""No system tells a process in the same way that another one has written a file: looking is what works everywhere."""


class Looking:
    """`hurry` lets the link send what waits; `anew` lets it ask the hub where both stand; `level` tells whether it has.

    What another process records is on its way within 0.2 s; asking SQLite costs microseconds.
    """

    def __init__(
        self,
        store: Store,
        *,
        hurry: Callable[[], None],
        anew: Callable[[], None],
        level: Callable[["Position"], bool],
    ) -> None:
        self._store = store
        self._hurry, self._anew, self._level = hurry, anew, level

    async def keep_looking(self, seconds: float) -> None:
        """Look until it is cancelled; who asked gets an answer for so many seconds at most."""
        try:
            watch = await asyncio.to_thread(self._store.place.watch)
        except HuddleError:
            return  # a store in memory: nobody else can write to it
        answered = await asyncio.to_thread(_fact, self._store, DONE)
        changed = True  # somebody may have asked before we watched
        try:
            while True:
                if changed:
                    asked = await asyncio.to_thread(_fact, self._store, ASKED)
                    if await asyncio.to_thread(_waits, self._store):
                        self._hurry()
                    if asked and asked != answered:
                        answered = asked
                        await self._answer(asked, seconds)
                await asyncio.sleep(LOOK_SECONDS)
                changed = await asyncio.to_thread(watch.changed)
        finally:
            watch.close()

    async def _answer(self, asked: str, seconds: float) -> None:
        """Exchange at once, and say so when nothing waits any more."""
        from .positions import position_of  # noqa: PLC0415 - SQLAlchemy, loaded long since

        ends = time.monotonic() + seconds
        self._anew()
        while time.monotonic() < ends:
            await asyncio.sleep(LEVEL_SECONDS)
            if self._level(await asyncio.to_thread(position_of, self._store)):
                await asyncio.to_thread(_set_fact, self._store, DONE, asked)
                return


def _fact(store: Store, key: str) -> str | None:
    from .positions import fact  # noqa: PLC0415 - as above

    return fact(store, key)


def _set_fact(store: Store, key: str, value: str) -> None:
    from wsq_huddle.store import links  # noqa: PLC0415 - as above

    with store.writing() as writing:
        links.set_fact(writing.transaction, key, value)


def _waits(store: Store) -> bool:
    from .positions import position_of  # noqa: PLC0415 - as above

    return position_of(store).waiting > 0
