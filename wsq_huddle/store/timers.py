"""Rules that fire once for a turn of a problem, also across restarts and with several processes."""

from sqlalchemy import insert, select

from .tables import TIMER
from .transaction import Transaction


def fire(transaction: Transaction, subject: str, turn: int, rule: str) -> bool:
    """Claim a timer in the transaction that acts on it; False when it has fired already. Lock the subject first."""
    key = (TIMER.c.subject == subject, TIMER.c.turn == turn, TIMER.c.rule == rule)
    if transaction.connection.execute(select(TIMER.c.rule).where(*key)).first() is not None:
        return False
    row = {
        "subject": subject,
        "turn": turn,
        "rule": rule,
        "due_at": transaction.stamp,
        "fired_at": transaction.stamp,
    }
    transaction.connection.execute(insert(TIMER), [row])
    return True
