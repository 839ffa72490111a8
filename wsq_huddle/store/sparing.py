"""What becomes of a store when it becomes that of a spare, or of a spare's when the node is moved to it."""

from sqlalchemy import select, update

from wsq_huddle.domain.definitions import Published

from .nouns import noun_of
from .projecting import rebuild
from .recorder import Recorder
from .tables import DEVICE, ENTRY, PROBLEM
from .transaction import Transaction


def used(transaction: Transaction) -> int:
    """How many entries this store has in which people said something: more than what setting it up has written."""
    query = select(ENTRY.c.id).where(ENTRY.c.kind != Published.kind).limit(1_000)
    return len(transaction.connection.execute(query).all())


def set_aside(transaction: Transaction) -> None:
    """Let what setting this store up has declared not count: the node has its own declarations, which come down."""
    ours = ENTRY.c.device.in_(select(DEVICE.c.id))
    transaction.connection.execute(update(ENTRY).where(ours, ENTRY.c.kind == Published.kind).values(parked=True))
    rebuild(transaction)


def arrive(transaction: Transaction, recorder: Recorder) -> None:
    """Say of what was handed to the node that it has arrived, where the earlier computer could not say so any more."""
    query = select(PROBLEM.c.subject).where(PROBLEM.c.holder == transaction.node, PROBLEM.c.delivered_at.is_(None))
    for subject in transaction.connection.scalars(query.order_by(PROBLEM.c.subject)).all():
        _arrive(transaction, recorder, subject)


def _arrive(transaction: Transaction, recorder: Recorder, subject: str) -> None:
    noun, state = noun_of(subject), recorder.state(subject)
    last = next((told for told in transaction.story(subject) if told.hash == state.last), None)
    if noun is None or noun.arrived is None or last is None:
        return
    arrived = noun.arrived(lambda: state, last, transaction.node)
    if arrived is not None:
        recorder.write("", arrived, subject)
