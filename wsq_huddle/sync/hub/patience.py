"""How long the hub waits for a question: who opens connections and asks nothing must not keep all others out.

uvicorn waits for ever for the first line of a request; two thousand such connections, from anybody, and nobody else is
let in. Whoever waits for an answer, or for the next request on a connection it has used, is left alone. And one
address has only a part of all connections before it has shown a token on them.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

SECONDS = 10.0
"""A connection is closed when it has got no question together for this long, and for twice as long at the most."""


MOST = 500
"""Connections of one address on which nobody has shown a token; of 2,000 in all. Behind a proxy all are of one."""

KNOWN = "wsq-huddle.known"
"""Set in the scope of a request whose token was good."""


class Patience(H11Protocol):
    """HTTP as uvicorn speaks it, with an end to waiting for the head of a request."""

    _looking: asyncio.TimerHandle | None = None
    _last: Any = None
    _late = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        host = self.client[0] if self.client else None
        if sum(1 for one in self.connections if _stranger(one, host)) > MOST:
            self.transport.close()
            return
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._looking is not None:
            self._looking.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        """Look now and then whether anything was asked since the last time."""
        cycle: Any = self.cycle  # none before the first request, whatever its hint says
        between = cycle is None or cycle.response_complete
        waiting = between and self.timeout_keep_alive_task is None
        if waiting and self._late and cycle is self._last:
            self.transport.close()
            return
        self._late, self._last = waiting, cycle
        self._looking = self.loop.call_later(SECONDS, self._look)


def _stranger(connection: Any, host: str | None) -> bool:  # noqa: ANN401 - any protocol of uvicorn's
    """Whether a connection is of this address and nobody has shown a token in its last request."""
    if not connection.client or connection.client[0] != host:
        return False
    return connection.cycle is None or KNOWN not in connection.cycle.scope
