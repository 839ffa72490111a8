"""Not possible now is an answer: why, and what until then. It goes back like any other, and solves nothing."""

from tests.services.hospital import Hospital
from tests.services.test_patterns import up
from wsq_huddle.domain.problems import State
from wsq_huddle.services import patterns, problems


def test_a_no_reaches_who_asked_as_a_no_and_the_problem_is_open(hospital: Hospital) -> None:
    subject = up(hospital["4-west"], "Two IV pumps missing")
    hospital.deliver()
    problems.give_back(hospital["cardiac"], subject, answer="none left. Until then: ask 5 East", not_now=True)
    hospital.deliver()

    told = problems.read(hospital["4-west"], subject)
    assert told.answer is not None
    assert (told.answer.not_now, told.answer.solved) == (True, False)
    assert (told.state, told.holder, told.remedy) == (State.OPEN, "4-west", None)


def test_a_late_one_that_joins_a_no_gets_the_same_no(hospital: Hospital) -> None:
    first = [up(hospital["4-west"], "Two IV pumps missing"), up(hospital["5-east"], "IV pump gone")]
    hospital.deliver()
    patterns.give_back(hospital["cardiac"], first, answer="none left. Until then: share", not_now=True)
    late = up(hospital["5-east"], "Pump lent out, not back")
    hospital.deliver()
    joined = patterns.join(hospital["cardiac"], late)

    assert joined.answer is not None
    assert joined.answer.not_now


def test_all_that_come_again_join_at_once(hospital: Hospital) -> None:
    first = [up(hospital["4-west"], "Two IV pumps missing"), up(hospital["5-east"], "IV pump gone")]
    hospital.deliver()
    patterns.give_back(hospital["cardiac"], first, answer="none left. Until then: share", not_now=True)
    again = [up(hospital["4-west"], "Pump lent out, not back"), up(hospital["5-east"], "Pump broken again")]
    hospital.deliver()
    (one,) = patterns.listed(hospital["cardiac"])
    joined = patterns.join_all(hospital["cardiac"], one.key)

    assert {problem.id for problem in joined} == set(again)
    assert all(problem.answer is not None and problem.answer.not_now for problem in joined)
