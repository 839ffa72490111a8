"""Where we stand with our parent: looked up before each request, moved in one transaction after each answer."""

import contextlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wsq_huddle.domain.entries import START
from wsq_huddle.errors import NotAllowed
from wsq_huddle.store import feeds, links
from wsq_huddle.store.feeds import Item
from wsq_huddle.store.listing import list_anew
from wsq_huddle.store.store import Store
from wsq_huddle.sync import authority
from wsq_huddle.sync.taking import Page, Took, take
from wsq_huddle.sync.wire import ENTRIES, PAGE_BYTES, entry_from

TOKEN = "link-token"  # noqa: S105 - the fact that names the file of the token
NEXT = "link-token-next"
RECOVERING = "link-recovering"
SPARING = "link-sparing"
"""For which code a spare has begun to write as the device that it is now."""

_QUERY = (
    "SELECT link.peer, link.epoch, link_out.out_head, link_out.out_acked, link_in.in_n, link_in.in_chain FROM link"
    " JOIN link_out ON link_out.peer = link.peer AND link_out.epoch = link.epoch"
    " LEFT JOIN link_in ON link_in.peer = link.peer AND link_in.epoch = link.epoch"
    " WHERE link.role = 'parent'"
)


@dataclass(frozen=True)
class Position:
    """Both feeds of the link: how far ours is written and acknowledged, how far the parent's is read."""

    peer: str
    epoch: int
    out_head: int
    out_acked: int
    in_n: int
    in_chain: str

    @property
    def waiting(self) -> int:
        return self.out_head - self.out_acked


@dataclass(frozen=True)
class Outgoing:
    """One page of ours, and what we refused of theirs and have not told them."""

    position: Position
    chain: str
    items: list[Item]
    refused: list[tuple[str, str]]


def position_of(store: Store) -> Position:
    row = store.look().one(_QUERY)
    if row is None:
        raise NotAllowed("This node has no node above it yet. `wsq-huddle join` makes the link.")
    return Position(
        str(row["peer"]),
        int(row["epoch"]),
        int(row["out_head"]),
        int(row["out_acked"]),
        int(row["in_n"] or 0),
        str(row["in_chain"] or START),
    )


def fact(store: Store, key: str) -> str | None:
    row = store.look().one("SELECT value FROM setting WHERE key = :key", key=key)
    return str(row["value"]) if row else None


def token_of(store: Store) -> str:
    """The token for the parent; it lies in `secrets/` only."""
    name = fact(store, TOKEN)
    found = store.secrets.read(name) if name else None
    if found is None:
        raise NotAllowed("The token for the node above is not in secrets/. Ask for a code and join again.")
    return found


def outgoing(store: Store, limit: int = ENTRIES) -> Outgoing | None:
    """What is to be sent next; None when nothing waits."""
    position = position_of(store)
    query = (
        "SELECT hash, reason FROM parked WHERE peer = :peer AND status = 'refused' AND told_at IS NULL"
        " ORDER BY at LIMIT 100"
    )
    refused = [(row["hash"], row["reason"][:500]) for row in store.look().rows(query, peer=position.peer)]
    items: list[Item] = []
    if position.waiting:
        items = feeds.page(
            store.look(), position.peer, position.epoch, position.out_acked, limit=limit, most_bytes=PAGE_BYTES
        )
    if not items and not refused:
        return None
    chain = feeds.chain_at(store.look(), position.peer, position.epoch, position.out_acked)
    return Outgoing(position, chain or "", items, refused)


def acknowledged(store: Store, sent: Outgoing, answer: dict[str, Any]) -> int:
    """Note what the parent has; gives how many it refused. -1 when its chain is not ours: nothing is noted."""
    position = sent.position
    acked, results = int(answer["acked"]), answer["results"]
    if feeds.chain_at(store.look(), position.peer, position.epoch, acked) != answer["acked_chain"]:
        return -1
    refused = [
        (int(result["n"]), item.id, str(result.get("reason", "")))
        for item, result in zip(sent.items, results, strict=False)
        if result["status"] == "refused"
    ]
    with store.writing() as writing:
        transaction = writing.transaction
        feeds.acknowledge(transaction, position.peer, position.epoch, acked)
        links.note_refusals(transaction, position.peer, refused)
        links.have_told(transaction, [entry_hash for entry_hash, _ in sent.refused])
        links.heard(transaction, position.peer, transaction.now)
    return len(refused)


def took(store: Store, position: Position, items: list[dict[str, Any]]) -> Took:
    """Take up a page of the parent's feed, with our position in it."""
    until = recovering_until(store, position.epoch)
    recovering = position.in_n < until
    if recovering:
        items = items[: until - position.in_n]
    entries = [entry_from(item["entry"]) for item in items]
    page = Page(position.peer, position.epoch, position.in_n, position.in_chain, entries)
    return take(
        store,
        page,
        lambda transaction: authority.from_above(transaction, store.secrets, recovering=recovering),
        lambda writing: links.heard(writing.transaction, position.peer, writing.transaction.now),
    )


def recovering_until(store: Store, epoch: int) -> int:
    """Up to which number of the parent's feed our own entries come back because a person joined."""
    said = (fact(store, RECOVERING) or "").partition(":")
    with contextlib.suppress(ValueError):
        return int(said[2]) if int(said[0]) == epoch else 0
    return 0


def begin_anew(store: Store, peer: str, epoch: int) -> None:
    """Go on in a new epoch, because the parent was restored: send it all that it may have lost, read it from 1."""
    with store.writing() as writing:
        links.put(writing.transaction, peer, links.PARENT, epoch)
        list_anew(writing.transaction, writing.recorder, peer, epoch, theirs=True)


def note(store: Store, peer: str, *, trouble: str | None, offset: float, at: datetime | None) -> None:
    """Keep what the screens of other processes say of the link."""
    with store.writing() as writing:
        links.mark(writing.transaction, peer, trouble=trouble, clock_offset=offset)
        if at is not None:
            links.heard(writing.transaction, peer, at)
