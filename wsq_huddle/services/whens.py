"""By when: what was typed, or what Enter alone says here."""

from datetime import date, datetime, timedelta

from wsq_huddle.domain import calendars, huddles, whens
from wsq_huddle.domain.calendars import Planned
from wsq_huddle.domain.huddles import State
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
    """When our next huddle begins, or that of another node; one that met before its time is not the next one."""
    key = node or desk.node
    place = Places(desk).of(key)
    slots = place.slots or (calendars.default_slot(place.tier),)
    planned = calendars.next_slot(slots, place.calendar, after)
    while planned is not None and _begun(desk, key, planned):
        planned = calendars.next_slot(slots, place.calendar, planned.planned_at)
    return planned.planned_at if planned else None


def _begun(desk: Desk, node: str, planned: Planned) -> bool:
    """Whether this huddle has been opened, or called off."""
    subject = huddles.subject_of(node, planned.on, planned.name)
    row = desk.look().one("SELECT state FROM huddle WHERE subject = :subject", subject=subject)
    return row is not None and row["state"] != State.PLANNED
