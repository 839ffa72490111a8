"""Who calls: a token speaks for one node, in one epoch; looked up at every request, and again in its transaction."""

from dataclasses import dataclass
from typing import Any

from wsq_huddle.store import links
from wsq_huddle.store.store import Store, Writing

from .answers import Problem

_QUERY = (
    "SELECT credential.node, credential.slot, credential.epoch, credential.revoked_at,"
    " link.state, link.role, link.epoch AS link_epoch, setting.value AS renew"
    " FROM credential JOIN link ON link.peer = credential.node"
    " LEFT JOIN setting ON setting.key = 'renew-' || credential.node"
    " WHERE credential.token_hash = :token_hash AND link.role IN ('child', 'spare')"
)
_SHUT = "This node is not let in here. Ask for a code and join again."


@dataclass(frozen=True)
class Caller:
    """A node that has shown its token. A fenced one has been replaced: it may bring what it has, and gets nothing.

    `renew`: it is to be asked for another token, which hello does. A `spare` has a name and a feed of its own.
    """

    node: str
    token_hash: str
    epoch: int
    slot: str
    fenced: bool
    diverged: bool
    renew: bool = False
    spare: bool = False


def bearer(header: str | None) -> str:
    """The token in a header; there has to be one."""
    scheme, _, token = (header or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Problem(401, "token", _SHUT)
    return token.strip()


def caller(store: Store, token_hash: str) -> Caller:
    """Who shows the token with this hash; everybody else gets the same answer."""
    return _caller(token_hash, store.look().one(_QUERY, token_hash=token_hash))


def _caller(token_hash: str, row: Any) -> Caller:  # noqa: ANN401 - a row
    if row is None or row["revoked_at"] is not None or row["state"] == links.REVOKED:
        raise Problem(401, "token", _SHUT)
    fenced = row["epoch"] < row["link_epoch"]
    diverged = row["state"] == links.DIVERGED and not fenced
    renew, spare = row.get("renew") is not None, row["role"] == links.SPARE
    return Caller(row["node"], token_hash, row["epoch"], row["slot"], fenced, diverged, renew, spare)


def check(writing: Writing, known: Caller, epoch: int) -> None:
    """Make sure, with the store locked, that the token is still good, and that it is used in its own epoch."""
    transaction = writing.transaction
    now = _caller(known.token_hash, links.caller(transaction, known.token_hash))
    if now.epoch != epoch:
        raise Problem(409, "epoch", "The exchange has begun anew since; say hello first.", epoch=now.epoch)
    if now.diverged:
        raise diverged()
    if now.slot == "next":
        links.use_next(transaction, now.node, now.token_hash, now.epoch)
    links.heard(transaction, now.node, transaction.now)


def diverged() -> Problem:
    return Problem(
        409,
        "diverged",
        "This computer and the hub remember different things: one was put back from a copy, or there are two."
        " Join again on the right one.",
    )
