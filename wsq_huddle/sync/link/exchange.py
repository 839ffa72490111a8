"""The steps of an exchange with the parent: greet, send a page, fetch a page. What drives them is in `running`."""

import asyncio
import secrets
import statistics
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from wsq_huddle.domain.entries import chained
from wsq_huddle.store import feeds, links
from wsq_huddle.store.store import Store
from wsq_huddle.sync.wire import ENTRIES, Unfit, entry_from, new_token, secret_hash, written

from . import positions
from .client import Client, Declined, NoContact
from .positions import Position

T = TypeVar("T")

REJOIN = "The hub remembers more of this computer than it does itself: was it put back from a copy? Join again."


class NotAccepted(Exception):
    """The hub does not take us as we are; a person has to do something about it."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code, self.why = code, why


class GreetAgain(Exception):
    """Where we stand is not what we thought; hello tells."""


class Exchange:
    """The steps, over one store and one client; what they moved is counted."""

    def __init__(self, store: Store, client: Client) -> None:
        self._store = store
        self._client = client
        self._limit = ENTRIES
        self._offsets: deque[float] = deque(maxlen=8)
        self.sent = self.received = self.refused = 0
        self.fenced = False
        self.head = 0
        """How far the parent's feed is written, as it said last."""

    @property
    def clock_offset(self) -> float:
        """By how many seconds the parent's clock is ahead: the median of the last answers."""
        return statistics.median(self._offsets) if self._offsets else 0.0

    async def greet(self) -> None:
        """Find out where both stand, and begin anew where the parent was restored."""
        position, token = await self._run(_standing)
        now = self._store.clock()
        asked: dict[str, str | int | float] = {"read": position.in_n, "now": now.isoformat()}
        hello = await self._asked(self._client.get("/v1/hello", token, asked), now)
        try:
            await self._decide(position, token, hello)
        except (KeyError, TypeError, ValueError):
            raise NoContact("The hub's answer was garbled on the way.") from None

    async def _decide(self, position: Position, token: str, hello: dict[str, Any]) -> None:
        if hello["node"] != position.peer or bool(hello["rehearsal"]) != self._store.rehearsal:
            raise NotAccepted("stranger", "Another hub answers at this address than the one this node has joined.")
        up, down, epoch = hello["up"], hello["down"], int(hello["epoch"])
        if hello["state"] == "diverged":
            raise NotAccepted("diverged", REJOIN)
        self.fenced = hello["state"] == "fenced"
        if epoch != position.epoch:
            if self.fenced or epoch < position.epoch or up["n"] or down["acked"]:
                raise NotAccepted("rejoin", REJOIN)
            await self._run(positions.begin_anew, position.peer, epoch)
            return
        ours = await self._run(_chain_at, position, int(up["n"]))
        if ours is None or ours != up["chain"]:
            raise NotAccepted("rejoin", REJOIN)
        self.head = int(down["head"])
        if self.fenced:
            return
        behind = up["n"] < position.out_acked or down["chain"] != position.in_chain
        if behind:
            await self._restart(position, token)
            return
        if up["n"] > position.out_acked:
            await self._run(_acknowledge, position, int(up["n"]))
        if hello.get("renew"):
            await self._renew(token)

    async def _restart(self, position: Position, token: str) -> None:
        body = {
            "epoch": position.epoch,
            "acked": position.out_acked,
            "read": position.in_n,
            "read_chain": position.in_chain,
        }
        found = await self._asked(self._client.post("/v1/restart", token, body))
        await self._run(positions.begin_anew, position.peer, int(found["epoch"]))

    async def _renew(self, token: str) -> None:
        """Make the next token, keep it, and only then tell the hub: a lost answer locks nobody out."""
        name = await self._run(_next_token, token)
        fresh = self._store.secrets.read(name) or ""
        await self._asked(self._client.post("/v1/token", token, {"token_hash": secret_hash(fresh)}))
        await self._run(_use_token, name)

    async def send(self) -> bool:
        """Send the next page; False when nothing waits."""
        sent = await self._run(positions.outgoing, self._limit)
        if sent is None:
            return False
        token = await self._run(positions.token_of)
        body = {
            "epoch": sent.position.epoch,
            "after": sent.position.out_acked,
            "after_chain": sent.chain,
            "entries": [written(item) for item in sent.items],
            "refused": [{"hash": entry_hash, "reason": reason} for entry_hash, reason in sent.refused],
        }
        began = self._store.clock()
        try:
            answer = await self._asked(self._client.post("/v1/push", token, body), began)
        except NotAccepted as error:
            if error.code == "too-large" and self._limit > 1:
                self._limit = max(1, min(len(sent.items), self._limit) // 2)
                return True
            raise
        try:
            refused = await self._run(positions.acknowledged, sent, answer)
        except (KeyError, TypeError, ValueError):
            raise NoContact("The hub's answer was garbled on the way.") from None
        if refused < 0:
            raise GreetAgain
        self._limit = min(ENTRIES, self._limit * 2)
        self.sent += len(sent.items)
        self.refused += refused
        return True

    async def fetch(self, wait: float) -> int:
        """Fetch and take up the next page of the parent's feed; gives the number of entries."""
        position, token = await self._run(_standing)
        asked = {"epoch": position.epoch, "after": position.in_n, "limit": ENTRIES, "wait": wait}
        began = None if wait else self._store.clock()
        answer = await self._asked(self._client.get("/v1/feed", token, asked, wait=wait), began)
        try:
            items = list(answer["items"])
            _check_chain(position, items)
            self.head = int(answer["head"])
        except (KeyError, TypeError, ValueError, Unfit):
            raise NoContact("The hub's answer was garbled on the way.") from None
        if not items:
            return 0
        took = await self._run(positions.took, position, items)
        self.received += took.number - position.in_n
        return took.number - position.in_n

    async def _asked(self, asking: Any, began: datetime | None = None) -> dict[str, Any]:  # noqa: ANN401 - a coroutine
        try:
            answer: dict[str, Any] = await asking
        except Declined as declined:
            if declined.code in ("gap", "epoch", "behind", "greet"):
                raise GreetAgain from None
            code = "too-large" if declined.status == 413 else declined.code  # noqa: PLR2004 - HTTP
            raise NotAccepted(code, declined.sentence) from None
        if began is not None:
            self._measure(began, answer.get("now"))
        return answer

    def _measure(self, began: datetime, said: object) -> None:
        try:
            theirs = datetime.fromisoformat(str(said))
            ended = self._store.clock()
            self._offsets.append((theirs - (began + (ended - began) / 2)).total_seconds())
        except (ValueError, TypeError):
            return

    async def _run(self, function: Callable[..., T], *arguments: object) -> T:
        """Run what touches the store in a thread; it is finished even when we are cancelled meanwhile."""
        return await asyncio.shield(asyncio.to_thread(function, self._store, *arguments))


def _standing(store: Store) -> tuple[Position, str]:
    return positions.position_of(store), positions.token_of(store)


def _chain_at(store: Store, position: Position, number: int) -> str | None:
    return feeds.chain_at(store.look(), position.peer, position.epoch, number)


def _acknowledge(store: Store, position: Position, number: int) -> None:
    with store.writing() as writing:
        feeds.acknowledge(writing.transaction, position.peer, position.epoch, number)


def _check_chain(position: Position, items: list[Any]) -> None:
    """Look whether a page continues the feed as we know it; a hole or another chain is a fault, never taken up."""
    chain = position.in_chain
    for number, item in enumerate(items, position.in_n + 1):
        chain = chained(chain, entry_from(item["entry"]).hash)
        if item["n"] != number or item["chain"] != chain:
            raise GreetAgain


def _next_token(store: Store, token: str) -> str:
    """The name of the next token's file; the same one as long as the present token is used."""
    name = f"link-{secret_hash(token)[:12]}-next.token"
    if store.secrets.read(name) is None:
        store.secrets.write(name, new_token())
    return name


def _use_token(store: Store, name: str) -> None:
    earlier = positions.fact(store, positions.TOKEN)
    with store.writing() as writing:
        links.set_fact(writing.transaction, positions.TOKEN, name)
    if earlier and earlier != name:
        store.secrets.remove(earlier)


def backoff(tries: int, after: float) -> float:
    """How long to wait after so many failures; by chance, so that a whole hospital does not come back at once."""
    return max(after, secrets.SystemRandom().uniform(0, min(60.0, 2.0**tries)))
