"""Bodies that come in: refused before they cost memory, and held against their shapes."""

import asyncio
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request

from wsq_huddle.sync.wire import BODY_LIMIT, JSON, PROTOCOL_HEADER, PROTOCOLS, Unfit, inflate, parse

from .answers import Problem

T = TypeVar("T", bound=BaseModel)

BODY_SECONDS = 60.0
"""For a whole body: a link over a poor line sends its megabyte in this time, or a smaller page after that."""

STRANGERS = 4 * 1024
"""Bytes of a question that anybody may put: without a token nobody makes us unpack megabytes."""


def check_protocol(request: Request) -> None:
    """Refuse who speaks another protocol, with a sentence for the screen at the other end."""
    said = request.headers.get(PROTOCOL_HEADER, "")
    oldest, newest = PROTOCOLS
    if said.isascii() and said.isdecimal() and len(said) < 5 and oldest <= int(said) <= newest:  # noqa: PLR2004 - digits
        return
    raise Problem(
        426,
        "protocol",
        f"This hub speaks protocol {oldest} to {newest}. Ask IT to bring both computers to the same wsq-huddle.",
        protocols=list(PROTOCOLS),
    )


async def read_body(request: Request, most: int = BODY_LIMIT) -> bytes:
    """The bytes of a request, at most so many of them; whoever sends more, or for too long, is stopped on the way."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise Problem(415, "media", "The body must be application/json.")
    if request.headers.get("content-encoding", "identity").lower() not in ("identity", "gzip"):
        raise Problem(415, "media", "The body may be gzipped, and packed in no other way.")
    said = request.headers.get("content-length", "0")
    if not said.isdecimal() or len(said) > len(str(most)) or int(said) > most:
        raise _too_large(most)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await _read(request, most)
    except ClientDisconnect:
        raise Problem(400, "cut", "The body was cut off.") from None
    except TimeoutError:
        raise Problem(408, "slow", "The body took too long to come.") from None


async def _read(request: Request, most: int) -> bytes:
    found = bytearray()
    async for piece in request.stream():
        found += piece
        if len(found) > most:
            raise _too_large(most)
    return bytes(found)


def _too_large(most: int) -> Problem:
    return Problem(413, "too-large", f"A body has at most {most:,} bytes.")


def shaped(shape: type[T], body: bytes, *, zipped: bool) -> T:
    """Unpack a body and hold it against its shape."""
    try:
        return shape.model_validate(parse(inflate(body) if zipped else body))
    except Unfit as error:
        raise Problem(error.status, "unfit", str(error)) from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Problem(400, "shape", f"{where}: {first['msg']}") from None


def stranger(shape: type[T], body: bytes, *, packed: bool) -> T:
    """Hold the small question of somebody whom we do not know yet against its shape."""
    try:
        plain = inflate(body, STRANGERS) if packed else body
    except Unfit as error:
        raise Problem(error.status, "unfit", str(error)) from None
    return shaped(shape, plain, zipped=False)


def zipped(request: Request) -> bool:
    return request.headers.get("content-encoding", "").lower() == "gzip"
