"""What a huddle tells those above: summed up while it is open, when it is closed, when it is corrected."""

from datetime import timedelta

from tests.services.holding import all_fine, count, opened, summary_at
from tests.services.hospital import DAY, Hospital
from wsq_huddle.domain.agendas import Mark
from wsq_huddle.domain.huddles import State
from wsq_huddle.domain.problems import Mode
from wsq_huddle.services import huddles, problems
from wsq_huddle.services.desk import Desk


def test_an_open_huddle_is_summed_up_at_its_parent_without_being_closed(hospital: Hospital, unit: Desk) -> None:
    opened(hospital, "4-west", "07:15")
    all_fine(unit, supplies="a", fall="1")
    pumps = problems.raise_at(unit, title="Pumps missing", category="equipment").id
    problems.escalate(unit, pumps, need="two")
    problems.escalate(unit, problems.raise_at(unit, title="Fall", category="safety").id, mode=Mode.AWARENESS)
    hospital.deliver()

    theirs = summary_at(hospital["cardiac"], "4-west")
    assert theirs == huddles.summary_of(unit, huddles.sitting(unit))
    assert theirs.readiness["supplies"] is Mark.ATTENTION
    assert (theirs.problems.raised, theirs.problems.escalated, theirs.problems.to_know) == (2, 1, 1)


def test_closing_tells_all_tiers_above_numbers_and_site_words_only(hospital: Hospital, unit: Desk) -> None:
    one = opened(hospital, "4-west", "07:15")
    all_fine(unit, fall="1", ahead="SECRET transfers")
    huddles.attend(unit, one, number=7, leaders=["J. Whitfield"], names=["Ana R."])

    closed = huddles.close(unit, one, plus="SECRET praise", delta="less noise", thanks="M. Ito")
    assert closed.summary is not None
    assert closed.summary.complete
    assert (closed.present, closed.attended) == (7, ("J. Whitfield", "Ana R."))
    hospital.deliver()
    at_top = huddles.sitting(hospital["executive"], node="4-west").huddle
    assert at_top is not None
    assert (at_top.state, at_top.summary) == (State.CLOSED, closed.summary)
    texts = hospital["executive"].look().rows("SELECT head, text FROM entry WHERE subject LIKE 'huddle-%'")
    assert "SECRET" not in str(texts)
    assert {row["text"] for row in texts} == {None}


def test_what_is_corrected_after_closing_is_told_again_and_says_what_it_corrects(
    hospital: Hospital, unit: Desk
) -> None:
    one = opened(hospital, "4-west", "07:15")
    all_fine(unit)
    first = huddles.close(unit, one)
    hospital.deliver()

    again = huddles.answer(unit, one, "fall", "1")
    assert again.summary is not None
    assert again.summary.corrects == first.reported
    assert again.reported != first.reported
    hospital.deliver()
    assert summary_at(hospital["executive"], "4-west").events["fall"].n == 1
    before = count(unit)
    huddles.attend(unit, one, number=0)
    told = count(unit) - before
    huddles.answer(unit, one, "fall", "1", note="only words")
    assert (told, count(unit) - before - told) == (2, 1)  # the number of those there goes up, words do not


def test_a_huddle_that_was_closed_elsewhere_meanwhile_still_tells_again(hospital: Hospital, unit: Desk) -> None:
    seen_open = opened(hospital, "4-west", "07:15")
    seen_open = huddles.sitting(unit)
    first = huddles.close(unit, huddles.sitting(unit))

    assert huddles.answer(unit, seen_open, "fall", "1").reported != first.reported


def test_a_department_rolls_up_what_its_units_told_and_the_executives_see_it(hospital: Hospital) -> None:
    unit, department, executive = hospital["4-west"], hospital["cardiac"], hospital["executive"]
    one = opened(hospital, "4-west", "07:15")
    all_fine(unit, fall="2", staff="r")
    huddles.close(unit, one)
    hospital.clock.put("07:20")
    huddles.skip(hospital["5-east"], huddles.sitting(hospital["5-east"]), why="short of staff")
    hospital.deliver()
    one = opened(hospital, "cardiac", "08:00")
    all_fine(department, falls="1")

    closed = huddles.close(department, one).summary
    hospital.deliver()
    assert closed is not None
    assert (closed.units.expected, closed.units.held, closed.units.not_held, closed.units.unknown) == (2, 1, 1, 0)
    assert (closed.events["fall"].n, closed.spread.events, closed.spread.not_ready) == (2, {"fall": 1}, {"staff": 1})
    assert closed.targets.met == 1
    assert summary_at(executive, "cardiac") == closed
    assert closed.spread.states == {"4-west": "held", "5-east": "skipped"}


def test_an_open_department_is_summed_up_above_with_what_its_units_told(hospital: Hospital) -> None:
    one = opened(hospital, "4-west", "07:15")
    all_fine(hospital["4-west"], fall="2")
    huddles.close(hospital["4-west"], one)
    opened(hospital, "cardiac", "08:00")
    hospital.deliver()

    assert summary_at(hospital["executive"], "cardiac").events["fall"].n == 2


def test_each_problem_counts_in_one_huddle_only(hospital: Hospital, unit: Desk) -> None:
    one = opened(hospital, "4-west", "07:15")
    problems.raise_at(unit, title="In the huddle")
    first = huddles.close(unit, one).summary
    problems.raise_at(unit, title="After it")
    hospital.clock.put("07:15", DAY + timedelta(days=1))
    huddles.open_today(unit)
    second = huddles.close(unit, huddles.sitting(unit)).summary

    assert first is not None
    assert second is not None
    assert (first.problems.raised, second.problems.raised) == (1, 1)
    assert second.covers["from"] is not None
    assert second.covers["from"].date() == DAY
