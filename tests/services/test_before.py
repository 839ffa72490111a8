"""While somebody types, what solved the same thing before is at hand: the remedy, who, and how long it took."""

import pytest

from tests.services.hospital import Hospital
from wsq_huddle.services import problems
from wsq_huddle.services.desk import Desk


@pytest.fixture
def solved(hospital: Hospital) -> str:
    """Cardiac found two pumps in five hours, and it worked."""
    unit, department = hospital["4-west"], hospital["cardiac"]
    hospital.clock.put("07:20")
    raised = problems.raise_at(unit, title="IV pump missing", category="equipment")
    problems.escalate(unit, raised.id, need="two pumps")
    hospital.deliver()
    hospital.clock.put("12:20")
    problems.resolve(department, raised.id, remedy="two from 5 East")
    hospital.deliver()
    return raised.id


def test_it_tells_the_remedy_who_and_the_hours(unit: Desk, solved: str) -> None:
    (found,) = problems.before(unit, "Two IV pumps missing")

    assert (found.problem.id, found.remedy, found.who) == (solved, "two from 5 East", "Cardiac")
    assert found.hours == pytest.approx(5, abs=0.01)
    assert not found.confirmed


def test_what_nobody_solved_or_is_the_problem_itself_is_left_out(unit: Desk, solved: str) -> None:
    problems.raise_at(unit, title="IV pump missing", category="equipment")

    assert [one.problem.id for one in problems.before(unit, "IV pump missing", limit=5)] == [solved]
    assert problems.before(unit, "IV pump missing", besides=solved) == ()
    assert problems.before(unit, "linen") == ()
    assert problems.before(unit, "") == ()


def test_what_was_opened_again_solved_nothing(unit: Desk, solved: str) -> None:
    problems.reopen(unit, solved, why="without leads")

    assert problems.before(unit, "IV pump missing") == ()


def test_among_equals_what_worked_comes_first(unit: Desk, solved: str) -> None:
    problems.confirm(unit, solved)
    later = problems.raise_at(unit, title="IV pump missing", category="equipment")
    problems.resolve(unit, later.id, remedy="borrowed")

    assert [one.remedy for one in problems.before(unit, "IV pump missing", limit=2)] == ["two from 5 East", "borrowed"]
