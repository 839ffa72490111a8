"""What can happen to a problem: turns, which only its holder takes, and what anybody on its path adds beside them.

`names` is what the author calls the places that the entry names: see `names.py`.
"""

from dataclasses import field
from datetime import date, datetime
from enum import StrEnum

from wsq_huddle.domain.events import Audience, Event, Typed
from wsq_huddle.domain.records import record


class Urgency(StrEnum):
    NOW = "now"
    TODAY = "today"
    ROUTINE = "routine"


class Mode(StrEnum):
    """What is wanted of the next tier: that it takes the problem over, or only that it knows."""

    ACTION = "action"
    AWARENESS = "awareness"


@record(kw_only=True)
class Raised(Event, kind="problem.raised", audience=Audience.PATH, turns=True):
    """Turn 1. `tells` is the origin's parent at that moment; `about` the subject or item that the problem came from."""

    category: str
    urgency: Urgency
    reference: str | None = None
    about: str | None = None
    tells: str | None = None
    names: dict[str, str] = field(default_factory=dict)
    title: Typed = ""
    detail: Typed = ""


@record(kw_only=True)
class Planned(Event, kind="problem.planned", audience=Audience.PATH, turns=True):
    """A quick hit has a day it is `due`, a long one a day to `check_in`."""

    owner: str
    due: date | None = None
    check_in: date | None = None
    what: Typed = ""


@record(kw_only=True)
class Escalated(Event, kind="problem.escalated", audience=Audience.PATH, turns=True):
    """For action it changes hands, for awareness it only informs; `by` is when an answer is wanted."""

    to: str
    via: tuple[str, ...] = ()
    mode: Mode = Mode.ACTION
    by: datetime | None = None
    names: dict[str, str] = field(default_factory=dict)
    tried: Typed = ""
    need: Typed = ""


@record(kw_only=True)
class Acknowledged(Event, kind="problem.acknowledged", audience=Audience.PATH, turns=True):
    pass


@record(kw_only=True)
class Returned(Event, kind="problem.returned", audience=Audience.PATH, turns=True):
    """`not_now`: the answer is that it is not possible now, why, and what until then."""

    to: str
    via: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    not_now: bool = False
    answer: Typed = ""


@record(kw_only=True)
class Assigned(Event, kind="problem.assigned", audience=Audience.PATH, turns=True):
    to: str
    via: tuple[str, ...] = ()
    by: datetime | None = None
    names: dict[str, str] = field(default_factory=dict)
    need: Typed = ""


@record(kw_only=True)
class Resolved(Event, kind="problem.resolved", audience=Audience.PATH, turns=True):
    remedy: Typed = ""


@record(kw_only=True)
class Confirmed(Event, kind="problem.confirmed", audience=Audience.PATH, turns=True):
    lesson: Typed = ""


@record(kw_only=True)
class Reopened(Event, kind="problem.reopened", audience=Audience.PATH, turns=True):
    why: Typed = ""


@record(kw_only=True)
class Lapsed(Event, kind="problem.lapsed", audience=Audience.PATH, turns=True):
    """Closed by rule, because the origin was asked in three huddles and never said whether it worked."""


@record(kw_only=True)
class Withdrawn(Event, kind="problem.withdrawn", audience=Audience.PATH, turns=True):
    why: Typed = ""


@record(kw_only=True)
class TakenOver(Event, kind="problem.taken-over", audience=Audience.PATH, turns=True):
    names: dict[str, str] = field(default_factory=dict)
    why: Typed = ""


# Beside the turns. `of` is the hash of the turn it speaks of: for a note, the last turn its author knew.


@record(kw_only=True)
class Alerted(Event, kind="problem.alerted", audience=Audience.PATH):
    """The next tier is told now and joins the path; the baton stays."""

    to: str
    via: tuple[str, ...] = ()
    of: str
    names: dict[str, str] = field(default_factory=dict)


class Rule(StrEnum):
    """What is over: the day of a plan, the time of a quick hit, the time to say "got it"."""

    OVERDUE = "overdue"
    QUICK_HIT = "quick-hit"
    ACKNOWLEDGE = "acknowledge"


@record(kw_only=True)
class Reminded(Event, kind="problem.reminded", audience=Audience.PATH):
    """Written by rule at the holder, once a turn: all on the path know that a time is over. It changes nothing."""

    of: str
    rule: Rule


@record(kw_only=True)
class Arrived(Event, kind="problem.arrived", audience=Audience.PATH):
    """Written by itself in the transaction that receives a turn: from then on nobody can undo that turn by forging."""

    of: str


@record(kw_only=True)
class Seen(Event, kind="problem.seen", audience=Audience.PATH):
    """`read_out`: said aloud in a huddle, not only looked at."""

    of: str
    read_out: bool = False


@record(kw_only=True)
class Noted(Event, kind="problem.noted", audience=Audience.PATH):
    of: str
    text: Typed = ""


@record(kw_only=True)
class RecallAsked(Event, kind="problem.recall-asked", audience=Audience.PATH):
    of: str
    why: Typed = ""


@record(kw_only=True)
class Corrected(Event, kind="problem.corrected", audience=Audience.PATH):
    """New words for one part of an entry that the same node wrote; `of` is that entry's hash."""

    of: str
    part: str
    text: Typed = ""
