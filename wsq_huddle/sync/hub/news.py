"""Wakes those who wait for their feed: a hint that something was recorded; what is there, the query says."""

import asyncio
import contextlib

from wsq_huddle.errors import HuddleError
from wsq_huddle.store.places import Watch
from wsq_huddle.store.store import Store

LOOK_SECONDS = 0.2


class News:
    """News of this process by its store's listeners, of others by looking five times a second."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._loop = asyncio.get_running_loop()
        self._event = asyncio.Event()
        self._ended = False
        self._stop = store.listen(lambda _told: self.wake())
        self._watching = asyncio.create_task(self._watch())

    @property
    def ended(self) -> bool:
        """Whether the hub is about to stop: whoever waits goes home."""
        return self._ended

    @property
    def event(self) -> asyncio.Event:
        """What the next news sets. Take it before you look, so that nothing slips in between."""
        return self._event

    def wake(self) -> None:
        """Wake all who wait; from any thread."""
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._wake)

    def end(self) -> None:
        """Send all who wait home, and wait for nobody any more."""
        self._ended = True
        self._stop()
        self._watching.cancel()
        self._wake()

    def _wake(self) -> None:
        event, self._event = self._event, asyncio.Event()
        event.set()

    async def _watch(self) -> None:
        try:
            watch = await asyncio.to_thread(self._store.place.watch)
        except HuddleError:
            return  # a store in memory: nobody else can write to it
        try:
            while True:
                await asyncio.sleep(LOOK_SECONDS)
                if await self._changed(watch):
                    self._wake()
        finally:
            watch.close()

    async def _changed(self, watch: Watch) -> bool:
        try:
            return await asyncio.to_thread(watch.changed)
        except HuddleError:
            return True


async def wait_for(event: asyncio.Event, seconds: float) -> None:
    """Wait for news, or until the time is up."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
