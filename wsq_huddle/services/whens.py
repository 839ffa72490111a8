"""By when: what was typed, or what Enter alone says here."""

from datetime import date, datetime, timedelta

from wsq_huddle.domain import calendars, whens
from wsq_huddle.domain.problems import Urgency

from .desk import Desk
from .places import Places


def by(desk: Desk, typed: str, *, urgency: Urgency = Urgency.TODAY) -> datetime:
    """By when an answer is wanted, in UTC; raises `NotAllowed` with what could be typed."""
    return whens.read_by(typed, now=desk.now(), zone=desk.zone, usual=usual_by(desk, urgency))


def usual_by(desk: Desk, urgency: Urgency = Urgency.TODAY) -> datetime:
    """What Enter alone says: 16:00, or our next huddle for what is routine."""
    now = desk.now()
    following = next_huddle(desk, now) if urgency is Urgency.ROUTINE else None
    return whens.usual_by(urgency, now=now, zone=desk.zone, next_huddle=following)


def day(desk: Desk, typed: str) -> date:
    """The day a plan is due; Enter alone is what `usual_day` says."""
    return whens.read_day(typed, today=desk.local(desk.now()).date(), usual=usual_day(desk))


def usual_day(desk: Desk) -> date:
    """The day a plan without a day of its own is due: when the hours of a quick hit are over."""
    within = timedelta(hours=desk.settings.rules.quick_hit_hours)
    return whens.usual_day(desk.local(desk.now()).date(), within)


def next_huddle(desk: Desk, after: datetime, node: str | None = None) -> datetime | None:
    """When our next huddle begins, or that of another node."""
    place = Places(desk).of(node or desk.node)
    planned = calendars.next_slot(place.slots or (calendars.default_slot(place.tier),), place.calendar, after)
    return planned.planned_at if planned else None
