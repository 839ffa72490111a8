"""Who huddles when: the tree and what each node has published, read once for one look at the day."""

from collections import defaultdict
from datetime import datetime
from functools import cached_property

from wsq_huddle.domain import calendars
from wsq_huddle.domain.chains import Place
from wsq_huddle.domain.definitions import DefinitionSet, Sort, calendar_of, in_force, slots_of
from wsq_huddle.domain.nodes import State, Tree

from . import definitions
from .desk import Desk
from .standins import StandIn

_FIRST_TOLD = (
    "SELECT key, (SELECT MIN(at) FROM entry WHERE entry.subject = node.subject) AS at FROM node UNION ALL"
    " SELECT owner, (SELECT MIN(at) FROM entry WHERE entry.subject = definition.subject) FROM definition"
    " WHERE sort = 'window'"
)
"""Every node publishes its window, and what else it declares together with it: one sort tells for all of them."""

_TIMES = (Sort.WINDOW, Sort.HUDDLES, Sort.PHONES)


class Places:
    """Looks up the tree and the definitions at their first use, and never again: make a new one for each look."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._places: dict[str, Place] = {}
        self._sets: dict[str, tuple[DefinitionSet, ...]] = {}

    @cached_property
    def tree(self) -> Tree:
        return self._desk.tree()

    @cached_property
    def mine(self) -> tuple[str, ...]:
        """Our node, those above it and those below, without those that are shut out."""
        keys = {self._desk.node, *self.tree.ancestors(self._desk.node), *self.tree.below(self._desk.node)}
        return tuple(sorted(key for key in keys if self.tree.nodes[key].state is not State.REVOKED))

    def line(self, node: str) -> list[str]:
        """From the top of the hospital down to a node."""
        return [*reversed(self.tree.ancestors(node)), node]

    def sets(self, node: str) -> tuple[DefinitionSet, ...]:
        """All that is in force at a node, with the earlier editions that its huddles may speak of."""
        if node not in self._sets:
            self._sets[node] = definitions.sets(self._desk, owners=self.line(node))
        return self._sets[node]

    def of(self, node: str) -> Place:
        """A node with its calendar and its slots, as it has published them."""
        if node not in self._places:
            own, known = self._times[node], self.tree.nodes[node]
            self._places[node] = Place(
                node=node,
                name=known.name,
                tier=known.tier,
                parent=known.parent,
                calendar=calendar_of(own, node),
                slots=slots_of(own, node),
                since=self._since.get(node),
            )
        return self._places[node]

    def times(self, line: list[str]) -> tuple[DefinitionSet, ...]:
        """The windows of the nodes of a line."""
        return tuple(one for node in line for one in self._times[node])

    def call(self, node: str) -> str:
        """The number to ring at a node; empty when it has told none."""
        told = in_force(self._times[node], Sort.PHONES, (node,))
        return str(told[-1].said.get("call") or "") if told else ""

    def stand_in(self, node: str, at: datetime) -> StandIn | None:
        """Who covers for a node at an instant; None while it works, or when nobody does."""
        calendar = self.of(node).calendar
        key = calendars.stand_in_at(calendar, at)
        return (
            StandIn(node=key, name=self.tree.called(key), call=calendar.stand_in_call or self.call(key))
            if key
            else None
        )

    @cached_property
    def _since(self) -> dict[str, datetime]:
        """When each node was first told of: enrolled by its parent, or with something that it published."""
        found: dict[str, str] = {}
        for row in self._desk.look().rows(_FIRST_TOLD):
            if row["at"] is not None:
                found[row["key"]] = min(row["at"], found.get(row["key"], row["at"]))
        return {key: datetime.fromisoformat(since) for key, since in found.items()}

    @cached_property
    def _times(self) -> dict[str, list[DefinitionSet]]:
        found: dict[str, list[DefinitionSet]] = defaultdict(list)
        for one in definitions.sets(self._desk, sorts=_TIMES, earlier=False):
            found[one.owner].append(one)
        return found
