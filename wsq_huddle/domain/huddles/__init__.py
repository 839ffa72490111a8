"""A huddle: one node's meeting in one slot of one day, written by its node.

planned --opened--> open --closed--> closed
   |                ^  |  <-reopened-  |
   |  opened,       |  |               +-- answered, attended, reported: also afterwards
   |  reopened      |  +-- answered, attended, reported
   +--skipped--> skipped

`marked` (by the parent) counts only while the node itself has written nothing.
"""

from .events import Answered, AsHeld, Attended, Closed, Marked, Opened, Reopened, Reported, Skipped
from .showing import show
from .state import MOVES, Huddle, State, evolve, fold, parse_subject, state_of, subject_of
from .verbs import answer, attend, close, mark, open_at, reopen, report, skip

__all__ = [
    "MOVES",
    "Answered",
    "AsHeld",
    "Attended",
    "Closed",
    "Huddle",
    "Marked",
    "Opened",
    "Reopened",
    "Reported",
    "Skipped",
    "State",
    "answer",
    "attend",
    "close",
    "evolve",
    "fold",
    "mark",
    "open_at",
    "parse_subject",
    "reopen",
    "report",
    "show",
    "skip",
    "state_of",
    "subject_of",
]
