"""The computer of a node: who set it up, and what came back when it took the place of another one."""

import json
import socket
from datetime import datetime
from typing import TYPE_CHECKING

from wsq_huddle.domain.records import record
from wsq_huddle.domain.text import one_line

from .desk import Desk

if TYPE_CHECKING:
    from wsq_huddle.store.reader import Row

_SET_UP = "set-up"
_LONGEST = 60
_BACK = (
    "SELECT MAX(at) AS at FROM entry WHERE node = :node AND received_from IS NOT NULL"
    " AND device NOT IN (SELECT id FROM device)"
)
"""The newest entry that this node wrote on a computer that was not this one."""


@record(kw_only=True)
class Replaced:
    """What took the place of another computer: its name, since when, by whom, and up to when the other is known."""

    computer: str
    since: datetime
    by: str
    until: datetime


def name() -> str:
    """What this computer is called, as IT wrote it on it."""
    return one_line(socket.gethostname())[:_LONGEST] or "this computer"


def set_up(desk: Desk, computer: str = "") -> None:
    """Keep that this computer has been set up for its node: when, and by whom if somebody signed."""
    from wsq_huddle.store.links import set_fact  # noqa: PLC0415 - SQLAlchemy, only here

    said = {"computer": computer or name(), "since": desk.now().isoformat(), "by": desk.author if desk.named else ""}
    with desk.recording() as writing:
        set_fact(writing.transaction, _SET_UP, json.dumps(said))


def since(desk: Desk) -> datetime | None:
    """Since when this computer has been the one that its node works on, if that was kept."""
    row = desk.look().one("SELECT value FROM setting WHERE key = :key", key=_SET_UP)
    said = _read(row) if row else None
    return said[0] if said else None


def replaced(desk: Desk) -> Replaced | None:
    """What there is to say on the day on which this computer took the place of another one; else None."""
    row = desk.look().one("SELECT value FROM setting WHERE key = :key", key=_SET_UP)
    said = _read(row) if row else None
    if said is None or desk.local(said[0]).date() != desk.local(desk.now()).date():
        return None
    back = desk.look().one(_BACK, node=desk.node)
    if back is None or back["at"] is None:
        return None
    since, computer, by = said
    return Replaced(computer=computer, since=since, by=by, until=datetime.fromisoformat(back["at"]))


def _read(row: "Row") -> tuple[datetime, str, str] | None:
    """When, which computer, by whom; nothing where another program wrote it in another way."""
    try:
        said = json.loads(row["value"])
        return datetime.fromisoformat(said["since"]), str(said["computer"]), str(said["by"])
    except (ValueError, TypeError, KeyError):
        return None
