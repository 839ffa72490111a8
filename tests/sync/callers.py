"""Speaks to a hub by hand, as a child or somebody who would like to be one."""

import json
import secrets
import ssl
import time
from dataclasses import dataclass
from typing import Any

import httpx

from tests.sync.places import Hospital, clock
from wsq_huddle.domain.entries import START, Entry, Stamp, chained, compose
from wsq_huddle.domain.events import Event
from wsq_huddle.store import feeds
from wsq_huddle.store.store import Store
from wsq_huddle.sync.link.positions import position_of, token_of
from wsq_huddle.sync.wire import PROTOCOL_HEADER

PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Hubs of the tests speak HTTP: without this each call reads all the authorities that a browser trusts, 30 ms."""


@dataclass
class Caller:
    """A hub's address and a token."""

    url: str
    token: str

    def headers(self, **more: str) -> dict[str, str]:
        return {
            PROTOCOL_HEADER: "1",
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
        } | more

    def get(self, path: str, **parameters: str | int) -> httpx.Response:
        return httpx.get(self.url + path, headers=self.headers(), params=parameters, timeout=40, verify=PLAIN)

    def post(self, path: str, body: object) -> httpx.Response:
        headers, content = self.headers(), json.dumps(body)
        return httpx.post(self.url + path, headers=headers, content=content, timeout=40, verify=PLAIN)

    def push(self, epoch: int, after: int, chain: str, entries: list[Entry]) -> httpx.Response:
        written = [{"head": entry.head, "text": entry.text, "seal": entry.seal} for entry in entries]
        return self.post("/v1/push", {"epoch": epoch, "after": after, "after_chain": chain, "entries": written})

    def push_in_turn(self, epoch: int, after: int, chain: str, entries: list[Entry]) -> httpx.Response:
        """Push; whoever is sent away, because a page of this node is being taken up, comes again as a link does."""
        while (answer := self.push(epoch, after, chain, entries)).status_code == 429:
            time.sleep(0.02)
        return answer


def caller(place: Hospital, child: str, parent: str) -> Caller:
    return Caller(place.hub(parent).url, token_of(place.store(child)))


def forged(node: str, subject: str, event: Event, *, device: str = "", seq: int = 1) -> Entry:
    """An entry as anybody could write it, sealed with a key of their own."""
    entry_id = f"0198aaaa-0000-7000-8000-{secrets.token_hex(6)}"
    stamp = Stamp(
        id=entry_id,
        subject=subject if subject != "problem-" else subject + entry_id,
        node=node,
        device=device or secrets.token_hex(4),
        seq=seq,
        prev=START,
        by="Ana R.",
        at=clock(),
        turn=1 if event.turns else None,
        on=None,
        tick=None if event.turns else 1,
    )
    return compose(event, stamp, secrets.token_bytes(32))


def feed_of(store: Store) -> tuple[int, list[Entry], list[str]]:
    """The whole up feed of a child: epoch, entries, and the chain at 0, 1, 2 ..."""
    position = position_of(store)
    items = feeds.page(store.look(), position.peer, position.epoch, 0, limit=10_000, most_bytes=10**9)
    return position.epoch, [Entry(item.head, item.text, item.seal) for item in items], chain_of(items)


def chain_of(items: list[Any]) -> list[str]:
    chain = ["0" * 64]
    for item in items:
        chain.append(chained(chain[-1], Entry(item.head, item.text, item.seal).hash))
    return chain
