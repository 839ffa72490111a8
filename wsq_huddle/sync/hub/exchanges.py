"""What the hub does for a child: takes what it pushes, gives it its feed, tells it where both stand.

Plain functions over the store; the answer is worked out after the commit, so that what is told is durable.
"""

from datetime import datetime
from typing import Any

from wsq_huddle.domain.entries import START
from wsq_huddle.errors import HuddleError
from wsq_huddle.store import feeds, links
from wsq_huddle.store.receiving import Outcome, Status
from wsq_huddle.store.store import Store, Writing
from wsq_huddle.sync import authority, enrolling
from wsq_huddle.sync.taking import Diverged, Gap, Page, Took, take
from wsq_huddle.sync.wire import ENTRIES, PAGE_BYTES, PROTOCOLS, entry_from, limits, written

from . import shapes
from .answers import Problem
from .callers import Caller, check, diverged


def push(store: Store, caller: Caller, asked: shapes.PushRequest) -> tuple[dict[str, Any], list[Outcome]]:
    """Take up a page of a child's feed; the same page again changes nothing."""
    page = Page(
        caller.node,
        asked.epoch,
        asked.after,
        asked.after_chain,
        [entry_from(shape.model_dump()) for shape in asked.entries],
        f"{caller.node} before epoch {caller.epoch + 1}" if caller.fenced else "",
    )

    def checked(writing: Writing) -> None:
        check(writing, caller, asked.epoch)
        _note_refusals(store, writing, caller, asked)

    def permit(transaction: Any) -> Any:  # noqa: ANN401 - as `PermitFor` says
        bringing = authority.from_spare if caller.spare else authority.from_below
        return bringing(transaction, store.secrets, caller.node)

    try:
        took = take(store, page, permit, checked)
    except Gap:
        row = _read_of(store, caller.node, asked.epoch)
        raise Problem(409, "gap", "Entries are missing in between.", in_n=row[0], in_chain=row[1]) from None
    except Diverged:
        _mark_diverged(store, caller)
        raise diverged() from None
    return _push_answer(store, asked.after, took), took.outcomes


def _push_answer(store: Store, after: int, took: Took) -> dict[str, Any]:
    results = [
        {
            "n": number,
            "id": outcome.id,
            "status": (Status.PARKED if outcome.status is Status.RECOVER else outcome.status).value,
            "reason": outcome.reason,
        }
        for number, outcome in enumerate(took.outcomes, after + 1)
    ]
    return {"acked": took.number, "acked_chain": took.chain, "results": results, "now": _now(store)}


def _note_refusals(store: Store, writing: Writing, caller: Caller, asked: shapes.PushRequest) -> None:
    query = (
        "SELECT feed_item.n, entry.id FROM entry JOIN feed_item ON feed_item.entry_id = entry.id"
        " WHERE entry.hash = :hash AND feed_item.peer = :peer AND feed_item.epoch = :epoch"
    )
    found = []
    for refusal in asked.refused:
        row = store.look().one(query, hash=refusal.hash, peer=caller.node, epoch=asked.epoch)
        if row is not None:
            found.append((int(row["n"]), str(row["id"]), refusal.reason))
    links.note_refusals(writing.transaction, caller.node, found)


def _mark_diverged(store: Store, caller: Caller) -> None:
    """Stop the link; a fenced token says nothing of the link that has taken its place."""
    if caller.fenced:
        return
    with store.writing() as writing:
        trouble = "It sent another entry at a number that we know."
        links.mark(writing.transaction, caller.node, state=links.DIVERGED, trouble=trouble)


def feed(store: Store, caller: Caller, after: int, limit: int) -> dict[str, Any]:
    """The next page of a child's feed; `after` says what the child has committed."""
    head, acked = _written_to(store, caller)
    if after > head:
        raise Problem(409, "behind", "You know more of us than we do; say hello first.", head=head)
    if after > acked:
        acknowledge(store, caller, after)
    items = feeds.page(store.look(), caller.node, caller.epoch, after, limit=min(limit, ENTRIES), most_bytes=PAGE_BYTES)
    head = max(head, items[-1].n if items else 0)
    return {
        "items": [{"n": item.n, "chain": item.chain, "entry": written(item)} for item in items],
        "head": head,
        "more": bool(items) and items[-1].n < head,
        "now": _now(store),
    }


def acknowledge(store: Store, caller: Caller, after: int) -> None:
    """Write down what the child has committed; what it has does not count as waiting from then on."""
    with store.writing() as writing:
        check(writing, caller, caller.epoch)
        feeds.acknowledge(writing.transaction, caller.node, caller.epoch, after)


def stands(store: Store, caller: Caller) -> tuple[int, int]:
    """The head of the child's feed, and how far it has said that it has it."""
    return _written_to(store, caller)


def may_read(caller: Caller, epoch: int) -> None:
    """Refuse the feed to who has been replaced, has gone astray, or speaks of another epoch."""
    if caller.fenced:
        raise Problem(403, "fenced", "Another computer has joined in this one's place; it can still send what it has.")
    if epoch != caller.epoch:
        raise Problem(409, "epoch", "The exchange has begun anew since; say hello first.", epoch=caller.epoch)
    if caller.diverged:
        raise diverged()


def may_listen(caller: Caller, epoch: int) -> None:
    """Refuse the feed as `may_read` does, and send a child that is to renew its token to hello, which tells it."""
    may_read(caller, epoch)
    if caller.renew:
        raise Problem(409, "greet", "There is something to tell you; say hello first.")


def hello(store: Store, caller: Caller, read: int, now: str) -> dict[str, Any]:
    """Where both stand: from it a child finds out whether it, or we, were put back from a copy."""
    number, chain = _read_of(store, caller.node, caller.epoch)
    head, acked = (0, 0) if caller.fenced else _written_to(store, caller)
    renew = store.look().one("SELECT value FROM setting WHERE key = :key", key=f"renew-{caller.node}") is not None
    _note_contact(store, caller, now)
    state = "fenced" if caller.fenced else "diverged" if caller.diverged else "active"
    return {
        "node": store.node,
        "epoch": caller.epoch,
        "state": state,
        "up": {"n": number, "chain": chain},
        "down": {
            "head": head,
            "acked": acked,
            "chain": None if caller.fenced else feeds.chain_at(store.look(), caller.node, caller.epoch, read),
        },
        "protocols": list(PROTOCOLS),
        "limits": limits(),
        "renew": renew,
        "rehearsal": store.rehearsal,
        "now": _now(store),
    }


def _note_contact(store: Store, caller: Caller, now: str) -> None:
    with store.writing() as writing:
        transaction = writing.transaction
        if caller.slot == "next":
            links.use_next(transaction, caller.node, caller.token_hash, caller.epoch)
        links.heard(transaction, caller.node, transaction.now)
        try:
            offset = (datetime.fromisoformat(now) - transaction.now).total_seconds()
        except (ValueError, TypeError, OverflowError):
            return
        links.mark(transaction, caller.node, clock_offset=max(-1e9, min(1e9, offset)))


def restart(store: Store, caller: Caller, asked: shapes.RestartRequest) -> dict[str, Any]:
    """Begin anew with a child that knows more of us than we do; nothing is begun when it is not so."""
    may_read(caller, asked.epoch)
    number, _ = _read_of(store, caller.node, caller.epoch)
    head, _ = _written_to(store, caller)
    chain = feeds.chain_at(store.look(), caller.node, caller.epoch, asked.read)
    if asked.acked <= number and asked.read <= head and chain == asked.read_chain:
        raise Problem(409, "level", "We know all that you do; there is nothing to begin anew.")

    def checked(writing: Writing) -> None:
        check(writing, caller, asked.epoch)

    return {"epoch": enrolling.restart(store, caller.node, caller.token_hash, checked), "now": _now(store)}


def renew(store: Store, caller: Caller, asked: shapes.TokenRequest) -> dict[str, Any]:
    """Accept the child's next token beside the present one, which goes when the next is first used."""
    if caller.fenced:
        raise Problem(403, "fenced", "Another computer has joined in this one's place.")
    with store.writing() as writing:
        check(writing, caller, caller.epoch)
        there = links.token(writing.transaction, asked.token_hash)
        if there is not None and there.node != caller.node:
            raise Problem(409, "token", "Make another token.")
        if there is None:
            links.give_token(writing.transaction, caller.node, asked.token_hash, caller.epoch, slot="next")
        links.set_fact(writing.transaction, f"renew-{caller.node}", None)
    return {"active_after_first_use": True, "now": _now(store)}


def enrol(store: Store, asked: shapes.EnrolRequest, present: str | None) -> dict[str, Any]:
    """Let a node in."""
    question = enrolling.Asked(
        asked.node,
        asked.token_hash,
        asked.code,
        present if asked.code is None else None,
        asked.by,
        asked.rehearsal,
        asked.device,
    )
    try:
        found = enrolling.enrol(store, question)
    except enrolling.Refused as refused:
        raise Problem(403, refused.code, str(refused)) from None
    return {**found, "head": enrolling.head_of_feed(store, found["spare"] or asked.node)}


def ready(store: Store) -> bool:
    """Whether the store can be read."""
    try:
        return store.look().one("SELECT node FROM identity WHERE id = 1") is not None
    except HuddleError:
        return False


def _written_to(store: Store, caller: Caller) -> tuple[int, int]:
    query = "SELECT out_head, out_acked FROM link_out WHERE peer = :peer AND epoch = :epoch"
    row = store.look().one(query, peer=caller.node, epoch=caller.epoch)
    return (int(row["out_head"]), int(row["out_acked"])) if row else (0, 0)


def _read_of(store: Store, node: str, epoch: int) -> tuple[int, str]:
    query = "SELECT in_n, in_chain FROM link_in WHERE peer = :peer AND epoch = :epoch"
    row = store.look().one(query, peer=node, epoch=epoch)
    return (int(row["in_n"]), str(row["in_chain"])) if row else (0, START)


def _now(store: Store) -> str:
    return store.clock().isoformat()
