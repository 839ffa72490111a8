"""The demo: a hospital on this machine that goes on by itself, with a seat at any of its nodes."""

import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

from wsq_huddle.config import load
from wsq_huddle.config.writing import set_value
from wsq_huddle.config.zones import local_timezone
from wsq_huddle.errors import ConfigError, UsageError
from wsq_huddle.services.clocks import FileClock, write_clock
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.stores import open_at

from .building import USUAL, Built, Say, Tale, build
from .days import Days, morning_of
from .furnishing import Ground
from .hospital import BY_KEY, FIRST, HUBS, PLACES, Place
from .hubs import HubProcess, Launch, free_ports, launch, stop_all
from .live import Morning, Wires
from .playing import Player
from .temporary import PREFIX, Temporary, make
from .today import STARTS

MARK = "demo.json"
"""The file by which a folder is known again as one of ours."""


class Hospital:
    """A running hospital. `config` of a node and `clock` are what a screen needs; `stop` ends everything."""

    def __init__(self, built: Built, *, node: str, rate: float, temporary: Temporary | None = None) -> None:
        self._built = built
        self._rate = rate
        self._temporary = temporary
        self.folder = built.ground.folder
        self.clock = built.clock
        self.node = node
        self.wires = Wires(built.desks, built.ground.url)
        self._morning = Morning(built.player, built.clock, self.wires, rate)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def places(self) -> tuple[Place, ...]:
        """All nodes, parents before their children: what a seat may be taken at."""
        return PLACES

    @property
    def desks(self) -> dict[str, Desk]:
        """The desks at which the others work; a screen opens its own."""
        return self._built.desks

    @property
    def ports(self) -> dict[str, int]:
        """Where each hub listens on this computer."""
        return self._built.ground.ports

    @property
    def player(self) -> Player:
        """Everybody else, for who lets the morning go on without a clock that runs."""
        return self._built.player

    @property
    def days(self) -> Days:
        return self._built.days

    def start(self) -> None:
        """Let the morning go on: links, and everybody else at their desks."""
        write_clock(self.clock, self.now(), rate=self._rate)
        self.wires.run(besides=self.node)
        self._morning.start(self.node)

    def config(self, node: str | None = None) -> Path:
        """The huddle.toml of a node."""
        return self._built.ground.config(node or self.node)

    def now(self) -> datetime:
        return FileClock(self.clock)()

    def switch(self, node: str) -> Path:
        """Take a seat at another node; gives its huddle.toml. An upper tier's screens open just before its huddle."""
        if node not in BY_KEY:
            raise UsageError(f"There is no node {node} in the demo. There is {', '.join(BY_KEY)}.")
        self.node = node
        self._morning.sit(node)
        self.wires.run(besides=node)
        self._morning.leap(self._built.days.at(0, STARTS[BY_KEY[node].tier]))
        return self.config(node)

    def forward(self) -> datetime:
        """Let time leap to when the next thing happens, in the background; gives what the clock will show then."""
        to = self._built.player.next_leap(self.now())
        self._morning.leap(to)
        return to

    @property
    def leaping(self) -> bool:
        """Whether time is still on its way to where it was to leap."""
        return self._morning.leaping

    def stop(self) -> None:
        """End the others, the links and the hubs; the clock stands still. A temporary folder goes."""
        self._morning.stop()
        self.wires.stop()
        with suppress(OSError):
            write_clock(self.clock, self.now(), rate=0.0)
        self._built.stop()
        if self._temporary is not None:
            self._temporary.clear()


def open_hospital(  # noqa: PLR0913 - what the command can be asked for
    folder: Path | None = None,
    *,
    node: str = FIRST,
    keep: bool = False,
    rate: float = 1.0,
    say: Say = lambda _line: None,
    tale: Tale = USUAL,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    launch: Launch = launch,
) -> Hospital:
    """Make a hospital, or go on with one that an earlier demo made in `folder`; `stop` it, or use it in a `with`.

    A folder that holds anything else is refused. `tale` says how much of the past there is, `launch` starts its hubs.
    """
    if node not in BY_KEY:
        raise UsageError(f"There is no node {node} in the demo. There is {', '.join(BY_KEY)}.")
    temporary = make() if folder is None and not keep else None
    if temporary is not None:
        place, known = temporary.folder, None
    elif folder is None:
        place, known = Path(tempfile.mkdtemp(prefix=PREFIX)), None
    else:
        place = folder.absolute()
        known = _known(place)
    if known is not None:
        return Hospital(_reopened(place, known, tale.seed, launch), node=node, rate=rate)
    zone = ZoneInfo(local_timezone() or "UTC")
    days = Days(morning_of(now(), zone), zone)
    ground = Ground(place, zone, dict(zip(HUBS, free_ports(len(HUBS)), strict=True)), launch)
    try:
        place.mkdir(parents=True, exist_ok=True)
        _mark(place, days, ready=False)
        built = build(ground, days, tale, node=node, say=say)
        _mark(place, days, ready=True)
    except OSError as error:
        raise ConfigError(f"The demo cannot be made in {place}: {error.strerror or error}.") from error
    except BaseException:
        if temporary is not None:
            temporary.clear()
        raise
    return Hospital(built, node=node, rate=rate, temporary=temporary)


def _mark(folder: Path, days: Days, *, ready: bool) -> None:
    said = {"wsq-huddle": "demo", "morning": days.morning.isoformat(), "zone": days.zone.key, "ready": ready}
    (folder / MARK).write_text(json.dumps(said) + "\n", encoding="utf-8")


def _known(folder: Path) -> dict[str, Any] | None:
    """What an earlier demo noted of a folder; None for one that is empty, or not there."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return None
    try:
        found = json.loads((folder / MARK).read_text(encoding="utf-8"))
        if found["wsq-huddle"] == "demo" and found["ready"] is True:
            return {"morning": date.fromisoformat(found["morning"]), "zone": ZoneInfo(found["zone"])}
    except (OSError, ValueError, KeyError, TypeError):
        raise ConfigError(f"{folder} is not empty, and no demo made it. Name another folder.") from None
    raise ConfigError(f"{folder} holds a demo that was never finished. Delete it, or name another folder.")


def _reopened(folder: Path, known: dict[str, Any], seed: int, launch: Launch) -> Built:
    """Go on where an earlier demo was left: new ports, the same stores, the clock from where it stood."""
    days = Days(known["morning"], known["zone"])
    ground = Ground(folder, known["zone"], dict(zip(HUBS, free_ports(len(HUBS)), strict=True)), launch)
    clock = folder / "clock.json"
    desks: dict[str, Desk] = {}
    hubs: dict[str, HubProcess] = {}
    try:
        for place in PLACES:
            path = ground.config(place.key)
            if place.key in ground.ports:
                set_value(path, "hub", "listen", f"127.0.0.1:{ground.ports[place.key]}")
            if place.parent:
                set_value(path, "link", "url", ground.url(place.parent))
            settings = load(path, environ={}).settings
            desks[place.key] = Desk(open_at(settings, FileClock(clock)), settings)
        _set_back(clock, desks)
        for key in HUBS:
            hubs[key] = ground.hub(key, clock)
        for hub in hubs.values():
            hub.wait()
    except BaseException:
        stop_all(hubs.values())
        for desk in desks.values():
            desk.store.close()
        raise
    player = Player(desks, days, seed)
    player.resume(FileClock(clock)())
    return Built(ground, days, clock, desks, hubs, player)


def _set_back(clock: Path, desks: dict[str, Desk]) -> None:
    """A demo that was killed left its clock running: go on from the last thing that anybody did."""
    rows = [desk.look().one("SELECT MAX(at) AS at FROM entry") for desk in desks.values()]
    last = max(datetime.fromisoformat(row["at"]) for row in rows if row and row["at"])
    if json.loads(clock.read_text(encoding="utf-8"))["rate"]:
        write_clock(clock, last, rate=0.0)
