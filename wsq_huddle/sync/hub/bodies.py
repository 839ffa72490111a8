"""Bodies that come in: refused before they cost memory, and held against their shapes."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request

from wsq_huddle.sync.wire import BODY_LIMIT, JSON, PROTOCOL_HEADER, PROTOCOLS, Unfit, inflate, parse

from .answers import Problem

T = TypeVar("T", bound=BaseModel)


def check_protocol(request: Request) -> None:
    """Refuse who speaks another protocol, with a sentence for the screen at the other end."""
    said = request.headers.get(PROTOCOL_HEADER, "")
    oldest, newest = PROTOCOLS
    if said.isascii() and said.isdecimal() and len(said) < 5 and oldest <= int(said) <= newest:  # noqa: PLR2004
        return
    raise Problem(
        426,
        "protocol",
        f"This hub speaks protocol {oldest} to {newest}. Ask IT to bring both computers to the same wsq-huddle.",
        protocols=list(PROTOCOLS),
    )


async def read_body(request: Request) -> bytes:
    """The bytes of a request, at most `BODY_LIMIT` of them; whoever sends more is stopped on the way."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise Problem(415, "media", "The body must be application/json.")
    if request.headers.get("content-encoding", "identity").lower() not in ("identity", "gzip"):
        raise Problem(415, "media", "The body may be gzipped, and packed in no other way.")
    said = request.headers.get("content-length", "0")
    if not said.isdecimal() or int(said) > BODY_LIMIT:
        raise Problem(413, "too-large", f"A body has at most {BODY_LIMIT:,} bytes.")
    found = bytearray()
    try:
        async for piece in request.stream():
            found += piece
            if len(found) > BODY_LIMIT:
                raise Problem(413, "too-large", f"A body has at most {BODY_LIMIT:,} bytes.")
    except ClientDisconnect:
        raise Problem(400, "cut", "The body was cut off.") from None
    return bytes(found)


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


def zipped(request: Request) -> bool:
    return request.headers.get("content-encoding", "").lower() == "gzip"
