"""One exchange for a command: until nothing waits on either side, by ourselves or by whoever runs the link already."""

import asyncio
import secrets
import time
from dataclasses import dataclass
from datetime import datetime

from wsq_huddle.errors import NetworkError, Rejected
from wsq_huddle.store import links
from wsq_huddle.store.locks import LinkLock, link_lock
from wsq_huddle.store.store import Store

from .client import Client, NoContact
from .exchange import Exchange, GreetAgain, NotAccepted
from .looking import ASKED, DONE
from .positions import Position, fact, note, position_of
from .state import Touch, state_of
from .way import Way

SECONDS = 30.0
LOCK_SECONDS = 1.0
TOLD_SECONDS = 5.0
"""So long the process that runs the link has to try again before we say what it has noted: that we are not let in."""


@dataclass(frozen=True)
class Exchanged:
    """What an exchange moved; `waiting` is what the parent has not got yet."""

    peer: str
    sent: int
    received: int
    refused: int
    waiting: int
    at: datetime
    fenced: bool = False
    """Another computer works as this node by now."""


def exchange_once(store: Store, way: Way) -> Exchanged:
    """Exchange with the parent now; `NetworkError` when it cannot be reached, `Rejected` when it refuses us."""
    before = position_of(store)
    lock = link_lock(store.place)
    ends = time.monotonic() + SECONDS
    try:
        if not lock.take() and (done := _ask_holder(store, lock, before, ends)):
            return done
        return asyncio.run(_exchange(store, way, ends))
    finally:
        lock.free()


async def _exchange(store: Store, way: Way, ends: float) -> Exchanged:
    client = Client(way)
    steps = Exchange(store, client)
    try:
        for attempt in range(4):
            try:
                async with asyncio.timeout(max(0.1, ends - time.monotonic())):
                    await _to_the_end(steps)
                break
            except GreetAgain:
                if attempt == 3:  # noqa: PLR2004 - a position that changes four times in a row is a fault
                    raise NetworkError("The hub and this computer do not agree where they stand.") from None
            except NoContact as error:
                raise NetworkError(error.why) from error
            except NotAccepted as error:
                raise Rejected(error.why) from error
            except TimeoutError:
                raise NetworkError("The exchange takes too long; what is left goes with the next one.") from None
    finally:
        await client.close()
    after = position_of(store)
    if not steps.fenced:
        note(store, after.peer, trouble=None, offset=steps.clock_offset, at=store.clock())
    return Exchanged(
        after.peer, steps.sent, steps.received, steps.refused, after.waiting, store.clock(), fenced=steps.fenced
    )


async def _to_the_end(steps: Exchange) -> None:
    await steps.greet()
    moved = True
    while moved:
        moved = False
        while await steps.send():
            moved = True
        if steps.fenced:
            return
        while await steps.fetch(0.0):
            moved = True


def _ask_holder(store: Store, lock: LinkLock, before: Position, ends: float) -> Exchanged | None:
    """What whoever runs the link moved for us; None when it has gone meanwhile, and the link is ours."""
    asked = secrets.token_hex(8)
    with store.writing() as writing:
        links.set_fact(writing.transaction, ASKED, asked)
        store.place.announce(writing.transaction.connection)
    told, look = (time.monotonic() + seconds for seconds in (TOLD_SECONDS, LOCK_SECONDS))
    while time.monotonic() < ends:
        if time.monotonic() > told and (state := state_of(store)).touch is Touch.NOT_ACCEPTED:
            raise Rejected(state.why)
        if fact(store, DONE) == asked:
            after = position_of(store)
            return Exchanged(
                after.peer,
                max(0, after.out_acked - before.out_acked),
                max(0, after.in_n - before.in_n),
                _refused(store, after, before),
                after.waiting,
                store.clock(),
            )
        if time.monotonic() > look:
            if lock.take():
                return None
            look = time.monotonic() + LOCK_SECONDS
        time.sleep(0.05)
    raise NetworkError("Another process runs the link of this node and could not finish in time; it goes on trying.")


def _refused(store: Store, after: Position, before: Position) -> int:
    row = store.look().one(
        "SELECT count(*) AS refused FROM refusal WHERE peer = :peer AND n > :n", peer=after.peer, n=before.out_acked
    )
    return int(row["refused"]) if row else 0
