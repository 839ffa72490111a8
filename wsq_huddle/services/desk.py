"""Where somebody works: at which node, with which store, by which clock, and who signs."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import datetime
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from wsq_huddle.domain import spares
from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.nodes import Node, State, Tree
from wsq_huddle.domain.text import one_line
from wsq_huddle.errors import NotFound
from wsq_huddle.store.rows import thawed

from .texts import fact

if TYPE_CHECKING:
    from wsq_huddle.config import Settings
    from wsq_huddle.store.reader import Reader, Row
    from wsq_huddle.store.store import Store, Writing

Record = Callable[[Event], Told]
Noun = TypeVar("Noun")
LAST = "\U0010ffff"
"""Sorts behind every letter, so that a range of names can be looked up in an index."""

SHORT = 4
"""Characters that a shortened id has at least."""


_CALLED = "SELECT name FROM heard WHERE heard.node = place.node ORDER BY own DESC, subject DESC LIMIT 1"
"""Of several names the one a place gave itself, in the newest problem."""

_HEARD = f"""
WITH RECURSIVE place(node) AS (
    SELECT min(node) FROM heard
    UNION ALL
    SELECT (SELECT min(heard.node) FROM heard WHERE heard.node > place.node) FROM place WHERE place.node IS NOT NULL
)
SELECT place.node AS node, ({_CALLED}) AS name FROM place
WHERE place.node IS NOT NULL AND place.node NOT IN (SELECT key FROM node)
"""  # noqa: S608 - our own words
"""Places without a registration here, each looked up by an index: their number counts, not that of the problems."""


class Desk:
    """All that a verb needs. `author` signs; `on_behalf` is whom one writes for, above tier 1."""

    def __init__(self, store: "Store", settings: "Settings", *, author: str = "", on_behalf: str = "") -> None:
        self.store = store
        self.settings = settings
        self.node = settings.node.key
        self.name = settings.node.name
        self.tier = settings.node.tier
        self.zone = ZoneInfo(settings.node.timezone)
        self._author = self._on_behalf = self._slot = ""
        self.sign_as(author, on_behalf)
        self._seat = (self._author, self._on_behalf)

    @property
    def author(self) -> str:
        """Who signs: a name, or the role when nobody said one."""
        signed = self._author or self.role
        return f"{signed} for {self._on_behalf}" if self._on_behalf else signed

    @property
    def role(self) -> str:
        """Who signs when nobody said a name."""
        return f"{self.name} charge nurse" if self.tier == 1 else self.name

    @property
    def named(self) -> bool:
        """Whether a person signs; the role is nobody, also where somebody wrote it down as a name."""
        return self._author not in {"", self.role, self.name}

    def sign_as(self, author: str, on_behalf: str = "", *, slot: str = "") -> None:
        """Sign with a name from now on; with none it is the role again. `slot` is the huddle that the name is for."""
        self._author, self._on_behalf, self._slot = fact(author, "name"), fact(on_behalf, "name"), slot

    def in_slot(self, slot: str) -> bool:
        """Let a name go that was given for another huddle than the one that is meant now; say whether one went."""
        if not self._slot or self._slot == slot:
            return False
        (self._author, self._on_behalf), self._slot = self._seat, ""
        return True

    def now(self) -> datetime:
        """Tell this instant, in UTC, by this desk's clock."""
        return self.store.clock()

    def local(self, instant: datetime) -> datetime:
        return instant.astimezone(self.zone)

    def look(self) -> "Reader":
        """A cheap read-only look at the store."""
        return self.store.look()

    def listen(self, listener: Callable[[list[Told]], None]) -> Callable[[], None]:
        """Be told what this process records; gives a way to stop."""
        return self.store.listen(listener)

    @property
    def parent(self) -> str | None:
        row = self.look().one("SELECT peer FROM link WHERE role = 'parent' AND state <> 'revoked'")
        return str(row["peer"]) if row else None

    @property
    def spare(self) -> bool:
        """Whether this computer is a spare of its node: it raises and answers, and takes no turn."""
        return self.look().one("SELECT 1 AS there FROM setting WHERE key = 'spare'") is not None

    def tree(self) -> Tree:
        """The tree as this node knows it, with its own place in it."""
        rows = self.look().rows("SELECT key, name, tier, parent, state FROM node")
        nodes = {str(row["key"]): _node(row) for row in rows}
        heard = {str(row["node"]): str(row["name"]) for row in self.look().rows(_HEARD)}
        parent = self.parent
        nodes[self.node] = Node(key=self.node, name=self.name, tier=self.tier, parent=parent)
        if parent is not None and parent not in nodes:
            name = heard.get(parent, parent)
            nodes[parent] = Node(key=parent, name=name, tier=self.tier + 1, parent=None)
        return Tree(self.node, nodes, {key: name for key, name in heard.items() if key not in nodes})

    def names(self, key: str) -> str:
        """What people call a node: as it is registered, else as problems from there say; its key when nobody did."""
        if key == self.node:
            return self.name
        if spares.is_peer(key):
            return f"a spare of {self.names(spares.node_of(key))}"
        row = self.look().one("SELECT name FROM node WHERE key = :key", key=key)
        row = row or self.look().one(_CALLED.replace("place.node", ":key"), key=key)
        return str(row["name"]) if row else key

    @contextlib.contextmanager
    def deciding(self, noun: ModuleType, subject: str) -> Iterator[tuple[Any, Record]]:
        """Lock a subject, give its state and a way to record events of it: one transaction, or nothing."""
        with self.store.writing() as writing:
            writing.transaction.lock([subject])
            state = writing.recorder.state(subject)
            if state is None:
                raise NotFound(f"There is no {noun.__name__.rpartition('.')[2].removesuffix('s')} {subject}.")
            yield state, lambda event: writing.recorder.write(self.author, event, subject)

    @contextlib.contextmanager
    def recording(self) -> Iterator["Writing"]:
        """One transaction for what is more than one subject, or a new one."""
        with self.store.writing() as writing:
            yield writing

    def find(self, table: str, prefix: str, shortened: str) -> str:
        """The whole subject of a shortened id; `table` is a made table, `prefix` like `problem-`."""
        typed = one_line(shortened)
        wanted = typed if typed.startswith(prefix) else prefix + typed
        if len(wanted) - len(prefix) < SHORT:
            raise NotFound(f"{typed!r} is too short: give at least {SHORT} characters of the id.")
        sql = f"SELECT subject FROM {table} WHERE subject >= :wanted AND subject <= :most ORDER BY subject LIMIT 2"  # noqa: S608 - our own names
        found = self.look().rows(sql, wanted=wanted, most=wanted + LAST)
        if not found:
            raise NotFound(f"There is no {prefix.rstrip('-')} {typed}.")
        if len(found) > 1:
            raise NotFound(f"More than one {prefix.rstrip('-')} begins with {typed}: give more of the id.")
        return str(found[0]["subject"])

    def read(self, state: type[Noun], table: str, subject: str) -> Noun:
        """What one row of a made table says; the table is called as the noun is."""
        row = self.look().one(f"SELECT * FROM {table} WHERE subject = :subject", subject=subject)  # noqa: S608 - our own names
        if row is None:
            raise NotFound(f"There is no {table} {subject}.")
        return thawed(state, row)


def _node(row: "Row") -> Node:
    return Node(key=row["key"], name=row["name"], tier=row["tier"], parent=row["parent"], state=State(row["state"]))
