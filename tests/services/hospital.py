"""A small hospital in one process: real stores, real desks, and letters carried by hand instead of over HTTP.

executive ── cardiac ── 4-west, 5-east
          ├─ surgery ── theatre
          └─ biomed
"""

import contextlib
import copy
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from wsq_huddle.config import Settings, load
from wsq_huddle.config.writing import write_new
from wsq_huddle.domain.entries import Entry
from wsq_huddle.domain.nodes import Enrolled, Node, subject_of
from wsq_huddle.services import definitions
from wsq_huddle.services.desk import Desk
from wsq_huddle.store import feeds, links
from wsq_huddle.store.listing import list_anew
from wsq_huddle.store.opening import create_store, open_store
from wsq_huddle.store.places import MemoryPlace
from wsq_huddle.store.receiving import receive
from wsq_huddle.store.store import Writing

Refusals = tuple[Callable[[], object], ...]
"""Verbs that are refused."""

ZONE = ZoneInfo("America/Chicago")
DAY = date(2026, 11, 24)
"""A Tuesday."""

PLACES: dict[str, tuple[str, int, str | None]] = {
    "executive": ("Executive", 3, None),
    "cardiac": ("Cardiac", 2, "executive"),
    "surgery": ("Surgery", 2, "executive"),
    "biomed": ("Biomed", 2, "executive"),
    "4-west": ("4 West", 1, "cardiac"),
    "5-east": ("5 East", 1, "cardiac"),
    "theatre": ("Theatre", 1, "surgery"),
}

USUAL = tuple(PLACES)
"""The places of this hospital; tests of larger ones add theirs to the names above."""


def at(clock: str, on: date = DAY) -> datetime:
    """A local time of a day, as an instant."""
    return datetime.combine(on, datetime.strptime(clock, "%H:%M").time(), ZONE).astimezone(UTC)  # noqa: DTZ007 - a time of day


class Clock:
    """A clock that all share: a hundredth of a second later each time it is asked, or where it is put."""

    def __init__(self, start: datetime) -> None:
        self._at = start

    def __call__(self) -> datetime:
        self._at += timedelta(milliseconds=10)
        return self._at

    def at(self, now: datetime) -> None:
        self._at = now

    def put(self, clock: str, on: date = DAY) -> None:
        self.at(at(clock, on))


def settings_in(folder: Path, key: str, **said: str) -> Settings:
    """The settings of a node, from a huddle.toml as `init` writes it; `said` is put below the table of that name."""
    name, tier, _ = PLACES[key]
    path = write_new(folder / key, key=key, name=name, tier=tier, timezone=str(ZONE), dir_given=True, call=f"44{tier}0")
    text = path.read_text(encoding="utf-8")
    for table, lines in said.items():
        text = text.replace(f"\n[{table}]\n", f"\n[{table}]\n{lines}\n")
    path.write_text(text + said.get("more", ""), encoding="utf-8")
    return load(path).settings


class Hospital:
    """Desks by key; `deliver` carries everything to where it belongs, between those that are in touch."""

    def __init__(self, folder: Path, keys: tuple[str, ...] = USUAL) -> None:
        self.clock = Clock(at("06:00"))
        self.folder = folder
        self.desks: dict[str, Desk] = {}
        self.cut: set[str] = set()
        """Nodes whose link is down."""
        for key in keys:
            self.add(key)
        for key in keys:
            self.join(key)
        self.deliver()

    def hours(self, key: str, calendar: str) -> None:
        """Give a node other days and hours, and let all know: `hours("cardiac", 'begins = "07:00"')`."""
        self.desks[key] = Desk(
            self[key].store, settings_in(Path(tempfile.mkdtemp(dir=self.folder)), key, calendar=calendar)
        )
        definitions.publish(self.desks[key])
        self.deliver()

    def copy(self) -> Self:
        """Another hospital that is as this one is now: quicker than to build it again for each test."""
        twin = copy.copy(self)
        twin.folder = Path(tempfile.mkdtemp(dir=self.folder))
        return twin

    def moved(self, folder: Path) -> Self:
        """Let the huddle.toml of each desk, and all that lies beside it, be in another folder."""
        for desk in self.desks.values():
            home = folder / desk.settings.home.name
            home.mkdir(parents=True)
            shutil.copy(desk.settings.home / "huddle.toml", home)
            desk.settings = replace(desk.settings, home=home)
        self.folder = folder
        return self

    def __getstate__(self) -> dict[str, Any]:
        """All that a copy needs; what lies in files is in memory from then on."""
        desks = {}
        for key, desk in self.desks.items():
            with contextlib.closing(desk.store.place.engine().raw_connection()) as raw:
                copied = raw.driver_connection.serialize()  # type: ignore[union-attr]  # a sqlite3 connection
            desks[key] = copied, desk.store.secrets.all(), desk.settings
        return {**vars(self), "clock": copy.copy(self.clock), "cut": set(self.cut), "desks": desks}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self.desks = {}
        for key, (copied, kept, settings) in state["desks"].items():
            place = MemoryPlace()
            with contextlib.closing(place.engine().raw_connection()) as raw:
                raw.driver_connection.deserialize(copied)  # type: ignore[union-attr]  # a sqlite3 connection
            for name, secret in kept.items():
                place.secrets.write(name, secret)
            self.desks[key] = Desk(open_store(place, key, clock=self.clock), settings)

    def __getitem__(self, key: str) -> Desk:
        return self.desks[key]

    def add(self, key: str) -> Desk:
        store = create_store(MemoryPlace(), key, clock=self.clock)
        self.desks[key] = Desk(store, settings_in(self.folder, key))
        return self.desks[key]

    def join(self, key: str) -> None:
        """Let a node in, as the hub does and the link below it; then it publishes its definitions."""
        name, tier, parent = PLACES[key]
        desk = self.desks[key]
        with self.desks[parent or key].store.writing() as writing:
            if parent:
                links.put(writing.transaction, key, links.CHILD, 1)
                list_anew(writing.transaction, writing.recorder, key, 1)
                writing.transaction.grow(Node(key=key, name=name, tier=tier, parent=parent))
            writing.recorder.write("IT", Enrolled(key=key, name=name, tier=tier, parent=parent), subject_of(key))
        if parent:
            with desk.store.writing() as writing:
                links.put(writing.transaction, parent, links.PARENT, 1)
                list_anew(writing.transaction, writing.recorder, parent, 1)
        definitions.publish(desk)

    def deliver(self) -> int:
        """Carry what waits until nothing moves; gives the number of entries that were taken up."""
        moved = 0
        while step := sum(self._carry(child, parent) for child, parent in self._links()):
            moved += step
        self._hear()
        return moved

    def _hear(self) -> None:
        """Let all that are in touch have heard of each other just now."""
        for key, desk in self.desks.items():
            if peers := [pair[pair[0] == key] for pair in self._links() if key in pair]:
                with desk.store.writing() as writing:
                    for peer in peers:
                        links.heard(writing.transaction, peer, writing.transaction.now)

    def _links(self) -> list[tuple[str, str]]:
        pairs = [(key, PLACES[key][2]) for key in self.desks if key not in self.cut]
        return [(key, parent) for key, parent in pairs if parent in self.desks]

    def _carry(self, child: str, parent: str) -> int:
        return self._exchange(child, parent) + self._exchange(parent, child)

    def _exchange(self, giver: str, taker: str) -> int:
        """One page, both ends in their own transaction, as the hub and the link do it."""
        store = self.desks[taker].store
        row = store.look().one("SELECT in_n FROM link_in WHERE peer = :peer AND epoch = 1", peer=giver)
        page = feeds.page(
            self.desks[giver].look(), taker, 1, int(row["in_n"]) if row else 0, limit=500, most_bytes=2**20
        )
        if page:
            with store.writing() as writing:
                self._take(writing, giver, page)
            with self.desks[giver].store.writing() as writing:
                feeds.acknowledge(writing.transaction, taker, 1, page[-1].n)
        return len(page)

    def _take(self, writing: Writing, giver: str, page: list[feeds.Item]) -> None:
        feeds.position(writing.transaction, giver, 1)
        entries = [Entry(item.head, item.text, item.seal) for item in page]
        outcomes = receive(writing.transaction, writing.recorder, giver, entries, lambda _told, _entry: None)
        assert {outcome.status.value for outcome in outcomes} <= {"stored", "known"}, outcomes
        feeds.advance(writing.transaction, giver, 1, page[-1].n, page[-1].chain)

    def close(self) -> None:
        for desk in self.desks.values():
            desk.store.close()
