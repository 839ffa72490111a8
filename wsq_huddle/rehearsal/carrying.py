"""Carries entries between the stores of one process, page by page, as hub and link do, only without a network."""

from collections.abc import Mapping
from itertools import pairwise

from wsq_huddle.domain.entries import Entry
from wsq_huddle.services.desk import Desk
from wsq_huddle.store import feeds, links
from wsq_huddle.store.receiving import Permit
from wsq_huddle.store.transaction import Transaction
from wsq_huddle.sync import authority
from wsq_huddle.sync.taking import Check, Page, PermitFor, take
from wsq_huddle.sync.wire import ENTRIES, PAGE_BYTES

from .hospital import BY_KEY, PLACES, way

_HEAD = "SELECT epoch, out_head, out_acked FROM link_out WHERE peer = :peer"


class Carrier:
    """Every page is taken up by the functions that the hub and the link use; `settle` notes what has arrived."""

    def __init__(self, desks: Mapping[str, Desk]) -> None:
        self._desks = desks
        self._arrived: dict[tuple[str, str], tuple[int, int]] = {}

    def along(self, start: str, end: str) -> None:
        """Bring what waits from one node to another, over all the nodes between."""
        for source, target in pairwise(way(start, end)):
            self.deliver(source, target)

    def up(self, tier: int) -> None:
        """From all nodes of a tier to those above them."""
        for place in PLACES:
            if place.parent is not None and place.tier == tier:
                self.deliver(place.key, place.parent)

    def down(self) -> None:
        """From the top to the departments, and on to the units."""
        for place in PLACES:
            if place.parent is not None:
                self.deliver(place.parent, place.key)

    def everywhere(self) -> None:
        """Up and down once."""
        self.up(1)
        self.up(2)
        self.down()

    def settle(self) -> None:
        """Bring everything everywhere, and note at both ends of each link that nothing waits any more."""
        for _ in range(3):  # what arrives on the way up is confirmed on the way down, and the other way round
            self.everywhere()
        for (source, target), (epoch, number) in self._arrived.items():
            with self._desks[source].store.writing() as writing:
                feeds.acknowledge(writing.transaction, target, epoch, number)
                links.heard(writing.transaction, target, writing.transaction.now)

    def deliver(self, source: str, target: str) -> int:
        """Bring what waits on one link to its other end; gives the number of entries."""
        ours = self._desks[source]
        row = ours.look().one(_HEAD, peer=target)
        if row is None:
            return 0
        epoch, head = int(row["epoch"]), int(row["out_head"])
        known = self._arrived.get((source, target), (epoch, int(row["out_acked"])))
        began = number = known[1] if known[0] == epoch else 0
        while number < head:
            items = feeds.page(ours.look(), target, epoch, number, limit=ENTRIES, most_bytes=PAGE_BYTES)
            chain = feeds.chain_at(ours.look(), target, epoch, number) or ""
            page = Page(source, epoch, number, chain, [Entry(item.head, item.text, item.seal) for item in items])
            number = take(self._desks[target].store, page, self._permit(source, target), _heard(source)).number
        self._arrived[source, target] = (epoch, number)
        return number - began

    def _permit(self, source: str, target: str) -> PermitFor:
        secrets, below = self._desks[target].store.secrets, BY_KEY[source].parent == target

        def permit(transaction: Transaction) -> Permit:
            if below:
                return authority.from_below(transaction, secrets, source)
            return authority.from_above(transaction, secrets, recovering=False)

        return permit


def _heard(peer: str) -> Check:
    return lambda writing: links.heard(writing.transaction, peer, writing.transaction.now)
