"""The wire: protocol 1, its limits, and how bodies are packed; both ends speak by this page.

A body is JSON, gzipped when that pays. Each end stops inflating at `INFLATED_LIMIT`, so that nothing that comes from
outside decides how much memory we take. Errors are problem documents (RFC 9457) with a `code` for programs.
"""

import gzip
import hashlib
import json
import secrets
import zlib
from typing import TYPE_CHECKING, Any

from wsq_huddle.domain.entries import Entry
from wsq_huddle.domain.nesting import DEPTH, depth_of

if TYPE_CHECKING:
    from wsq_huddle.store.feeds import Item

PROTOCOL = 1
PROTOCOLS = (1, 1)
"""The oldest and the newest protocol that this program serves."""

PROTOCOL_HEADER = "Wsq-Protocol"
JSON = "application/json"
PROBLEM = "application/problem+json"

ENTRIES = 500
BODY_LIMIT = 1024 * 1024
INFLATED_LIMIT = 8 * 1024 * 1024
PAGE_BYTES = 900 * 1024
"""Bytes of entries in a page; with what JSON adds it stays below `BODY_LIMIT`, if not, it is halved."""

WAIT = 25
"""Seconds that a long poll waits at most: less than a proxy does."""

TOKEN_PREFIX = "wsqh_"  # noqa: S105 - how a token begins, not one
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _LETTERS = 4, 4
_WORTH_PACKING = 1_000


class Unfit(ValueError):
    """A body that is too large, too deep or no JSON; `status` is what HTTP calls it."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def limits() -> dict[str, int]:
    """What one request may hold, as the hub tells it."""
    return {"entries": ENTRIES, "body": BODY_LIMIT, "inflated": INFLATED_LIMIT, "wait": WAIT}


def pack(body: object) -> tuple[bytes, bool]:
    """JSON bytes, and whether they are gzipped."""
    plain = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    if len(plain) < _WORTH_PACKING:
        return plain, False
    return gzip.compress(plain, compresslevel=1, mtime=0), True


def inflate(packed: bytes, most: int = INFLATED_LIMIT) -> bytes:
    """Unpack gzip; raises `Unfit` as soon as there is more in it than we take."""
    engine = zlib.decompressobj(wbits=31)
    try:
        plain = engine.decompress(packed, most + 1)
    except zlib.error:
        raise Unfit(400, "The body is not gzip, although it says so.") from None
    if len(plain) > most:
        raise Unfit(413, "The body is larger than we take once it is unpacked.")
    if not engine.eof or engine.unused_data:
        raise Unfit(400, "The body is not one whole gzip stream.")
    return plain


def parse(plain: bytes) -> dict[str, Any]:
    """Read a JSON object; raises `Unfit` for anything else, and for what is nested to hurt."""
    if depth_of(plain.decode("utf-8", "replace")) > DEPTH:
        raise Unfit(400, "The body is nested too deeply.")
    try:
        found = json.loads(plain.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Unfit(400, "The body is not JSON.") from None
    if not isinstance(found, dict):
        raise Unfit(400, "The body is not a JSON object.")
    return found


def written(entry: "Entry | Item") -> dict[str, Any]:
    """An entry as it travels: the texts as they were first written."""
    return {"head": entry.head, "text": entry.text, "seal": entry.seal}


def entry_from(raw: object) -> Entry:
    """The entry in an answer; `Unfit` when it has not the shape of one."""
    if isinstance(raw, dict):
        head, text, seal = raw.get("head"), raw.get("text"), raw.get("seal")
        if isinstance(head, str) and (text is None or isinstance(text, str)) and isinstance(seal, str):
            return Entry(head, text, seal)
    raise Unfit(400, "An entry has no head, text and seal.")


def new_token() -> str:
    """A token of 256 random bits; it lies in `secrets/` and goes over the wire in one header only."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def new_code() -> str:
    """A one-time code of 80 bits that can be read out on the phone: `7F3K-Q2ZD-...`."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_GROUPS * _LETTERS))
    return "-".join(letters[start : start + _LETTERS] for start in range(0, len(letters), _LETTERS))


def plain_code(code: str) -> str:
    """A code as it is compared: case, blanks and dashes do not count, O is 0, I and L are 1."""
    bare = "".join(letter for letter in code.upper() if letter.isalnum())
    return bare.translate(str.maketrans("OIL", "011"))


def secret_hash(secret: str) -> str:
    """What is kept of a token or a code."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
