"""Lets nodes in and shuts them out: codes, registrations, epochs. All of it is the parent's; `joining` is the child's.

invite -> a one-time code -> enrol (a new epoch, both feeds from 1) -> revoke, or enrol again

A spare of a node asks by the same door (`sparing`); with its token it may ask to become the node's own computer.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from wsq_huddle.domain import spares
from wsq_huddle.domain.nodes import Enrolled, Node, Revoked, State, Tree, subject_of
from wsq_huddle.errors import NotAllowed, NotFound
from wsq_huddle.store import links
from wsq_huddle.store.listing import list_anew
from wsq_huddle.store.store import Store, Writing

from . import sparing
from .wire import limits, new_code, plain_code, secret_hash

LASTS = timedelta(days=7)
TRIES = 5


class Refused(Exception):
    """An enrolment that was refused; `code` is for programs, the message for people."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class Me:
    """What a node is called and where it stands, as its own settings say."""

    name: str
    tier: int


@dataclass(frozen=True)
class Invitation:
    """A code for a node below; it is told once and kept nowhere."""

    node: str
    code: str
    expires_at: datetime


@dataclass(frozen=True)
class Asked:
    """What a node says of itself when it wants in. `token_hash` is that of the token it will use from then on."""

    node: str
    token_hash: str
    code: str | None
    present: str | None
    """The token it has, in place of a code, when a named person there has confirmed."""
    by: str
    rehearsal: bool
    device: str = ""
    """Of a computer that wants in as a spare: what it writes as."""

    @property
    def invited_as(self) -> str:
        return spares.invited_as(self.node) if self.device else self.node


def invite(  # noqa: PLR0913 - all that is registered of a node
    store: Store, me: Me, node: str, name: str, tier: int, *, lasts: timedelta = LASTS, by: str = ""
) -> Invitation:
    """Make a one-time code for a node below; an earlier one for it that nobody used is worth nothing from now on."""
    code = new_code()
    with store.writing() as writing:
        transaction = writing.transaction
        _check_invited(transaction.tree, me, node, tier)
        if transaction.tree.parent(store.node) is None and subject_known(writing, store.node) is None:
            own = Enrolled(key=store.node, name=me.name, tier=me.tier, parent=None, rehearsal=store.rehearsal)
            writing.recorder.write(by, own, subject_of(store.node))
        expires_at = transaction.now + lasts
        row = {
            "code_hash": secret_hash(plain_code(code)),
            "node": node,
            "name": name,
            "tier": tier,
            "invited_by": by,
            "expires_at": expires_at.isoformat(),
            "tries": 0,
        }
        links.put_code(transaction, row)
    return Invitation(node, code, expires_at)


def subject_known(writing: Writing, key: str) -> Node | None:
    """A node as the log tells it."""
    found: Node | None = writing.recorder.state(subject_of(key))
    return found


def _check_invited(tree: Tree, me: Me, node: str, tier: int) -> None:
    if node == tree.me:
        raise NotAllowed("A node cannot be below itself. Give the key of the node that is to join.")
    if tier < 1:
        raise NotAllowed("Below the front line there is no tier: tier 1 has no nodes below it.")
    if tier >= me.tier:
        raise NotAllowed(f"We are tier {me.tier}; a node below us has a lower tier than that, not {tier}.")
    known = tree.nodes.get(node)
    if known is None or known.state is State.REVOKED:
        return
    if node in tree.ancestors(tree.me):
        raise NotAllowed(f"{known.name} is above us, so it cannot be below us too.")
    if known.parent is not None and known.parent != tree.me:
        raise NotAllowed(f'The key "{node}" belongs to {known.name} already. Choose another key.')


def enrol(store: Store, asked: Asked) -> dict[str, Any]:
    """Let a node in, and give the answer it gets; the same question again gives the same answer."""
    with store.writing() as writing:
        found = _admit(writing, asked) if asked.code is not None else _readmit(writing, asked)
        if isinstance(found, _Admitted):
            if found.epoch is None:
                if asked.rehearsal != store.rehearsal:
                    raise Refused("rehearsal", _rehearsal(store.rehearsal))
                found = _let_in(writing, found, asked)
            return _answer(writing, found, asked, store.rehearsal)
    raise found


@dataclass(frozen=True)
class _Admitted:
    """Who may come in; with an `epoch` it has been let in already."""

    node: str
    name: str
    tier: int
    by: str
    code_hash: str | None
    epoch: int | None = None
    moves: str = ""
    """The spare that becomes the node's own computer."""


def _admit(writing: Writing, asked: Asked) -> _Admitted | Refused:
    """Look at a code; a wrong one is counted, so that nobody can go on guessing. The count must be committed."""
    transaction = writing.transaction
    code_hash = secret_hash(plain_code(asked.code or ""))
    row = links.code(transaction, code_hash)
    if row is None or row.node != asked.invited_as or row.tries >= TRIES:
        links.count_try(transaction, asked.invited_as)
        return Refused("code-wrong", "This code is not right for this node. Ask for a new one after five wrong tries.")
    admitted = _Admitted(asked.node, row.name, row.tier, row.invited_by, code_hash)
    if row.used_at is not None:
        given = links.token(transaction, asked.token_hash)
        if row.token_hash != asked.token_hash or given is None or given.revoked_at is not None:
            return Refused("code-used", "This code has been used. Ask for a new one.")
        return replace(admitted, epoch=given.epoch)
    if datetime.fromisoformat(row.expires_at) < transaction.now:
        return Refused("code-expired", "This code has expired. Ask for a new one.")
    if asked.device and (reason := sparing.refusal(writing, asked.node, asked.device)) is not None:
        return Refused("spare", reason)
    return admitted


def _readmit(writing: Writing, asked: Asked) -> _Admitted | Refused:
    """Look at the token that a node has, in place of a code."""
    transaction = writing.transaction
    known = subject_known(writing, asked.node)
    given = links.token(transaction, asked.token_hash)
    if known is not None and given is not None and given.node == asked.node and given.revoked_at is None:
        return _Admitted(known.key, known.name, known.tier, asked.by, None, given.epoch)
    present = links.token(transaction, secret_hash(asked.present or ""))
    peer = present.node if present is not None and spares.is_peer(present.node) else asked.node
    link = links.of(transaction, peer)
    shut = present is None or present.revoked_at is not None or present.node != peer or asked.device
    shut = shut or spares.node_of(peer) != asked.node or links.of(transaction, asked.node) is None
    if shut or link is None or link.state == links.REVOKED or known is None or present.epoch != link.epoch:
        return Refused("token", "This node's token is not accepted any more. Ask for a code.")
    if not asked.by.strip():
        return Refused("unconfirmed", "Somebody has to confirm this with their name.")
    return _Admitted(known.key, known.name, known.tier, asked.by, None, moves=peer if peer != asked.node else "")


def _let_in(writing: Writing, admitted: _Admitted, asked: Asked) -> _Admitted:
    transaction, recorder = writing.transaction, writing.recorder
    if admitted.code_hash is not None:
        links.use_code(transaction, admitted.code_hash, asked.token_hash)
    if asked.device:
        epoch = sparing.let_in(writing, admitted.node, asked.device, asked.token_hash, by=asked.by or admitted.by)
        return replace(admitted, epoch=epoch)
    epoch = links.next_epoch(transaction, admitted.node)
    known = subject_known(writing, admitted.node)
    links.put(transaction, admitted.node, links.CHILD, epoch)
    links.give_token(transaction, admitted.node, asked.token_hash, epoch)
    node = Node(key=admitted.node, name=admitted.name, tier=admitted.tier, parent=transaction.node)
    # The tree and the feed must know it before its registration is routed: it is the first to hear of it.
    transaction.grow(node)
    list_anew(transaction, recorder, admitted.node, epoch)
    transaction.grow(node)  # listing has read the tree again, which does not have it yet
    if known != node:
        event = Enrolled(
            key=node.key, name=node.name, tier=node.tier, parent=transaction.node, rehearsal=asked.rehearsal
        )
        recorder.write(asked.by or admitted.by, event, subject_of(node.key))
    if admitted.moves:
        sparing.end(writing, admitted.moves, by=asked.by)
    return replace(admitted, epoch=epoch)


def _answer(writing: Writing, admitted: _Admitted, asked: Asked, rehearsal: bool) -> dict[str, Any]:  # noqa: FBT001 - as the store is
    tree = writing.transaction.tree
    line = [tree.me, *tree.ancestors(tree.me)]
    own = tree.nodes[tree.me]
    return {
        "node": admitted.node,
        "name": admitted.name,
        "tier": admitted.tier,
        "parent": {"key": own.key, "name": own.name, "tier": own.tier},
        "tree": [
            {"key": node.key, "name": node.name, "tier": node.tier, "parent": node.parent}
            for node in (tree.nodes[key] for key in line if key in tree.nodes)
        ],
        "epoch": admitted.epoch,
        "spare": spares.peer_of(admitted.node, asked.device) if asked.device else "",
        "rehearsal": rehearsal,
        "limits": limits(),
        "now": writing.transaction.stamp,
    }


def head_of_feed(store: Store, node: str) -> int:
    """How many entries the feed of a node holds now; what it asked for by joining is among them."""
    row = store.look().one("SELECT out_head FROM link_out WHERE peer = :peer", peer=node)
    return int(row["out_head"]) if row else 0


def revoke(store: Store, node: str, *, by: str = "") -> None:
    """Shut a node out at once: its token, its codes and its feed, and its spares with it; the log says so."""
    with store.writing() as writing:
        transaction = writing.transaction
        link = links.of(transaction, node)
        invited = links.invited(transaction, node)
        if (link is None or link.role != links.CHILD) and not invited:
            raise NotFound(f'There is no node "{node}" directly below us.')
        links.revoke_tokens(transaction, node)
        if link is None or link.state == links.REVOKED:
            return
        links.mark(transaction, node, state=links.REVOKED, trouble=None)
        sparing.end_all(writing, node, by=by)
        writing.recorder.links_changed()
        writing.recorder.write(by, Revoked(key=node), subject_of(node))
        links.lost(transaction, node)


def restart(store: Store, node: str, token_hash: str, check: Callable[[Writing], None]) -> int:
    """Begin anew with a child that knows more of us than we do: we were restored. Gives the new epoch.

    We also begin to write as a new device: the numbers of the old one may have been given before. `check` may raise:
    whoever was shut out since it asked must not be let in again by this.
    """
    with store.writing() as writing:
        check(writing)
        links.begin_device(writing.transaction, store.place)
    with store.writing() as writing:
        check(writing)
        transaction = writing.transaction
        link = links.of(transaction, node)
        epoch = links.next_epoch(transaction, spares.node_of(node))
        links.put(transaction, node, link.role, epoch)
        links.move_token(transaction, token_hash, epoch)
        list_anew(transaction, writing.recorder, node, epoch)
    return epoch


def ask_to_renew(store: Store, node: str) -> None:
    """Ask a node to renew its token at its next contact."""
    with store.writing() as writing:
        link = links.of(writing.transaction, node)
        if link is None or link.role not in (links.CHILD, links.SPARE) or link.state == links.REVOKED:
            raise NotFound(f'There is no node "{node}" directly below us.')
        links.set_fact(writing.transaction, f"renew-{node}", datetime.now(UTC).isoformat())


def recover(store: Store) -> int:
    """Bring into force what others brought back as ours and we could not check; gives the number of entries."""
    from wsq_huddle.store.receiving import recover as bring_back  # noqa: PLC0415 - the same word one layer below

    with store.writing() as writing:
        return bring_back(writing.transaction, writing.recorder)


def _rehearsal(ours: bool) -> str:  # noqa: FBT001 - as the store is
    if ours:
        return "This is a rehearsal. A node that is in earnest cannot join it."
    return "The node above is in earnest. A rehearsal cannot join it."
