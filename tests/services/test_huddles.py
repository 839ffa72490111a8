"""A huddle over real stores: opened, answered, closed, corrected; and what the tiers above are told."""

from datetime import timedelta

import pytest

from tests.services.hospital import DAY, Hospital, at
from wsq_huddle.domain.agendas import Card, Kept, Kind, Mark, fine
from wsq_huddle.domain.huddles import State
from wsq_huddle.domain.problems import Mode
from wsq_huddle.domain.summaries import Summary
from wsq_huddle.errors import NotAllowed, NotFound
from wsq_huddle.services import huddles, problems
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.huddles import Sitting


def opened(hospital: Hospital, key: str, clock: str) -> Sitting:
    hospital.clock.put(clock)
    huddles.open_today(hospital[key])
    return huddles.sitting(hospital[key])


def all_fine(desk: Desk, **but: str) -> None:
    one = huddles.sitting(desk)
    for item in huddles.agenda(desk, one).items:
        if item.asks:
            huddles.answer(desk, one, item, but.get(item.key.partition("/")[2].replace("-", "_"), fine(item)))


def summary_at(desk: Desk, node: str) -> Summary:
    return huddles.summary_of(desk, huddles.sitting(desk, node=node))


def count(desk: Desk) -> int:
    row = desk.look().one("SELECT COUNT(*) AS n FROM entry")
    return int(row["n"]) if row else 0


@pytest.mark.parametrize("key", ["4-west", "cardiac", "executive"])
def test_a_default_huddle_answered_as_fine_everywhere_is_complete(hospital: Hospital, key: str) -> None:
    desk, one = hospital[key], opened(hospital, key, "07:15")
    assert not huddles.summary_of(desk, one).complete or key != "4-west"

    all_fine(desk)
    assert huddles.summary_of(desk, huddles.sitting(desk)).complete or hospital[key].tier > 1
    shown = huddles.show(desk, huddles.sitting(desk))
    assert all(row["by"] for row in shown["items"] if row["kind"] not in {"roll-call", "actions", "problems"})
    assert shown["state"] == "open"


@pytest.mark.parametrize(
    ("item", "raw", "value", "mark"),
    [
        ("falls", "0", "0", Mark.MET),
        ("falls", "2", "2", Mark.NOT_MET),
        ("home-by-11", "29,5 %", "29.5", Mark.NOT_MET),
        ("home-by-11", "none", None, Mark.NONE),
        ("supplies", "amber", "attention", Mark.ATTENTION),
        ("staff", "r", "not-met", Mark.NOT_MET),
        ("fall", "none", "0", Mark.MET),
        ("fall", "2", "2", Mark.ATTENTION),
        ("good-catch", "3", "3", Mark.NONE),
        ("beds-free", "4", "4", Mark.NONE),
        ("falls-bundle", "9", "9 of 10", Mark.NOT_MET),
        ("hand-hygiene", "9/10", "9 of 10", Mark.MET),
        ("hand-hygiene", "-", None, Mark.NONE),
        ("ahead", "two transfers", None, Mark.NONE),
        ("falls:target", "2", "2", Mark.NONE),
    ],
)
def test_every_kind_of_line_takes_what_it_asks_for(
    hospital: Hospital, item: str, raw: str, value: str | None, mark: Mark
) -> None:
    unit, one = hospital["4-west"], opened(hospital, "4-west", "07:15")
    line = "4-west/falls" if item == "falls" else item

    given = huddles.answer(unit, one, line, raw, note="said so").answers[-1]
    assert (given.value, given.mark, given.note) == (value, mark, "said so")
    assert given.by == "4 West charge nurse"
    assert given.words == ("two transfers" if item == "ahead" else "")


@pytest.mark.parametrize(
    ("item", "raw", "why"),
    [
        ("falls", "many", "is a number"),
        ("supplies", "perhaps", "is met, attention, not-met or none"),
        ("fall", "-1", "is a number: 0, 1, 2"),
        ("falls-bundle", "11 of 10", "cannot be"),
        ("falls-bundle", "0 of 0", "how many kept to it"),
        ("falls:target", "none", "as a number"),
        ("ahead", "w" * 10_001, "10,000 is the most"),
        ("coffee", "yes", "There is no line coffee"),
    ],
)
def test_a_wrong_answer_is_refused_with_what_would_be_one_and_not_recorded(
    hospital: Hospital, unit: Desk, item: str, raw: str, why: str
) -> None:
    one, before = opened(hospital, "4-west", "07:15"), count(unit)

    with pytest.raises(NotAllowed, match=why):
        huddles.answer(unit, one, "4-west/falls" if item == "falls" else item, raw)
    assert count(unit) == before


def test_the_cards_of_events_stay_when_the_number_is_corrected(hospital: Hospital, unit: Desk) -> None:
    one = opened(hospital, "4-west", "07:15")
    card = Card(shift="night", standard_kept=Kept.NO, cause="toileting", reference="IR-4471", acted=True)

    huddles.answer(unit, one, "fall", "2", cards=[card], did=["hourly rounds"])
    fell = huddles.answer(unit, one, "fall", "1").answers[-1]
    assert (fell.cards, fell.did) == ((card,), ("hourly rounds",))
    with pytest.raises(NotAllowed, match="2 described"):
        huddles.answer(unit, one, "fall", "1", cards=[card, card])
    with pytest.raises(NotAllowed, match="cause has 201 characters"):
        huddles.answer(unit, one, "fall", "1", cards=[Card(cause="c" * 201)])
    hospital.deliver()
    told = summary_at(hospital["cardiac"], "4-west").events["fall"]
    assert (told.n, told.looked_into, told.causes) == (1, 1, {"toileting": 1})


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


def test_closing_twice_is_refused_and_leaves_nothing_behind(hospital: Hospital, unit: Desk) -> None:
    one = opened(hospital, "4-west", "07:15")
    huddles.close(unit, one)
    before = count(unit)

    with pytest.raises(NotAllowed, match="closed already"):
        huddles.close(unit, one, plus="late praise")
    with pytest.raises(NotAllowed, match="10,000 is the most"):
        huddles.answer(unit, one, "ahead", "w" * 10_001)
    assert count(unit) == before


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


def test_a_huddle_is_called_off_with_a_reason_and_opened_all_the_same(hospital: Hospital, unit: Desk) -> None:
    hospital.clock.put("07:15")
    one = huddles.sitting(unit)
    with pytest.raises(NotAllowed, match="Say why"):
        huddles.skip(unit, one, why=" ")
    with pytest.raises(NotAllowed, match="Open it first"):
        huddles.answer(unit, one, "fall", "0")

    assert huddles.skip(unit, one, why="two rapid responses").state is State.SKIPPED
    hospital.deliver()
    theirs = huddles.sitting(hospital["cardiac"], node="4-west").huddle
    assert theirs is not None
    assert theirs.why == "two rapid responses"
    assert huddles.reopen(unit, one).state is State.OPEN
    huddles.close(unit, one)
    assert huddles.reopen(unit, one).state is State.OPEN
    with pytest.raises(NotAllowed, match="open already"):
        huddles.open_today(unit)


def test_only_the_parent_marks_a_huddle_and_only_as_long_as_the_node_says_nothing(
    hospital: Hospital, unit: Desk, department: Desk
) -> None:
    hospital.clock.put("08:05")
    marked = huddles.mark(department, "4-west", as_held="paper")
    assert marked.held
    for desk, node, how, why in (
        (department, "4-west", "fine", "can be marked as paper, emergency"),
        (department, "theatre", "paper", "There is no node theatre"),
        (department, "biomed", "paper", "Only the node above Biomed"),
        (hospital["executive"], "4-west", "paper", "Only the node above 4 West"),
        (department, "nowhere", "paper", "There is no node nowhere"),
    ):
        with pytest.raises(NotAllowed, match=why):
            huddles.mark(desk, node, as_held=how)

    huddles.open_today(unit, held_at=at("07:20"))
    hospital.deliver()
    with pytest.raises(NotAllowed, match="told us about this huddle itself"):
        huddles.mark(department, "4-west", as_held="emergency")


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


def test_the_huddle_that_is_meant_is_the_open_one_else_the_nearest(hospital: Hospital, unit: Desk) -> None:
    hospital.clock.put("06:00")
    assert huddles.sitting(unit).name == "morning"
    with pytest.raises(NotFound, match="There is no huddle night on 2026-11-24; there is morning"):
        huddles.sitting(unit, name="night")
    with pytest.raises(NotFound, match="There is no node nowhere"):
        huddles.sitting(unit, node="nowhere")
    assert huddles.sitting(unit, on=DAY + timedelta(days=3)).huddle is None


def test_a_list_is_no_line_that_a_huddle_waits_for(hospital: Hospital, department: Desk) -> None:
    items = huddles.agenda(department, opened(hospital, "cardiac", "08:00")).items

    assert {item.kind for item in items if not item.asks} == {Kind.ROLL_CALL, Kind.ACTIONS, Kind.PROBLEMS}


def test_a_huddle_that_was_told_upwards_is_not_called_off_after_all(hospital: Hospital) -> None:
    unit, one = hospital["4-west"], opened(hospital, "4-west", "07:15")
    all_fine(unit)
    huddles.close(unit, one)
    huddles.reopen(unit, one)
    before = count(unit)

    with pytest.raises(NotAllowed, match="those above have been told"):
        huddles.skip(unit, one, why="pressed by mistake")
    assert count(unit) == before
