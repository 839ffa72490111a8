"""Whether what waits is sent without a window: by the sender of this computer (`sync --watch`), or by its hub.

with senders.working(desk): ...      for as long as a program without a window sends
senders.runs(desk)                   whether one does right now; None where that cannot be told
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from wsq_huddle.errors import HuddleError
from wsq_huddle.store.locks import sender_lock

from .desk import Desk

log = logging.getLogger(__name__)

AGAIN_SECONDS = 30.0
"""One of several says so for all; when it ends, another does that much later at the latest."""

_MOMENT = 5.0


@contextmanager
def working(desk: Desk) -> Iterator[None]:
    """Let every window of this store know that it may be closed: this program sends without it."""
    tried, ended = threading.Event(), threading.Event()
    saying = threading.Thread(target=_say, args=(desk, tried, ended), name="sender", daemon=True)
    saying.start()
    tried.wait(_MOMENT)
    try:
        yield
    finally:
        ended.set()
        saying.join(_MOMENT)


def runs(desk: Desk) -> bool | None:
    """Look whether a program without a window sends; the system itself forgets one that was killed."""
    lock = sender_lock(desk.store.place)
    try:
        return not lock.take()
    except HuddleError:
        return None
    finally:
        lock.free()


def parting(desk: Desk, waiting: int) -> str:
    """What who leaves is told when so much waits to be sent: that it is kept, and what sends it."""
    kept = f"{waiting} to send: they are kept, and go out"
    match runs(desk):
        case True:
            return f"{kept} by themselves: the sender works on."
        case False:
            return f"{kept} when the program is started again: no sender works without it."
        case None:
            return f"{kept} with the next contact."


def _say(desk: Desk, tried: threading.Event, ended: threading.Event) -> None:
    lock = sender_lock(desk.store.place)
    try:
        while not ended.is_set():
            try:
                lock.take()
            except HuddleError as error:
                log.warning("the windows are not told of the sender: %s", error.kind)
            tried.set()
            ended.wait(AGAIN_SECONDS)
    finally:
        lock.free()
