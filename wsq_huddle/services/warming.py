"""A store made ready to write while nobody waits for it."""

from .desk import Desk


def warm(desk: Desk) -> None:
    """Import what the first write needs, so that it is quick: it costs more than all that was imported before."""
    from wsq_huddle.store import drafts, recorder, transaction  # noqa: F401, PLC0415 - SQLAlchemy, when nobody waits

    _ = desk.store.engine
