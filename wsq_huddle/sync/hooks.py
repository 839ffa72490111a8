"""Posts a small JSON document to a web address of the site: verified, not redirected, and over in ten seconds."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import httpx

from wsq_huddle.errors import NetworkError

from .link.way import Way

SECONDS = 10.0


def post(url: str, document: Mapping[str, object], ca_file: Path | None = None) -> None:
    """Hand a document over. The address may hold a secret, so no error names it; what is answered is not read."""
    asyncio.run(_post(Way(url, ca_file), document))


async def _post(way: Way, document: Mapping[str, object]) -> None:
    try:
        # The limits of httpx are for each step; an address that drips has to end, too.
        async with (
            asyncio.timeout(SECONDS),
            httpx.AsyncClient(
                verify=way.trust(), timeout=SECONDS, follow_redirects=False, trust_env=not way.loopback
            ) as client,
            client.stream("POST", way.url, json=document) as answer,
        ):
            status = answer.status_code
    except (httpx.HTTPError, OSError, TimeoutError, ValueError) as error:
        raise NetworkError(f"The web address was not reached: {type(error).__name__}.") from None
    if not 200 <= status < 300:  # noqa: PLR2004 - what HTTP calls success
        raise NetworkError(f"The web address answered {status}.")
