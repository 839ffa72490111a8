"""The roll call: a row for each area in an order that never changes."""

import pytest

from tests.services.hospital import Hospital, at
from wsq_huddle.domain.agendas import Mark
from wsq_huddle.domain.chains import State
from wsq_huddle.domain.huddles import AsHeld
from wsq_huddle.errors import NotFound
from wsq_huddle.services import huddles, problems, rollcalls, steps
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.rollcalls import Area, RollCall


def held(hospital: Hospital, key: str, clock: str, *, close: bool = True, **said: str) -> None:
    """A huddle with these answers and all else fine."""
    desk = hospital[key]
    hospital.clock.put(clock)
    huddles.open_today(desk)
    one = huddles.sitting(desk)
    for item, raw in said.items():
        huddles.answer(desk, one, item, raw, note="as it is")
    steps.fine(desk, one, [line.item for lines in steps.look(desk, huddles.sitting(desk)).asked.values()
                           for line in lines if line.item.asks])  # fmt: skip
    if close:
        huddles.close(desk, one)


def called(desk: Desk) -> RollCall:
    return rollcalls.call(desk, huddles.sitting(desk))


def row(desk: Desk, node: str) -> Area:
    return next(area for area in called(desk).areas if area.node == node)


def test_a_row_tells_when_what_is_ready_what_happened_and_what_came_up(hospital: Hospital, department: Desk) -> None:
    unit = hospital["4-west"]
    pumps = problems.raise_at(unit, title="Pumps").id
    problems.escalate(unit, pumps, need="two")
    held(hospital, "4-west", "07:16", supplies="a", staff="r", fall="2")
    hospital.clock.put("07:20")
    huddles.skip(hospital["5-east"], huddles.sitting(hospital["5-east"]), why="two rapid responses")
    hospital.deliver()
    hospital.clock.put("08:00")

    calling = called(department)
    west, east = calling.areas
    assert (west.state, west.told, west.late, west.reached_at, west.heard) == (State.HELD, True, False, None, False)
    assert list(west.ready.items()) == [
        ("methods", Mark.MET), ("equipment", Mark.MET), ("supplies", Mark.ATTENTION), ("staff", Mark.NOT_MET),
    ]  # fmt: skip
    assert [(one.name, one.n, one.units) for one in west.happened] == [("Falls", 2, 1)]
    assert (west.came_up, west.still_here, west.call) == (1, 1, "4410")
    assert (east.state, east.told, east.why, east.ready) == (State.SKIPPED, True, "two rapid responses", {})
    assert (calling.told, calling.all_ready, calling.seconds) == (1, 0, 60)
    assert [(one.name, one.n) for one in calling.happened] == [("Falls", 2)]


def test_who_held_in_time_and_was_heard_late_is_shown_as_such(hospital: Hospital, department: Desk) -> None:
    hospital.cut = {"5-east"}
    held(hospital, "5-east", "07:16")
    hospital.clock.put("07:56")
    hospital.cut = set()
    hospital.deliver()

    east = row(department, "5-east")
    assert east.told_at is not None
    assert east.reached_at is not None
    assert east.told_at < at("07:17")
    assert east.reached_at >= at("07:56")
    assert not east.late


def test_an_open_huddle_says_how_far_it_is_and_a_silent_one_its_number(hospital: Hospital, department: Desk) -> None:
    hospital.clock.put("07:16")
    unit = hospital["4-west"]
    huddles.open_today(unit)
    one = huddles.sitting(unit)
    steps.fine(unit, one, [line.item for line in steps.look(unit, one).targets])
    hospital.deliver()

    west, east = row(department, "4-west"), row(department, "5-east")
    assert (west.state, west.answered) == (State.OPEN, (2, 16))
    assert (east.told, east.told_at, east.call) == (False, None, "4410")


def test_an_area_is_heard_once_and_its_row_opens_its_needs(hospital: Hospital, department: Desk) -> None:
    unit = hospital["4-west"]
    problems.escalate(unit, problems.raise_at(unit, title="Pumps").id, need="two")
    held(hospital, "4-west", "07:16", supplies="a")
    hospital.deliver()
    hospital.clock.put("08:00")
    huddles.open_today(department)

    rollcalls.hear(department, huddles.sitting(department), "4-west", note="asks for linen")
    assert [area.heard for area in called(department).areas] == [True, False]
    needs = rollcalls.needs(department, "4-west")
    assert [(line.ask, line.note) for line in needs.lines] == [("Supplies", "as it is")]
    assert [one.title for one in needs.problems] == ["Pumps"]
    assert rollcalls.needs(department, "5-east").lines == ()
    for unknown in (lambda: rollcalls.needs(department, "theatre"),
                    lambda: rollcalls.hear(department, huddles.sitting(department), "biomed")):  # fmt: skip
        with pytest.raises(NotFound, match="is not directly below Cardiac"):
            unknown()


def test_the_executives_see_departments_with_their_units_and_not_the_words_of_units(hospital: Hospital) -> None:
    unit, executive = hospital["4-west"], hospital["executive"]
    problems.escalate(unit, problems.raise_at(unit, title="RN short").id, need="two RN")
    held(hospital, "4-west", "07:16", fall="1", staff="r")
    held(hospital, "5-east", "07:16", fall="3")
    hospital.deliver()
    held(hospital, "cardiac", "08:00", falls="1")
    problems.escalate(hospital["cardiac"], problems.listed(hospital["cardiac"], at="here")[0].id, need="agency")
    hospital.deliver()
    hospital.clock.put("08:45")

    assert [area.name for area in called(executive).areas] == ["Biomed", "Cardiac", "Surgery"]
    cardiac = row(executive, "cardiac")
    assert (cardiac.units.held, cardiac.units.expected) == (2, 2)
    assert [(one.name, one.n, one.units) for one in cardiac.happened] == [("Falls", 4, 2)]
    assert cardiac.ready["staff"] is Mark.NOT_MET
    assert cardiac.targets.met == 1
    assert (cardiac.still_here, cardiac.came_up) == (1, 1)


def test_what_the_parent_marked_stands_in_the_row(hospital: Hospital, department: Desk) -> None:
    hospital.clock.put("08:05")
    huddles.mark(department, "5-east", as_held="paper")

    east = row(department, "5-east")
    assert (east.as_held, east.state, east.told) == (AsHeld.PAPER, State.HELD, True)


def test_a_node_without_any_below_has_no_roll_call(hospital: Hospital, unit: Desk) -> None:
    hospital.clock.put("07:15")

    assert called(unit).areas == ()
    assert called(unit).seconds == 60


def test_an_area_outside_its_hours_has_who_stands_in_with_the_number_to_ring(hospital: Hospital) -> None:
    hospital.hours("5-east", 'begins = "09:00"\nends = "17:00"\nstand_in = "cardiac"')
    hospital.clock.put("08:00")
    west, east = called(hospital["cardiac"]).areas

    assert (west.closed, west.stand_in) == (False, None)
    assert east.closed
    assert east.stand_in is not None
    assert east.stand_in.words == "Cardiac stands in, ring 4420"
