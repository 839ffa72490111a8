"""Who is in touch and has entered nothing for days: told to the node above."""

from datetime import date, timedelta

from screens.morning import unused_words
from tests.services.hospital import DAY, Hospital
from wsq_huddle.services import huddles, problems, rollcalls
from wsq_huddle.services.desk import Desk


def unused_at(desk: Desk) -> dict[str, date | None]:
    areas = rollcalls.call(desk, huddles.sitting(desk)).areas
    return {area.node: area.unused_since for area in areas}


def later(hospital: Hospital, days: int, clock: str = "08:02") -> dict[str, date | None]:
    """What the department sees that many days later, a little after its own huddle began."""
    hospital.clock.put(clock, DAY + timedelta(days=days))
    hospital.deliver()
    return unused_at(hospital["cardiac"])


def test_a_unit_that_let_yesterdays_huddle_go_by_was_not_used_since_its_last_entry(hospital: Hospital) -> None:
    hospital.clock.put("07:15")
    huddles.open_today(hospital["4-west"])
    hospital.deliver()

    assert later(hospital, 1)["4-west"] is None
    assert later(hospital, 2, "07:50")["4-west"] == DAY, "also while today's is still awaited"
    assert later(hospital, 2)["4-west"] == DAY


def test_a_problem_is_an_entry_too(hospital: Hospital) -> None:
    hospital.clock.put("07:15")
    huddles.open_today(hospital["4-west"])
    hospital.clock.put("15:00", DAY + timedelta(days=1))
    problems.raise_at(hospital["4-west"], title="Pumps")
    hospital.deliver()

    assert later(hospital, 2)["4-west"] is None
    assert later(hospital, 3)["4-west"] == DAY + timedelta(days=1)


def test_nothing_is_said_of_who_is_out_of_touch_or_never_began(hospital: Hospital) -> None:
    hospital.clock.put("07:15")
    huddles.open_today(hospital["4-west"])
    hospital.deliver()
    hospital.cut = {"4-west"}

    assert later(hospital, 3) == {"4-west": None, "5-east": None}


def test_days_of_this_week_go_by_their_name() -> None:
    assert unused_words(date(2026, 11, 24), date(2026, 11, 27)) == "not used since Tue"
    assert unused_words(date(2026, 11, 10), date(2026, 11, 27)) == "not used since Tue 10 Nov"
