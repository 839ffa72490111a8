"""What happens by itself because time has passed: once, whoever asks and however often."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NewStore
from tests.services.hospital import DAY, Clock, Hospital, at, settings_in
from wsq_huddle.domain.problems import State, Urgency
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import definitions, huddles, problems, rules, todays
from wsq_huddle.services.calls import Calls, calls
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.opening import create_store, open_store
from wsq_huddle.store.places import FilePlace, Place


def asked_now(hospital: Hospital, urgency: Urgency = Urgency.NOW) -> str:
    """A problem that the unit has handed to its department."""
    unit = hospital["4-west"]
    one = problems.raise_at(unit, title="No suction", urgency=urgency).id
    problems.escalate(unit, one, need="a pump")
    hospital.deliver()
    return one


def test_what_nobody_acknowledged_in_time_is_told_to_the_tier_above_once(hospital: Hospital) -> None:
    department, one = hospital["cardiac"], asked_now(hospital)
    assert rules.run(department) == 0

    hospital.clock.put("06:11")
    assert rules.run(department) == 1
    assert rules.run(department) == 0
    hospital.deliver()
    told = problems.read(hospital["executive"], one)
    assert [alert.to for alert in told.alerts] == ["cardiac", "executive"]
    assert told.holder == "cardiac"


def test_what_was_acknowledged_is_told_to_nobody(hospital: Hospital) -> None:
    department, one = hospital["cardiac"], asked_now(hospital)
    problems.acknowledge(department, one)
    hospital.clock.put("09:00")

    assert rules.run(department) == 0
    assert rules.run(hospital["4-west"]) == 0
    assert rules.run(hospital["executive"]) == 0


def test_an_alert_that_nobody_looked_at_goes_on_to_the_next_tier(hospital: Hospital) -> None:
    unit, department = hospital["4-west"], hospital["cardiac"]
    one = problems.raise_at(unit, title="No suction", urgency=Urgency.NOW).id
    seen = problems.raise_at(unit, title="No oxygen", urgency=Urgency.NOW).id
    hospital.deliver()
    problems.see(department, seen)
    assert rules.run(department) == 0

    hospital.clock.put("06:11")
    assert rules.run(department) == 1
    hospital.deliver()
    assert [alert.to for alert in problems.read(unit, one).alerts] == ["cardiac", "executive"]
    assert [alert.to for alert in problems.read(unit, seen).alerts] == ["cardiac"]
    hospital.clock.put("06:30")
    assert rules.run(hospital["executive"]) == 0


def test_a_rule_fires_once_across_two_processes(tmp_path: Path) -> None:
    clock = Clock(at("06:00"))
    place = FilePlace(tmp_path / "data" / "huddle.db", tmp_path / "data" / "secrets")
    settings = settings_in(tmp_path, "4-west")
    first = Desk(create_store(place, "4-west", clock=clock), settings)
    second = Desk(open_store(FilePlace(place.database, tmp_path / "data" / "secrets"), "4-west", clock=clock), settings)
    one = problems.raise_at(first, title="Fax jams").id
    problems.resolve(first, one, remedy="new one")
    for day in (25, 26, 27):
        clock.put("07:15", DAY.replace(day=day))
        huddles.open_today(first)
        huddles.close(second, huddles.sitting(second))

    assert (rules.run(first), rules.run(second), rules.run(first)) == (1, 0, 0)
    assert problems.read(second, one).lapsed
    first.store.close()
    second.store.close()


def test_a_solution_lapses_after_three_huddles_in_which_nobody_confirmed_it(hospital: Hospital, unit: Desk) -> None:
    one = problems.raise_at(unit, title="Fax jams").id
    problems.resolve(unit, one, remedy="new one")
    for huddle in range(3):
        assert rules.run(unit) == 0
        hospital.clock.put("07:15", DAY + timedelta(days=huddle))
        huddles.open_today(unit)
        huddles.close(unit, huddles.sitting(unit))

    assert rules.run(unit) == 1
    problem = problems.read(unit, one)
    assert (problem.state, problem.lapsed) == (State.CLOSED, True)
    assert problems.story_of(unit, one)[-1].by == rules.RULE
    assert problems.reopen(unit, one, why="jams again").state is State.OPEN


@pytest.mark.parametrize(
    ("urgency", "clock", "late"),
    [
        (Urgency.NOW, "06:11", True),
        (Urgency.TODAY, "10:59", False),  # four working hours, and the day begins at seven
        (Urgency.TODAY, "11:01", True),
        (Urgency.ROUTINE, "18:00", False),
    ],
)
def test_the_clock_stands_still_outside_working_hours_but_never_for_now(
    hospital: Hospital, urgency: Urgency, clock: str, *, late: bool
) -> None:
    settings = settings_in(hospital.folder / "hours", "cardiac", calendar='begins = "07:00"\nends = "17:00"')
    department = Desk(hospital["cardiac"].store, settings)
    definitions.publish(department)
    problem = problems.read(department, asked_now(hospital, urgency))
    hospital.clock.put(clock)

    assert rules.unacknowledged(department, problem) is late


def test_a_huddle_that_nobody_closed_counts_as_one_in_which_it_was_asked(hospital: Hospital, unit: Desk) -> None:
    one = problems.raise_at(unit, title="Fax jams").id
    problems.resolve(unit, one, remedy="new one")
    for day in range(3):
        hospital.clock.put("07:15", DAY + timedelta(days=day))
        huddles.open_today(unit)
        assert rules.run(unit) == 0

    hospital.clock.put("07:00", DAY + timedelta(days=3))
    assert rules.run(unit) == 1
    assert problems.read(unit, one).lapsed


def test_what_lapsed_may_be_opened_again_as_long_as_the_site_says(hospital: Hospital) -> None:
    settings = settings_in(hospital.folder / "days", "4-west", rules="reopen_days = 2")
    unit = Desk(hospital["4-west"].store, settings)
    one = problems.raise_at(unit, title="Fax jams").id
    problems.resolve(unit, one, remedy="new one")
    problems.lapse(unit, one)
    assert "reopen" in problems.may(unit, problems.read(unit, one))

    hospital.clock.put("07:15", DAY + timedelta(days=3))
    assert "reopen" not in problems.may(unit, problems.read(unit, one))
    with pytest.raises(NotAllowed, match="more than 2 days ago"):
        problems.reopen(unit, one, why="jams again")


NIGHT = 'begins = "07:00"\nends = "17:00"\nstand_in = "{}"'


def test_at_night_what_is_needed_now_is_told_to_who_stands_in_in_the_same_breath(hospital: Hospital) -> None:
    hospital.hours("cardiac", NIGHT.format("surgery"))
    hospital.clock.put("02:00")
    one = problems.raise_at(hospital["4-west"], title="No suction", urgency=Urgency.NOW).id
    quiet = problems.raise_at(hospital["4-west"], title="Fax jams").id
    assert [alert.to for alert in problems.read(hospital["4-west"], one).alerts] == ["cardiac", "surgery"]
    assert problems.read(hospital["4-west"], quiet).alerts == ()
    hospital.deliver()

    assert rules.run(hospital["cardiac"]) == 0
    for covering in ("cardiac", "surgery"):
        assert [told.id for told in todays.to_know(hospital[covering])] == [one]
        assert len(rules.urgent(hospital[covering], hospital[covering].tree())) == 1
    problems.see(hospital["surgery"], one)
    hospital.deliver()
    assert rules.urgent(hospital["surgery"], hospital["surgery"].tree()) == []


def test_what_arrives_after_hours_is_told_to_who_stands_in_by_rule_once(hospital: Hospital) -> None:
    hospital.hours("cardiac", NIGHT.format("executive"))
    hospital.clock.put("16:59")
    told = problems.raise_at(hospital["4-west"], title="No oxygen", urgency=Urgency.NOW).id
    asked_now(hospital)
    assert rules.run(hospital["cardiac"]) == 0

    hospital.clock.put("17:01")
    assert rules.run(hospital["cardiac"]) == 2
    assert rules.run(hospital["cardiac"]) == 0
    hospital.deliver()
    assert [alert.to for alert in problems.read(hospital["executive"], told).alerts] == ["cardiac", "executive"]


def test_who_works_is_alerted_and_nobody_stands_in(hospital: Hospital) -> None:
    hospital.hours("cardiac", NIGHT.format("surgery"))
    hospital.clock.put("09:00")
    problems.raise_at(hospital["4-west"], title="No suction", urgency=Urgency.NOW)
    hospital.deliver()

    assert rules.run(hospital["cardiac"]) == 0


def test_what_a_vacant_tier_is_asked_is_told_to_the_next_one_at_once(hospital: Hospital) -> None:
    department = hospital["cardiac"]
    huddles.open_today(department)
    assert not rules.vacant(department)
    hospital.clock.put("07:00", DAY + timedelta(days=4))
    usual, now = asked_now(hospital, Urgency.ROUTINE), asked_now(hospital)

    assert rules.vacant(department)
    assert rules.run(department) == 2
    assert rules.run(department) == 0
    hospital.deliver()
    for one in (usual, now):
        told = problems.read(hospital["executive"], one)
        assert (told.holder, "executive" in told.path) == ("cardiac", True)
    problems.note(department, usual, text="we are back")
    assert not rules.vacant(department)


def test_a_plan_is_a_sign_of_life_and_a_weekend_is_no_vacancy(hospital: Hospital) -> None:
    hospital.hours("cardiac", 'days = ["mon", "tue", "wed", "thu", "fri"]')
    department = hospital["cardiac"]
    hospital.clock.put("16:00", DAY + timedelta(days=2))  # a Thursday
    problems.raise_at(department, title="Fax jams")

    hospital.clock.put("09:00", DAY + timedelta(days=7))
    assert not rules.vacant(department)
    hospital.clock.put("09:00", DAY + timedelta(days=8))
    assert rules.vacant(department)


def reminded(desk: Desk, subject: str) -> list[str]:
    """The rules that have said of a problem that a time is over."""
    return [line.data["rule"] for line in problems.story_of(desk, subject) if line.kind == "problem.reminded"]


def test_a_plan_that_is_over_its_day_is_told_once_a_turn_to_all_on_the_path(hospital: Hospital) -> None:
    unit, department = hospital["4-west"], hospital["cardiac"]
    one = asked_now(hospital, Urgency.TODAY)
    problems.plan(department, one, what="fetch one", owner="Lind", due=DAY)
    hospital.clock.put("23:59")
    assert rules.run(department) == 0

    hospital.clock.put("00:01", DAY + timedelta(days=1))
    assert (rules.run(department), rules.run(department), rules.run(unit)) == (1, 0, 0)
    hospital.deliver()
    assert reminded(unit, one) == ["overdue"]
    problems.plan(department, one, what="fetch it now", owner="Lind", check_in=DAY + timedelta(days=1))
    assert rules.run(department) == 0
    hospital.clock.put("00:01", DAY + timedelta(days=2))
    assert (rules.run(department), rules.run(department)) == (1, 0)
    assert reminded(department, one) == ["overdue", "overdue"]
    told = problems.read(department, one)
    assert (told.holder, told.turn) == ("cardiac", 4)


def test_what_nobody_gave_a_day_is_over_as_a_quick_hit_after_as_long_as_the_site_says(hospital: Hospital) -> None:
    settings = settings_in(hospital.folder / "quick", "4-west", rules="quick_hit_hours = 24")
    unit = Desk(hospital["4-west"].store, settings)
    one = problems.raise_at(unit, title="Fax jams").id
    planned = problems.raise_at(unit, title="Door squeaks").id
    problems.plan(unit, planned, what="oil", owner="Ana", check_in=DAY + timedelta(days=7))
    hospital.clock.put("05:59", DAY + timedelta(days=1))
    assert rules.run(unit) == 0

    hospital.clock.put("06:01", DAY + timedelta(days=1))
    assert (rules.run(unit), rules.run(unit)) == (1, 0)
    assert (reminded(unit, one), reminded(unit, planned)) == (["quick-hit"], [])


def test_what_is_not_urgent_and_not_acknowledged_in_time_is_told_to_who_asked(hospital: Hospital) -> None:
    unit, department = hospital["4-west"], hospital["cardiac"]
    one, taken = asked_now(hospital, Urgency.TODAY), asked_now(hospital, Urgency.TODAY)
    problems.acknowledge(department, taken)
    hospital.clock.put("09:59")
    assert rules.run(department) == 0

    hospital.clock.put("10:01")
    assert (rules.run(department), rules.run(department)) == (1, 0)
    hospital.deliver()
    assert (reminded(unit, one), reminded(unit, taken)) == (["acknowledge"], [])
    assert problems.read(unit, one).alerts == ()


def test_the_rules_are_looked_up_on_every_database(place: Place, new_store: NewStore, tmp_path: Path) -> None:
    desk = Desk(new_store(place, "cardiac"), settings_in(tmp_path, "cardiac"))
    overdue = problems.raise_at(desk, title="Fax jams").id
    problems.plan(desk, overdue, what="oil", owner="Ana", due=desk.local(desk.now()).date() - timedelta(days=1))
    problems.raise_at(desk, title="No suction", urgency=Urgency.NOW)

    assert (rules.run(desk), rules.run(desk)) == (1, 0)
    assert reminded(desk, overdue) == ["overdue"]
    assert calls(desk) == Calls()
    assert not rules.vacant(desk)
