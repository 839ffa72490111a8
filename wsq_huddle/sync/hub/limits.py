"""How much one caller may ask at once, and how often a stranger may try, so that nobody uses up what is for all.

Behind a proxy all come from one address: what goes by the address is generous, what goes by the token is not. A table
here holds what is being asked just now, or a bounded number of addresses, and nothing that grows.
"""

import contextlib
import ipaddress
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator

from starlette.requests import Request

from .answers import Problem

PUSHES = 1
"""A link pushes one page after the other."""

POLLS = 3
"""A link has one; those of connections that broke are noticed only when they end."""

OTHERS = 4
STRANGERS = 50
"""Questions without a token at once from one address: somebody who joins asks one."""

CODES, TOKENS, MINUTE = 30, 300, 60.0
"""Wrong codes and unknown tokens of one address in a minute. A code has 80 bits and five tries of its own."""

ADDRESSES = 10_000


class AtOnce:
    """Counts what is being asked just now by somebody, and sends away who asks more than `most` at once."""

    def __init__(self, most: int, sentence: str) -> None:
        self._most, self._sentence = most, sentence
        self._asking: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._asking)

    @contextlib.contextmanager
    def one(self, who: str) -> Iterator[None]:
        if self._asking[who] >= self._most:
            raise Problem(429, "busy", self._sentence, after=1)
        self._asking[who] += 1
        try:
            yield
        finally:
            self._asking[who] -= 1
            if not self._asking[who]:
                del self._asking[who]


class Tries:
    """When somebody tried in vain of late; who did too often is sent away until a minute has passed."""

    def __init__(
        self, most: int, sentence: str, *, clock: Callable[[], float] = time.monotonic, addresses: int = ADDRESSES
    ) -> None:
        self._most, self._sentence, self._clock, self._addresses = most, sentence, clock, addresses
        self._tried: OrderedDict[str, deque[float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._tried)

    def check(self, who: str) -> None:
        tried = self._tried.get(who)
        if tried is None or len(tried) < self._most:
            return
        left = tried[0] + MINUTE - self._clock()
        if left > 0:
            raise Problem(429, "guessing", self._sentence, after=int(left) + 1)

    def note(self, who: str) -> None:
        """Remember one more try; of too many addresses the one that tried longest ago is forgotten."""
        self._tried.setdefault(who, deque(maxlen=self._most)).append(self._clock())
        self._tried.move_to_end(who)
        if len(self._tried) > self._addresses:
            self._tried.popitem(last=False)


class Limits:
    """What one hub counts."""

    def __init__(self) -> None:
        self.pushes = AtOnce(PUSHES, "The page before this one is still being taken up.")
        self.polls = AtOnce(POLLS, "This node is waiting for its feed already.")
        self.others = AtOnce(OTHERS, "This node asks too much at once.")
        self.strangers = AtOnce(STRANGERS, "Too many are asking at once. Try again in a moment.")
        self.codes = Tries(CODES, "Too many wrong codes. Wait a minute.")
        self.tokens = Tries(TOKENS, "Too many are not let in here. Wait a minute.")


def address_of(request: Request) -> str:
    """Where a request comes from. Who has one IPv6 address has the whole network that it is in."""
    host = request.client.host if request.client else ""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(found, ipaddress.IPv4Address):
        return host
    mapped = found.ipv4_mapped
    return str(mapped) if mapped else str(ipaddress.ip_network((int(found) >> 64 << 64, 64)))
