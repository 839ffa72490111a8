"""The morning at which the hospitals of these tests stand, and a past that is short."""

from datetime import UTC, datetime

from wsq_huddle.rehearsal.building import Tale

MORNING = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
"""A Wednesday: the morning of the rehearsal is this day's, wherever the machine stands."""

SHORT = Tale(first=-2)
