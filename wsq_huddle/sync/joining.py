"""Joins this node to the one above: with a code, or anew with the token it has when a named person has confirmed.

The token is made and lies in `secrets/` before the hub is asked, so that an answer that was lost can be asked for
again; the file is named by what was asked, and which file counts is kept with the link, in one transaction.
"""

import asyncio
import contextlib
from dataclasses import dataclass, replace
from typing import Any

from wsq_huddle.domain.codec import LARGEST
from wsq_huddle.domain.entries import NAME_LIMIT
from wsq_huddle.domain.spares import peer_of
from wsq_huddle.domain.text import one_line
from wsq_huddle.errors import NetworkError, NotAllowed, Rejected
from wsq_huddle.store import links, sparing
from wsq_huddle.store.listing import list_anew
from wsq_huddle.store.store import Store
from wsq_huddle.store.transaction import SPARE

from .link import positions
from .link.client import Client, Declined, NoContact
from .link.once import exchange_once
from .link.way import Way
from .wire import new_token, plain_code, secret_hash

_REFUSED = 403
"""The hub has looked at the code or the token and says no; every other answer leaves open what became of it."""


@dataclass(frozen=True)
class Joined:
    """Where this node stands now, as its parent registered it; `received` is what came with the first exchange."""

    node: str
    name: str
    tier: int
    parent: str
    parent_name: str
    received: int
    spare: str = ""
    """What the parent calls this computer if it is a spare; else empty."""


def join(store: Store, way: Way, code: str, *, spare: bool = False) -> Joined:
    """Join with a one-time code; on a new computer this brings back what the parent holds of this node.

    As a `spare` it shuts out no other computer of the node, and shows what the parent knows of it.
    """
    if len(plain_code(code)) < 8:  # noqa: PLR2004 - anything shorter is a slip
        raise NotAllowed("This is no code. It looks like 7F3K-Q2ZD-M4XA-90RT; ask whoever runs the hub.")
    name = f"link-{secret_hash(plain_code(code))[:12]}.token"
    body = {"code": code}
    if spare:
        check_spare(store, way)
        body["device"] = _device_for(store, name)
    return _join(store, way, name, body, present=None)


def join_again(store: Store, way: Way, *, by: str) -> Joined:
    """Join anew with the token this node has, after a restore; `by` is the person who says that this one is right.

    A spare becomes the computer that the node works on by it, and the one before is shut out.
    """
    by = one_line(by)
    if not by:
        raise NotAllowed("Joining again shuts out any other computer of this node: say who confirms it, with --as.")
    present = positions.token_of(store)
    name = f"link-{secret_hash(present)[:12]}-again.token"
    return _join(store, way, name, {"code": None, "by": by}, present=present)


def _join(store: Store, way: Way, name: str, body: dict[str, Any], *, present: str | None) -> Joined:
    way.check()
    token = store.secrets.read(name)
    if token is None:
        token = new_token()
        store.secrets.write(name, token)
    body |= {"node": store.node, "token_hash": secret_hash(token), "rehearsal": store.rehearsal}
    try:
        answer = asyncio.run(_ask(way, body, present))
    except Declined as declined:
        if declined.status == _REFUSED and positions.fact(store, positions.TOKEN) != name:
            store.secrets.remove(name)  # nobody was let in with it, and with this code or token nobody will be
        raise Rejected(declined.sentence) from declined
    spare = str(answer.get("spare", ""))
    wanted = peer_of(store.node, body["device"]) if "device" in body else ""
    if answer.get("rehearsal") is not store.rehearsal or answer.get("node") != store.node or spare != wanted:
        raise Rejected("The hub took us for another node. Nothing was changed here.")
    try:
        joined = _read(answer)
        _keep(store, joined.parent, _number(answer["epoch"]), _number(answer["head"]), name, spare)
    except (KeyError, TypeError, ValueError):
        raise NetworkError("The hub's answer was garbled on the way. Join again with the same code.") from None
    with contextlib.suppress(NetworkError):  # the link goes on where this stops
        return replace(joined, received=exchange_once(store, way).received, spare=spare)
    return replace(joined, spare=spare)


def _read(answer: dict[str, Any]) -> Joined:
    """Where the hub says that we stand: a terminal will show it, and the key of the parent names our feed."""
    parent = answer["parent"]
    key = _name(parent["key"])
    if key != parent["key"]:
        raise ValueError("a key has characters that no key has")
    return Joined(answer["node"], _name(answer["name"]), _number(answer["tier"]), key, _name(parent["name"]), 0)


def _number(said: object) -> int:
    if type(said) is not int or not 0 <= said < LARGEST:
        raise ValueError("no number")
    return said


def _name(said: object) -> str:
    if not isinstance(said, str) or not (name := one_line(said)) or len(name) > NAME_LIMIT:
        raise ValueError("no name")
    return name


async def _ask(way: Way, body: dict[str, Any], present: str | None) -> dict[str, Any]:
    client = Client(way)
    try:
        return await client.post("/v1/enrol", present, body)
    except NoContact as error:
        raise NetworkError(error.why) from error
    finally:
        await client.close()


def check_spare(store: Store, way: Way) -> None:
    """Raise unless this store can become a spare's: nothing may be lost by it, and no node be without a computer."""
    row = store.look().one("SELECT state FROM link WHERE role = 'parent'")
    if row is None:
        with store.writing() as writing:
            used = sparing.used(writing.transaction)
        if used:
            raise NotAllowed(
                "This computer has been used on its own already, and a spare begins empty."
                " Set it up anew: `wsq-huddle init` with another --dir."
            )
        return
    if row["state"] == links.REVOKED:
        return  # put back from a copy: there is nothing to exchange with before it has joined
    own = positions.fact(store, SPARE) is None
    with contextlib.suppress(Rejected):
        own = not exchange_once(store, way).fenced and own
        if own:
            raise NotAllowed("The node works on this computer. A spare is a second one beside it.")
    if waiting := positions.position_of(store).waiting:
        raise NotAllowed(
            f"{waiting} entries of this computer are not with the node above yet, and would be lost to it."
        )


def _device_for(store: Store, name: str) -> str:
    """What a spare writes as: begun once for a code, so that an answer that was lost can be asked for again."""
    if positions.fact(store, positions.SPARING) != name:
        with store.writing() as writing:
            links.begin_device(writing.transaction, store.place)
            links.set_fact(writing.transaction, positions.SPARING, name)
    row = store.look().one("SELECT id FROM device WHERE current")
    return str(row["id"]) if row else ""


def _keep(store: Store, parent: str, epoch: int, head: int, name: str, spare: str) -> None:  # noqa: PLR0913, PLR0917 - all that was told
    """Make the link, list our feed anew from 1, and say which token counts: all of it or nothing."""
    row = store.look().one("SELECT peer, epoch FROM link WHERE role = 'parent'")
    if row is not None and row["peer"] == parent and row["epoch"] == epoch:
        return  # it was all done; only the answer had been lost to whoever asked
    earlier, was_spare = positions.fact(store, positions.TOKEN), positions.fact(store, SPARE) is not None
    if row is not None and not spare:
        # We may have been put back from a copy: the old device's numbers may be taken elsewhere.
        with store.writing() as writing:
            links.begin_device(writing.transaction, store.place)
    with store.writing() as writing:
        transaction = writing.transaction
        links.set_fact(transaction, SPARE, spare or None)
        links.put(transaction, parent, links.PARENT, epoch)
        if spare and row is None:
            sparing.set_aside(transaction)
        list_anew(transaction, writing.recorder, parent, epoch)
        links.set_fact(transaction, positions.TOKEN, name)
        links.set_fact(transaction, positions.RECOVERING, f"{epoch}:{head}")
        links.heard(transaction, parent, transaction.now)
        if was_spare and not spare:
            sparing.arrive(transaction, writing.recorder)
    if earlier and earlier != name:
        store.secrets.remove(earlier)
