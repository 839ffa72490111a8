"""The random mornings of `tests/domain/playing.py`, played by seven real stores with real feeds between them.

Pages are carried in order over each link and in any order between links; now and then one is carried twice (its answer
was lost), or a feed is listed anew in a new epoch (somebody joined again).
"""

from dataclasses import dataclass, field
from functools import partial

from tests.conftest import Ticking
from tests.domain.playing import AT, PARENT, Outcome, Play
from tests.store.writers import Writer, bring, link
from wsq_huddle.domain import problems
from wsq_huddle.domain.entries import Entry, Told, read
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.nodes import Enrolled
from wsq_huddle.domain.problems import Problem
from wsq_huddle.store import feeds
from wsq_huddle.store.listing import list_anew
from wsq_huddle.store.opening import create_store
from wsq_huddle.store.places import MemoryPlace
from wsq_huddle.store.receiving import Status, receive
from wsq_huddle.store.store import Store
from wsq_huddle.store.verifying import verify

LINKS = [pair for node, above in PARENT.items() if above for pair in ((node, above), (above, node))]
ROWS = ("problem", "problem_path", "word")
GRINDS = 30
"""How often a forger writes the same turn, to pick the lowest hash."""


@dataclass
class Feed:
    """How far a neighbour has read, and in which epoch."""

    epoch: int = 1
    read: int = 0


@dataclass
class Hospital:
    """Seven stores that know each other, for any number of mornings."""

    stores: dict[str, Store] = field(default_factory=dict)
    feeds: dict[tuple[str, str], Feed] = field(default_factory=lambda: {pair: Feed() for pair in LINKS})
    forgers: int = 0

    def __post_init__(self) -> None:
        top = Writer("E", "registry")
        registered = [
            top.entry(Enrolled(key=key, name=key, tier=1, parent=above), f"node-{key}") for key, above in PARENT.items()
        ]
        for node in PARENT:
            store = self.stores[node] = create_store(MemoryPlace(), node, clock=Ticking(AT))
            bring(store, registered)
        for sender, receiver in LINKS:
            link(self.stores[sender], receiver, "parent" if PARENT[sender] == receiver else "child")

    def close(self) -> None:
        for store in self.stores.values():
            store.close()


class Morning(Play):
    """One random morning of a hospital of stores."""

    def __init__(self, hospital: Hospital, seed: int, *, taking: bool) -> None:
        super().__init__(seed, taking=taking)
        self.hospital = hospital
        self.gaps = 0
        self.stops = [store.listen(partial(self.heard, node)) for node, store in hospital.stores.items()]
        self.touched: set[str] = set()

    def heard(self, node: str, told: list[Told]) -> None:
        for one in told:
            if one.subject.startswith(problems.PREFIX):
                self.logs[node][one.subject][one.hash] = one
                self.states.pop((node, one.subject), None)
                self.touched.add(one.subject)

    def record(
        self, node: str, subject: str | None, event: Event, *, low: bool = False, on: Told | None = None
    ) -> None:
        store = self.hospital.stores[node]
        if on is None:
            with store.writing() as writing:
                writing.recorder.write(node, event, subject or problems.PREFIX)
            return
        assert subject is not None
        entry = self.forged(node, subject, event, on, low=low)
        with store.writing() as writing:
            writing.recorder.take(entry, read(entry))

    def forged(self, node: str, subject: str, event: Event, on: Told, *, low: bool) -> Entry:
        """An old turn written anew, as a clone of the node's PC would; with `low`, the lowest of many hashes."""
        self.hospital.forgers += 1
        made = []
        for attempt in range(GRINDS if low else 1):
            clone = Writer(node, f"clone-{self.hospital.forgers}")
            chance = f"{self.seed:04d}{self.hospital.forgers:04d}{attempt:04d}"
            entry_id = f"0192{chance[:4]}-{chance[4:8]}-7{chance[8:11]}-8000-{chance:>012}"
            made.append(clone.entry(event, subject, id=entry_id, turn=(on.turn or 0) + 1, on=on.hash))
        return min(made, key=lambda entry: entry.hash)

    def deliver(self) -> bool:
        waiting = [pair for pair in LINKS if self.head(pair) > self.hospital.feeds[pair].read]
        if not waiting:
            return False
        sender, receiver = pair = self.random.choice(waiting)
        feed = self.hospital.feeds[pair]
        if self.random.random() < 0.005:
            self.join_again(pair)
        again = self.random.random() < 0.1
        start = max(0, feed.read - 2) if again else feed.read
        look = self.hospital.stores[sender].look()
        page = feeds.page(look, receiver, feed.epoch, start, limit=self.random.randint(1, 4), most_bytes=2**20)
        if page:
            self.carry(sender, receiver, [Entry(item.head, item.text, item.seal) for item in page])
            feed.read = max(feed.read, page[-1].n)
        return True

    def carry(self, sender: str, receiver: str, entries: list[Entry]) -> None:
        with self.hospital.stores[receiver].writing() as writing:
            outcomes = receive(writing.transaction, writing.recorder, sender, entries, lambda _told, _entry: None)
        assert {outcome.status for outcome in outcomes} <= {Status.STORED, Status.KNOWN}, outcomes
        for entry in entries:
            it = self.state(receiver, read(entry).subject)
            self.gaps += bool(it and it.ahead)

    def join_again(self, pair: tuple[str, str]) -> None:
        sender, receiver = pair
        feed = self.hospital.feeds[pair]
        feed.epoch, feed.read = feed.epoch + 1, 0
        with self.hospital.stores[sender].writing() as writing:
            list_anew(writing.transaction, writing.recorder, receiver, feed.epoch)

    def head(self, pair: tuple[str, str]) -> int:
        row = self.hospital.stores[pair[0]].look().one("SELECT out_head FROM link_out WHERE peer = :peer", peer=pair[1])
        return int(row["out_head"]) if row else 0

    def holders(self, subject: str) -> list[str]:
        sql = "SELECT holder, state FROM problem WHERE subject = :subject"
        rows = {node: store.look().one(sql, subject=subject) for node, store in self.hospital.stores.items()}
        return [
            node
            for node, row in rows.items()
            if row and row["holder"] == node and row["state"] not in ("closed", "withdrawn")
        ]


def play(hospital: Hospital, seed: int, *, taking: bool = False, forging: bool = False, steps: int = 150) -> Outcome:
    """One morning, then all that waits is delivered; the law is asserted on the way."""
    here = Morning(hospital, seed, taking=taking)
    for _ in range(steps):
        here.touched.clear()
        if here.random.random() < 0.5:
            here.act(here.random.choice(list(PARENT)))
        else:
            here.deliver()
        if not taking:
            for subject in here.touched:
                assert len(here.holders(subject)) <= 1, (seed, subject, here.holders(subject))
    deliver_all(here)
    outcome = Outcome(ahead=here.gaps)
    for subject in here.subjects():
        it = agreed(here, subject)
        outcome += Outcome(problems=1, disputed=int(it.disputed))
        if forging and here.forge(subject, it.origin, behind=2):
            deliver_all(here)
            after = agreed(here, subject)
            flipped = (after.holder, after.state, after.turn) != (it.holder, it.state, it.turn)
            outcome += Outcome(forged=1, flipped=int(flipped))
    for stop in here.stops:
        stop()
    return outcome


def deliver_all(here: Morning) -> None:
    while here.deliver():
        pass


def agreed(here: Morning, subject: str) -> Problem:
    """All parties have the same entries and the same rows, made rows are those of the log, and one holds it."""
    stores = here.hospital.stores
    sql = "SELECT hash FROM entry WHERE subject = :subject ORDER BY hash"
    held = {node: store.look().rows(sql, subject=subject) for node, store in stores.items()}
    knowing = [node for node in PARENT if held[node]]
    first = here.state(knowing[0], subject)
    assert first is not None
    assert set(knowing) >= problems.parties(first), (here.seed, subject)
    made = {}
    for node in knowing:
        assert held[node] == held[knowing[0]], (here.seed, subject, node)
        made[node] = [
            stores[node].look().rows(f"SELECT * FROM {table} WHERE subject = :subject ORDER BY 1, 2", subject=subject)  # noqa: S608 - our own tables
            for table in ROWS
        ]
        assert made[node] == made[knowing[0]], (here.seed, subject, node)
    assert not first.ahead, (here.seed, subject)
    assert len(here.holders(subject)) == (0 if first.over else 1), (here.seed, subject)
    return first


def faults(hospital: Hospital) -> list[str]:
    """What is wrong with any of the logs; forged devices have numbers of their own and are no fault."""
    return [fault for store in hospital.stores.values() for fault in verify(store.look(), store.secrets).faults]
