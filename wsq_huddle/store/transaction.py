"""One write transaction: stories and counters of a store that nobody else writes to meanwhile.

The first statement takes the one lock there is: SQLite's own, or on PostgreSQL the row of the device, which holds the
counters. All else is done under it, so that both databases behave the same and no two writers wait for each other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Any, TypeVar

from sqlalchemy import Connection, Delete, Table, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.nodes import Node, State, Tree
from wsq_huddle.errors import StoreError

from .entries import stored
from .tables import ENTRY, LINK, LINK_OUT, NODE, SETTING, SUBJECT

T = TypeVar("T")

SPARE = "spare"
"""The fact that makes this store a spare's: what the node above calls it."""

MANY = 500
"""Values in one `IN (...)`: below the limit of every SQLite."""

# Statements are put together once and not at every use: that costs three times what running one does.
_STORIES = (
    select(ENTRY.c.subject, SUBJECT.c.tick, ENTRY.c.parked, ENTRY.c.head, ENTRY.c.text, ENTRY.c.seal)
    .outerjoin(SUBJECT, SUBJECT.c.subject == ENTRY.c.subject)
    .where(ENTRY.c.subject.in_(bindparam("subjects", expanding=True)))
    .order_by(ENTRY.c.arrival)
)
_LINKS = select(LINK.c.peer, LINK.c.role, LINK.c.state, LINK_OUT.c.epoch).outerjoin(
    LINK_OUT, LINK_OUT.c.peer == LINK.c.peer
)
_NODES = select(NODE)
_SPARE = select(SETTING.c.value).where(SETTING.c.key == SPARE)
_KNOWN = select(ENTRY.c.id, ENTRY.c.hash).where(ENTRY.c.id.in_(bindparam("ids", expanding=True)))


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
        self._ticks: dict[str, int | None] = {}
        self._links: Sequence[Any] | None = None
        self._tree: Tree | None = None

    @cached_property
    def stamp(self) -> str:
        return self.now.isoformat()

    @cached_property
    def spare(self) -> str:
        """What the node above calls this store if it is that of a spare; else empty."""
        return self.connection.scalar(_SPARE) or ""

    def lock(self, subjects: Iterable[str]) -> None:
        """Read the stories of subjects that will be decided on in one query; the store is locked already."""
        self.stories(subjects)

    def begin(self, subject: str) -> None:
        """A subject that has no story yet, because this transaction gives it its name."""
        self._stories[subject], self._ticks[subject] = [], None

    def stories(self, subjects: Iterable[str]) -> Mapping[str, list[Told]]:
        """All entries in force of the subjects, in the order in which they came to be in this store."""
        for part in parts(sorted(set(subjects) - self._stories.keys())):
            for subject in part:
                self.begin(subject)
            found = self.connection.execute(_STORIES, {"subjects": part})
            for subject, tick, parked, head, text, seal in found:
                self._ticks[subject] = tick or 0
                if not parked:
                    self._stories[subject].append(stored(subject, head, text, seal))
        return self._stories

    def story(self, subject: str) -> list[Told]:
        """All entries in force of one subject."""
        found = self._stories.get(subject)
        return self.stories([subject])[subject] if found is None else found

    def tick(self, subject: str) -> int | None:
        """The highest tick of a subject when the transaction began; None when nothing was known of it."""
        self.story(subject)
        return self._ticks[subject]

    @property
    def links(self) -> Sequence[Any]:
        """The neighbours: `peer`, `role`, `state`, and the `epoch` of the feed to each that has one."""
        if self._links is None:
            self._links = self.connection.execute(_LINKS).all()
        return self._links

    @property
    def tree(self) -> Tree:
        """The tree with this node's own place in it, which the link to its parent fixes until the log does."""
        if self._tree is None:
            rows = self.connection.execute(_NODES).mappings().all()
            parent = next((link.peer for link in self.links if link.role == "parent"), None)
            self._tree = planted(self.node, rows, parent)
        return self._tree

    def grow(self, node: Node | None) -> None:
        """Let the tree know of a node before its row is written."""
        if node is not None:
            parent = self.tree.parent(self.node) if node.key == self.node else node.parent
            nodes = {**self.tree.nodes, node.key: replace(node, parent=parent or node.parent)}
            self._tree = Tree(self.node, nodes)

    def replant(self) -> None:
        """Forget links and tree; the next look reads them again."""
        self._links = self._tree = None

    def forget(self, subjects: Iterable[str]) -> None:
        """Let go of stories that were looked at; a rebuild reads them all."""
        for subject in subjects:
            self._stories.pop(subject, None)

    def known(self, ids: Iterable[str]) -> dict[str, str]:
        """Hashes of those entries that are in the log already, by id."""
        found: dict[str, str] = {}
        for part in parts(sorted(set(ids))):
            rows = self.connection.execute(_KNOWN, {"ids": part})
            found.update((entry_id, entry_hash) for entry_id, entry_hash in rows)
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


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert whole rows with the driver's own means, at half the cost: all have the same columns in the same order."""
    if rows:
        statement = _insertion(table, tuple(rows[0]), connection.dialect.name == "sqlite")
        connection.exec_driver_sql(statement, [tuple(row.values()) for row in rows])


@cache
def _insertion(table: Table, columns: tuple[str, ...], sqlite_marks: bool) -> str:  # noqa: FBT001 - two databases
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join(["?" if sqlite_marks else "%s"] * len(columns))
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608 - names of our own


def insert_or_set(connection: Connection, table: Table, column: str) -> Any:  # noqa: ANN401 - of either dialect
    """An insert that sets one column where the row is there already."""
    return _setting(table, column, connection.dialect.name == "sqlite")


@cache
def _setting(table: Table, column: str, on_sqlite: bool) -> Any:  # noqa: ANN401, FBT001 - of either dialect
    insert = (sqlite if on_sqlite else postgresql).insert(table)
    return insert.on_conflict_do_update(index_elements=list(table.primary_key), set_={column: insert.excluded[column]})


def insert_or_leave(connection: Connection, table: Table) -> Any:  # noqa: ANN401 - of either dialect
    """An insert that leaves a row alone that is there already."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    return dialect.insert(table).on_conflict_do_nothing()


@cache
def deletion(table: Table) -> Delete:
    """A statement that takes away the rows of a made table whose `subjects` are given."""
    return delete(table).where(table.c.subject.in_(bindparam("subjects", expanding=True)))


def parts(values: Sequence[T], size: int = MANY) -> Iterator[Sequence[T]]:
    """A long list in pieces that one statement takes."""
    return (values[start : start + size] for start in range(0, len(values), size))
