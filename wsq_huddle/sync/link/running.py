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

from .state import LinkState, Touch, state_of
from .telling import Telling
from .way import Way

if TYPE_CHECKING:
    from wsq_huddle.store.places import Watch

    from .exchange import Exchange

log = logging.getLogger(__name__)

ASKED, DONE = "exchange-asked", "exchange-done"
LOOK_SECONDS, LOCK_SECONDS, QUIET_SECONDS, REFUSED_SECONDS = 0.2, 1.0, 25.0, 60.0
CUT_SECONDS, PLAIN_SECONDS = 0.5, 3600.0


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
            return state_of(self._store)
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
            except Exception:  # the link must not die of a mistake of ours while people rely on it
                log.exception("the link begins again")
                self._stopping.wait(5)

    async def _live(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._main = asyncio.current_task()
        if self._stopping.is_set():
            return
        self._news = asyncio.Event()
        self._hurried = asyncio.Event()
        self._greeted = asyncio.Event()
        stop_listening = self._store.listen(lambda _told: self._soon(self._hurry))
        try:
            # In this thread: one that is cancelled meanwhile would take the lock after we have freed it.
            while not self._lock.take():  # noqa: ASYNC110 - another process sets no event of ours
                await asyncio.sleep(LOCK_SECONDS)
            self._ours = True
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
                group.create_task(self._keep_looking(steps))
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
            delay = await self._attempt(lambda wait=wait: self._fetch(steps, wait), tries)  # type: ignore[misc]  # bound
            if delay is None:
                if tries and cuts >= 2:  # noqa: PLR2004 - a proxy cuts long polls: once is chance, twice is a habit
                    plain_until = time.monotonic() + PLAIN_SECONDS
                cuts = cuts if tries else 0
                tries = 0
                if plain:
                    await _wait_for(self._hurried, secrets.SystemRandom().uniform(2.5, 7.5))
                continue
            self._greeted.clear()  # the other half finds out, and tells, how we stand
            self._news.set()
            cuts += 1 if not tries and time.monotonic() - began > CUT_SECONDS else 0
            tries = min(tries + 1, 10)
            await _wait_for(self._hurried, delay)

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

    async def _keep_looking(self, steps: "Exchange") -> None:
        """Notice what other processes record, and what they ask for."""
        try:
            watch: Watch | None = await asyncio.to_thread(self._store.place.watch)
        except HuddleError:
            watch = None
        answered = None
        try:
            while True:
                await asyncio.sleep(LOOK_SECONDS)
                if watch is None or not await asyncio.to_thread(watch.changed):
                    continue
                asked = await asyncio.to_thread(_fact, self._store, ASKED)
                if await asyncio.to_thread(_waits, self._store):
                    self._hurry()
                if asked and asked != answered:
                    answered = asked
                    await self._answer(steps, asked)
        finally:
            if watch is not None:
                watch.close()

    async def _answer(self, steps: "Exchange", asked: str) -> None:
        """Do at once what a `sync` of another process asked for, and say so when nothing waits any more."""
        from .positions import position_of  # noqa: PLC0415 - as above

        ends = time.monotonic() + QUIET_SECONDS
        self._greeted.clear()
        self._hurry()
        while time.monotonic() < ends:
            await asyncio.sleep(0.05)
            position = await asyncio.to_thread(position_of, self._store)
            level = not position.waiting and position.in_n >= steps.head
            if self._greeted.is_set() and level and self._telling.state.touch is Touch.IN_TOUCH:
                await asyncio.to_thread(_set_fact, self._store, DONE, asked)
                return

    async def _keep_lock(self) -> None:
        """Make sure now and then that the lock is ours; a database that went away has given it to others."""
        while True:
            await asyncio.sleep(QUIET_SECONDS)
            if not self._lock.take():
                raise HuddleError("Another process runs the link now.")

    def _hurry(self) -> None:
        if self._loop is not None:
            self._news.set()
            self._hurried.set()

    def _touched(self, steps: "Exchange") -> None:
        if self._telling.touched(steps):
            self._hurried.set()


def _fact(store: Store, key: str) -> str | None:
    from .positions import fact  # noqa: PLC0415 - as above

    return fact(store, key)


def _set_fact(store: Store, key: str, value: str) -> None:
    from wsq_huddle.store import links  # noqa: PLC0415 - SQLAlchemy, at the first write

    with store.writing() as writing:
        links.set_fact(writing.transaction, key, value)


def _waits(store: Store) -> bool:
    from .positions import position_of  # noqa: PLC0415 - as above

    return position_of(store).waiting > 0


async def _wait_for(event: asyncio.Event, seconds: float) -> bool:
    """Wait for an event; False when the time was up first."""
    # Not `asyncio.wait_for`: before Python 3.12 it swallows a cancel that comes together with the event.
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            return await event.wait()
    return False
