"""The agenda check: the same lines with the same answers for ten days are worth a look."""

from datetime import timedelta

import pytest

from tests.services.holding import all_fine
from tests.services.hospital import DAY, Hospital
from wsq_huddle.services import huddles, steps
from wsq_huddle.services.desk import Desk


def held(hospital: Hospital, unit: Desk, day: int, **but: str) -> int:
    """Hold the huddle of a day; gives for how many days Close says that it was the same."""
    hospital.clock.put("07:15", DAY + timedelta(days=day))
    huddles.open_today(unit)
    all_fine(unit, **but)
    return steps.look(unit, huddles.sitting(unit)).closing.unchanged


def test_nine_days_are_not_worth_a_word_and_ten_are(hospital: Hospital, unit: Desk) -> None:
    told = [held(hospital, unit, day) for day in range(10)]

    assert told == [0] * 9 + [10]


@pytest.mark.parametrize("different", [0, 4, 9])
def test_one_other_answer_within_ten_days_is_enough_to_be_silent(
    hospital: Hospital, unit: Desk, different: int
) -> None:
    told = [held(hospital, unit, day, **({"falls": "1"} if day == different else {})) for day in range(10)]

    assert set(told) == {0}


def test_numbers_that_differ_from_day_to_day_are_nothing_new_as_long_as_their_mark_stays(
    hospital: Hospital, unit: Desk
) -> None:
    """Beds free are never the same, and a huddle that has nothing but them to tell is worth a look."""
    told = [held(hospital, unit, day, beds_free=str(day % 4)) for day in range(10)]

    assert told == [0] * 9 + [10]
    assert held(hospital, unit, 10, home_by_11="12") == 0


def test_it_is_said_only_when_every_line_has_its_answer(hospital: Hospital, unit: Desk) -> None:
    for day in range(10):
        held(hospital, unit, day)
    hospital.clock.put("07:15", DAY + timedelta(days=10))
    huddles.open_today(unit)

    assert steps.look(unit, huddles.sitting(unit)).closing.unchanged == 0
