"""The neighbours: links, the tokens and codes of those below, and small facts of this store; all of it kept tables.

Tokens and codes are kept as SHA-256 only.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, select, update

from wsq_huddle.domain.spares import peer_of
from wsq_huddle.domain.text import one_line

from .opening import new_device
from .places import Place
from .tables import CODE, CREDENTIAL, DEVICE, ENTRY, LINK, LINK_OUT, PARKED, REFUSAL, SETTING
from .transaction import Transaction, insert_or_leave

PARENT, CHILD, FORMER, SPARE = "parent", "child", "former", "spare"
ACTIVE, REVOKED, DIVERGED = "active", "revoked", "diverged"

_LINK = select(LINK).where(LINK.c.peer == bindparam("peer")).with_for_update()
_TOKEN = select(CREDENTIAL).where(CREDENTIAL.c.token_hash == bindparam("token_hash"))
_CALLER = (
    select(
        *(CREDENTIAL.c[name] for name in ("node", "slot", "epoch", "revoked_at")),
        LINK.c.state,
        LINK.c.epoch.label("link_epoch"),
        LINK.c.role,
    )
    .join(LINK, LINK.c.peer == CREDENTIAL.c.node)
    .where(CREDENTIAL.c.token_hash == bindparam("token_hash"), LINK.c.role.in_((CHILD, SPARE)))
)
_HEARD = (
    update(LINK)
    .where(LINK.c.peer == bindparam("of"), LINK.c.last_contact.is_(None) | (LINK.c.last_contact < bindparam("at")))
    .values(last_contact=bindparam("at"))
)


def of(transaction: Transaction, peer: str) -> Any:  # noqa: ANN401 - a row of link, or none
    """The link to a neighbour, locked."""
    return transaction.connection.execute(_LINK, {"peer": peer}).one_or_none()


def put(transaction: Transaction, peer: str, role: str, epoch: int) -> None:
    """Make or renew a link; a parent that is another than before puts the earlier one aside."""
    connection = transaction.connection
    if role == PARENT:
        earlier = update(LINK).where(LINK.c.role == PARENT, LINK.c.peer != peer)
        connection.execute(earlier.values(role=FORMER, state=REVOKED))
    row = {"peer": peer, "role": role, "state": ACTIVE, "epoch": epoch, "clock_offset": 0.0}
    connection.execute(insert_or_leave(connection, LINK), [row])
    renewed = update(LINK).where(LINK.c.peer == peer)
    connection.execute(renewed.values(role=role, state=ACTIVE, epoch=epoch, trouble=None))
    transaction.replant()


def mark(transaction: Transaction, peer: str, **values: object) -> None:
    """Note something of a link: `state`, `trouble`, `last_contact`, `clock_offset`."""
    transaction.connection.execute(update(LINK).where(LINK.c.peer == peer).values(**values))


def spares(transaction: Transaction, node: str) -> list[str]:
    """The spares of a node that are let in."""
    query = select(LINK.c.peer).where(_computers(node), LINK.c.role == SPARE, LINK.c.state != REVOKED)
    return list(transaction.connection.scalars(query.order_by(LINK.c.peer)))


def next_epoch(transaction: Transaction, node: str) -> int:
    """An epoch that no computer of a node has had: what moves from a spare to its node must not count as known."""
    last = transaction.connection.scalar(select(func.max(LINK.c.epoch)).where(_computers(node)))
    return int(last or 0) + 1


def _computers(node: str) -> ColumnElement[bool]:
    return (LINK.c.peer == node) | LINK.c.peer.startswith(peer_of(node, ""), autoescape=True)


def heard(transaction: Transaction, peer: str, at: datetime) -> None:
    """Note when a neighbour was last in touch; it never goes back."""
    transaction.connection.execute(_HEARD, {"of": peer, "at": at.isoformat()})


def lost(transaction: Transaction, peer: str) -> None:
    """Take the feed of a neighbour away that was shut out; what it already has stays known."""
    transaction.connection.execute(delete(LINK_OUT).where(LINK_OUT.c.peer == peer))


def give_token(transaction: Transaction, node: str, token_hash: str, epoch: int, slot: str = "current") -> None:
    """Accept a token for a node; one that waits for its first use replaces another that does."""
    if slot == "next":
        waiting = delete(CREDENTIAL).where(CREDENTIAL.c.node == node, CREDENTIAL.c.slot == "next")
        transaction.connection.execute(waiting.where(CREDENTIAL.c.token_hash != token_hash))
    row = {
        "token_hash": token_hash,
        "node": node,
        "slot": slot,
        "epoch": epoch,
        "created_at": transaction.stamp,
        "revoked_at": None,
    }
    transaction.connection.execute(insert_or_leave(transaction.connection, CREDENTIAL), [row])


def token(transaction: Transaction, token_hash: str) -> Any:  # noqa: ANN401 - a row of credential, or none
    return transaction.connection.execute(_TOKEN, {"token_hash": token_hash}).one_or_none()


def caller(transaction: Transaction, token_hash: str) -> Any:  # noqa: ANN401 - a mapping, or none
    """The token of a child with the state and the epoch of its link."""
    return transaction.connection.execute(_CALLER, {"token_hash": token_hash}).mappings().one_or_none()


def use_next(transaction: Transaction, node: str, token_hash: str, epoch: int) -> None:
    """Drop the earlier token of a node, because the renewed one has been used."""
    connection = transaction.connection
    earlier = update(CREDENTIAL).where(CREDENTIAL.c.node == node, CREDENTIAL.c.epoch == epoch)
    connection.execute(
        earlier.where(CREDENTIAL.c.token_hash != token_hash, CREDENTIAL.c.revoked_at.is_(None)).values(
            revoked_at=transaction.stamp
        )
    )
    connection.execute(update(CREDENTIAL).where(CREDENTIAL.c.token_hash == token_hash).values(slot="current"))


def move_token(transaction: Transaction, token_hash: str, epoch: int) -> None:
    """Let a token go on in a new epoch, because this store, not its owner, was restored."""
    transaction.connection.execute(update(CREDENTIAL).where(CREDENTIAL.c.token_hash == token_hash).values(epoch=epoch))


def revoke_tokens(transaction: Transaction, node: str) -> None:
    """Shut a node out: its tokens and its open codes are worth nothing from the commit on."""
    connection = transaction.connection
    query = update(CREDENTIAL).where(CREDENTIAL.c.node == node, CREDENTIAL.c.revoked_at.is_(None))
    connection.execute(query.values(revoked_at=transaction.stamp))
    connection.execute(delete(CODE).where(CODE.c.node == node))


def put_code(transaction: Transaction, row: dict[str, Any]) -> None:
    """Keep a code for a node; an earlier one that nobody used is worth nothing any more."""
    connection = transaction.connection
    connection.execute(delete(CODE).where(CODE.c.node == row["node"], CODE.c.used_at.is_(None)))
    connection.execute(insert(CODE), [row])


def code(transaction: Transaction, code_hash: str) -> Any:  # noqa: ANN401 - a row of code, or none
    return transaction.connection.execute(
        select(CODE).where(CODE.c.code_hash == code_hash).with_for_update()
    ).one_or_none()


def invited(transaction: Transaction, node: str) -> bool:
    """Whether a code for a node waits to be used."""
    query = select(CODE.c.node).where(CODE.c.node == node, CODE.c.used_at.is_(None))
    return transaction.connection.scalar(query) is not None


def count_try(transaction: Transaction, node: str) -> None:
    """Count a wrong code against the open ones of the node it was tried for."""
    query = update(CODE).where(CODE.c.node == node, CODE.c.used_at.is_(None))
    transaction.connection.execute(query.values(tries=CODE.c.tries + 1))


def use_code(transaction: Transaction, code_hash: str, token_hash: str) -> None:
    query = update(CODE).where(CODE.c.code_hash == code_hash)
    transaction.connection.execute(query.values(used_at=transaction.stamp, token_hash=token_hash))


def note_refusals(transaction: Transaction, peer: str, refusals: list[tuple[int, str, str]]) -> None:
    """Keep what a neighbour refused of ours: (number in the feed, id, reason)."""
    if not refusals:
        return
    rows = [
        {"peer": peer, "entry_id": entry_id, "n": number, "reason": one_line(reason[:500]), "at": transaction.stamp}
        for number, entry_id, reason in refusals
    ]
    transaction.connection.execute(insert_or_leave(transaction.connection, REFUSAL), rows)


def have_told(transaction: Transaction, hashes: list[str]) -> None:
    query = update(PARKED).where(PARKED.c.hash.in_(hashes))
    transaction.connection.execute(query.values(told_at=transaction.stamp))


def set_fact(transaction: Transaction, key: str, value: str | None) -> None:
    """Keep a small fact of this store, or forget it."""
    connection = transaction.connection
    connection.execute(delete(SETTING).where(SETTING.c.key == key))
    if value is not None:
        connection.execute(insert(SETTING), [{"key": key, "value": value}])


def fact(transaction: Transaction, key: str) -> str | None:
    return transaction.connection.scalar(select(SETTING.c.value).where(SETTING.c.key == key))


def written_as(transaction: Transaction, device: str) -> bool:
    """Whether anybody has written as this device here, or we do."""
    queries = (select(ENTRY.c.id).where(ENTRY.c.device == device), select(DEVICE.c.id).where(DEVICE.c.id == device))
    return any(transaction.connection.execute(query.limit(1)).first() is not None for query in queries)


def begin_device(transaction: Transaction, place: Place) -> None:
    """Write as a new device from the next transaction on: after a restore, old numbers may be taken elsewhere."""
    new_device(transaction.connection, place, transaction.now)
