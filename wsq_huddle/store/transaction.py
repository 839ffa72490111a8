"""One write transaction: stories and counters of a store that nobody else writes to meanwhile.

The first statement takes the one lock there is: SQLite's own, or on PostgreSQL the row of the device, which holds the
counters. All else is done under it, so that both databases behave the same and no two writers wait for each other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from wsq_huddle.domain.entries import Entry, Told, read
from wsq_huddle.domain.nodes import Node, State, Tree
from wsq_huddle.errors import StoreError

from .tables import ENTRY, LINK, NODE, SUBJECT

T = TypeVar("T")

MANY = 500
"""Values in one `IN (...)`: below the limit of every SQLite."""


@dataclass(frozen=True)
class Device:
    """The device that this store writes as, with its counters as they were when the transaction began."""

    id: str
    seq: int
    hash: str
    arrival: int


def lock_store(connection: Connection, schema: str) -> Device | None:
    """Lock the store for writing and look at its layout, in one statement.

    None when the device was changed while we waited for it: then ask again.
    """
    query = (
        "SELECT device.id, device.seq, device.hash, device.arrival, alembic_version.version_num"
        " FROM device, alembic_version WHERE device.current"
    )
    locking = "" if connection.dialect.name == "sqlite" else " FOR UPDATE"
    row = connection.exec_driver_sql(query + locking).one_or_none()
    if row is None:
        return None
    if row.version_num != schema:
        raise StoreError(
            "Another program has changed the layout of this store while this one was running."
            " Nothing was written. Start wsq-huddle again."
        )
    return Device(row.id, row.seq, row.hash, row.arrival)


class Transaction:
    """What may be looked up while the store is locked for writing. `now` is the one instant of all that it records."""

    def __init__(self, connection: Connection, node: str, now: datetime, device: Device) -> None:
        self.connection = connection
        self.node = node
        self.now = now.astimezone(UTC)
        self.device = device
        self._stories: dict[str, list[Told]] = {}
        self._tree: Tree | None = None

    @property
    def stamp(self) -> str:
        return self.now.isoformat()

    def lock(self, subjects: Iterable[str]) -> None:
        """Read the stories of subjects that will be decided on in one query; the store is locked already."""
        self.stories(subjects)

    def begin(self, subject: str) -> None:
        """A subject that has no story yet, because this transaction gives it its name."""
        self._stories[subject] = []

    def stories(self, subjects: Iterable[str]) -> Mapping[str, list[Told]]:
        """All entries in force of the subjects, in the order in which they came to be in this store."""
        for part in parts(sorted(set(subjects) - self._stories.keys())):
            self._stories.update({subject: [] for subject in part})
            query = (
                select(ENTRY.c.subject, ENTRY.c.head, ENTRY.c.text, ENTRY.c.seal)
                .where(ENTRY.c.subject.in_(part), ENTRY.c.parked.is_(False))
                .order_by(ENTRY.c.arrival)
            )
            for subject, head, text, seal in self.connection.execute(query):
                self._stories[subject].append(read(Entry(head, text, seal)))
        return self._stories

    def ticks(self, subjects: Iterable[str]) -> dict[str, int]:
        """The highest tick known of each subject."""
        found: dict[str, int] = {}
        for part in parts(sorted(set(subjects))):
            query = select(SUBJECT.c.subject, SUBJECT.c.tick).where(SUBJECT.c.subject.in_(part))
            found.update((subject, tick) for subject, tick in self.connection.execute(query))
        return found

    @property
    def tree(self) -> Tree:
        """The tree with this node's own place in it, which the link to its parent fixes until the log does."""
        if self._tree is None:
            rows = self.connection.execute(select(NODE)).mappings().all()
            link = select(LINK.c.peer).where(LINK.c.role == "parent")
            self._tree = planted(self.node, rows, self.connection.scalar(link))
        return self._tree

    def grow(self, node: Node | None) -> None:
        """Let the tree know of a node before its row is written."""
        if node is not None:
            parent = self.tree.parent(self.node) if node.key == self.node else node.parent
            nodes = {**self.tree.nodes, node.key: replace(node, parent=parent or node.parent)}
            self._tree = Tree(self.node, nodes)

    def replant(self) -> None:
        """Forget the tree; the next look reads it again."""
        self._tree = None

    def forget(self, subjects: Iterable[str]) -> None:
        """Let go of stories that were looked at; a rebuild reads them all."""
        for subject in subjects:
            self._stories.pop(subject, None)

    def known(self, ids: Iterable[str]) -> dict[str, str]:
        """Hashes of those entries that are in the log already, by id."""
        found: dict[str, str] = {}
        for part in parts(sorted(set(ids))):
            query = select(ENTRY.c.id, ENTRY.c.hash).where(ENTRY.c.id.in_(part))
            found.update((entry_id, entry_hash) for entry_id, entry_hash in self.connection.execute(query))
        return found


def planted(me: str, rows: Iterable[Any], parent: str | None) -> Tree:
    """A tree from rows of nodes; the parent of this node is the one it has a link to."""
    nodes = {
        row["subject"].removeprefix("node-"): Node(
            key=row["key"], name=row["name"], tier=row["tier"], parent=row["parent"], state=State(row["state"])
        )
        for row in rows
    }
    own = nodes.get(me) or Node(key=me, name=me, tier=1, parent=parent)
    nodes[me] = Node(key=me, name=own.name, tier=own.tier, parent=parent or own.parent, state=own.state)
    return Tree(me, nodes)


def insert_or_set(connection: Connection, table: Table, column: str) -> Any:  # noqa: ANN401 - of either dialect
    """An insert that sets one column where the row is there already."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    insert = dialect.insert(table)
    return insert.on_conflict_do_update(index_elements=list(table.primary_key), set_={column: insert.excluded[column]})


def insert_or_leave(connection: Connection, table: Table) -> Any:  # noqa: ANN401 - of either dialect
    """An insert that leaves a row alone that is there already."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    return dialect.insert(table).on_conflict_do_nothing()


def parts(values: Sequence[T], size: int = MANY) -> Iterator[Sequence[T]]:
    """A long list in pieces that one statement takes."""
    return (values[start : start + size] for start in range(0, len(values), size))
