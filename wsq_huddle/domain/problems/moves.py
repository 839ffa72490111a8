"""Which events fit which state of a problem, as data: keys, diagrams and the fold all go by this table."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from wsq_huddle.domain.events import Event

from .events import (
    Acknowledged,
    Alerted,
    Arrived,
    Assigned,
    Confirmed,
    Corrected,
    Escalated,
    Lapsed,
    Noted,
    Planned,
    RecallAsked,
    Reminded,
    Reopened,
    Resolved,
    Returned,
    Seen,
    TakenOver,
    Withdrawn,
)


class State(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


_ALWAYS: frozenset[type[Event]] = frozenset({Arrived, Seen, Noted, Corrected})

MOVES: Mapping[State, frozenset[type[Event]]] = MappingProxyType(
    {
        State.OPEN: _ALWAYS
        | {Planned, Escalated, Acknowledged, Returned, Assigned, Resolved, Withdrawn, TakenOver}
        | {Alerted, Reminded, RecallAsked},
        State.RESOLVED: _ALWAYS | {Confirmed, Reopened, Lapsed, TakenOver},
        # Only what lapsed may be opened again.
        State.CLOSED: _ALWAYS | {Reopened},
        State.WITHDRAWN: _ALWAYS,
    }
)

VERBS: Mapping[str, type[Event]] = MappingProxyType(
    {
        "plan": Planned,
        "escalate": Escalated,
        "acknowledge": Acknowledged,
        "give_back": Returned,
        "assign": Assigned,
        "resolve": Resolved,
        "confirm": Confirmed,
        "reopen": Reopened,
        "lapse": Lapsed,
        "withdraw": Withdrawn,
        "take_over": TakenOver,
        "alert": Alerted,
        "remind": Reminded,
        "see": Seen,
        "read_out": Seen,
        "note": Noted,
        "ask_recall": RecallAsked,
        "correct": Corrected,
    }
)
"""The verbs on a problem that is there already, each with the event it makes."""
