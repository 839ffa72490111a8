"""Lets spares in and ends them: a second computer beside that of a node. All of it is the parent's.

invite_spare -> a one-time code -> let_in (a feed of its own) -> ended, or moved: then it is the node's own computer
"""

from datetime import timedelta

from wsq_huddle.domain import spares
from wsq_huddle.domain.nodes import Spared, subject_of
from wsq_huddle.errors import NotAllowed, NotFound
from wsq_huddle.store import links
from wsq_huddle.store.listing import list_anew
from wsq_huddle.store.store import Store, Writing

from .wire import new_code, plain_code, secret_hash


def invite(store: Store, node: str, lasts: timedelta, *, by: str) -> tuple[str, str]:
    """Make a one-time code for a spare of a node directly below; gives the code, and until when it works."""
    code = new_code()
    with store.writing() as writing:
        transaction = writing.transaction
        link = links.of(transaction, node)
        known = transaction.tree.nodes.get(node)
        if known is None or link is None or link.role != links.CHILD or link.state == links.REVOKED:
            raise NotFound(f'There is no node "{node}" directly below us. A spare stands beside one that has joined.')
        if known.tier > 1 or transaction.tree.children(node):
            raise NotAllowed(f"{known.name} is no unit: a spare stands beside a computer with no nodes below it.")
        until = (transaction.now + lasts).isoformat()
        row = {
            "code_hash": secret_hash(plain_code(code)),
            "node": spares.invited_as(node),
            "name": known.name,
            "tier": known.tier,
            "invited_by": by,
            "expires_at": until,
            "tries": 0,
        }
        links.put_code(transaction, row)
    return code, until


def refusal(writing: Writing, node: str, device: str) -> str | None:
    """Why a computer cannot be let in as a spare that writes as this device: another one may write as it already."""
    transaction = writing.transaction
    link = links.of(transaction, node)
    if link is None or link.role != links.CHILD or link.state == links.REVOKED:
        return "The node that this would be a spare of is not let in any more."
    if links.written_as(transaction, device) or links.of(transaction, spares.peer_of(node, device)) is not None:
        return "This computer has written here before under the name that it gives. Ask IT."
    return None


def let_in(writing: Writing, node: str, device: str, token_hash: str, *, by: str) -> int:
    """Give a spare a feed of its own, beside that of its node; gives the epoch."""
    transaction, recorder = writing.transaction, writing.recorder
    peer, epoch = spares.peer_of(node, device), links.next_epoch(transaction, node)
    links.put(transaction, peer, links.SPARE, epoch)
    links.give_token(transaction, peer, token_hash, epoch)
    list_anew(transaction, recorder, peer, epoch)
    recorder.write(by, Spared(key=node, device=device), subject_of(node))
    return epoch


def end(writing: Writing, peer: str, *, by: str) -> None:
    """Shut a spare out at once; what it has sent stays."""
    transaction, recorder = writing.transaction, writing.recorder
    links.revoke_tokens(transaction, peer)
    links.mark(transaction, peer, state=links.REVOKED, trouble=None)
    recorder.links_changed()
    node, device = spares.node_of(peer), spares.device_of(peer)
    recorder.write(by, Spared(key=node, device=device, ended=True), subject_of(node))
    links.lost(transaction, peer)


def end_all(writing: Writing, node: str, *, by: str) -> None:
    """Shut all spares of a node out, and its codes for more; who is shut out is told of none of it."""
    found = links.spares(writing.transaction, node)
    for peer in found:
        links.mark(writing.transaction, peer, state=links.REVOKED)
    for peer in found:
        end(writing, peer, by=by)
    links.revoke_tokens(writing.transaction, spares.invited_as(node))


def revoke(store: Store, peer: str, *, by: str) -> None:
    """End a spare for good; it can be let in again with a new code."""
    with store.writing() as writing:
        link = links.of(writing.transaction, peer)
        if link is None or link.role != links.SPARE:
            raise NotFound(f'There is no spare "{peer}" here. `wsq-huddle nodes` lists them.')
        if link.state != links.REVOKED:
            end(writing, peer, by=by)
