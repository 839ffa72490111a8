"""Days, hours and slots: when a node huddles, when it works, and who stands in; each in its own time zone."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from .definitions import Calendar, Slot, Window
from .records import record

_DEFAULTS = {1: (time(7, 15), 10), 2: (time(8), 20), 3: (time(8, 45), 15)}
_LONGEST_WAIT = 400
"""Days to look ahead for one on which a node works."""


@record(kw_only=True)
class Planned:
    """A slot on a day: `planned_at` is an instant in UTC."""

    name: str
    on: date
    planned_at: datetime
    minutes: int
    protected: bool = True

    @property
    def ends_at(self) -> datetime:
        return self.planned_at + timedelta(minutes=self.minutes)


@cache
def zone_of(name: str) -> ZoneInfo:
    """The time zone of this name; UTC for one that is not known here."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def default_slot(tier: int) -> Slot:
    """When a tier huddles that has not said when: 07:15, 08:00, 08:45 for 10, 20, 15 minutes."""
    at, minutes = _DEFAULTS[min(max(tier, 1), max(_DEFAULTS))]
    return Slot(name="morning", at=at, minutes=minutes)


def instant(calendar: Calendar, on: date, at: time) -> datetime:
    """A time of the node's day as an instant; one that the clocks skip comes as much later as they jump."""
    return datetime.combine(on, at.replace(fold=0), tzinfo=zone_of(calendar.zone)).astimezone(UTC)


def today(calendar: Calendar, now: datetime) -> date:
    """The node's own date."""
    return now.astimezone(zone_of(calendar.zone)).date()


def slots_on(slots: Iterable[Slot], calendar: Calendar, on: date) -> tuple[Planned, ...]:
    """The huddles a node has planned for a day, in their order; none on a day it is closed."""
    if on in calendar.closed:
        return ()
    return tuple(
        sorted(
            (
                Planned(name=slot.name, on=on, planned_at=instant(calendar, on, slot.at), minutes=slot.minutes,
                        protected=slot.protected)
                for slot in slots
                if on.weekday() in (slot.days or calendar.days)
            ),
            key=lambda planned: (planned.planned_at, planned.name),
        )
    )  # fmt: skip


def next_slot(slots: Iterable[Slot], calendar: Calendar, after: datetime) -> Planned | None:
    """The first huddle that begins after an instant: as far as a huddle looks ahead."""
    known = list(slots)
    start = today(calendar, after)
    for ahead in range(_LONGEST_WAIT):
        for planned in slots_on(known, calendar, start + timedelta(days=ahead)):
            if planned.planned_at > after:
                return planned
    return None


def window_on(window: Window, calendar: Calendar, on: date) -> tuple[datetime, datetime]:
    """When the protected time opens and closes on a day."""
    return instant(calendar, on, window.opens), instant(calendar, on, window.closes)


def hours_on(calendar: Calendar, on: date) -> tuple[datetime, datetime] | None:
    """From when until when a node works that begins its day on this date; None on a day it is closed."""
    if on in calendar.closed or on.weekday() not in calendar.days:
        return None
    over_night = calendar.ends <= calendar.begins
    return instant(calendar, on, calendar.begins), instant(calendar, on + timedelta(days=over_night), calendar.ends)


def works_at(calendar: Calendar, at: datetime) -> bool:
    """Whether a node works at an instant; outside, its clocks to acknowledge stand still."""
    on = today(calendar, at)
    spans = (hours_on(calendar, on - timedelta(days=back)) for back in (0, 1))
    return any(span is not None and span[0] <= at < span[1] for span in spans)


def stand_in_at(calendar: Calendar, at: datetime) -> str | None:
    """The node that covers for this one at an instant; None while it works, or when nobody does."""
    return None if works_at(calendar, at) else calendar.stand_in


def working_until(calendar: Calendar, start: datetime, worked: timedelta) -> datetime:
    """When so much of a node's working time has passed since `start`: where a clock to acknowledge runs out.

    A node that never works has its clock run on as if it did.
    """
    left = worked
    first = today(calendar, start) - timedelta(days=1)
    reached = start
    for ahead in range(_LONGEST_WAIT):
        span = hours_on(calendar, first + timedelta(days=ahead))
        if span is None or span[1] <= reached:
            continue
        begins = max(span[0], reached)
        if span[1] - begins >= left:
            return begins + left
        left -= span[1] - begins
        reached = span[1]
    return start + worked


def vacant_at(calendar: Calendar, last_sign: datetime, now: datetime, days: int) -> bool:
    """Whether nobody at a node gave a sign of life on so many whole days on which it works."""
    first, today_there = today(calendar, last_sign), today(calendar, now)
    passed = (first + timedelta(days=ahead) for ahead in range(1, min((today_there - first).days, _LONGEST_WAIT)))
    return days <= sum(hours_on(calendar, on) is not None for on in passed)
