"""The morning as it goes on: the links of the units, and the others at their desks when the clock gets there."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from wsq_huddle.domain.links import Touch
from wsq_huddle.errors import HuddleError
from wsq_huddle.services import links
from wsq_huddle.services.clocks import FileClock, write_clock
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.links import heard
from wsq_huddle.sync.link import Link, Way

from .hospital import BY_KEY, HUBS
from .playing import Player
from .today import Moment

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.2
PAUSE_SECONDS = 15.0
"""Between two leaps that nobody asked for."""

SETTLE_SECONDS = 8.0
_WRITTEN = "SELECT peer, epoch, out_head FROM link_out"
_READ = "SELECT in_n FROM link_in WHERE peer = :peer AND epoch = :epoch"


class Wires:
    """The links of the nodes that run no hub. Whoever sits at a screen of one runs the link of that one."""

    def __init__(self, desks: Mapping[str, Desk], url: Callable[[str], str]) -> None:
        self._desks = desks
        self._links = {
            key: Link(desk.store, Way(url(parent)))
            for key, desk in desks.items()
            if key not in HUBS and (parent := BY_KEY[key].parent)
        }
        self._running: set[str] = set()

    def run(self, *, besides: str = "") -> None:
        """Run the links of all but one."""
        for key in sorted(self._links.keys() - self._running - {besides}):
            self._links[key].start()
            self._running.add(key)
        if besides in self._running:
            self._links[besides].stop()
            self._running.discard(besides)

    def stop(self) -> None:
        for key in sorted(self._running):
            self._links[key].stop()
        self._running.clear()

    def settle(self, seconds: float = SETTLE_SECONDS) -> bool:
        """Wait until nothing is on its way; False when that takes too long."""
        until, quiet = time.monotonic() + seconds, 0
        while time.monotonic() < until:
            quiet = quiet + 1 if self.waiting() == 0 else 0
            if quiet > 1:
                return True
            time.sleep(0.03)
        return False

    def in_touch(self) -> list[str]:
        """The hubs that are in touch with the node above them, as their screens say it."""
        return [key for key in HUBS if links.up(self._desks[key]).touch is Touch.IN_TOUCH]

    def still_in_touch(self, hubs: list[str]) -> None:
        """Let the last contact leap with the clock: no time went by, and nobody lost the network meanwhile."""
        for desk in (self._desks[key] for key in hubs):
            with contextlib.suppress(HuddleError), desk.store.writing() as writing:
                heard(writing.transaction, str(desk.parent), desk.store.clock())

    def waiting(self) -> int:
        """How many entries have not reached the neighbour they are for, besides where a screen is to run the link."""
        idle = self._links.keys() - self._running
        return sum(
            int(row["out_head"]) - self._read(str(row["peer"]), key, int(row["epoch"]))
            for key, desk in self._desks.items()
            for row in desk.look().rows(_WRITTEN)
            if not {key, row["peer"]} & idle
        )

    def _read(self, key: str, peer: str, epoch: int) -> int:
        """How far a node has read the feed of a neighbour: the neighbour itself hears of it a little later."""
        row = self._desks[key].look().one(_READ, peer=peer, epoch=epoch)
        return int(row["in_n"]) if row else 0


class Morning:
    """A thread that does what is due on the rehearsal's clock, at every node but the one where somebody sits.

    `leap` lets it set the clock on: it then goes from moment to moment, so that each happens at its own time. Once the
    huddle at the seat is closed it leaps by itself every now and then, so that answers come while somebody looks.
    """

    def __init__(self, player: Player, clock: Path, wires: Wires, rate: float) -> None:
        self._player = player
        self._file = clock
        self._clock = FileClock(clock)
        self._wires = wires
        self._rate = rate
        self._seat = ""
        self._target: datetime | None = None
        self._quiet_since = time.monotonic()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._woken = threading.Event()
        self._thread = threading.Thread(target=self._run, name="morning", daemon=True)

    def start(self, seat: str) -> None:
        self._seat = seat
        self._thread.start()

    def sit(self, seat: str) -> None:
        """Somebody sits at another node now."""
        self._seat = seat
        self._quiet_since = time.monotonic()

    def leap(self, to: datetime) -> None:
        """Go on to an instant, with all that happens until then; never back."""
        with self._lock:
            self._target = max(to, self._target or to)
        self._woken.set()

    @property
    def leaping(self) -> bool:
        """Whether the clock is still on its way to where it was to leap."""
        return self._target is not None

    def stop(self) -> None:
        self._stopping.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(SETTLE_SECONDS + 5)

    def _run(self) -> None:
        last = ""
        while not self._stopping.is_set():
            self._woken.wait(LOOK_SECONDS)
            self._woken.clear()
            if self._over():
                self.leap(self._player.next_leap(self._clock()))
            target = self._target
            for moment in self._player.due(max(self._clock(), target or self._clock())):
                if self._stopping.is_set():
                    return
                if last and last != moment.node:
                    self._wires.settle(2.0)
                last = moment.node
                self._set(self._player.at(moment))
                if moment.node != self._seat:
                    self._play(moment)
            if target is not None:
                self._wires.settle(2.0)
                self._set(target)
                with self._lock:
                    self._target = None if self._target == target else self._target

    def _over(self) -> bool:
        """Whether the huddle at the seat has been closed for a while, and nothing leaps yet."""
        if self._target is not None or not self._player.closed(self._seat):
            self._quiet_since = time.monotonic()
        return time.monotonic() - self._quiet_since > PAUSE_SECONDS

    def _set(self, shown: datetime) -> None:
        if self._clock() < shown:
            hubs = self._wires.in_touch()
            write_clock(self._file, shown, rate=self._rate)
            self._wires.still_in_touch(hubs)

    def _play(self, moment: Moment) -> None:
        try:
            self._player.play(moment)
        except Exception:  # the others may stumble; who sits at the screen must not fall with them
            log.exception("%s at %s failed", moment.what, moment.node)
