"""Today at a department: who has told us, what came up, and what is ours."""

from datetime import datetime

from screens.line import Line
from screens.today import unit
from screens.today.reading import Seen
from screens.today.slot import Slot


def lines(seen: Seen, slot: Slot, now: datetime, room: int, *, more: str) -> list[Line]:
    return unit.lines(seen, slot, now, room, more=more)
