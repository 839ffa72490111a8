"""The link as it runs: one thread with an event loop, which sends, fetches and listens beside whatever else goes on.

              wake, a new entry, the network's return
                         │
    greet ──> send ──> wait ──> send ...          one push in flight
        └──> fetch (long poll) ──> fetch ...      never in the way of a push

It never gives up and never drops anything; one process at a time runs the link of a store.
"""

import asyncio
import contextlib
import logging
import secrets
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from wsq_huddle.errors import HuddleError
from wsq_huddle.store.locks import link_lock
from wsq_huddle.store.store import Store
from wsq_huddle.sync.wire import WAIT

from .looking import Looking
from .state import LinkState, Touch, state_of
from .telling import Telling
from .way import Way

if TYPE_CHECKING:
    from .exchange import Exchange
    from .positions import Position

log = logging.getLogger(__name__)

LOCK_SECONDS, AGAIN_SECONDS, QUIET_SECONDS, REFUSED_SECONDS = 1.0, 5.0, 25.0, 60.0
CUT_SECONDS, PLAIN_SECONDS, PLAIN_PAUSES = 0.5, 3600.0, (2.5, 7.5)


class Link:
    """The link of a store to the node above. `start` it, `wake` it when somebody presses a key, `stop` it."""

    def __init__(self, store: Store, way: Way, *, wait: float = WAIT) -> None:
        way.check()
        self._store = store
        self._way = way
        self._wait = wait
        self._lock = link_lock(store.place)
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._main: asyncio.Task[None] | None = None
        self._stopping = threading.Event()
        self._ours = False
        self._kept_off: LinkState | None = None
        self._telling = Telling(store)

    def start(self) -> None:
        """Run in a thread of its own, until `stop`."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="link", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End soon: what is being sent may arrive or not, both are well."""
        self._stopping.set()
        self._soon(self._cancel)
        if self._thread is not None:
            self._thread.join(10)
            self._thread = None

    def wake(self) -> None:
        """Try now: somebody pressed a key, or the network is back."""
        self._soon(self._hurry)

    def state(self) -> LinkState:
        """What to say of the link; quick, from any thread."""
        if not self._ours:
            return self._kept_off or state_of(self._store)
        row = self._store.look().one(
            "SELECT out_head - out_acked AS waiting FROM link_out JOIN link ON link.peer = link_out.peer"
            " WHERE link.role = 'parent'"
        )
        return replace(self._telling.state, waiting=int(row["waiting"]) if row else 0)

    def _soon(self, function: Callable[[], None]) -> None:
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # it has ended meanwhile
                loop.call_soon_threadsafe(function)

    def _cancel(self) -> None:
        if self._main is not None:
            self._main.cancel()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                asyncio.run(self._live())
            except HuddleError as error:
                # Before the link was ours, or while it ended: the lock could not be taken, say in a read-only folder.
                log.info("the link waits: %s", error.kind)
                self._kept_off = replace(self._telling.state, touch=Touch.NOT_ACCEPTED, why=str(error), code=error.kind)
                self._stopping.wait(AGAIN_SECONDS)
            except Exception:  # the link must not die of a mistake of ours while people rely on it
                log.exception("the link begins again")
                self._stopping.wait(AGAIN_SECONDS)

    async def _live(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._main = asyncio.current_task()
        if self._stopping.is_set():
            return
        self._news = asyncio.Event()
        self._hurried = asyncio.Event()
        self._called = asyncio.Event()
        self._greeted = asyncio.Event()
        stop_listening = self._store.listen(lambda _told: self._soon(self._hurry))
        try:
            # In this thread: one that is cancelled meanwhile would take the lock after we have freed it.
            while not self._lock.take():  # noqa: ASYNC110 - another process sets no event of ours
                await asyncio.sleep(LOCK_SECONDS)
            self._ours, self._kept_off = True, None
            await self._exchange()
        except asyncio.CancelledError:
            return
        finally:
            stop_listening()
            self._ours = False
            self._loop = None
            self._lock.free()

    async def _exchange(self) -> None:
        from .client import Client  # noqa: PLC0415 - httpx, when a link starts
        from .exchange import Exchange  # noqa: PLC0415 - as above

        client = Client(self._way)
        steps = Exchange(self._store, client)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._keep_sending(steps))
                group.create_task(self._keep_fetching(steps))
                group.create_task(self._looking(steps).keep_looking(QUIET_SECONDS))
                group.create_task(self._keep_lock())
        finally:
            await client.close()

    async def _keep_sending(self, steps: "Exchange") -> None:
        tries = 0
        while True:
            self._news.clear()
            self._hurried.clear()
            delay = await self._attempt(lambda: self._send(steps), tries)
            if delay is None:
                tries = 0
                await self._telling.note(steps.clock_offset)
                await _wait_for(self._news, QUIET_SECONDS)
            else:
                tries = min(tries + 1, 10)
                self._greeted.clear()
                await self._telling.note(steps.clock_offset)
                if await _wait_for(self._hurried, delay):
                    tries = 0

    async def _send(self, steps: "Exchange") -> None:
        if not self._greeted.is_set():
            await steps.greet()
            self._touched(steps)
            self._greeted.set()
        while await steps.send():
            self._touched(steps)

    async def _keep_fetching(self, steps: "Exchange") -> None:
        tries = cuts = 0
        plain_until = 0.0
        while True:
            await self._greeted.wait()
            if steps.fenced:
                await asyncio.sleep(REFUSED_SECONDS)
                continue
            plain = time.monotonic() < plain_until
            wait = 0.0 if plain or tries else self._wait
            began = time.monotonic()
            self._called.clear()
            delay = await self._attempt(lambda wait=wait: self._fetch(steps, wait), tries)  # type: ignore[misc]  # bound
            if delay is None:
                if tries and cuts >= 2:  # noqa: PLR2004 - a proxy cuts long polls: once is chance, twice is a habit
                    plain_until = time.monotonic() + PLAIN_SECONDS
                cuts = cuts if tries else 0
                tries = 0
                if plain:
                    await _wait_for(self._called, secrets.SystemRandom().uniform(*PLAIN_PAUSES))
                continue
            self._greeted.clear()  # the other half finds out, and tells, how we stand
            self._news.set()
            cuts += 1 if not tries and time.monotonic() - began > CUT_SECONDS else 0
            tries = min(tries + 1, 10)
            await _wait_for(self._called, delay)

    async def _fetch(self, steps: "Exchange", wait: float) -> None:
        await steps.fetch(wait)
        self._touched(steps)

    async def _attempt(self, step: Callable[[], Awaitable[None]], tries: int) -> float | None:
        """Take a step; None when it went well, else how long to wait before the next try."""
        from .client import NoContact  # noqa: PLC0415 - loaded long since
        from .exchange import GreetAgain, NotAccepted, backoff  # noqa: PLC0415

        try:
            await step()
        except NoContact as error:
            self._telling.turned(Touch.NO_NETWORK, error.why)
            return backoff(tries, error.after)
        except GreetAgain:
            self._news.set()
            return backoff(tries, 0.0) if tries else 0.05
        except NotAccepted as error:
            self._telling.turned(Touch.NOT_ACCEPTED, error.why, error.code)
            return REFUSED_SECONDS
        except HuddleError as error:
            log.warning("the link waits: %s", error.kind)
            self._telling.turned(Touch.NOT_ACCEPTED, str(error), error.kind)
            return max(1.0, backoff(tries, 0.0))
        return None

    async def _keep_lock(self) -> None:
        """Make sure now and then that the lock is ours; a database that went away has given it to others."""
        while True:
            await asyncio.sleep(QUIET_SECONDS)
            if not self._lock.take():
                raise HuddleError("Another process runs the link now.")

    def _hurry(self) -> None:
        if self._loop is not None:
            for event in (self._news, self._hurried, self._called):
                event.set()

    def _touched(self, steps: "Exchange") -> None:
        if self._telling.touched(steps):
            self._hurried.set()
            self._called.set()

    def _looking(self, steps: "Exchange") -> Looking:
        def anew() -> None:
            self._greeted.clear()
            self._hurry()

        def level(position: "Position") -> bool:
            in_touch = self._greeted.is_set() and self._telling.state.touch is Touch.IN_TOUCH
            return in_touch and not position.waiting and position.in_n >= steps.head

        return Looking(self._store, hurry=self._hurry, anew=anew, level=level)


async def _wait_for(event: asyncio.Event, seconds: float) -> bool:
    """Wait for an event; False when the time was up first."""
    # Not `asyncio.wait_for`: before Python 3.12 it swallows a cancel that comes together with the event.
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            return await event.wait()
    return False
