"""The tree of a hospital: who is below whom, as the log tells it.

(invited) --enrolled--> active --revoked--> revoked
                          |  ^                 |
                renamed, moved     enrolled again
"""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from enum import StrEnum
from functools import cached_property

from .entries import Told
from .events import Audience, Event
from .records import record


class State(StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    FENCED = "fenced"
    REVOKED = "revoked"


@record(kw_only=True)
class Enrolled(Event, kind="node.enrolled", audience=Audience.KIN):
    """A node has joined; written by its parent, or by a node without one about itself."""

    key: str
    name: str
    tier: int
    parent: str | None
    rehearsal: bool = False


@record(kw_only=True)
class Renamed(Event, kind="node.renamed", audience=Audience.KIN):
    key: str
    name: str


@record(kw_only=True)
class Moved(Event, kind="node.moved", audience=Audience.KIN):
    key: str
    parent: str


@record(kw_only=True)
class Revoked(Event, kind="node.revoked", audience=Audience.KIN):
    key: str


@record(kw_only=True)
class Spared(Event, kind="node.spared", audience=Audience.DOWN):
    """A second computer stands beside that of a node, or no longer does; written by the node's parent (`spares`)."""

    key: str
    device: str
    ended: bool = False


@record(kw_only=True)
class Node:
    """One place that huddles, as its parent registered it."""

    key: str
    name: str
    tier: int
    parent: str | None
    state: State = State.ACTIVE


def subject_of(key: str) -> str:
    return f"node-{key}"


def evolve(node: Node | None, told: Told) -> Node | None:  # noqa: PLR0911 - a return a kind
    """Take one entry in; one that speaks of another key than its subject's is left aside."""
    if told.subject != subject_of(getattr(told.event, "key", "")):
        return node
    match told.event:
        case Enrolled(parent=None) if node and node.parent:
            return node  # it had no parent when it said so of itself; whoever took it in since knows better
        case Enrolled(key=key, name=name, tier=tier, parent=parent):
            return Node(key=key, name=name, tier=tier, parent=parent)
        case Renamed(name=name) if node:
            return replace(node, name=name)
        case Moved(parent=parent) if node:
            return replace(node, parent=parent)
        case Revoked() if node:
            return replace(node, state=State.REVOKED)
        case _:
            return node


def fold(story: Iterable[Told]) -> Node | None:
    """The node as its whole story tells it."""
    node: Node | None = None
    for told in sorted(story, key=lambda told: told.order):
        node = evolve(node, told)
    return node


@record
class Tree:
    """The tree as one node knows it: all of its subtree, all of its ancestors, and what came down of the rest.

    `heard` is what others call places that are not in it.
    """

    me: str
    nodes: Mapping[str, Node] = field(default_factory=dict)
    heard: Mapping[str, str] = field(default_factory=dict)

    def called(self, key: str) -> str:
        """The name people know a node by: its registered one, else one that was heard, else its key."""
        node = self.nodes.get(key)
        return node.name if node else self.heard.get(key, key)

    def parent(self, key: str) -> str | None:
        node = self.nodes.get(key)
        return node.parent if node else None

    def children(self, key: str) -> list[str]:
        return sorted(self._children.get(key, ()))

    @cached_property
    def _children(self) -> Mapping[str, list[str]]:
        """All children, found once: a node may have registered thousands below itself."""
        found: dict[str, list[str]] = {}
        for node in self.nodes.values():
            if node.parent is not None:
                found.setdefault(node.parent, []).append(node.key)
        return found

    def ancestors(self, key: str) -> list[str]:
        """From the parent up to the top; stops at a ring, which a wrong registration could make."""
        found: dict[str, None] = {}
        above = self.parent(key)
        while above is not None and above not in found and above != key:
            found[above] = None
            above = self.parent(above)
        return list(found)

    def below(self, key: str) -> frozenset[str]:
        """The node and all its descendants."""
        found = {key}
        waiting = [key]
        while waiting:
            for child in self.children(waiting.pop()):
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return frozenset(found)

    def toward(self, key: str) -> str | None:
        """The neighbour through which a node is reached: the child above it, else the parent."""
        if key == self.me:
            return None
        line = [key, *self.ancestors(key)]
        if self.me in line:
            return line[line.index(self.me) - 1]
        return self.parent(self.me)

    def between(self, start: str, end: str) -> list[str]:
        """The nodes strictly between two nodes, in the order of the way from the first to the second."""
        up = [start, *self.ancestors(start)]
        down = [end, *self.ancestors(end)]
        top = next((key for key in up if key in down), None)
        if top is None:
            return []
        way = up[: up.index(top) + 1] + list(reversed(down[: down.index(top)]))
        return way[1:-1]
