"""How old and how late a problem is depends on what is passed in, never on a clock of its own."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.domain.telling import AT, DAY, RAISED, told
from wsq_huddle.domain import problems
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.problems import Acknowledged, Escalated, Mode, Planned, Problem, Resolved, Urgency, Withdrawn

WEST, CARDIAC = "4-west", "cardiac"
UP = Escalated(to=CARDIAC, need="two pumps", by=AT + timedelta(hours=3))


def problem(*happened: tuple[str, Event]) -> Problem:
    found = problems.fold(told(*happened))
    assert found is not None
    return found


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


def test_a_quick_hit_has_seventy_two_hours_and_a_plan_with_check_ins_has_not() -> None:
    quick = problem((WEST, RAISED), (WEST, Planned(owner="Ana R.", due=DAY)))
    long = problem((WEST, RAISED), (WEST, Planned(owner="Ana R.", check_in=DAY)))

    assert quick.planned_at is not None
    assert problems.quick_until(quick) == quick.planned_at + timedelta(hours=72)
    assert problems.quick_until(long) is None
    assert problems.overdue_at(long) == datetime(2026, 11, 26, tzinfo=UTC)


def test_who_was_asked_has_a_day_to_acknowledge_and_a_quarter_of_an_hour_when_it_cannot_wait() -> None:
    it = problem((WEST, RAISED), (WEST, UP))
    urgent = problem((WEST, replace(RAISED, urgency=Urgency.NOW)), (WEST, UP))
    asked = AT + timedelta(minutes=2)

    assert problems.acknowledge_until(it) == asked + timedelta(hours=24)
    assert problems.acknowledge_until(urgent) == asked + timedelta(minutes=15)
    assert problems.unacknowledged(urgent, asked + timedelta(minutes=15))
    assert not problems.unacknowledged(urgent, asked + timedelta(minutes=14))


def test_nothing_is_to_be_acknowledged_that_was_or_that_was_only_told() -> None:
    got = problem((WEST, RAISED), (WEST, UP), (CARDIAC, Acknowledged()))
    only_told = problem((WEST, RAISED), (WEST, Escalated(to=CARDIAC, mode=Mode.AWARENESS)))

    assert problems.acknowledge_until(got) is None
    assert problems.acknowledge_until(only_told) is None
    assert not problems.unacknowledged(got, AT + timedelta(days=9))


def test_an_answer_is_wanted_as_long_as_who_was_asked_has_it() -> None:
    assert problems.answer_wanted_at(problem((WEST, RAISED), (WEST, UP))) == AT + timedelta(hours=3)
    assert problems.answer_wanted_at(problem((WEST, RAISED), (WEST, UP), (CARDIAC, Resolved(remedy="x")))) is None
    assert problems.answer_wanted_at(problem((WEST, RAISED))) is None


def test_ages_count_from_the_beginning_from_the_holder_and_from_the_last_word() -> None:
    ages = problems.ages(problem((WEST, RAISED), (WEST, UP), (CARDIAC, Acknowledged())), AT + timedelta(minutes=63))

    assert (ages.total, ages.here, ages.quiet) == tuple(timedelta(minutes=minutes) for minutes in (62, 61, 60))


def test_what_is_over_grows_no_older_and_no_age_is_below_zero() -> None:
    it = problem((WEST, RAISED), (WEST, Withdrawn(why="found")))

    assert problems.ages(it, AT + timedelta(days=9)).total == timedelta(minutes=1)
    assert problems.ages(problem((WEST, RAISED)), AT - timedelta(days=1)).total == timedelta(0)
