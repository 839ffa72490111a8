"""Slots of a day: in the window, one after another, and long enough for a roll call."""

from datetime import UTC, datetime, time, timedelta

import pytest

from wsq_huddle.domain import slots
from wsq_huddle.domain.definitions import Slot, Window


def slot(at: time, minutes: int) -> Slot:
    return Slot(name="morning", at=at, minutes=minutes)


@pytest.mark.parametrize(
    ("at", "minutes", "leaves"),
    [
        (time(7), 120, False),
        (time(6, 55), 10, True),
        (time(8, 45), 15, False),
        (time(8, 45), 16, True),
        (time(23, 55), 10, True),
    ],
)
def test_a_slot_leaves_the_window_by_beginning_before_it_or_ending_after_it(
    at: time, minutes: int, *, leaves: bool
) -> None:
    assert slots.leaves(slot(at, minutes), Window()) is leaves


def test_a_slot_is_too_early_while_the_one_before_it_goes_on() -> None:
    eight = slot(time(8), 20)

    assert not slots.too_early(eight, slot(time(7, 50), 10))
    assert slots.too_early(eight, slot(time(7, 50), 11))


def test_what_runs_past_midnight_ends_later_than_the_day() -> None:
    assert slots.end_of(slot(time(23, 50), 10)) == slots.DAY
    assert slots.end_of(slot(time(23, 55), 10)) > slots.DAY
    assert slots.clock(slots.end_of(slot(time(23, 55), 10))) == "00:05"


@pytest.mark.parametrize(
    ("minutes", "areas", "seconds"), [(20, 15, 32), (15, 7, 51), (20, 6, 60), (20, 0, 60), (10, 30, 8)]
)
def test_a_roll_call_takes_at_most_two_fifths_of_the_huddle(minutes: int, areas: int, seconds: int) -> None:
    assert slots.roll_call_seconds(minutes, areas, most=60, percent=40) == seconds


@pytest.mark.parametrize(
    ("percent", "over"), [({}, [2, 4, 6, 8, 10, 12]), ({2: 40}, [1.44, 2.88, 7.68, 9.12, 10.56, 12])]
)
def test_steps_share_the_huddle_evenly_and_the_roll_call_has_its_own_part(
    percent: dict[int, int], over: list[float]
) -> None:
    begins = datetime(2026, 11, 30, 7, 15, tzinfo=UTC)
    ends = begins + timedelta(minutes=12)
    found = [slots.step_over(begins, ends, at, 6, percent) - begins for at in range(6)]

    assert [round(one / timedelta(minutes=1), 2) for one in found] == over
    assert slots.step_over(begins, ends, -1, 6, percent) == begins
