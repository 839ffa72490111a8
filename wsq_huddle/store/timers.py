"""Rules that fire once for a turn of a problem, also across restarts and with several processes.

What takes long and may fail, such as a mail, is claimed for a while first and settled afterwards; whoever dies in
between lets go of it when that while is over.
"""

from datetime import timedelta

from sqlalchemy import ColumnElement, insert, select, update

from .tables import TIMER
from .transaction import Transaction


def fire(transaction: Transaction, subject: str, turn: int, rule: str) -> bool:
    """Claim a timer in the transaction that acts on it; False when it has fired already. Lock the subject first."""
    if not claim(transaction, subject, rule, timedelta(0), turn=turn):
        return False
    settle(transaction, subject, rule, turn=turn)
    return True


def claim(transaction: Transaction, subject: str, rule: str, lasts: timedelta, *, turn: int = 0) -> bool:
    """Take what is to be done once for ourselves, for so long; False when it is done, or somebody else is at it."""
    key = _key(subject, turn, rule)
    until = (transaction.now + lasts).isoformat()
    found = transaction.connection.execute(select(TIMER.c.due_at, TIMER.c.fired_at).where(*key)).first()
    if found is None:
        row = {"subject": subject, "turn": turn, "rule": rule, "due_at": until, "fired_at": None}
        transaction.connection.execute(insert(TIMER), [row])
        return True
    if found.fired_at is not None or found.due_at > transaction.stamp:
        return False
    transaction.connection.execute(update(TIMER).where(*key).values(due_at=until))
    return True


def settle(transaction: Transaction, subject: str, rule: str, *, turn: int = 0, again: timedelta | None = None) -> None:
    """Say that it is done; or that it failed and may be tried again after so long."""
    key = _key(subject, turn, rule)
    if again is None:
        transaction.connection.execute(update(TIMER).where(*key).values(fired_at=transaction.stamp))
    else:
        due = (transaction.now + again).isoformat()
        transaction.connection.execute(update(TIMER).where(*key).values(due_at=due))


def _key(subject: str, turn: int, rule: str) -> tuple[ColumnElement[bool], ...]:
    return (TIMER.c.subject == subject, TIMER.c.turn == turn, TIMER.c.rule == rule)
