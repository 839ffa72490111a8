"""The kept table of PINs: in this node's store only, never in the log and never sent."""

from sqlalchemy import delete, insert

from wsq_huddle.domain.codec import encode
from wsq_huddle.domain.pins import Pin

from .tables import PIN
from .transaction import Transaction


def put(transaction: Transaction, pin: Pin) -> None:
    """Keep a PIN in place of the one before."""
    drop(transaction, pin.person)
    transaction.connection.execute(insert(PIN), [encode(pin)])


def drop(transaction: Transaction, person: str) -> None:
    transaction.connection.execute(delete(PIN).where(PIN.c.person == person))
