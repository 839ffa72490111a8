"""Today's huddle of this node: opened, answered line by line, closed; and what it tells the tiers above."""

from .filling import take_in, to_fill, typed_in
from .looking import Agenda, Sitting, agenda, last_held, read, show, sitting, summary_of
from .sheets import sheet
from .summing import below
from .verbs import answer, attend, close, mark, open_today, record, reopen, skip

__all__ = [
    "Agenda",
    "Sitting",
    "agenda",
    "answer",
    "attend",
    "below",
    "close",
    "last_held",
    "mark",
    "open_today",
    "read",
    "record",
    "reopen",
    "sheet",
    "show",
    "sitting",
    "skip",
    "summary_of",
    "take_in",
    "to_fill",
    "typed_in",
]
