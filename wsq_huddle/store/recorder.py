"""Takes up entries, own ones and those of others, by one road: the log, the rows made from it, and the feeds.

Entries are taken one after the other, in memory, so that each is routed by what was known when it came; all is written
with one statement per table when the transaction finishes.
"""

import secrets
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from wsq_huddle.domain.entries import Entry, Stamp, Told, compose, read
from wsq_huddle.domain.events import Audience, Event
from wsq_huddle.domain.ids import uuid7
from wsq_huddle.domain.routes import peers

from . import feeds
from .nouns import Noun, noun_of
from .projecting import project
from .tables import DEVICE, ENTRY, SUBJECT
from .transaction import Transaction


@dataclass(frozen=True)
class Taken:
    """An entry on its way into the log."""

    entry: Entry
    told: Told
    came_from: str | None
    parked: bool


class Recorder:
    """What one transaction records. The subjects must be locked before anything of them is taken or written."""

    def __init__(self, transaction: Transaction, key: Callable[[], bytes]) -> None:
        self.transaction = transaction
        self._key = key
        self._taken: list[Taken] = []
        self._states: dict[str, Any] = {}
        self._ticks: dict[str, int] = {}
        self._queues: dict[str, dict[str, str]] = defaultdict(dict)
        self._links = feeds.open_links(transaction)
        self._seq: int | None = None
        self._prev = ""

    def state(self, subject: str) -> Any:  # noqa: ANN401 - the state of whichever noun
        """The state of a subject as its story tells it now; None when there is none, or no such noun."""
        if subject not in self._states:
            noun = noun_of(subject)
            story = self.transaction.stories([subject])[subject]
            self._states[subject] = noun.fold(story) if noun and story else None
        return self._states[subject]

    def write(self, by: str, event: Event, subject: str = "") -> Told:
        """Write an own event down: stamp, seal and take it. A subject that ends in `-` gets the id of the entry."""
        transaction = self.transaction
        if self._seq is None:
            self._seq, self._prev = transaction.device.seq, transaction.device.hash
        entry_id = uuid7(int(transaction.now.timestamp() * 1000), secrets.token_bytes(10))
        if subject.endswith("-"):
            subject += entry_id
            transaction.lock([subject])
        noun = noun_of(subject)
        turn, on = noun.position(self.state(subject)) if event.turns and noun and noun.position else (None, None)
        stamp = Stamp(
            id=entry_id,
            subject=subject,
            node=transaction.node,
            device=transaction.device.id,
            seq=self._seq + 1,
            prev=self._prev,
            by=by,
            at=transaction.now,
            turn=turn,
            on=on,
            tick=None if event.turns else self._tick(subject) + 1,
        )
        entry = compose(event, stamp, self._key())
        self._seq, self._prev = stamp.seq, entry.hash
        told = read(entry)
        self.take(entry, told)
        return told

    def take(self, entry: Entry, told: Told, came_from: str | None = None, *, parked: bool = False) -> None:
        """Take up one entry that is not in the log yet; `came_from` names the neighbour that brought it."""
        subject, noun = told.subject, noun_of(told.subject)
        before = self._parties(noun, subject)
        self._taken.append(Taken(entry, told, came_from, parked))
        self._ticks[subject] = max(self._tick(subject), told.tick or 0)
        if not parked:
            self.transaction.stories([subject])[subject].append(told)
            self._states.pop(subject, None)
        after = self._parties(noun, subject)
        self._route(told, came_from, before, after)
        if told.kind.startswith("node.") and not parked:
            self.transaction.grow(self.state(subject))
        if came_from is not None and not parked and noun and noun.arrived:
            arrived = noun.arrived(self.state(subject), told, self.transaction.node)
            if arrived is not None:
                self.write("", arrived, subject)

    def links_changed(self) -> None:
        """Look again which neighbours have a feed; a link was made, renewed or shut."""
        self._links = feeds.open_links(self.transaction)

    def finish(self) -> list[Told]:
        """Write all that was taken: the log, the rows made from it, and last of all the feeds."""
        if not self._taken:
            return []
        transaction = self.transaction
        self._append()
        project(transaction, {taken.told.subject: self.state(taken.told.subject) for taken in self._taken})
        queues = {peer: list(queue.items()) for peer, queue in self._queues.items()}
        feeds.append(transaction, queues)
        told = [taken.told for taken in self._taken]
        self._taken.clear()
        self._queues.clear()
        return told

    def _append(self) -> None:
        transaction = self.transaction
        arrival = transaction.device.arrival
        rows = []
        for arrival, taken in enumerate(self._taken, arrival + 1):  # noqa: B020 - goes on counting
            told, entry = taken.told, taken.entry
            rows.append(
                {
                    "id": told.id,
                    "arrival": arrival,
                    "subject": told.subject,
                    "kind": told.kind,
                    "audience": told.audience.value,
                    "node": told.node,
                    "device": told.device,
                    "seq": told.seq,
                    "turn": told.turn,
                    "tick": told.tick,
                    "at": told.at.isoformat(),
                    "hash": told.hash,
                    "head": entry.head,
                    "text": entry.text,
                    "seal": entry.seal,
                    "received_at": transaction.stamp,
                    "received_from": taken.came_from,
                    "parked": taken.parked,
                }
            )
        connection = transaction.connection
        connection.execute(insert(ENTRY), rows)
        ticks = [{"key": subject, "value": tick} for subject, tick in self._ticks.items()]
        bump = update(SUBJECT).where(SUBJECT.c.subject == bindparam("key"))
        connection.execute(bump.values(tick=bindparam("value")), ticks)
        changes: dict[str, Any] = {"arrival": arrival}
        if self._seq is not None:
            changes |= {"seq": self._seq, "hash": self._prev}
        connection.execute(update(DEVICE).where(DEVICE.c.id == transaction.device.id).values(**changes))

    def _tick(self, subject: str) -> int:
        if subject not in self._ticks:
            self._ticks[subject] = self.transaction.ticks([subject]).get(subject, 0)
        return self._ticks[subject]

    def _parties(self, noun: Noun | None, subject: str) -> frozenset[str]:
        if noun is None or noun.parties is None:
            return frozenset()
        state = self.state(subject)
        return noun.parties(state) if state is not None else frozenset()

    def _route(self, told: Told, came_from: str | None, before: frozenset[str], after: frozenset[str]) -> None:
        """Queue an entry; a link beyond which somebody new is told first gets all there is of the problem."""
        tree = self.transaction.tree
        if told.audience is Audience.PATH:
            for hop in sorted({hop for key in after - before if (hop := tree.toward(key)) is not None}):
                if hop in self._links:
                    self._backfill(hop, told)
        for peer in peers(told.audience, author=told.node, path=after, came_from=came_from, tree=tree):
            if peer in self._links:
                self._queues[peer][told.id] = told.hash

    def _backfill(self, peer: str, told: Told) -> None:
        query = (
            select(ENTRY.c.id, ENTRY.c.hash, ENTRY.c.received_from)
            .where(ENTRY.c.subject == told.subject)
            .order_by(ENTRY.c.arrival)
        )
        earlier = [tuple(row) for row in self.transaction.connection.execute(query)]
        earlier += [
            (taken.told.id, taken.told.hash, taken.came_from)
            for taken in self._taken[:-1]
            if taken.told.subject == told.subject
        ]
        there = feeds.queued(self.transaction, peer, self._links[peer], (entry_id for entry_id, _, _ in earlier))
        for entry_id, entry_hash, came_from in earlier:
            if entry_id not in there and came_from != peer:
                self._queues[peer].setdefault(entry_id, entry_hash)
