"""An entry of the log: one event, stamped, as the two texts that are stored and sent and never written anew.

head    JSON: id, subject, kind, version, facts, to, node, device, seq, prev, by, at, audience, text_hash,
        and either `turn` and `on` (a turn of the holder) or `tick` (everything else)
text    JSON: what people typed, and a nonce; or none
hash    SHA-256 of the head's bytes; the head holds the SHA-256 of the text's bytes, so a text can be
        removed without breaking the chain, and the nonce keeps a removed text from being guessed
seal    HMAC-SHA256(device key, hash): how a node knows its own writing when others bring it back
"""

import hashlib
import hmac
import json
import math
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from wsq_huddle.errors import NotAllowed

from .codec import Malformed, in_calendar
from .events import KINDS, Audience, Event, Unknown, facts_of, load, tidied, typed_in
from .nesting import DEPTH, depth_of
from .records import record
from .text import one_line

ENTRY_LIMIT = 256 * 1024
"""Bytes of head and text together."""

NAME_LIMIT = 200
"""Characters of a node's key, a subject, an id."""

START = "0" * 64
"""The `prev` of a device's first entry, and the chain of a feed before its first item."""


@record
class Entry:
    """An entry as it is stored and as it travels."""

    head: str
    text: str | None
    seal: str

    @cached_property
    def hash(self) -> str:
        return digest(self.head)

    @property
    def size(self) -> int:
        """Bytes that count against `ENTRY_LIMIT`."""
        return len(self.head.encode()) + len((self.text or "").encode())


@record(kw_only=True)
class Stamp:
    """What the journal adds to an event: who, where, when and after what."""

    id: str
    subject: str
    node: str
    device: str
    seq: int
    prev: str
    by: str
    at: datetime
    turn: int | None = None
    on: str | None = None
    tick: int | None = None


@record(kw_only=True)
class Told:
    """An entry as `evolve` is told of it: stamp and event, read from head and text.

    `whole`: the text is here, or there never was one; an entry says what happened without its text too.
    """

    id: str
    hash: str
    subject: str
    kind: str
    event: Event | Unknown
    node: str
    device: str
    seq: int
    prev: str
    by: str
    at: datetime
    turn: int | None
    on: str | None
    tick: int | None
    audience: Audience
    to: str | None
    whole: bool = True

    @property
    def order(self) -> tuple[int, str, int]:
        """Where this stands among the entries of its subject that are not turns."""
        return (self.tick or 0, self.device, self.seq)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sealed(key: bytes, entry_hash: str) -> str:
    """The seal of an entry, made with the key of the device that writes it."""
    return hmac.new(key, entry_hash.encode(), hashlib.sha256).hexdigest()


def chained(chain: str, entry_hash: str) -> str:
    """The chain of a feed after one more item."""
    return digest(chain + entry_hash)


def compose(event: Event, stamp: Stamp, key: bytes) -> Entry:
    """Write an event down as an entry; `NotAllowed` when a text or the whole is too long."""
    tidy = tidied(event)
    typed = typed_in(tidy)
    text = _dumps({**typed, "nonce": secrets.token_hex(16)}) if typed else None
    facts = facts_of(tidy)
    head: dict[str, Any] = {
        "id": stamp.id,
        "subject": stamp.subject,
        "kind": event.kind,
        "version": event.version,
        "audience": event.audience.value,
        "node": stamp.node,
        "device": stamp.device,
        "seq": stamp.seq,
        "prev": stamp.prev,
        "by": one_line(stamp.by),
        "at": stamp.at.astimezone(UTC).isoformat(),
        "text_hash": digest(text) if text else None,
    }
    if "to" in facts:
        head["to"] = facts.pop("to")
    head |= {"turn": stamp.turn, "on": stamp.on} if event.turns else {"tick": stamp.tick}
    head["facts"] = facts
    written = _dumps(head)
    entry = Entry(written, text, sealed(key, digest(written)))
    if entry.size > ENTRY_LIMIT:
        raise NotAllowed("This is too long to be kept as one entry. Split it, please.")
    return entry


def read(entry: Entry) -> Told:
    """Read an entry that came from anywhere; raises `Malformed` with the reason when it is not one."""
    try:
        size = entry.size
    except UnicodeEncodeError:
        raise Malformed("not UTF-8") from None
    if size > ENTRY_LIMIT:
        raise Malformed("larger than 256 KiB")
    head = _object(entry.head, "head")
    typed = {} if entry.text is None else _object(entry.text, "text")
    try:
        _match(entry.text, head["text_hash"])
        facts = _dict(head["facts"])
        if "to" in head:
            facts = {**facts, "to": head["to"]}
        told = Told(
            id=_name(head["id"]),
            hash=entry.hash,
            subject=_name(head["subject"]),
            kind=_name(head["kind"]),
            event=load(_str(head["kind"]), _int(head["version"]), facts, typed),
            node=_name(head["node"]),
            device=_name(head["device"]),
            seq=_int(head["seq"]),
            prev=_name(head["prev"]),
            by=one_line(_str(head["by"])),
            at=_instant(head["at"]),
            turn=_int(head["turn"]) if "turn" in head else None,
            on=_name(head["on"]) if head.get("on") is not None else None,
            tick=_int(head["tick"]) if "tick" in head else None,
            audience=Audience(_str(head["audience"])),
            to=_name(head["to"]) if head.get("to") is not None else None,
            whole=entry.text is not None or head["text_hash"] is None,
        )
    except Malformed:
        raise
    except KeyError as error:
        raise Malformed(f"the head has no {error.args[0]}") from None
    except (ValueError, TypeError, OverflowError) as error:
        raise Malformed(f"the head cannot be read: {error}") from None
    _check(told)
    return told


def _match(text: str | None, text_hash: object) -> None:
    if text is not None and digest(text) != text_hash:
        raise Malformed("the text is not the one the head speaks of")


def _check(told: Told) -> None:
    known = KINDS.get(told.kind)
    if told.seq < 1:
        raise Malformed("seq starts at 1")
    if isinstance(told.event, Unknown):
        return
    if known is not None and told.audience is not known.audience:
        raise Malformed(f"the audience of {told.kind} is {known.audience.value}, not {told.audience.value}")
    if known is not None and known.turns != (told.turn is not None):
        raise Malformed(f"{told.kind} and its turn do not fit together")
    if told.turn is None and told.tick is None:
        raise Malformed("neither a turn nor a tick")


def _dumps(value: object) -> str:
    return _ENCODER.encode(value)


def _object(text: str, what: str) -> dict[str, Any]:
    if depth_of(text) > DEPTH:
        raise Malformed(f"the {what} is nested too deeply")
    try:
        return _dict(_DECODER.decode(text))
    except (ValueError, TypeError, RecursionError):
        raise Malformed(f"the {what} is not a JSON object") from None


def _dict(value: object) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError("not an object")
    return dict(value)


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is not JSON")


def _finite(digits: str) -> float:
    found = float(digits)
    return found if math.isfinite(found) else _refuse("a number without an end")


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)


def _str(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _name(value: object) -> str:
    name = _str(value)
    if not name or len(name) > NAME_LIMIT or name != one_line(name):
        raise ValueError("a name is empty, too long or has characters that no name has")
    return name


def _int(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**53:
        raise TypeError("not a whole number")
    return value


def _instant(value: object) -> datetime:
    instant = datetime.fromisoformat(_str(value))
    if instant.tzinfo is None:
        raise Malformed("at is a time without an offset")
    return in_calendar(instant)
