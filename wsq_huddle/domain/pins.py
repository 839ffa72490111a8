"""PINs of the people who sign: how they are kept, and how long somebody waits after a wrong one.

It is attribution, not authentication: a PIN keeps a name from being used by mistake, not a determined person out.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from wsq_huddle.errors import NotAllowed

from .records import record
from .text import one_line

COST = 2**14
"""scrypt's n (Percival 2009); with r = 8, p = 1 a try costs 16 MiB and a few hundredths of a second."""

FREE, LONGEST = 2, timedelta(seconds=60)
"""Wrong tries in a row that cost no time, and the longest wait after any later one: nobody is locked out."""

_SHORTEST, _MOST = 4, 64


@record(kw_only=True)
class Pin:
    """The PIN of one person: `hash` is scrypt's, in hex; `wrong` tries in a row, after which one waits."""

    person: str
    salt: str
    hash: str
    cost: int
    set_at: datetime
    wrong: int = 0
    wait_until: datetime | None = None


def person_of(name: str) -> str:
    """The name under which a PIN is kept: in lower case, with single blanks."""
    return " ".join(one_line(name).casefold().split())


def made(name: str, pin: str, now: datetime) -> Pin:
    """A new PIN for a name; raises `NotAllowed` when it is too short."""
    person = person_of(name)
    if not person:
        raise NotAllowed("Say whose PIN it is.")
    if not _SHORTEST <= len(pin) <= _MOST:
        raise NotAllowed(f"A PIN has {_SHORTEST} characters or more, and {_MOST} at most.")
    salt = secrets.token_hex(16)
    return Pin(person=person, salt=salt, hash=_hashed(pin, salt, COST), cost=COST, set_at=now)


def fits(known: Pin, pin: str) -> bool:
    return hmac.compare_digest(_hashed(pin[:_MOST], known.salt, known.cost), known.hash)


def wait(wrong: int) -> timedelta:
    """How long to wait after so many wrong tries in a row: nothing, nothing, 2 s, 4 s, 8 s ... at most a minute."""
    over = wrong - FREE
    return timedelta() if over <= 0 else min(timedelta(seconds=2 ** min(over, 10)), LONGEST)


def left(known: Pin, now: datetime) -> timedelta:
    """How long is still to wait; never longer than the longest wait, also when the clock was set back."""
    if known.wait_until is None:
        return timedelta()
    return min(max(known.wait_until - now, timedelta()), LONGEST)


def _hashed(pin: str, salt: str, cost: int) -> str:
    return hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), n=cost, r=8, p=1, maxmem=2**26, dklen=32).hex()
