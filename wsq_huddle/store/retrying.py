"""Sends an entry once more that a neighbour refused: it gets the next number of the feed, as any other.

The place it had keeps its number and its chain, so that the feed has no hole; its entry is only not read there again.
"""

from sqlalchemy import delete, select, update

from . import feeds
from .tables import ENTRY, FEED_ITEM, LINK_OUT, REFUSAL
from .transaction import Transaction


def send_again(transaction: Transaction, peer: str, entry_id: str) -> None:
    """Queue an entry anew for a peer and forget that it was refused; call it last, as all that queues."""
    connection = transaction.connection
    connection.execute(delete(REFUSAL).where(REFUSAL.c.peer == peer, REFUSAL.c.entry_id == entry_id))
    head = connection.execute(select(LINK_OUT).where(LINK_OUT.c.peer == peer).with_for_update()).one_or_none()
    entry_hash = connection.scalar(select(ENTRY.c.hash).where(ENTRY.c.id == entry_id))
    if head is None or entry_hash is None:
        return
    here = (FEED_ITEM.c.peer == peer, FEED_ITEM.c.epoch == head.epoch, FEED_ITEM.c.entry_id == entry_id)
    number = connection.scalar(select(FEED_ITEM.c.n).where(*here))
    if number is None or number > head.out_acked:
        return  # it is not for them any more, or on its way already
    connection.execute(update(FEED_ITEM).where(*here).values(entry_id=f"{entry_id} at {number}"))
    feeds.append(transaction, {peer: [(entry_id, entry_hash)]})
