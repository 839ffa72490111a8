"""Problems: raise them, solve them, hand them on; and look for them."""

from wsq_huddle.services.allowed import may, reopen_within

from .before import Before, before
from .glancing import Glance, glanced, glances
from .looking import find, like, listed, read, search, similar, story_of, stuck
from .raising import SAFETY, event_named, events, raise_at
from .verbs import (
    acknowledge,
    ask_recall,
    assign,
    confirm,
    correct,
    escalate,
    give_back,
    lapse,
    note,
    plan,
    put_right,
    read_out,
    reopen,
    resolve,
    see,
    take_over,
    withdraw,
    written,
)

__all__ = [
    "SAFETY",
    "Before",
    "Glance",
    "acknowledge",
    "ask_recall",
    "assign",
    "before",
    "confirm",
    "correct",
    "escalate",
    "event_named",
    "events",
    "find",
    "give_back",
    "glanced",
    "glances",
    "lapse",
    "like",
    "listed",
    "may",
    "note",
    "plan",
    "put_right",
    "raise_at",
    "read",
    "read_out",
    "reopen",
    "reopen_within",
    "resolve",
    "search",
    "see",
    "similar",
    "story_of",
    "stuck",
    "take_over",
    "withdraw",
    "written",
]
