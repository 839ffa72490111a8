"""Lists a feed anew: what a neighbour is to have from 1 on, when it joins, comes back or was restored."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from wsq_huddle.domain import spares
from wsq_huddle.domain.events import Audience
from wsq_huddle.domain.nodes import Tree

from . import feeds
from .nouns import noun_of
from .recorder import Recorder
from .tables import ENTRY
from .transaction import Transaction

PAGE = 1_000


def list_anew(transaction: Transaction, recorder: Recorder, peer: str, epoch: int, *, theirs: bool = False) -> int:
    """Begin the feed to a neighbour at 1 and list all that is meant for it; gives the number of entries.

    Upwards: every entry of this node or below whose audience reaches the parent. Downwards: all that is held of that
    node and those below it (so that a replaced PC gets its own back), what is published down, and the problems that
    it may know of. With `theirs` also what the parent has lost and nobody else has: what it wrote itself, and
    what it had brought of ours, from a spare or from a computer before this one.

    A spare gets what its node gets, and sends what a spare may write.
    """
    feeds.restart(transaction, peer, epoch)
    tree = transaction.tree
    upwards = tree.parent(transaction.node) == peer
    end = spares.node_of(peer)
    line = _Line(tree, end, tree.below(tree.me if upwards else end), frozenset(tree.ancestors(tree.me)))
    meant = line.goes_up if upwards else line.goes_down
    lost = {peer} if transaction.spare else {peer, *line.ours}
    parties: dict[str, frozenset[str]] = {}
    queue = []
    for row in _log(transaction):
        if upwards and row.received_from == peer and not (theirs and row.node in lost):
            continue
        if transaction.spare and upwards and row.node == tree.me and row.kind not in spares.KINDS:
            continue
        if row.subject not in parties:
            parties[row.subject] = _parties(recorder, row.subject)
        if meant(Audience(row.audience), row.node, parties[row.subject]):
            queue.append((row.id, row.hash))
    feeds.append(transaction, {peer: queue})
    recorder.links_changed()
    return len(queue)


@dataclass(frozen=True)
class _Line:
    """What goes over one link: `ours` are the nodes at its lower end, `above` our ancestors."""

    tree: Tree
    peer: str
    ours: frozenset[str]
    above: frozenset[str]

    def goes_up(self, audience: Audience, author: str, parties: frozenset[str]) -> bool:
        if author == self.peer:
            return True
        if author not in self.ours:
            return False  # nobody below may speak for others
        match audience:
            case Audience.PARENT:
                return author == self.tree.me
            case Audience.UP | Audience.KIN:
                return True
            case Audience.PATH:
                return any(self.tree.toward(key) == self.peer for key in parties)
            case _:
                return False

    def goes_down(self, audience: Audience, author: str, parties: frozenset[str]) -> bool:
        if author in self.ours:
            return True
        match audience:
            case Audience.DOWN | Audience.KIN:
                return author == self.tree.me or author in self.above
            case Audience.PATH:
                return any(self.tree.toward(key) == self.peer for key in parties)
            case _:
                return False


def _parties(recorder: Recorder, subject: str) -> frozenset[str]:
    noun = noun_of(subject)
    if noun is None or noun.parties is None:
        return frozenset()
    state = recorder.state(subject)
    return noun.parties(state) if state is not None else frozenset()


def _log(transaction: Transaction) -> Iterator[Any]:
    last = 0
    names = ("id", "hash", "subject", "kind", "node", "audience", "received_from")
    columns = [ENTRY.c[name] for name in names]
    while True:
        query = select(ENTRY.c.arrival, *columns).where(ENTRY.c.arrival > last, ENTRY.c.hash.not_in(feeds.WITHHELD))
        found = transaction.connection.execute(query.order_by(ENTRY.c.arrival).limit(PAGE)).all()
        if not found:
            return
        yield from found
        last = found[-1].arrival
