"""Whether somebody at this computer has seen the tour: it comes by itself once, and never again."""

from .desk import Desk

_SHOWN = "tour-shown-at"


def waits(desk: Desk) -> bool:
    """Whether it is to come by itself; not on a rehearsal, where everything may be tried."""
    return not desk.store.rehearsal and not _shown(desk)


def note_shown(desk: Desk) -> None:
    """Note that it has been shown; looked at again whenever somebody asks for it, it changes nothing."""
    if _shown(desk):
        return
    from wsq_huddle.store.links import set_fact  # noqa: PLC0415 - SQLAlchemy, once

    with desk.recording() as writing:
        set_fact(writing.transaction, _SHOWN, writing.transaction.stamp)


def _shown(desk: Desk) -> bool:
    return desk.look().one("SELECT value FROM setting WHERE key = :key", key=_SHOWN) is not None
