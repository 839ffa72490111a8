"""Lists a feed anew: what a neighbour is to have from 1 on, when it joins, comes back or was restored."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

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
    it may know of. With `theirs` also what came from that neighbour: it has lost it.
    """
    feeds.restart(transaction, peer, epoch)
    tree = transaction.tree
    upwards = tree.parent(transaction.node) == peer
    parties: dict[str, frozenset[str]] = {}
    queue = []
    for row in _log(transaction):
        if row.subject not in parties:
            parties[row.subject] = _parties(recorder, row.subject)
        brought = row.received_from == peer
        audience = Audience(row.audience)
        meant = _goes_up(tree, audience, row.node, parties[row.subject], peer)
        if not upwards:
            meant = _goes_down(tree, audience, row.node, parties[row.subject], peer)
        if meant and (theirs or not brought or not upwards):
            queue.append((row.id, row.hash))
    feeds.append(transaction, {peer: queue})
    recorder.links_changed()
    return len(queue)


def _goes_up(tree: Tree, audience: Audience, author: str, parties: frozenset[str], peer: str) -> bool:
    ours = author in tree.below(tree.me)
    match audience:
        case Audience.PARENT:
            return author == tree.me
        case Audience.UP | Audience.KIN:
            return ours
        case Audience.PATH:
            return any(tree.toward(key) == peer for key in parties)
        case _:
            return False


def _goes_down(tree: Tree, audience: Audience, author: str, parties: frozenset[str], peer: str) -> bool:
    if author in tree.below(peer):
        return True
    above = author == tree.me or author in tree.ancestors(tree.me)
    match audience:
        case Audience.DOWN | Audience.KIN:
            return above
        case Audience.PATH:
            return any(tree.toward(key) == peer for key in parties)
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
    columns = (ENTRY.c.id, ENTRY.c.hash, ENTRY.c.subject, ENTRY.c.node, ENTRY.c.audience, ENTRY.c.received_from)
    while True:
        query = select(ENTRY.c.arrival, *columns).where(ENTRY.c.arrival > last).order_by(ENTRY.c.arrival).limit(PAGE)
        found = transaction.connection.execute(query).all()
        if not found:
            return
        yield from found
        last = found[-1].arrival
