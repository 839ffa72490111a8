"""One thread for all that is written, in the order in which people asked for it; no key ever waits for a disk."""

import asyncio
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from wsq_huddle.services.desk import Desk

Result = TypeVar("Result")

# Leaving waits this long for what is still being written; a store that is locked longer than that says so itself.
PATIENCE = 10.0


class Writer:
    """Does one piece of work after the other."""

    @cached_property
    def _pool(self) -> "ThreadPoolExecutor":
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - at the first write, after the first frame

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="writing")

    def submit(self, work: Callable[[], Result]) -> "Future[Result]":
        """Put a piece of work behind the others."""
        return self._pool.submit(work)

    async def of(self, future: "Future[Result]") -> Result:
        """Wait for a piece of work; whoever stops waiting does not stop the work."""
        return await asyncio.shield(asyncio.wrap_future(future))

    async def drained(self) -> None:
        """Wait until everything asked for so far is done."""
        await asyncio.wait([asyncio.wrap_future(self._pool.submit(int))], timeout=PATIENCE)


def trying(desk: "Desk", work: Callable[[], object]) -> Callable[[], None]:
    """Work that only asks whether the rules allow what it would record; what they refuse is raised."""

    def run() -> None:
        from wsq_huddle.services import drafts  # noqa: PLC0415 - after the first frame

        with drafts.trying(desk):
            work()

    return run


def recording(desk: "Desk", work: Callable[[], Result], *places: str) -> Callable[[], Result]:
    """Work that records what was typed in these places: their drafts go with the transaction that records it."""

    def run() -> Result:
        from wsq_huddle.services import drafts  # noqa: PLC0415 - after the first frame

        with drafts.forgetting(desk, *places):
            return work()

    return run if any(places) else work
