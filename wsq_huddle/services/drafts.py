"""Lines that somebody is typing: kept within half a second, never sent, and gone once they are recorded."""

from contextlib import AbstractContextManager
from datetime import datetime

from wsq_huddle.domain.records import record

from .desk import Desk


@record
class Draft:
    """`place` names the field or form, like `raise` or `huddle/falls`; `text` is whatever the screen put there."""

    place: str
    text: str
    updated_at: datetime


def keep(desk: Desk, place: str, text: str) -> None:
    """Keep a line as it is now, but for what no database takes; an empty one is forgotten."""
    desk.store.keep_draft(place, text.encode("utf-8", "ignore").decode().replace("\x00", ""))


def forget(desk: Desk, place: str) -> None:
    desk.store.keep_draft(place, "")


def forgetting(desk: Desk, *places: str) -> AbstractContextManager[None]:
    """Record in this block what was typed there: the transaction that records takes these drafts away with it.

    with drafts.forgetting(desk, "raise"):
        problems.raise_at(desk, title=...)
    """
    return desk.store.forgetting(*places)


def trying(desk: Desk) -> AbstractContextManager[None]:
    """Ask whether the rules allow what the block records, and record nothing; what they refuse is raised."""
    return desk.store.trying()


def kept(desk: Desk, prefix: str = "") -> list[Draft]:
    """Drafts whose place begins with `prefix`, the newest first."""
    sql = "SELECT place, text, updated_at FROM draft WHERE substr(place, 1, :length) = :prefix ORDER BY updated_at DESC"
    rows = desk.look().rows(sql, length=len(prefix), prefix=prefix)
    return [Draft(row["place"], row["text"], datetime.fromisoformat(row["updated_at"])) for row in rows]
