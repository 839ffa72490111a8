"""Takes up entries, own ones and those of others, by one road: the log, the rows made from it, and the feeds.

Entries are taken one after the other, in memory, so that each is routed by what was known when it came; all is written
with one statement per table when the transaction finishes.
"""

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select, update

from wsq_huddle.domain.codec import LARGEST
from wsq_huddle.domain.entries import Entry, Stamp, Told, compose, read
from wsq_huddle.domain.events import Audience, Event
from wsq_huddle.domain.ids import uuid7
from wsq_huddle.domain.routes import beside, peers
from wsq_huddle.domain.spares import KINDS, is_peer, node_of, words
from wsq_huddle.errors import NotAllowed

from . import feeds
from .nouns import Noun, noun_of
from .projecting import project
from .tables import DEVICE, ENTRY, SUBJECT
from .transaction import Transaction, insert_all, insert_or_set, parts

FOLDED = 20_000
"""Entries of stories that are gone through in a transaction to say at once that a turn has arrived.

That is a page of usual length about usual problems. Beyond it is looked once, at the end, what has arrived by then: a
page of turns that change nothing, about a problem of ten thousand, costs what reading that problem costs.
"""

HIGHEST = LARGEST - 1
"""The highest tick: whoever claims it must not keep others from writing; then device and number decide the order."""

_EARLIER = (
    select(ENTRY.c.id, ENTRY.c.hash, ENTRY.c.received_from)
    .where(ENTRY.c.subject == bindparam("subject"), ENTRY.c.hash.not_in(feeds.WITHHELD))
    .order_by(ENTRY.c.arrival)
)
_COUNT = (
    update(DEVICE)
    .where(DEVICE.c.id == bindparam("device"))
    .values(arrival=bindparam("last"), seq=bindparam("number"), hash=bindparam("newest"))
)


@dataclass(frozen=True)
class Taken:
    """An entry on its way into the log; one that is not `fresh` lay there parked.

    One that is `withheld` is passed on to nobody before a person says that it is ours.
    """

    entry: Entry
    told: Told
    came_from: str | None
    parked: bool
    fresh: bool = True
    withheld: bool = False


class Recorder:
    """What one transaction records."""

    def __init__(self, transaction: Transaction, key: Callable[[], bytes]) -> None:
        self.transaction = transaction
        self._key = key
        self._taken: list[Taken] = []
        self._of_subject: dict[str, list[Taken]] = defaultdict(list)
        self._states: dict[str, Any] = {}
        self._known: dict[str, frozenset[str]] = {}
        self._ticks: dict[str, int] = {}
        self._queues: dict[str, dict[str, str]] = defaultdict(dict)
        self._backfilled: set[tuple[str, str]] = set()
        self._late: dict[str, list[Told]] = defaultdict(list)
        self.folded = 0
        """How many entries all folding has gone through so far: the work of this transaction."""
        self._links: dict[str, int] | None = None
        self._spares: dict[str, str] = {}
        """The node of each spare that has a feed; as old as the links."""
        self._seq, self._prev = transaction.device.seq, transaction.device.hash
        self._sealing: bytes | None = None

    def state(self, subject: str) -> Any:  # noqa: ANN401 - the state of whichever noun
        """The state of a subject as its story tells it now; None when there is none, or no such noun."""
        if subject not in self._states:
            noun = noun_of(subject)
            story = self.transaction.story(subject)
            self.folded += len(story)
            self._states[subject] = noun.fold(story) if noun and story else None
        return self._states[subject]

    def write(self, by: str, event: Event, subject: str = "") -> Told:
        """Write an own event down: stamp, seal and take it. A subject that ends in `-` gets the id of the entry."""
        transaction = self.transaction
        if transaction.spare and event.kind not in KINDS:
            raise NotAllowed(words(transaction.tree.called(transaction.node)))
        if self._sealing is None:
            self._sealing = self._key()
        entry_id = uuid7(int(transaction.now.timestamp() * 1000), secrets.token_bytes(10))
        if subject.endswith("-"):
            subject += entry_id
            transaction.begin(subject)
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
            tick=None if event.turns else min(self._tick(subject) + 1, HIGHEST),
        )
        entry = compose(event, stamp, self._sealing)
        self._seq, self._prev = stamp.seq, entry.hash
        told = read(entry)
        self.take(entry, told)
        return told

    def take(
        self,
        entry: Entry,
        told: Told,
        came_from: str | None = None,
        *,
        parked: bool = False,
        withheld: bool = False,
    ) -> None:
        """Take up one entry that is not in the log yet; `came_from` names the neighbour that brought it."""
        self._take(Taken(entry, told, came_from, parked, withheld=withheld))

    def understand(self, entry: Entry, told: Told, came_from: str | None) -> None:
        """Bring an entry into force that lay parked in the log."""
        self._take(Taken(entry, told, came_from, parked=False, fresh=False))

    def _take(self, taken: Taken) -> None:
        told, subject, noun = taken.told, taken.told.subject, noun_of(taken.told.subject)
        before = self._known.get(subject)
        if before is None:
            before = self._parties(noun, subject)
        self._taken.append(taken)
        self._of_subject[subject].append(taken)
        self._ticks[subject] = max(self._tick(subject), told.tick or 0)
        if not taken.parked:
            self.transaction.story(subject).append(told)
            self._states.pop(subject, None)
        self._known[subject] = before if taken.parked or noun is None else self._joined(noun, before, told)
        self._route(taken, before, self._known[subject])
        if told.kind.startswith("node.") and not taken.parked:
            self.transaction.grow(self.state(subject))
        if noun and noun.arrived and taken.came_from is not None and not taken.parked and not self.transaction.spare:
            if self.folded > FOLDED:
                self._late[subject].append(told)
            elif (arrived := noun.arrived(lambda: self.state(subject), told, self.transaction.node)) is not None:
                self.write("", arrived, subject)

    def _arrive_late(self) -> None:
        """Say of those turns that they have arrived that still count now that the whole page is there."""
        late, self._late = self._late, defaultdict(list)
        for subject, turns in late.items():
            noun = noun_of(subject)
            if noun is None or noun.arrived is None:
                continue
            found = [noun.arrived(lambda: self.state(subject), told, self.transaction.node) for told in turns]  # noqa: B023 - asked at once
            for arrived in found:
                if arrived is not None:
                    self.write("", arrived, subject)

    def links_changed(self) -> None:
        """Look again which neighbours have a feed; a link was made, renewed or shut."""
        self._links = None
        self.transaction.replant()

    @property
    def links(self) -> dict[str, int]:
        """The epoch of each neighbour that has a feed; one that was shut out has none."""
        if self._links is None:
            shown = (link for link in self.transaction.links if link.epoch is not None)
            self._links = {link.peer: link.epoch for link in shown if link.state != "revoked"}
            self._spares = {peer: node_of(peer) for peer in self._links if is_peer(peer)}
        return self._links

    def finish(self) -> list[Told]:
        """Write all that was taken: the log, the rows made from it, and last of all the feeds."""
        if not self._taken:
            return []
        transaction = self.transaction
        self._arrive_late()
        self._append()
        states = {subject: self.state(subject) for subject in self._of_subject}
        project(transaction, states, new={subject for subject in states if transaction.tick(subject) is None})
        queues = {peer: list(queue.items()) for peer, queue in self._queues.items()}
        feeds.append(transaction, queues)
        told = [taken.told for taken in self._taken]
        self._taken.clear()
        self._of_subject.clear()
        self._queues.clear()
        self._backfilled.clear()
        return told

    def _append(self) -> None:
        transaction, connection = self.transaction, self.transaction.connection
        arrival = transaction.device.arrival
        fresh = [taken for taken in self._taken if taken.fresh]
        rows = [_row(taken, number, transaction.stamp) for number, taken in enumerate(fresh, arrival + 1)]
        insert_all(connection, ENTRY, rows)
        for part in parts([taken.told.id for taken in self._taken if not taken.fresh]):
            connection.execute(update(ENTRY).where(ENTRY.c.id.in_(part)).values(parked=False))
        ticks = [{"subject": subject, "tick": tick} for subject, tick in sorted(self._ticks.items())]
        connection.execute(insert_or_set(connection, SUBJECT, "tick"), ticks)
        counted = {"last": arrival + len(rows), "number": self._seq, "newest": self._prev}
        connection.execute(_COUNT, {"device": transaction.device.id, **counted})

    def _tick(self, subject: str) -> int:
        if subject not in self._ticks:
            self._ticks[subject] = self.transaction.tick(subject) or 0
        return self._ticks[subject]

    def _parties(self, noun: Noun | None, subject: str) -> frozenset[str]:
        if noun is None or noun.parties is None:
            return frozenset()
        state = self.state(subject)
        return noun.parties(state) if state is not None else frozenset()

    def _joined(self, noun: Noun, before: frozenset[str], told: Told) -> frozenset[str]:
        """Who may know after one more entry: whom it names joins them, and a story has to be looked at only once."""
        if noun.named is None or noun.begins is None:
            return before
        if before:
            return before | noun.named(told)
        return self._parties(noun, told.subject) if noun.begins(told) else before

    def _route(self, taken: Taken, before: frozenset[str], after: frozenset[str]) -> None:
        """Queue an entry; a link beyond which somebody new is told first gets all there is of the problem."""
        if not self.links or taken.withheld:
            return
        told, tree, spares = taken.told, self.transaction.tree, self._spares
        if told.audience is Audience.PATH:
            hops = {hop for key in after - before if (hop := tree.toward(key)) is not None}
            for hop in sorted({*hops, *(peer for peer, node in spares.items() if node in hops)}):
                if hop in self.links:
                    self._backfill(hop, taken)
        found = peers(told.audience, author=told.node, path=after, came_from=taken.came_from, tree=tree)
        for peer in beside(found, author=told.node, came_from=taken.came_from, spares=spares):
            if peer in self.links and (taken.fresh or not self._there(peer, [told.id])):
                self._queues[peer][told.id] = told.hash

    def _backfill(self, peer: str, newest: Taken) -> None:
        subject, queue = newest.told.subject, self._queues[peer]
        if self.transaction.tick(subject) is not None and (subject, peer) not in self._backfilled:
            self._backfilled.add((subject, peer))  # what is in the log stays the same until this is finished
            earlier = self.transaction.connection.execute(_EARLIER, {"subject": subject}).all()
            there = self._there(peer, (row.id for row in earlier))
            for row in earlier:
                if row.id not in there and row.received_from != peer:
                    queue.setdefault(row.id, row.hash)
        for taken in self._of_subject[subject]:
            passed_on = taken.fresh and not taken.withheld and taken is not newest
            if passed_on and taken.came_from != peer:
                queue.setdefault(taken.told.id, taken.told.hash)

    def _there(self, peer: str, ids: Iterable[str]) -> set[str]:
        return feeds.queued(self.transaction, peer, self.links[peer], ids)


def _row(taken: Taken, arrival: int, stamp: str) -> dict[str, Any]:
    told, entry = taken.told, taken.entry
    return {
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
        "received_at": stamp,
        "received_from": taken.came_from,
        "parked": taken.parked,
    }
