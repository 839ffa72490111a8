"""Who may bring which entry over a link: a token speaks for one node and those below it, and for nobody else."""

from wsq_huddle.domain import spares
from wsq_huddle.domain.entries import Entry, Told, sealed
from wsq_huddle.domain.events import Unknown
from wsq_huddle.domain.huddles import Marked, parse_subject
from wsq_huddle.domain.nodes import Enrolled, Moved, Renamed, Revoked, Spared, Tree, subject_of
from wsq_huddle.errors import StoreError
from wsq_huddle.store.keys import Secrets
from wsq_huddle.store.receiving import Permit, Wait
from wsq_huddle.store.transaction import Transaction

ELSEWHERE = "not written on the spare that brings it"
FOREIGN = "written by a node that this one may not speak for"
FORGED = "written in our name, but not sealed by us"
KEYLESS = Wait("ours as it seems, but the key that sealed it is not here; `wsq-huddle nodes recover` takes it")


def from_below(transaction: Transaction, secrets: Secrets, node: str) -> Permit:
    """What a child may bring: entries of its own and of those below it, and what we wrote and have lost."""
    own = _Own(secrets, transaction.node)

    def permit(told: Told, entry: Entry) -> str | None:
        if told.node == transaction.node:
            return own.refusal(told, entry)
        if told.node != node and node not in transaction.tree.ancestors(told.node):
            return FOREIGN
        return _registration(told, transaction.tree) or _huddle(told, transaction.tree)

    return permit


def from_spare(transaction: Transaction, secrets: Secrets, peer: str) -> Permit:
    """What a spare may bring: what it wrote itself and takes nobody's turn, and what we wrote and have lost."""
    own = _Own(secrets, transaction.node)
    node, device = spares.node_of(peer), spares.device_of(peer)

    def permit(told: Told, entry: Entry) -> str | None:
        if told.node == transaction.node:
            return None if own.refusal(told, entry) is None else ELSEWHERE
        if (told.node, told.device) != (node, device):
            return ELSEWHERE
        return spares.refusal(told, _begun(transaction, told.subject))

    return permit


def from_above(transaction: Transaction, secrets: Secrets, *, recovering: bool) -> Permit:
    """What the parent may bring: anything but what we have not written; ours with a key that we have.

    `recovering` while a feed is read that a person asked for by joining: then what is ours comes back without keys. So
    does at a spare what the computer wrote that the node works on, and there what a spare wrote and may write.
    """
    own = _Own(secrets, transaction.node)

    def permit(told: Told, entry: Entry) -> str | None:
        if told.node != transaction.node or recovering:
            return None
        reason = own.refusal(told, entry)
        if reason is not KEYLESS or transaction.spare:
            return None if reason is KEYLESS else reason
        known = spares.devices(transaction.story(subject_of(told.node)), transaction.tree.parent(told.node))
        return spares.refusal(told, _begun(transaction, told.subject)) if told.device in known else reason

    return permit


def _begun(transaction: Transaction, subject: str) -> Told | None:
    """The first entry of a subject here; None if there is none."""
    return next(iter(transaction.story(subject)), None)


class _Own:
    """Knows our writing again by its seal."""

    def __init__(self, secrets: Secrets, node: str) -> None:
        self._secrets = secrets
        self._node = node
        self._keys: dict[str, bytes | None] = {}

    def refusal(self, told: Told, entry: Entry) -> str | None:
        key = self._key(told.device)
        if key is None:
            return KEYLESS
        return None if sealed(key, entry.hash) == entry.seal else FORGED

    def _key(self, device: str) -> bytes | None:
        if device not in self._keys:
            self._keys[device] = self._read(device)
        return self._keys[device]

    def _read(self, device: str) -> bytes | None:
        if not device.isalnum():
            return None  # it becomes the name of a file
        try:
            return self._secrets.device_key(device)
        except StoreError:
            return None


def _huddle(told: Told, tree: Tree) -> str | None:
    """Why somebody below may not mark a huddle: its node's ancestors know how it went, others do not."""
    place = parse_subject(told.subject) if isinstance(told.event, Marked) else None
    if place is None or told.node in tree.ancestors(place[0]):
        return None
    return "only a node above marks a huddle"


def _registration(told: Told, tree: Tree) -> str | None:
    """Why somebody below may not say this of the tree: they register those under themselves, and nobody else."""
    match told.event:
        case Enrolled(key=key, parent=parent):
            allowed = parent == told.node or (parent is None and key == told.node)
        case Moved(key=key, parent=parent):
            # Within what is below the author, and not below itself: others would lose it, or the tree get a ring.
            line = (parent, *tree.ancestors(parent))
            allowed = told.node in tree.ancestors(key) and told.node in line and key not in line
        case Renamed(key=key) | Revoked(key=key):
            allowed = key == told.node or told.node in tree.ancestors(key)
        case Spared(key=key):
            allowed = told.node == tree.parent(key)
        case Unknown() if not told.kind.startswith("node."):
            return None
        case _ if not told.subject.startswith("node-"):
            return None
        case _:
            return None if told.subject == subject_of(told.node) else "this says something of another node"
    if not allowed or key == tree.me or key in tree.ancestors(tree.me):
        return "only the parent of a node registers it"
    if told.subject != subject_of(key):
        return "this says something of another node than it names"
    return None
