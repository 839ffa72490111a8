"""Takes up a page of entries that a neighbour brought: each has an outcome of its own, and none blocks those behind it.

stored    appended to the log; what breaks a rule of the huddle is stored too, and `overtaken`
known     it was in the log already
parked    not understood yet, or its key is taken: kept, passed on, applied later
recover   ours, as it seems, but not sealed with a key of ours: only a person brings it into force, and passes it on
refused   no entry, not one this neighbour may bring, another hash for a known id, or an entry whose text was lost on
          the way: kept and shown, not passed on; the same entry is taken up when it comes whole
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, delete, select

from wsq_huddle.domain.codec import Malformed
from wsq_huddle.domain.entries import Entry, Told, read
from wsq_huddle.domain.events import Unknown
from wsq_huddle.domain.nodes import Enrolled, State
from wsq_huddle.domain.spares import device_of, node_of
from wsq_huddle.domain.text import one_line

from .entries import TEXTLESS
from .recorder import Recorder
from .tables import DEVICE, ENTRY, PARKED
from .transaction import Transaction, insert_or_leave, parts

REASON_LIMIT = 200
"""Characters of a reason: it may quote what came, and that may be long."""

_SEAL = re.compile(r"[0-9a-f]{64}")
_LOGGED = select(ENTRY.c.hash, ENTRY.c.id).where(ENTRY.c.hash.in_(bindparam("hashes", expanding=True)))
_REFUSED = select(PARKED.c.hash, PARKED.c.entry_id, PARKED.c.reason).where(
    PARKED.c.hash.in_(bindparam("hashes", expanding=True))
)
_OWNER = select(ENTRY.c.node).where(ENTRY.c.device == bindparam("device")).limit(1)
_OURS = select(DEVICE.c.id).where(DEVICE.c.id == bindparam("device"))
_NUMBERS = select(ENTRY.c.seq, ENTRY.c.hash).where(
    ENTRY.c.device == bindparam("device"), ENTRY.c.seq.in_(bindparam("numbers", expanding=True))
)


class Wait(str):
    """Why an entry has to wait for a person instead of being refused."""

    __slots__ = ()


Permit = Callable[[Told, Entry], str | None]
"""Says why a neighbour may not bring an entry (a `Wait`: not yet), or None when it may."""


class Status(StrEnum):
    STORED = "stored"
    KNOWN = "known"
    PARKED = "parked"
    RECOVER = "recover"
    REFUSED = "refused"

    @property
    def in_log(self) -> bool:
        return self not in (Status.KNOWN, Status.REFUSED)


@dataclass(frozen=True)
class Outcome:
    """What became of one entry; `reason` is for people and empty where there is nothing to say."""

    id: str
    status: Status
    reason: str = ""


def receive(
    transaction: Transaction, recorder: Recorder, peer: str, entries: Sequence[Entry], permit: Permit
) -> list[Outcome]:
    """Take up entries in their order."""
    page = [_read(entry) for entry in entries]
    good = [told for told in page if isinstance(told, Told)]
    transaction.stories(told.subject for told in good)
    hashes, owners = transaction.known(told.id for told in good), _owners(transaction, good)
    known = _Page(transaction, hashes, _numbers(transaction, good), owners, permit)
    outcomes = []
    for entry, told in zip(entries, page, strict=True):
        outcome = known.judge(entry, told)
        if isinstance(told, Told) and outcome.status.in_log:
            known.add(told)
            parked, withheld = outcome.status is not Status.STORED, outcome.status is Status.RECOVER
            recorder.take(entry, told, peer, parked=parked, withheld=withheld)
        if outcome.status not in (Status.STORED, Status.KNOWN):
            _keep(transaction, peer, entry, told, outcome)
        outcomes.append(outcome)
    return outcomes


def settled(transaction: Transaction, entries: Sequence[Entry]) -> list[Outcome | None]:
    """What became of entries that were taken up earlier; None for one that never was."""
    found: dict[str, Outcome] = {}
    for part in parts([entry.hash for entry in entries]):
        for entry_hash, entry_id, reason in transaction.connection.execute(_REFUSED, {"hashes": part}):
            found[entry_hash] = Outcome(entry_id, Status.REFUSED, reason)
        for entry_hash, entry_id in transaction.connection.execute(_LOGGED, {"hashes": part}):
            found[entry_hash] = Outcome(entry_id, Status.KNOWN)
    return [found.get(entry.hash) for entry in entries]


def keep_unread(transaction: Transaction, peer: str, entry: Entry, reason: str) -> Outcome:
    """Keep an entry that this program cannot even read, refused, so that it is seen and stands in nobody's way."""
    outcome = Outcome(f"unread-{entry.hash[:16]}", Status.REFUSED, reason)
    _keep(transaction, peer, entry, reason, outcome)
    return outcome


def recover(transaction: Transaction, recorder: Recorder) -> int:
    """Bring into force what is ours and was not sealed with a key of ours, because a person says so."""
    return _apply(transaction, recorder, Status.RECOVER)


def apply_parked(transaction: Transaction, recorder: Recorder) -> int:
    """Bring into force what a later program understands, in the order in which it came; gives the number of entries.

    Who may know of it by then is told, and what arrives by it is said, as if it had come only now.
    """
    return _apply(transaction, recorder, Status.PARKED)


def _apply(transaction: Transaction, recorder: Recorder, status: Status) -> int:
    columns = (ENTRY.c.hash, ENTRY.c.head, ENTRY.c.text, ENTRY.c.seal, ENTRY.c.received_from)
    waiting = select(*columns).join(PARKED, PARKED.c.hash == ENTRY.c.hash)
    query = waiting.where(PARKED.c.status == status.value, ENTRY.c.parked.is_(True)).order_by(ENTRY.c.arrival)
    applied = []
    for row in transaction.connection.execute(query).all():
        entry = Entry(row.head, row.text, row.seal)
        told = _read(entry)
        if isinstance(told, Told) and not isinstance(told.event, Unknown) and not _taken(transaction, told):
            recorder.understand(entry, told, row.received_from)
            applied.append(row.hash)
    for part in parts(applied):
        transaction.connection.execute(delete(PARKED).where(PARKED.c.hash.in_(part)))
    return len(applied)


def _read(entry: Entry) -> Told | str:
    if not _SEAL.fullmatch(entry.seal):
        return "not an entry: the seal is none"
    try:
        return read(entry)
    except Malformed as error:
        return f"not an entry: {one_line(str(error)[:REASON_LIMIT])}"


@dataclass(frozen=True)
class _Page:
    """What is known of the entries of a page: hashes by id, and by device and number; and whose each device is."""

    transaction: Transaction
    hashes: dict[str, str]
    numbers: dict[tuple[str, int], str]
    owners: dict[str, str]
    permit: Permit

    def judge(self, entry: Entry, told: Told | str) -> Outcome:
        if isinstance(told, str):
            return Outcome(f"unread-{entry.hash[:16]}", Status.REFUSED, told)
        if self.hashes.get(told.id) == told.hash:
            return Outcome(told.id, Status.KNOWN)
        if (reason := self._refusal(entry, told)) is not None:
            return Outcome(told.id, Status.RECOVER if isinstance(reason, Wait) else Status.REFUSED, reason)
        if (reason := self._parking(told)) is not None:
            return Outcome(told.id, Status.PARKED, reason)
        return Outcome(told.id, Status.STORED)

    def add(self, told: Told) -> None:
        self.hashes[told.id] = told.hash
        self.numbers[told.device, told.seq] = told.hash
        self.owners.setdefault(told.device, told.node)

    def _refusal(self, entry: Entry, told: Told) -> str | None:
        if not told.whole:
            return TEXTLESS
        if told.id in self.hashes:
            return "another entry has this id"
        if self.owners.get(told.device, told.node) != told.node:
            return "this device is another node's"
        if (told.device, told.seq) in self.numbers:
            return "another entry of the same device has this number"
        return self.permit(told, entry)

    def _parking(self, told: Told) -> str | None:
        if isinstance(told.event, Unknown):
            return f"{told.kind} is of a later program"
        if _taken(self.transaction, told):
            return "this key is taken by another node; rename it"
        return None


def _taken(transaction: Transaction, told: Told) -> bool:
    """Whether a registration names a key that another parent has given away: the first one at the top wins."""
    if not isinstance(told.event, Enrolled):
        return False
    there = transaction.tree.nodes.get(told.event.key)
    if there is None or there.key == transaction.node or there.state is State.REVOKED:
        return False
    if told.event.parent is None and told.node == told.event.key:
        return False  # it had no parent once, and said so; that takes nothing from the parent it has
    return there.parent is not None and there.parent != told.event.parent


def _numbers(transaction: Transaction, page: Sequence[Told]) -> dict[tuple[str, int], str]:
    """Which numbers of the page's devices are taken; device by device, because SQLite scans the log for pairs."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for told in page:
        wanted[told.device].add(told.seq)
    found: dict[tuple[str, int], str] = {}
    for device, numbers in sorted(wanted.items()):
        for part in parts(sorted(numbers)):
            rows = transaction.connection.execute(_NUMBERS, {"device": device, "numbers": part})
            found |= {(device, seq): entry_hash for seq, entry_hash in rows}
    return found


def _owners(transaction: Transaction, page: Sequence[Told]) -> dict[str, str]:
    """Whose each device is: a node that writes in another's device would take the numbers that this one gives next."""
    found: dict[str, str] = {}
    for device in {told.device for told in page}:
        node = transaction.connection.scalar(_OWNER, {"device": device})
        if node is None and transaction.connection.scalar(_OURS, {"device": device}):
            node = transaction.node
        if node is None:
            node = next((node_of(link.peer) for link in transaction.links if device_of(link.peer) == device), None)
        if node is not None:
            found[device] = node
    return found


def _keep(transaction: Transaction, peer: str, entry: Entry, told: Told | str, outcome: Outcome) -> None:
    known = isinstance(told, Told)
    row: dict[str, Any] = {
        "hash": entry.hash,
        "status": outcome.status.value,
        "reason": outcome.reason,
        "peer": peer,
        "entry_id": outcome.id,
        "subject": told.subject if isinstance(told, Told) else "",
        "kind": told.kind if isinstance(told, Told) else "",
        "head": _storable(entry.head),
        "text": None if entry.text is None or known else _storable(entry.text),
        "seal": _storable(entry.seal)[:128],
        "at": transaction.stamp,
    }
    if outcome.status.in_log:
        # It may have been refused before, garbled on its way or brought by somebody who may not: that is over now.
        transaction.connection.execute(delete(PARKED).where(PARKED.c.hash == entry.hash))
    transaction.connection.execute(insert_or_leave(transaction.connection, PARKED), [row])


def _storable(text: str) -> str:
    """A text that any database takes, for what is no entry at all: kept to be looked at, at most 4,000 characters."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "\N{REPLACEMENT CHARACTER}")[:4_000]
