"""How long the hub waits for a question: who opens connections and asks nothing must not keep all others out.

uvicorn waits for ever for the first line of a request; two thousand such connections, from anybody, and nobody else is
let in. Whoever waits for an answer, or for the next request on a connection it has used, is left alone.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

SECONDS = 10.0
"""A connection is closed when it has got no question together for this long, and for twice as long at the most."""


class Patience(H11Protocol):
    """HTTP as uvicorn speaks it, with an end to waiting for the head of a request."""

    _looking: asyncio.TimerHandle | None = None
    _last: Any = None
    _late = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
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
