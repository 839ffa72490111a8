"""A hospital for the tests of the exchange: real stores, real hubs on loopback ports, real enrolment."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from wsq_huddle.domain import problems
from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.problems import Raised, Urgency
from wsq_huddle.store.opening import create_store, open_store
from wsq_huddle.store.places import FilePlace, Place, PostgresPlace
from wsq_huddle.store.store import Store
from wsq_huddle.sync.enrolling import Me, invite
from wsq_huddle.sync.hub.serving import Address, Hub
from wsq_huddle.sync.joining import Joined, join
from wsq_huddle.sync.link import Link, Way
from wsq_huddle.sync.link.once import Exchanged, exchange_once

TIERS = {"executive": 3, "cardiac": 2, "surgery": 2, "4-west": 1, "5-east": 1, "theatre": 1}
NAMES = {
    "executive": "Executive",
    "cardiac": "Cardiac",
    "surgery": "Surgery",
    "4-west": "4 West",
    "5-east": "5 East",
    "theatre": "Theatre",
}
HUBS = ("executive", "cardiac", "surgery")
DATABASE = "database.url"

on_both = pytest.mark.parametrize("place", ["file", "postgresql"], indirect=True)
"""For a test that has to hold whichever database the stores of the hubs are in."""


def clock() -> datetime:
    return datetime.now(UTC)


def place_of(folder: Path) -> Place:
    """Where the store of a folder lies: in a file there, or in the database of PostgreSQL that the folder names."""
    if (named := folder / DATABASE).exists():
        return PostgresPlace(named.read_text(encoding="utf-8"), None, folder / "secrets")
    return FilePlace(folder / "huddle.db", folder / "secrets")


def on_postgres(folder: Path, new_database: NewDatabase) -> Path:
    """Let the store that is to be made in a folder lie in a database of its own."""
    folder.mkdir(parents=True)
    (folder / DATABASE).write_text(new_database(), encoding="utf-8")
    return folder


def made(folder: Path, node: str, *, rehearsal: bool = False) -> Store:
    return create_store(place_of(folder), node, clock=clock, rehearsal=rehearsal)


def opened(folder: Path, node: str) -> Store:
    return open_store(place_of(folder), node, clock=clock)


def me(node: str) -> Me:
    return Me(NAMES.get(node, node), TIERS.get(node, 2))


@dataclass
class Hospital:
    """Stores, hubs and links by node; `close` ends all of it."""

    folder: Path
    moulds: Callable[[str], AbstractContextManager[Path]] | None = None
    """Gives the folder where something is kept that many tests begin with; see `alone`."""
    stores: dict[str, Store] = field(default_factory=dict)
    hubs: dict[str, Hub] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    ways: dict[str, Way] = field(default_factory=dict)

    def store(self, node: str, named: str = "") -> Store:
        """The store of a node; a second one of it is in a folder `named` otherwise."""
        name = named or node
        if name not in self.stores:
            there = (self.folder / name / "huddle.db").exists()
            self.stores[name] = (opened if there else made)(self.folder / name, node)
        return self.stores[name]

    def hub(self, node: str, port: int = 0) -> Hub:
        """The hub of a node, running."""
        if node not in self.hubs:
            hub = self.hubs[node] = Hub(self.store(node), Address(port=port))
            hub.start()
        return self.hubs[node]

    def enrol(self, child: str, parent: str) -> Joined:
        """Let a node join another, as people do it."""
        way = self.ways[child] = Way(self.hub(parent).url)
        code = invite(self.store(parent), me(parent), child, NAMES.get(child, child), TIERS.get(child, 1)).code
        return join(self.store(child), way, code)

    def joined(self, *pairs: tuple[str, str]) -> None:
        """Begin with nodes that have joined others, as `enrol` lets them: `joined(("4-west", "cardiac"))`."""

        def enrol(place: Hospital) -> None:
            for child, parent in pairs:
                place.enrol(child, parent)

        if self.begin("+".join(f"{child} {parent}" for child, parent in pairs), enrol):
            self.ways |= {child: Way(self.hub(parent).url) for child, parent in pairs}
            for child, _ in pairs:
                self.store(child)

    def begin(self, name: str, make: Callable[["Hospital"], object]) -> bool:
        """Begin with what `make` makes: it is made once, and its files are copied; true if they were.

        What lies in databases of PostgreSQL is made each time, and so is what others have been before.
        """
        if self.moulds is None or self.stores or list(self.folder.glob(f"*/{DATABASE}")):
            make(self)
            return False
        with self.moulds(name) as shared:
            kept = shared / "made"
            if not kept.exists():
                with hospital(shared / "making") as first:
                    make(first)
                first.folder.rename(kept)
        shutil.copytree(kept, self.folder, dirs_exist_ok=True)
        return True

    def link(self, node: str, way: Way | None = None) -> Link:
        """The link of a node, running."""
        link = self.links[node] = Link(self.store(node), way or self.ways[node])
        link.start()
        return link

    def exchange(self, node: str) -> Exchanged:
        return exchange_once(self.store(node), self.ways[node])

    def stop_hub(self, node: str) -> int:
        hub = self.hubs.pop(node)
        hub.stop()
        return hub.port

    def close(self) -> None:
        for link in self.links.values():
            link.stop()
        for hub in self.hubs.values():
            hub.stop()
        for store in self.stores.values():
            store.close()


@contextmanager
def hospital(folder: Path, moulds: Callable[[str], AbstractContextManager[Path]] | None = None) -> Iterator[Hospital]:
    found = Hospital(folder, moulds)
    try:
        yield found
    finally:
        found.close()


def raised(store: Store, title: str = "Two IV pumps missing", tells: str | None = None) -> str:
    """Raise a problem at a node; gives its subject."""
    with store.writing() as writing:
        tells = tells or writing.transaction.tree.parent(store.node)
        event = Raised(category="equipment", urgency=Urgency.TODAY, tells=tells, title=title)
        return writing.recorder.write("Ana R.", event, problems.PREFIX).subject


def recorded(store: Store, subject: str, event: Event, by: str = "Ana R.") -> Told:
    with store.writing() as writing:
        return writing.recorder.write(by, event, subject)


def problem(store: Store, subject: str) -> problems.Problem | None:
    with store.writing() as writing:
        found: problems.Problem | None = writing.recorder.state(subject)
        return found


def count(store: Store, where: str = "1 = 1") -> int:
    row = store.look().one(f"SELECT count(*) AS n FROM entry WHERE {where}")  # noqa: S608 - of a test
    assert row is not None
    return int(row["n"])


def entries(store: Store, subject: str) -> list[tuple[str, str | None, str]]:
    """The entries of a subject as they are kept, in the order of their ids."""
    rows = store.look().rows("SELECT head, text, seal FROM entry WHERE subject = :subject ORDER BY id", subject=subject)
    return [(row["head"], row["text"], row["seal"]) for row in rows]


def eventually(question: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until something is so; fail when it takes too long."""
    ends = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < ends, "it never came to be so"
        time.sleep(0.02)


def copied(folder: Path, target: Path) -> Path:
    """Copy a node's files as they lie there: what a restore without us, or a cloned disk, comes to."""
    shutil.copytree(folder, target)
    return target
