"""A problem as its story tells it: plain values, which is all that screens, commands and made tables see of it."""

from dataclasses import field
from datetime import date, datetime

from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.records import record

from .events import Mode, Urgency
from .moves import State
from .names import Heard

PREFIX = "problem-"


def subject_of(raised_id: str) -> str:
    """The subject of a problem: named after its `raised` entry, so that no other entry can begin it."""
    return PREFIX + raised_id


@record(kw_only=True)
class Hop:
    """One stretch of the way: `node` handed the problem to `to`, or told it; and how far that got.

    `by` is when an answer is wanted, `signed` who signed. `acknowledged_at` is the first turn of the receiver.
    """

    kind: str
    turn: int
    of: str
    node: str
    to: str
    mode: Mode
    need: str
    tried: str
    by: datetime | None
    signed: str
    at: datetime
    delivered_at: datetime | None = None
    seen_at: datetime | None = None
    acknowledged_at: datetime | None = None


@record(kw_only=True)
class Answer:
    """What came back last: with the problem (`solved` false) or as its solution.

    `first` is what it said before it was corrected, else None. `not_now`: it is not possible now.
    """

    text: str
    solved: bool
    turn: int
    of: str
    node: str
    to: str
    signed: str
    at: datetime
    delivered_at: datetime | None = None
    seen_at: datetime | None = None
    read_at: datetime | None = None
    first: str | None = None
    corrected_at: datetime | None = None
    corrected_by: str | None = None
    not_now: bool = False


@record(kw_only=True)
class Recall:
    """A node that handed the problem over asks to have it back."""

    node: str
    signed: str
    at: datetime
    why: str


@record(kw_only=True)
class Alert:
    to: str
    node: str
    at: datetime


@record(kw_only=True)
class Problem:
    """`path` is everybody who may know, in the order they came to it; `held` those who have held it.

    `ask` is the hop by which the holder got it: None for who raised, reopened or took it over. `delivered_at`,
    `seen_at` and `acknowledged_at` are those of `ask`, or of the last telling when nobody ever handed it on.
    `handed_by` is who asked the holder, and so whom it goes back to by default. `seen` says up to which turn each
    node has looked. `overtaken` and `ahead` are hashes of turns that lost a fork, or wait for what they build on.
    `heard` is what the places on its way are called, as its entries say.
    """

    id: str
    title: str
    detail: str
    category: str
    urgency: Urgency
    reference: str | None
    about: str | None
    state: State
    origin: str
    tells: str | None
    holder: str
    path: tuple[str, ...]
    held: tuple[str, ...]
    turn: int
    last: str
    last_node: str
    raised_at: datetime
    raised_by: str
    held_since: datetime
    changed_at: datetime
    what: str | None = None
    owner: str | None = None
    due: date | None = None
    check_in: date | None = None
    planned_at: datetime | None = None
    escalation: Hop | None = None
    ask: Hop | None = None
    handed_by: str | None = None
    delivered_at: datetime | None = None
    seen_at: datetime | None = None
    acknowledged_at: datetime | None = None
    answer: Answer | None = None
    remedy: str | None = None
    lesson: str | None = None
    why: str | None = None
    resolved_at: datetime | None = None
    resolved_by: str | None = None
    closed_at: datetime | None = None
    lapsed: bool = False
    disputed: bool = False
    recall: Recall | None = None
    alerts: tuple[Alert, ...] = ()
    hops: tuple[Hop, ...] = ()
    seen: dict[str, int] = field(default_factory=dict)
    overtaken: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    heard: tuple[Heard, ...] = field(default=(), repr=False, compare=False)
    told: tuple[Told, ...] = field(default=(), repr=False, compare=False)

    @property
    def over(self) -> bool:
        return self.state in {State.CLOSED, State.WITHDRAWN}
