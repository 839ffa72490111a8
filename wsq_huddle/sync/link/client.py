"""Asks the hub: one request, one answer, or a reason why there is none. Nothing here touches the store."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

import httpx

from wsq_huddle.domain.text import one_line
from wsq_huddle.sync.wire import (
    BODY_LIMIT,
    INFLATED_LIMIT,
    JSON,
    PROBLEM,
    PROTOCOL,
    PROTOCOL_HEADER,
    Unfit,
    inflate,
    pack,
    parse,
)

from .way import Way

CONNECT, READ, SPARE = 5.0, 30.0, 10.0
PORTAL = "Something else than a hub answers there: is a sign-in page of the network in between?"


class NoContact(Exception):
    """The hub did not answer, or not sensibly; `after` is how many seconds it wants to be left alone."""

    def __init__(self, why: str, after: float = 0.0) -> None:
        super().__init__(why)
        self.why, self.after = why, after


class Declined(Exception):
    """The hub understood and said no: a status, a code for programs, a sentence for people."""

    def __init__(self, status: int, code: str, sentence: str, more: Mapping[str, Any]) -> None:
        super().__init__(sentence)
        self.status, self.code, self.sentence, self.more = status, code, sentence, more


class Client:
    """One connection pool; make it, use it and close it in one event loop."""

    def __init__(self, way: Way) -> None:
        way.check()
        self._way = way
        # Behind a proxy of the network it is the proxy that knows names.
        self._found = way.loopback or bool(getproxies())
        self._http = httpx.AsyncClient(
            base_url=way.url.rstrip("/"),
            verify=way.trust(),
            trust_env=not way.loopback,
            follow_redirects=False,
            timeout=httpx.Timeout(READ, connect=CONNECT, pool=CONNECT),
            headers={PROTOCOL_HEADER: str(PROTOCOL), "Accept": JSON, "Accept-Encoding": "gzip"},
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def get(
        self, path: str, token: str, parameters: Mapping[str, str | int | float], *, wait: float = 0.0
    ) -> dict[str, Any]:
        request = self._http.build_request("GET", path, params=dict(parameters), headers=_bearing(token))
        return await self._ask(request, READ if not wait else wait + SPARE)

    async def post(self, path: str, token: str | None, body: object) -> dict[str, Any]:
        packed, zipped = pack(body)
        if len(packed) > BODY_LIMIT:
            raise Declined(413, "too-large", "This is more than one request may hold.", {})
        headers = {"Content-Type": JSON} | ({"Content-Encoding": "gzip"} if zipped else {})
        headers |= _bearing(token) if token else {}
        return await self._ask(self._http.build_request("POST", path, content=packed, headers=headers), READ)

    async def _ask(self, request: httpx.Request, read: float) -> dict[str, Any]:
        request.extensions["timeout"] = httpx.Timeout(read, connect=CONNECT, pool=CONNECT).as_dict()
        try:
            # The time to read counts from byte to byte: a hub that trickles must not hold us for ever.
            async with asyncio.timeout(read + CONNECT + SPARE):
                if not self._found:
                    await _look_up(urlsplit(self._way.url).hostname or "")
                    self._found = True
                response = await self._http.send(request, stream=True)
                try:
                    body = await _read(response)
                finally:
                    await response.aclose()
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
            self._found = self._way.loopback or bool(getproxies())
            raise NoContact(self._reason(error)) from error
        return _understood(response, body)

    def _reason(self, error: Exception) -> str:
        said = str(error)
        if "CERTIFICATE_VERIFY_FAILED" in said or "certificate" in said.lower():
            return (
                f"The certificate of {self._way.name} is not trusted on this computer. IT can put [link] ca_file right."
            )
        if "WRONG_VERSION_NUMBER" in said:
            return f"{self._way.name} answers without TLS: on this computer alone its address begins with http://."
        if isinstance(error, httpx.TimeoutException | TimeoutError):
            return f"{self._way.name} takes too long to answer."
        if isinstance(error, httpx.ConnectError | socket.gaierror):
            return f"{self._way.name} cannot be reached."
        return f"The connection to {self._way.name} was cut."


async def _look_up(host: str) -> None:
    """Look a name up in a thread that nobody waits for: where no name server answers it takes half a minute.

    httpx looks it up again, in a thread of asyncio that whoever leaves has to wait for; it is known by then.
    """
    loop = asyncio.get_running_loop()
    looked: asyncio.Future[None] = loop.create_future()

    def tell(error: OSError | None) -> None:
        if looked.done():
            return
        if error is None:
            looked.set_result(None)
        else:
            looked.set_exception(error)

    def look() -> None:
        found: OSError | None = None
        try:
            socket.getaddrinfo(host, None)
        except OSError as error:
            found = error
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(tell, found)

    threading.Thread(target=look, name="names", daemon=True).start()
    async with asyncio.timeout(CONNECT):
        await looked


def _bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def _read(response: httpx.Response) -> bytes:
    found = bytearray()
    async for piece in response.aiter_raw():
        found += piece
        if len(found) > INFLATED_LIMIT:
            raise NoContact(PORTAL)
    return bytes(found)


def _understood(response: httpx.Response, body: bytes) -> dict[str, Any]:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    after = _seconds(response.headers.get("retry-after", ""))
    if PROTOCOL_HEADER not in response.headers or kind not in (JSON, PROBLEM):
        if response.status_code >= 500:  # noqa: PLR2004 - HTTP
            raise NoContact("The hub, or what stands before it, is not ready.", after)
        raise NoContact(PORTAL, after)
    try:
        found = parse(inflate(body) if response.headers.get("content-encoding") == "gzip" else body)
    except Unfit:
        raise NoContact("The hub's answer was garbled on the way.", after) from None
    if response.status_code == 200 and kind == JSON:  # noqa: PLR2004 - HTTP
        return found
    if response.status_code >= 500 or response.status_code == 429:  # noqa: PLR2004 - HTTP
        raise NoContact(_said(found.get("detail", "The hub is not ready.")), after)
    code, sentence = _said(found.get("code", "")), _said(found.get("detail", "The hub refused."))
    raise Declined(response.status_code, code, sentence, found)


def _said(found: object) -> str:
    """What a hub says to people: some screen or terminal will show it."""
    return one_line(str(found)[:500])


def _seconds(header: str) -> float:
    return min(float(header), 600.0) if header.isascii() and header.isdecimal() else 0.0
