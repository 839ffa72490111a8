"""Who is closed at an instant, and who covers."""

from datetime import UTC, datetime, time

from wsq_huddle.domain.chains import Place
from wsq_huddle.domain.definitions import Calendar
from wsq_huddle.domain.standins import closed_at

WEEKDAYS = frozenset(range(5))
PLACES = (
    Place(node="icu", name="ICU", tier=1, parent="cardiac"),
    Place(node="cardiac", name="Cardiac", tier=2, parent=None,
          calendar=Calendar(days=WEEKDAYS, begins=time(7), ends=time(17), stand_in="house")),
    Place(node="clinic", name="Clinic", tier=1, parent="cardiac", calendar=Calendar(days=WEEKDAYS)),
)  # fmt: skip


def closed(day: int, hour: int) -> list[tuple[str, str | None]]:
    """Who is closed at this day and hour of November 2026, and who covers."""
    return [(one.node, one.stand_in) for one in closed_at(PLACES, datetime(2026, 11, day, hour, tzinfo=UTC))]


def test_who_works_is_not_closed_and_who_never_closes_needs_nobody() -> None:
    assert closed(24, 12) == []
    assert closed(24, 17) == [("cardiac", "house")]
    assert closed(28, 12) == [("clinic", None), ("cardiac", "house")]
