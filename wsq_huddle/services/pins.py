"""PINs of the people who sign at this node. They stay in this store; nobody else ever gets them."""

import math
from dataclasses import replace

from wsq_huddle.domain import pins
from wsq_huddle.domain.pins import Pin
from wsq_huddle.errors import NotAllowed, NotFound
from wsq_huddle.store.rows import thawed

from .desk import Desk


def needed(desk: Desk, name: str) -> bool:
    """Whether whoever signs with this name is asked for a PIN."""
    return _known(desk, name) is not None


def people(desk: Desk) -> frozenset[str]:
    """Who has a PIN, as `pins.person_of` writes a name."""
    return frozenset(str(row["person"]) for row in desk.look().rows("SELECT person FROM pin"))


def check(desk: Desk, name: str, pin: str) -> None:
    """Raise `NotAllowed` unless this is the PIN of that person; after wrong tries there is a wait, never a lock-out.

    Each try is counted in a transaction of its own, so that two windows do not get two tries for one.
    """
    known = _known(desk, name)
    if known is None:
        return
    _wait(desk, known)
    fits = pins.fits(known, pin)
    with desk.recording() as writing:
        from wsq_huddle.store.pins import put  # noqa: PLC0415 - SQLAlchemy, when somebody signs with a PIN

        known = _known(desk, name) or known
        if fits:
            if known.wrong:
                put(writing.transaction, replace(known, wrong=0, wait_until=None))
            return
        wrong = known.wrong + 1
        put(writing.transaction, replace(known, wrong=wrong, wait_until=desk.now() + pins.wait(wrong)))
    pause = math.ceil(pins.wait(wrong).total_seconds())
    raise NotAllowed(
        f"That is not the PIN of {name.rstrip('.')}." + (f" The next try is in {pause} s." if pause else "")
    )


def set_pin(desk: Desk, name: str, pin: str, *, old: str = "") -> None:
    """Set a PIN, or another one; whoever has one says it first."""
    made = pins.made(name, pin, desk.now())
    if needed(desk, name):
        if not old:
            raise NotAllowed(f"{name} has a PIN already: say the old one, too.")
        check(desk, name, old)
    _put(desk, made)


def forget(desk: Desk, name: str) -> None:
    """Take a PIN away that its owner has forgotten; whoever may run commands here may do that."""
    if not needed(desk, name):
        raise NotFound(f"{name} has no PIN here.")
    with desk.recording() as writing:
        from wsq_huddle.store.pins import drop  # noqa: PLC0415 - SQLAlchemy, seldom

        drop(writing.transaction, pins.person_of(name))


def _put(desk: Desk, pin: Pin) -> None:
    with desk.recording() as writing:
        from wsq_huddle.store.pins import put  # noqa: PLC0415 - SQLAlchemy, seldom

        put(writing.transaction, pin)


def _wait(desk: Desk, known: Pin) -> None:
    pause = math.ceil(pins.left(known, desk.now()).total_seconds())
    if pause:
        raise NotAllowed(f"That was wrong {known.wrong} times. The next try is in {pause} s.")


def _known(desk: Desk, name: str) -> Pin | None:
    row = desk.look().one("SELECT * FROM pin WHERE person = :person", person=pins.person_of(name))
    return thawed(Pin, row) if row else None
