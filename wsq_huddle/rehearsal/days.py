"""Days of the rehearsal: working days counted from this morning, and times of day in the hospital's zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKEND = 5
"""The first weekday on which nobody huddles."""


@dataclass(frozen=True)
class Days:
    """`morning` is the day of the rehearsal: 0; the working day before it is -1."""

    morning: date
    zone: ZoneInfo

    def date(self, day: int) -> date:
        """The date of a working day counted from the morning."""
        found, step = self.morning, timedelta(days=1 if day > 0 else -1)
        left = abs(day)
        while left:
            found += step
            left -= found.weekday() < WEEKEND
        return found

    def at(self, day: int, text: str) -> datetime:
        """An instant from a day and a time like 07:19."""
        return datetime.combine(self.date(day), time.fromisoformat(text), self.zone).astimezone(UTC)


def morning_of(now: datetime, zone: ZoneInfo) -> date:
    """The day of the rehearsal: today, or on a weekend the Friday before."""
    found = now.astimezone(zone).date()
    return found - timedelta(days=max(0, found.weekday() - WEEKEND + 1))


class MovingClock:
    """A clock that whoever makes history sets: it stands still in between."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at
