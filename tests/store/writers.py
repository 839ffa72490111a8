"""Other nodes, as far as a store sees of them: who writes entries that are brought to it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from wsq_huddle.domain import problems
from wsq_huddle.domain.entries import START, Entry, Stamp, Told, compose, read
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.ids import uuid7
from wsq_huddle.domain.problems import Raised, Urgency
from wsq_huddle.store.receiving import Outcome, receive
from wsq_huddle.store.store import Store

AT = datetime(2026, 11, 24, 7, 15, tzinfo=UTC)
RAISED = Raised(category="equipment", urgency=Urgency.TODAY, tells="cardiac", title="Two IV pumps missing")


class Writer:
    """A device of another node, with numbers of its own."""

    def __init__(self, node: str, device: str = "") -> None:
        self.node = node
        self.device = device or f"{node}-1"
        self.key = self.device.encode()
        self.seq = 0
        self.prev = START

    def entry(self, event: Event, subject: str = "problem-", **stamp: Any) -> Entry:  # noqa: ANN401 - fields of Stamp
        """One entry; a subject that ends in `-` gets its id. What is given of the stamp is so."""
        self.seq += 1
        entry_id = stamp.pop("id", None) or uuid7(1_790_000_000_000 + self.seq, f"{self.device:>010}"[-10:].encode())
        position: dict[str, Any] = {"turn": 1, "on": None} if event.turns else {"tick": 1}
        plain: dict[str, Any] = {
            "id": entry_id,
            "subject": subject + entry_id if subject.endswith("-") else subject,
            "node": self.node,
            "device": self.device,
            "seq": self.seq,
            "prev": self.prev,
            "by": f"{self.node} lead",
            "at": AT,
        }
        entry = compose(event, Stamp(**{**plain, **position, **stamp}), self.key)
        self.prev = entry.hash
        return entry


def bring(store: Store, entries: Sequence[Entry], peer: str = "cardiac") -> list[Outcome]:
    """Take up a page as it comes from a neighbour who may bring anything."""
    with store.writing() as writing:
        return receive(writing.transaction, writing.recorder, peer, entries, lambda _told, _entry: None)


def statuses(outcomes: Sequence[Outcome]) -> list[str]:
    return [outcome.status.value for outcome in outcomes]


def raise_one(store: Store, title: str = "Two IV pumps missing", tells: str | None = "cardiac") -> Told:
    """Raise a problem at the store's own node."""
    event = Raised(category="equipment", urgency=Urgency.TODAY, tells=tells, title=title)
    with store.writing() as writing:
        return writing.recorder.write("Ana R.", event, problems.PREFIX)


def write(store: Store, event: Event, subject: str) -> Told:
    with store.writing() as writing:
        return writing.recorder.write("Ana R.", event, subject)


def link(store: Store, peer: str, role: str, epoch: int = 1) -> None:
    """Give a store a neighbour, as enrolment does."""
    with store.writing() as writing:
        connection = writing.transaction.connection
        connection.exec_driver_sql(
            "INSERT INTO link (peer, role, state, epoch, clock_offset)"  # noqa: S608 - names of our own tests
            f" VALUES ('{peer}', '{role}', 'active', {epoch}, 0)"
        )
        connection.exec_driver_sql(
            "INSERT INTO link_out (peer, epoch, out_head, out_chain, out_acked)"  # noqa: S608 - likewise
            f" VALUES ('{peer}', {epoch}, 0, '{START}', 0)"
        )


def feed(store: Store, peer: str) -> list[Told]:
    """All entries of the feed to a neighbour, in order."""
    sql = (
        "SELECT head, text, seal FROM feed_item JOIN entry ON entry.id = feed_item.entry_id"
        " WHERE feed_item.peer = :peer ORDER BY n"
    )
    return [read(Entry(row["head"], row["text"], row["seal"])) for row in store.look().rows(sql, peer=peer)]


def count(store: Store, table: str) -> int:
    row = store.look().one(f"SELECT count(*) AS n FROM {table}")  # noqa: S608 - names of our own tables
    assert row is not None
    return int(row["n"])
