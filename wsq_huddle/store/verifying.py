"""Looks the log over: every entry must be the one that was written, and none may be missing of our own.

For the store's own devices the whole chain with its seals; of others every entry, and what it says of the one before
it where that is held. The looking is done with plain reads, page by page, while others go on writing.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from wsq_huddle.domain.codec import Malformed
from wsq_huddle.domain.entries import START, Entry, Told, digest, read, sealed
from wsq_huddle.errors import StoreError

from .entries import TEXTLESS
from .keys import Secrets
from .reader import Reader, Row

PAGE = 500
MOST_FAULTS = 1_000
"""Faults that are told one by one; a log that has more is not mended by a longer list."""

_COLUMNS = (
    "id, arrival, subject, kind, audience, node, device, seq, turn, tick, at, hash, head, text, seal, received_from"
)
_SAME = ("id", "subject", "kind", "node", "device", "seq", "turn", "tick")


@dataclass
class Chain:
    """The entries of one device. `own` says that this store wrote them, so that none may be missing."""

    node: str
    device: str
    own: bool
    length: int = 0
    ok: bool = True


@dataclass
class Verified:
    """What was found. `chains` by `node/device`; a fault is a sentence that names the entry."""

    entries: int = 0
    chains: dict[str, Chain] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.faults and all(chain.ok for chain in self.chains.values())

    def json(self) -> dict[str, Any]:
        """What `log verify --json` prints."""
        chains = {name: {"length": chain.length, "ok": chain.ok} for name, chain in sorted(self.chains.items())}
        return {"entries": self.entries, "chains": chains, "ok": self.ok, "faults": self.faults}


@dataclass(frozen=True)
class _Own:
    """A device of this store: its head as the counters have it, and its key where it is there."""

    seq: int
    hash: str
    key: bytes | None


def verify(look: Reader, secrets: Secrets) -> Verified:
    """Look over every entry of the log."""
    found = Verified()
    devices = {row["id"]: row for row in look.rows("SELECT id, seq, hash FROM device ORDER BY created_at")}
    own = {name: _Own(row["seq"], row["hash"], _key(secrets, name, found)) for name, row in devices.items()}
    identity = look.one("SELECT node FROM identity WHERE id = 1")
    node = str(identity["node"]) if identity else "?"
    for device, rows in itertools.groupby(_log(look), key=lambda row: row["device"]):
        _Device(found, device, own.pop(device, None)).look_over(rows)
    for device, counters in own.items():
        chain = found.chains.setdefault(f"{node}/{device}", Chain(node, device, own=True))
        if counters.seq:
            _fault(found, chain, f"none of its {counters.seq} entries is there")
    _count(look, found)
    _listed(look, found)
    return found


class _Device:
    """One device's entries, in the order of their numbers."""

    def __init__(self, found: Verified, device: str, own: _Own | None) -> None:
        self.found, self.device, self.own = found, device, own
        self.chain: Chain | None = None
        self.seq, self.prev = 0, START

    def look_over(self, rows: Iterator[Row]) -> None:
        for row in rows:
            self.found.entries += 1
            chain = self._chain(row)
            chain.length += 1
            told = self._entry(chain, row)
            self._neighbour(chain, row, told)
            self.seq, self.prev = row["seq"], row["hash"]
        if self.own is not None and self.chain is not None and self.seq < self.own.seq:
            _fault(self.found, self.chain, f"entries {self.seq + 1} to {self.own.seq} are missing")

    def _chain(self, row: Row) -> Chain:
        if self.chain is None:
            self.chain = Chain(row["node"], self.device, own=self.own is not None)
            self.found.chains[f"{row['node']}/{self.device}"] = self.chain
        return self.chain

    def _entry(self, chain: Chain, row: Row) -> Told | None:
        """Whether the texts are those that were written, and the columns beside them say the same."""
        number = f"entry {row['seq']}"
        if digest(row["head"]) != row["hash"]:
            _fault(self.found, chain, f"{number}: the head is not the one that was written")
            return None
        try:
            told = read(Entry(row["head"], row["text"], row["seal"]))
        except Malformed as error:
            _fault(self.found, chain, f"{number}: {error}")
            return None
        if not told.whole:
            _fault(self.found, chain, f"{number}: {TEXTLESS}")
        wrong = [name for name in _SAME if getattr(told, name) != row[name]]
        wrong += ["audience"] if told.audience.value != row["audience"] else []
        wrong += ["at"] if told.at.isoformat() != row["at"] else []
        if wrong:
            _fault(self.found, chain, f"{number}: {', '.join(wrong)} beside it is not what the head says")
        if self.own is not None and self.own.key is not None and sealed(self.own.key, row["hash"]) != row["seal"]:
            _fault(self.found, chain, f"{number}: the seal is not ours")
        return told

    def _neighbour(self, chain: Chain, row: Row, told: Told | None) -> None:
        """Whether it follows the one before it, where that is held or has to be."""
        seq = row["seq"]
        whole = self.own is not None and seq <= self.own.seq
        if whole and seq != self.seq + 1:
            _fault(self.found, chain, f"entries {self.seq + 1} to {seq - 1} are missing")
        if told is not None and seq == self.seq + 1 and told.prev != self.prev:
            _fault(self.found, chain, f"entry {seq}: it does not follow the one that stands before it")
        if self.own is not None and seq == self.own.seq and row["hash"] != self.own.hash:
            _fault(self.found, chain, f"entry {seq}: it is not the last one that was written")


def _key(secrets: Secrets, device: str, found: Verified) -> bytes | None:
    try:
        return secrets.device_key(device)
    except (StoreError, ValueError):
        found.faults.append(f"device {device}: its key is not there, so its seals cannot be looked at")
        return None


def _log(look: Reader) -> Iterator[Row]:
    """All entries by device and number; a page a query, so that nobody is kept from writing."""
    device, seq = "", -1
    sql = (
        f"SELECT {_COLUMNS} FROM entry WHERE device > :device OR (device = :device AND seq > :seq)"  # noqa: S608 - our own names
        " ORDER BY device, seq LIMIT :page"
    )
    while rows := look.rows(sql, device=device, seq=seq, page=PAGE):
        yield from rows
        device, seq = rows[-1]["device"], rows[-1]["seq"]


def _count(look: Reader, found: Verified) -> None:
    """Places in this store are numbered without gaps too: whole entries of others cannot vanish unseen."""
    row = look.one("SELECT count(*) AS n, max(arrival) AS last, (SELECT max(arrival) FROM device) AS head FROM entry")
    if row is not None and not row["n"] == (row["last"] or 0) == (row["head"] or 0):
        found.faults.append(f"the log has {row['n']} entries, but {row['head']} have come to be in it")


def _listed(look: Reader, found: Verified) -> None:
    """What a feed lists was written: a log whose end was cut off, counters and all, is still missed there."""
    sql = (
        "SELECT feed_item.peer AS peer, count(*) AS n FROM feed_item LEFT JOIN entry ON entry.id = feed_item.entry_id"
        " WHERE entry.id IS NULL AND feed_item.entry_id NOT LIKE '% at %'"
        " GROUP BY feed_item.peer ORDER BY feed_item.peer"
    )
    for row in look.rows(sql):
        found.faults.append(f"the feed to {row['peer']} lists {row['n']} entries that are not in the log")


def _fault(found: Verified, chain: Chain, said: str) -> None:
    chain.ok = False
    if len(found.faults) < MOST_FAULTS:
        found.faults.append(f"{chain.node}/{chain.device} {said}")
