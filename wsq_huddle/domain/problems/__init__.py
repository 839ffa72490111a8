"""Problems: one holder at any time, who alone takes the turns, until who raised it says that it is solved.

             escalated, assigned, returned, taken-over (the holder changes)
             planned, acknowledged (the holder stays)
                 ┌────────┐
                 │        ▼
    raised ───> OPEN ── resolved ──> RESOLVED ── confirmed, lapsed ──> CLOSED
                 │ ▲                    │                                │
                 │ └──── reopened ──────┘                                │
                 │ └──── reopened (for some days, if it lapsed) ─────────┘
                 └── withdrawn ──> WITHDRAWN

Handing over is a turn: turn n + 1 names the hash of turn n. `fold` finds the turns that count, `may` says who
may do what, the verbs give the events, `arrives` and `parties` serve the feeds.
"""

from .ages import STUCK, Ages, acknowledge_until, ages, overdue, overdue_at, quick_hit_until, stuck
from .events import (
    Acknowledged,
    Alerted,
    Arrived,
    Assigned,
    Confirmed,
    Corrected,
    Escalated,
    Lapsed,
    Mode,
    Noted,
    Planned,
    Raised,
    RecallAsked,
    Reminded,
    Reopened,
    Resolved,
    Returned,
    Rule,
    Seen,
    TakenOver,
    Urgency,
    Withdrawn,
)
from .fold import begins, evolve, fold
from .moves import MOVES, VERBS, State
from .names import Heard
from .parties import arrives, may_arrive, named, parties
from .problem import PREFIX, Alert, Answer, Hop, Problem, Recall, subject_of
from .rules import may, name_of, refusal
from .story import Line, is_correction, story
from .urgent import Call, call, waits_at
from .verbs import (
    acknowledge,
    alert,
    ask_recall,
    assign,
    confirm,
    correct,
    escalate,
    give_back,
    lapse,
    note,
    plan,
    raise_at,
    read_out,
    remind,
    reopen,
    resolve,
    see,
    take_over,
    withdraw,
)
from .written import Written, meant, written

__all__ = [
    "MOVES",
    "PREFIX",
    "STUCK",
    "VERBS",
    "Acknowledged",
    "Ages",
    "Alert",
    "Alerted",
    "Answer",
    "Arrived",
    "Assigned",
    "Call",
    "Confirmed",
    "Corrected",
    "Escalated",
    "Heard",
    "Hop",
    "Lapsed",
    "Line",
    "Mode",
    "Noted",
    "Planned",
    "Problem",
    "Raised",
    "Recall",
    "RecallAsked",
    "Reminded",
    "Reopened",
    "Resolved",
    "Returned",
    "Rule",
    "Seen",
    "State",
    "TakenOver",
    "Urgency",
    "Withdrawn",
    "Written",
    "acknowledge",
    "acknowledge_until",
    "ages",
    "alert",
    "arrives",
    "ask_recall",
    "assign",
    "begins",
    "call",
    "confirm",
    "correct",
    "escalate",
    "evolve",
    "fold",
    "give_back",
    "is_correction",
    "lapse",
    "may",
    "may_arrive",
    "meant",
    "name_of",
    "named",
    "note",
    "overdue",
    "overdue_at",
    "parties",
    "plan",
    "quick_hit_until",
    "raise_at",
    "read_out",
    "refusal",
    "remind",
    "reopen",
    "resolve",
    "see",
    "story",
    "stuck",
    "subject_of",
    "take_over",
    "waits_at",
    "withdraw",
    "written",
]
