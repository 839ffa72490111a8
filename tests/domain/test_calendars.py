"""Slots and hours are the node's own, also on the days when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsq_huddle.domain import calendars
from wsq_huddle.domain.calendars import Planned
from wsq_huddle.domain.definitions import Calendar, Slot

BERLIN = Calendar(zone="Europe/Berlin")
MORNING = Slot(name="morning", at=time(7, 15), minutes=10)
WEEKDAYS = frozenset(range(5))
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
ZONES = st.sampled_from(
    ["Europe/Berlin", "America/Chicago", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC", "Nowhere/At_All"]
)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def one(calendar: Calendar, on: date, slot: Slot = MORNING) -> Planned:
    (planned,) = calendars.slots_on([slot], calendar, on)
    return planned


@pytest.mark.parametrize(
    ("on", "instant"),
    [
        (date(2026, 3, 28), datetime(2026, 3, 28, 6, 15, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 5, 15, tzinfo=UTC)),
        (date(2026, 10, 24), datetime(2026, 10, 24, 5, 15, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 6, 15, tzinfo=UTC)),
    ],
)
def test_a_slot_stays_at_its_hour_when_the_clocks_change(on: date, instant: datetime) -> None:
    assert one(BERLIN, on).planned_at == instant


def test_a_slot_in_the_hour_that_is_skipped_or_comes_twice_is_held_once() -> None:
    night = Slot(name="night", at=time(2, 30), minutes=10)

    assert one(BERLIN, date(2026, 3, 29), night).planned_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert one(BERLIN, date(2026, 10, 25), night).planned_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(DAYS, ZONES, st.times())
def test_every_slot_of_every_day_is_planned_once_and_on_that_day(on: date, zone: str, clock: time) -> None:
    calendar = Calendar(zone=zone)
    planned = one(calendar, on, Slot(name="x", at=clock, minutes=10))

    assert calendars.today(calendar, planned.planned_at) == on
    assert planned.ends_at - planned.planned_at == timedelta(minutes=10)


def test_there_is_no_huddle_on_days_off() -> None:
    calendar = Calendar(days=WEEKDAYS, closed=frozenset({date(2026, 11, 26)}))
    saturdays = Slot(name="weekend", at=time(9), minutes=10, days=frozenset({5}))

    found = {
        day: [slot.name for slot in calendars.slots_on([saturdays, MORNING], calendar, date(2026, 11, day))]
        for day in range(25, 31)
    }

    assert found == {25: ["morning"], 26: [], 27: ["morning"], 28: ["weekend"], 29: [], 30: ["morning"]}


def test_a_huddle_looks_ahead_to_the_next() -> None:
    calendar = Calendar(days=WEEKDAYS)

    ahead = calendars.next_slot([MORNING], calendar, at(27, 7, 15))

    assert ahead is not None
    assert ahead.planned_at == at(30, 7, 15)
    assert calendars.next_slot([], calendar, at(30, 7, 15)) is None


@pytest.mark.parametrize(
    ("tier", "clock", "minutes"),
    [(1, time(7, 15), 10), (2, time(8), 20), (3, time(8, 45), 15), (6, time(8, 45), 15), (0, time(7, 15), 10)],
)
def test_every_tier_has_a_usual_time(tier: int, clock: time, minutes: int) -> None:
    slot = calendars.default_slot(tier)

    assert (slot.at, slot.minutes) == (clock, minutes)


@pytest.mark.parametrize(
    ("instant", "works"),
    [(at(27, 6, 59), False), (at(27, 7), True), (at(27, 18, 59), True), (at(27, 19), False), (at(28, 12), False)],
)
def test_a_node_works_in_its_hours_and_outside_them_another_stands_in(instant: datetime, works: bool) -> None:  # noqa: FBT001 - a table
    calendar = Calendar(days=WEEKDAYS, begins=time(7), ends=time(19), stand_in="house-supervisor")

    assert calendars.works_at(calendar, instant) is works
    assert calendars.stand_in_at(calendar, instant) == (None if works else "house-supervisor")


@pytest.mark.parametrize(
    ("instant", "works"), [(at(27, 20), True), (at(28, 6, 59), True), (at(28, 7), False), (at(28, 20), False)]
)
def test_a_night_belongs_to_the_day_on_which_it_begins(instant: datetime, works: bool) -> None:  # noqa: FBT001 - a table
    calendar = Calendar(days=WEEKDAYS, begins=time(19), ends=time(7))

    assert calendars.works_at(calendar, instant) is works


def test_the_same_hour_twice_is_round_the_clock() -> None:
    assert all(calendars.works_at(Calendar(), at(28, hour)) for hour in range(24))
    from_seven = Calendar(days=frozenset({0}), begins=time(7), ends=time(7))
    assert [calendars.works_at(from_seven, instant) for instant in (at(30, 6), at(30, 7), at(30, 23))] == [
        False,
        True,
        True,
    ]


def test_a_clock_to_acknowledge_stands_still_outside_the_hours() -> None:
    calendar = Calendar(days=WEEKDAYS, begins=time(8), ends=time(16))
    four = timedelta(hours=4)

    assert calendars.working_until(calendar, at(27, 9), four) == at(27, 13)
    assert calendars.working_until(calendar, at(27, 14), four) == at(30, 10)
    assert calendars.working_until(calendar, at(28, 14), four) == at(30, 12)
    assert calendars.working_until(Calendar(), at(28, 14), timedelta(hours=30)) == at(29, 20)
    never = Calendar(days=frozenset())
    assert calendars.working_until(never, at(28, 14), four) == at(28, 18)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)), st.integers(0, 200), ZONES)  # noqa: DTZ001 - made aware below
def test_working_time_never_runs_faster_than_the_clock(start: datetime, hours: int, zone: str) -> None:
    calendar = Calendar(zone=zone, days=WEEKDAYS, begins=time(22), ends=time(6))
    began = start.replace(tzinfo=UTC)

    end = calendars.working_until(calendar, began, timedelta(hours=hours))

    assert end - began >= timedelta(hours=hours)
    assert hours == 0 or calendars.works_at(calendar, end - timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("signed", "now", "vacant"),
    [
        (at(20, 9), at(20, 23), False),
        (at(19, 9), at(24, 6), False),  # a Thursday; Friday and Monday have passed, and the weekend does not count
        (at(19, 9), at(25, 6), True),
        (at(25, 9), at(20, 9), False),  # a clock that was put back
    ],
)
def test_a_node_is_vacant_after_whole_days_of_work_without_a_sign(
    signed: datetime, now: datetime, *, vacant: bool
) -> None:
    weekdays = Calendar(days=WEEKDAYS, begins=time(7), ends=time(17))

    assert calendars.vacant_at(weekdays, signed, now, 3) is vacant
    assert not calendars.vacant_at(Calendar(days=frozenset()), signed, now, 1)
