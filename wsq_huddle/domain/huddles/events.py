"""What happens to a huddle. Who gets to know: all tiers see the chain (kin), answers go to the parent, figures up."""

from dataclasses import field
from datetime import date, datetime
from enum import StrEnum

from wsq_huddle.domain.agendas import Card, Mark
from wsq_huddle.domain.events import Audience, Event, Typed
from wsq_huddle.domain.records import record
from wsq_huddle.domain.summaries import Summary


class AsHeld(StrEnum):
    """What a parent knows of a huddle of which it was told nothing."""

    PAPER = "paper"
    EMERGENCY = "emergency"
    SHORT_STAFFED = "short-staffed"
    CLOSED = "closed"
    NOT_KNOWN = "not-known"


@record(kw_only=True)
class Opened(Event, kind="huddle.opened", audience=Audience.KIN):
    """The huddle has begun; `editions` are those of the definitions in force, by `<owner>/<sort>`."""

    on: date
    name: str
    planned_at: datetime | None
    minutes: int
    leader: str
    editions: dict[str, int] = field(default_factory=dict)
    held_at: datetime | None = None
    """When it was really held, if it was on paper and is typed in afterwards."""


@record(kw_only=True)
class Answered(Event, kind="huddle.answered", audience=Audience.PARENT):
    """One line was answered; a later answer to the same line corrects it. `did` goes with `cards`, one for one."""

    item: str
    step: str
    item_kind: str
    value: str | None = None
    mark: Mark = Mark.NONE
    numbers: dict[str, int | float] = field(default_factory=dict)
    cards: tuple[Card, ...] = ()
    words: Typed = ""
    """The value of a question for words; then `value` is None."""
    note: Typed = ""
    did: tuple[Typed, ...] = ()


@record(kw_only=True)
class Attended(Event, kind="huddle.attended", audience=Audience.PARENT):
    """Who was there: a number, the leaders by name, and the others by name where the site wants it."""

    number: int
    leaders: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@record(kw_only=True)
class Skipped(Event, kind="huddle.skipped", audience=Audience.KIN):
    why: Typed = ""


@record(kw_only=True)
class Closed(Event, kind="huddle.closed", audience=Audience.KIN):
    """Bare facts: that it is over; when stands on the entry."""


@record(kw_only=True)
class Reported(Event, kind="huddle.reported", audience=Audience.UP):
    """The summary for the tiers above; told again when something is corrected or added later."""

    summary: Summary


@record(kw_only=True)
class Reopened(Event, kind="huddle.reopened", audience=Audience.KIN):
    """Closed or skipped too early; it goes on."""


@record(kw_only=True)
class Marked(Event, kind="huddle.marked", audience=Audience.KIN):
    """What the parent knows; counts only where the node itself has written nothing."""

    as_held: AsHeld
