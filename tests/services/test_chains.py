"""The morning as each tier sees it, from what has reached it."""

from datetime import timedelta

import pytest

from tests.services.hospital import DAY, PLACES, Hospital, at
from wsq_huddle.domain.chains import State
from wsq_huddle.services import chains, huddles, problems
from wsq_huddle.services.desk import Desk


def states(desk: Desk) -> dict[str, str]:
    return {row.node: row.state.value for row in chains.morning(desk).rows}


def test_each_tier_sees_its_own_line_and_all_below(hospital: Hospital) -> None:
    assert set(states(hospital["4-west"])) == {"4-west", "cardiac", "executive"}
    assert set(states(hospital["cardiac"])) == {"4-west", "5-east", "cardiac", "executive"}
    assert set(states(hospital["executive"])) == set(hospital.desks)
    assert chains.morning(hospital["4-west"]).window == (at("07:00"), at("09:00"))


def test_a_morning_goes_from_planned_over_open_and_late_to_held_and_missed(hospital: Hospital) -> None:
    department = hospital["cardiac"]
    hospital.clock.put("07:10")
    hospital.deliver()
    assert states(department) == {
        "4-west": "planned",
        "5-east": "planned",
        "cardiac": "planned",
        "executive": "planned",
    }

    hospital.clock.put("07:16")
    huddles.open_today(hospital["4-west"])
    hospital.clock.put("07:20")
    hospital.deliver()
    assert states(department)["4-west"] == "open"
    assert states(department)["5-east"] == "late"

    huddles.open_today(hospital["5-east"])
    huddles.close(hospital["4-west"], huddles.sitting(hospital["4-west"]))
    hospital.deliver()
    morning = chains.morning(department)
    west, east = morning.of("4-west"), morning.of("5-east")
    assert west is not None
    assert east is not None
    assert (west.state, west.late, west.reported_at is not None) == (State.HELD, False, True)
    assert (east.state, east.late) == (State.OPEN, True)
    assert morning.of("nowhere") is None


def test_a_node_in_touch_that_did_not_meet_is_missed_and_one_out_of_touch_is_unknown(hospital: Hospital) -> None:
    hospital.cut = {"5-east"}
    hospital.clock.put("08:02")
    hospital.deliver()

    assert states(hospital["cardiac"])["4-west"] == "missed"
    assert states(hospital["cardiac"])["5-east"] == "unknown"
    assert states(hospital["executive"])["4-west"] == "unknown"  # only its neighbour knows whether it was in touch


def test_what_the_department_told_counts_for_units_further_below(hospital: Hospital) -> None:
    hospital.cut = {"5-east"}
    hospital.clock.put("08:02")
    hospital.deliver()
    huddles.open_today(hospital["cardiac"])
    huddles.close(hospital["cardiac"], huddles.sitting(hospital["cardiac"]))
    hospital.deliver()

    seen = states(hospital["executive"])
    assert (seen["4-west"], seen["5-east"], seen["cardiac"]) == ("missed", "unknown", "held")


def test_what_arrives_late_counts_with_its_own_times(hospital: Hospital) -> None:
    hospital.cut = {"5-east"}
    hospital.clock.put("07:16")
    huddles.open_today(hospital["5-east"])
    huddles.close(hospital["5-east"], huddles.sitting(hospital["5-east"]))
    hospital.clock.put("08:02")
    assert states(hospital["cardiac"])["5-east"] == "unknown"
    hospital.cut = set()
    hospital.deliver()

    row = chains.morning(hospital["cardiac"]).of("5-east")
    assert row is not None
    assert (row.state, row.late) == (State.HELD, False)


@pytest.mark.parametrize(("how", "state"), [("paper", "held"), ("closed", "skipped"), ("not-known", "unknown")])
def test_a_mark_of_the_parent_counts_as_long_as_nothing_is_told(hospital: Hospital, how: str, state: str) -> None:
    hospital.clock.put("08:02")
    huddles.mark(hospital["cardiac"], "5-east", as_held=how)
    hospital.deliver()

    assert states(hospital["executive"])["5-east"] == state


def test_problems_are_counted_up_and_down_on_the_day_they_moved(hospital: Hospital) -> None:
    unit, department = hospital["4-west"], hospital["cardiac"]
    pumps = problems.raise_at(unit, title="Pumps").id
    problems.escalate(unit, pumps, need="two")
    hospital.deliver()
    problems.give_back(department, pumps, answer="none left")
    hospital.deliver()
    row = chains.morning(unit).of("4-west")
    assert row is not None
    assert (row.problems_up, row.problems_down) == (1, 1)

    hospital.clock.put("07:15", DAY + timedelta(days=1))
    problems.note(unit, pumps, text="still none")
    row = chains.morning(unit).of("4-west")
    assert row is not None
    assert (row.problems_up, row.problems_down) == (0, 0)
    told = chains.morning(unit, DAY).as_json()
    assert next(node for node in told["nodes"] if node["node"] == "4-west")["problems_up"] == 1


def test_who_is_closed_is_told_with_who_stands_in_with_a_huddle_that_day_or_without(hospital: Hospital) -> None:
    hospital.hours("cardiac", 'begins = "07:00"\nends = "17:00"\nstand_in = "executive"')
    hospital.hours("5-east", f"closed = [{DAY}]")
    hospital.clock.put("06:30")
    morning = chains.morning(hospital["cardiac"])

    assert [(one.node, one.stand_in) for one in morning.closed] == [("5-east", None), ("cardiac", "executive")]
    assert morning.of("5-east") is None
    assert morning.as_json()["closed"][1] == {
        "node": "cardiac", "name": "Cardiac", "tier": 2, "parent": "executive", "stand_in": "executive",
    }  # fmt: skip
    assert chains.morning(hospital["cardiac"], DAY - timedelta(days=1)).closed == ()
    hospital.clock.put("07:00")
    assert [one.node for one in chains.morning(hospital["cardiac"]).closed] == ["5-east"]


def test_nobody_is_blamed_for_days_before_it_was_there_nor_for_a_slot_before_that_moment(hospital: Hospital) -> None:
    hospital.clock.put("12:00")
    hospital.deliver()
    assert chains.morning(hospital["cardiac"], DAY - timedelta(days=1)).rows == ()
    assert states(hospital["cardiac"])["5-east"] == "missed"

    PLACES["7-north"] = ("7 North", 1, "cardiac")
    try:
        hospital.add("7-north")
        hospital.join("7-north")
        hospital.deliver()
        for desk in (hospital["7-north"], hospital["cardiac"], hospital["executive"]):
            assert "7-north" not in states(desk)

        hospital.clock.put("12:00", DAY + timedelta(days=1))
        hospital.deliver()
        assert states(hospital["cardiac"])["7-north"] == "missed"
    finally:
        del PLACES["7-north"]


def test_a_huddle_that_is_written_about_counts_even_before_its_node_was_there(hospital: Hospital) -> None:
    day = DAY - timedelta(days=1)
    huddles.mark(hospital["cardiac"], "5-east", on=day, as_held="paper")

    row = chains.morning(hospital["cardiac"], day).of("5-east")
    assert row is not None
    assert row.state is State.HELD
