"""The feeds to the neighbours: each numbered 1, 2, 3 ... without gaps, and chained, so that a hole is a fault.

Numbers come from the counter row of the feed, bumped as the last statements of the transaction: the row stays locked
until the commit, so the order of numbers is the order of commits and a rolled back number is given again. Any number
taken earlier (`max()+1`, a sequence, a time) loses rows for a reader that has passed it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from wsq_huddle.domain.entries import START, chained

from .reader import Reader
from .tables import FEED_ITEM, LINK_IN, LINK_OUT, PARKED
from .transaction import Transaction, insert_all, parts

PIECE = 100
"""Items looked up at once: a page of long ones is not read whole into memory only to be cut."""

PAGE = (
    "SELECT feed_item.n, feed_item.chain, entry.id, entry.head, entry.text, entry.seal FROM feed_item"
    " JOIN entry ON entry.id = feed_item.entry_id"
    " WHERE feed_item.peer = :peer AND feed_item.epoch = :epoch AND feed_item.n > :after"
    " ORDER BY feed_item.n LIMIT :limit"
)


WITHHELD = select(PARKED.c.hash).where(PARKED.c.status == "recover")
"""What somebody else brought as ours and we could not check: passed on, it would count as ours."""

_QUEUED = select(FEED_ITEM.c.entry_id).where(
    FEED_ITEM.c.peer == bindparam("peer"),
    FEED_ITEM.c.epoch == bindparam("epoch"),
    FEED_ITEM.c.entry_id.in_(bindparam("ids", expanding=True)),
)
_HEAD = select(LINK_OUT).where(LINK_OUT.c.peer == bindparam("peer")).with_for_update()
_GROW = (
    update(LINK_OUT)
    .where(LINK_OUT.c.peer == bindparam("of"))
    .values(out_head=bindparam("number"), out_chain=bindparam("chain"))
)
_POSITION = (
    select(LINK_IN).where(LINK_IN.c.peer == bindparam("peer"), LINK_IN.c.epoch == bindparam("epoch")).with_for_update()
)
_ADVANCE = (
    update(LINK_IN)
    .where(LINK_IN.c.peer == bindparam("of"), LINK_IN.c.epoch == bindparam("within"))
    .values(in_n=bindparam("number"), in_chain=bindparam("chain"))
)


@dataclass(frozen=True)
class Item:
    """One place in a feed, with the entry as it was written."""

    n: int
    chain: str
    id: str
    head: str
    text: str | None
    seal: str


def queued(transaction: Transaction, peer: str, epoch: int, ids: Iterable[str]) -> set[str]:
    """Which of these entries stand in the feed to a peer already."""
    found: set[str] = set()
    for part in parts(sorted(set(ids))):
        found.update(transaction.connection.scalars(_QUEUED, {"peer": peer, "epoch": epoch, "ids": part}))
    return found


def append(transaction: Transaction, queues: Mapping[str, Sequence[tuple[str, str]]]) -> None:
    """Give (id, hash) pairs the next numbers of each peer's feed; call it last of all before the commit."""
    connection = transaction.connection
    for peer in sorted(peer for peer, queue in queues.items() if queue):
        head = connection.execute(_HEAD, {"peer": peer}).one()
        number, chain, rows = head.out_head, head.out_chain, []
        for entry_id, entry_hash in queues[peer]:
            number, chain = number + 1, chained(chain, entry_hash)
            rows.append(
                {
                    "peer": peer,
                    "epoch": head.epoch,
                    "n": number,
                    "entry_id": entry_id,
                    "chain": chain,
                    "queued_at": transaction.stamp,
                }
            )
        insert_all(connection, FEED_ITEM, rows)
        connection.execute(_GROW, {"of": peer, "number": number, "chain": chain})


def page(  # noqa: PLR0913 - which feed, from where, how much
    reader: Reader, peer: str, epoch: int, after: int, *, limit: int, most_bytes: int
) -> list[Item]:
    """The next items of the feed to a peer, at most `limit` and about `most_bytes`, but always one if there is one."""
    found: list[Item] = []
    size = 0
    while len(found) < limit:
        rows = reader.rows(PAGE, peer=peer, epoch=epoch, after=after, limit=min(limit - len(found), PIECE))
        for row in rows:
            item = Item(row["n"], row["chain"], row["id"], row["head"], row["text"], row["seal"])
            size += len(item.head.encode()) + len((item.text or "").encode())
            if found and size > most_bytes:
                return found
            found.append(item)
            after = item.n
        if len(rows) < PIECE:
            break
    return found


def chain_at(reader: Reader, peer: str, epoch: int, number: int) -> str | None:
    """The chain of the feed to a peer at one number; None where it has not come so far."""
    if number == 0:
        return START
    query = "SELECT chain FROM feed_item WHERE peer = :peer AND epoch = :epoch AND n = :n"
    found = reader.one(query, peer=peer, epoch=epoch, n=number)
    return str(found["chain"]) if found else None


def acknowledge(transaction: Transaction, peer: str, epoch: int, acked: int) -> None:
    """Note that a peer has committed the feed up to a number; it never goes back within an epoch."""
    query = update(LINK_OUT).where(LINK_OUT.c.peer == peer, LINK_OUT.c.epoch == epoch, LINK_OUT.c.out_acked < acked)
    transaction.connection.execute(query.where(LINK_OUT.c.out_head >= acked).values(out_acked=acked))


def position(transaction: Transaction, peer: str, epoch: int) -> Any:  # noqa: ANN401 - a row of link_in
    """How far the feed of a peer was read in an epoch, locked; made when it is new."""
    feed = {"peer": peer, "epoch": epoch}
    found = transaction.connection.execute(_POSITION, feed).one_or_none()
    if found is None:
        transaction.connection.execute(insert(LINK_IN), [{**feed, "in_n": 0, "in_chain": START}])
        found = transaction.connection.execute(_POSITION, feed).one()
    return found


def advance(transaction: Transaction, peer: str, epoch: int, number: int, chain: str) -> None:
    """Move the position in the feed of a peer, in the transaction that takes up the entries."""
    transaction.connection.execute(_ADVANCE, {"of": peer, "within": epoch, "number": number, "chain": chain})


def restart(transaction: Transaction, peer: str, epoch: int) -> None:
    """Begin the feed to a peer anew at 1, in a new epoch; who calls this lists it afresh."""
    connection = transaction.connection
    connection.execute(delete(LINK_OUT).where(LINK_OUT.c.peer == peer))
    row = {"peer": peer, "epoch": epoch, "out_head": 0, "out_chain": START, "out_acked": 0}
    connection.execute(insert(LINK_OUT), [row])
