"""One write transaction: locks, stories and counters of a store that nobody else writes to meanwhile.

Locks are always taken in this order, so that no two writers wait for each other: the position in a peer's feed
(`link_in`), subjects by name, the device, the feeds to peers by name. SQLite has one writer at a time and needs none.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from wsq_huddle.domain.entries import Entry, Told, read
from wsq_huddle.domain.nodes import Node, State, Tree

from .tables import DEVICE, ENTRY, LINK, NODE, SUBJECT

MANY = 500
"""Values in one `IN (...)`: below the limit of every SQLite."""


class Transaction:
    """What may be looked up while the store is locked for writing. `now` is the one instant of all that it records."""

    def __init__(self, connection: Connection, node: str, now: datetime) -> None:
        self.connection = connection
        self.node = node
        self.now = now.astimezone(UTC)
        self.recorded: list[Told] = []
        self._stories: dict[str, list[Told]] = {}
        self._device: Row[Any] | None = None
        self._tree: Tree | None = None

    @property
    def stamp(self) -> str:
        return self.now.isoformat()

    def lock(self, subjects: Iterable[str]) -> None:
        """Lock subjects in the order of their names; a new one comes into being with it."""
        for part in parts(sorted(set(subjects))):
            rows = [{"subject": subject, "tick": 0} for subject in part]
            self.connection.execute(insert_or_leave(self.connection, SUBJECT), rows)
            if self.connection.dialect.name != "sqlite":
                query = select(SUBJECT.c.subject).where(SUBJECT.c.subject.in_(part)).order_by(SUBJECT.c.subject)
                self.connection.execute(query.with_for_update()).all()

    @property
    def device(self) -> Row[Any]:
        """The row of this store's device, locked until the end."""
        if self._device is None:
            query = select(DEVICE).where(DEVICE.c.current.is_(True))
            self._device = self.connection.execute(query.with_for_update()).one()
        return self._device

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
        """The highest tick known of each subject; lock the subjects first."""
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


def insert_or_leave(connection: Connection, table: Table) -> Any:  # noqa: ANN401 - of either dialect
    """An insert that leaves a row alone that is there already."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    return dialect.insert(table).on_conflict_do_nothing()


def parts(values: Sequence[str], size: int = MANY) -> Iterator[Sequence[str]]:
    """A long list in pieces that one statement takes."""
    return (values[start : start + size] for start in range(0, len(values), size))
