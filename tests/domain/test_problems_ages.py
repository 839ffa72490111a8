"""How old and how late a problem is depends on what is passed in, never on a clock of its own."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.domain.telling import AT, CARDIAC, DAY, RAISED, UP, WEST, told
from tests.domain.trying import problem
from wsq_huddle.domain import problems
from wsq_huddle.domain.problems import (
    Acknowledged,
    Arrived,
    Escalated,
    Mode,
    Planned,
    Resolved,
    Urgency,
    Withdrawn,
)

WITHIN = {
    Urgency.NOW: timedelta(minutes=10),
    Urgency.TODAY: timedelta(hours=4),
    Urgency.ROUTINE: timedelta(hours=24),
}


def slowly(since: datetime, worked: timedelta) -> datetime:
    """A node that works a tenth of the time."""
    return since + 10 * worked


def test_a_plan_is_overdue_when_its_day_has_ended_where_the_node_is() -> None:
    it = problem((WEST, RAISED), (WEST, Planned(owner="Ana R.", due=DAY)))
    zone = ZoneInfo("America/New_York")

    assert problems.overdue_at(it, zone) == datetime(2026, 11, 26, 5, 0, tzinfo=UTC)
    assert problems.overdue_at(it) == datetime(2026, 11, 26, tzinfo=UTC)
    assert not problems.overdue(it, datetime(2026, 11, 26, 4, 59, tzinfo=UTC), zone)
    assert problems.overdue(it, datetime(2026, 11, 26, 5, 0, tzinfo=UTC), zone)


def test_without_a_plan_or_when_solved_nothing_is_overdue() -> None:
    plan = (WEST, Planned(owner="Ana R.", due=DAY))

    assert problems.overdue_at(problem((WEST, RAISED))) is None
    assert problems.overdue_at(problem((WEST, RAISED), plan, (WEST, Resolved(remedy="x")))) is None


def test_the_last_day_of_the_calendar_breaks_nothing() -> None:
    it = problem((WEST, RAISED), (WEST, Planned(owner="Ana R.", due=date.max)))

    assert not problems.overdue(it, AT)


def test_a_plan_with_check_ins_is_overdue_after_the_day_of_its_check() -> None:
    long = problem((WEST, RAISED), (WEST, Planned(owner="Ana R.", check_in=DAY)))

    assert problems.overdue_at(long) == datetime(2026, 11, 26, tzinfo=UTC)


@pytest.mark.parametrize(
    ("urgency", "until"), [(Urgency.NOW, 10), (Urgency.TODAY, 10 * 240), (Urgency.ROUTINE, 10 * 1440)]
)
def test_who_was_asked_has_the_time_of_the_urgency_as_they_work_and_by_the_clock_when_it_cannot_wait(
    urgency: Urgency, until: int
) -> None:
    it = problem((WEST, replace(RAISED, urgency=urgency)), (WEST, UP))
    asked = AT + timedelta(minutes=2)

    assert problems.acknowledge_until(it, WITHIN, slowly) == asked + timedelta(minutes=until)


def test_the_clock_to_acknowledge_runs_from_when_it_got_there() -> None:
    (_, asked) = told((WEST, RAISED), (WEST, UP))
    it = problem((WEST, RAISED), (WEST, UP), (CARDIAC, Arrived(of=asked.hash)))

    assert problems.acknowledge_until(it, WITHIN, slowly) == AT + timedelta(minutes=3, hours=40)


def test_nothing_is_to_be_acknowledged_that_was_or_that_was_only_told() -> None:
    got = problem((WEST, RAISED), (WEST, UP), (CARDIAC, Acknowledged()))
    only_told = problem((WEST, RAISED), (WEST, Escalated(to=CARDIAC, mode=Mode.AWARENESS)))

    assert problems.acknowledge_until(problem((WEST, RAISED)), WITHIN, slowly) is None
    assert problems.acknowledge_until(got, WITHIN, slowly) is None
    assert problems.acknowledge_until(only_told, WITHIN, slowly) is None


def test_ages_count_from_the_beginning_from_the_holder_and_from_the_last_word() -> None:
    ages = problems.ages(problem((WEST, RAISED), (WEST, UP), (CARDIAC, Acknowledged())), AT + timedelta(minutes=63))

    assert (ages.total, ages.here, ages.quiet) == tuple(timedelta(minutes=minutes) for minutes in (62, 61, 60))


def test_what_is_over_grows_no_older_and_no_age_is_below_zero() -> None:
    it = problem((WEST, RAISED), (WEST, Withdrawn(why="found")))

    assert problems.ages(it, AT + timedelta(days=9)).total == timedelta(minutes=1)
    assert problems.ages(problem((WEST, RAISED)), AT - timedelta(days=1)).total == timedelta(0)
