"""Builds the hospital of the rehearsal in an empty folder: nodes, hubs, enrolment, three weeks, the morning so far.

The hubs run from the beginning, because nodes join over HTTP; until the past is told their clock stands still before
it, and the links of the departments wait for a lock that is ours.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wsq_huddle.services.clocks import FileClock, write_clock
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.locks import LinkLock, link_lock

from .days import Days, MovingClock
from .furnishing import Ground, enrol, furnish
from .history import FIRST, SEED, History
from .hospital import BY_KEY, HUBS, PLACES, TOP, UNITS
from .hubs import HubProcess, stop_all
from .playing import Player
from .today import STARTS

Say = Callable[[str], None]


@dataclass(frozen=True)
class Built:
    """A hospital that goes on from where its past ends."""

    ground: Ground
    days: Days
    clock: Path
    desks: dict[str, Desk]
    hubs: dict[str, HubProcess]
    player: Player

    def stop(self) -> None:
        stop_all(self.hubs.values())
        for desk in self.desks.values():
            desk.store.close()


@dataclass(frozen=True, kw_only=True)
class Tale:
    """What is told: by which seed, from which working day on; `whole` leaves all of the morning to whoever plays it."""

    seed: int = SEED
    first: int = FIRST
    whole: bool = False


USUAL = Tale()


def build(ground: Ground, days: Days, tale: Tale, *, node: str, say: Say) -> Built:
    """Make everything up to the moment at which the screens of a node open."""
    builder = _Builder(ground, days, tale, say)
    try:
        return builder.build(days.at(0, "06:50" if tale.whole else STARTS[BY_KEY[node].tier]))
    except BaseException:
        builder.give_up()
        raise


class _Builder:
    def __init__(self, ground: Ground, days: Days, tale: Tale, say: Say) -> None:
        self._ground = ground
        self._days = days
        self._tale = tale
        self._say = say
        self._clock = MovingClock(days.at(tale.first, "06:00"))
        self._file = ground.folder / "clock.json"
        self._desks: dict[str, Desk] = {}
        self._hubs: dict[str, HubProcess] = {}
        self._locks: list[LinkLock] = []

    def build(self, until: datetime) -> Built:
        write_clock(self._file, self._clock.at, rate=0.0)
        self._say("Ten nodes and their hubs ...")
        self._make_nodes()
        self._say("Three weeks of huddles ...")
        history = History(self._desks, self._clock, self._days, self._tale.seed, self._tale.first)
        history.make()
        player = Player(self._desks, self._days, self._tale.seed)
        self._begin_the_day(history, player, until)
        write_clock(self._file, until)
        for desk in self._desks.values():
            desk.sign_as("")
            desk.store.clock = FileClock(self._file)
        for lock in self._locks:
            lock.free()
        return Built(self._ground, self._days, self._file, self._desks, self._hubs, player)

    def give_up(self) -> None:
        for lock in self._locks:
            lock.free()
        stop_all(self._hubs.values())
        for desk in self._desks.values():
            desk.store.close()

    def _make_nodes(self) -> None:
        """From the top down: who has joined can be joined. What waits for a hub makes the next stores meanwhile."""
        self._make(TOP)
        self._start([TOP])
        for place in PLACES[1:]:
            self._make(place.key)
        self._join([place.key for place in PLACES if place.parent == TOP])
        below = [key for key in HUBS if key != TOP]
        for key in below:
            lock = link_lock(self._desks[key].store.place)
            lock.take()
            self._locks.append(lock)
        self._start(below)
        self._join(UNITS)

    def _make(self, key: str) -> None:
        self._desks[key] = furnish(self._ground, BY_KEY[key], self._clock)

    def _start(self, keys: list[str]) -> None:
        for key in keys:
            self._hubs[key] = self._ground.hub(key, self._file)

    def _join(self, keys: tuple[str, ...] | list[str]) -> None:
        above = {
            BY_KEY[key].parent or "": [one for one in keys if BY_KEY[one].parent == BY_KEY[key].parent] for key in keys
        }
        for key in above:
            self._hubs[key].wait()
        with ThreadPoolExecutor(len(above)) as together:
            for done in [together.submit(self._join_one, parent, below) for parent, below in above.items()]:
                done.result()

    def _join_one(self, parent: str, below: list[str]) -> None:
        for key in below:
            enrol(self._ground, self._desks[parent], self._desks[key])

    def _begin_the_day(self, history: History, player: Player, until: datetime) -> None:
        last = ""
        for moment in player.due(until):
            if last and last != moment.node:
                history.carrier.everywhere()
            last = moment.node
            self._clock.at = player.at(moment)
            player.play(moment)
        self._clock.at = until
        history.carrier.settle()
