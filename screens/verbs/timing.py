"""By when, as people type it: 10, noon, today, fri, 2 dec, or nothing for what is usual."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from wsq_huddle.domain import whens
from wsq_huddle.domain.problems import Urgency
from wsq_huddle.services import sites

if TYPE_CHECKING:
    from wsq_huddle.services.desk import Desk


def usual_by(desk: "Desk", urgency: Urgency, next_huddle: datetime | None) -> datetime:
    """By when an answer is wanted if nobody says: 16:00, for what is routine the next huddle."""
    return whens.usual_by(urgency, now=desk.now(), zone=desk.zone, next_huddle=next_huddle)


def wanted_by(desk: "Desk", urgency: Urgency, typed: str) -> datetime:
    """By when an answer is wanted, from what was typed; reads when the next huddle is."""
    usual = usual_by(desk, urgency, next(iter(sites.coming(desk)), None))
    return whens.read_by(typed, now=desk.now(), zone=desk.zone, usual=usual)


def wanted_day(desk: "Desk", typed: str) -> date:
    """The day of a plan, from what was typed."""
    today = desk.local(desk.now()).date()
    return whens.read_day(typed, today=today, usual=whens.usual_day(today))
