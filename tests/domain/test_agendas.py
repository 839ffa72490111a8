"""Every kind of line takes what people type, says what it takes instead, and leads to Plan and Help."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.mornings import ITEMS, LINE, SETS, UNIT, declared, item, line
from wsq_huddle.domain import agendas
from wsq_huddle.domain.agendas import Answer, Card, Item, Kind, Mark, Step, Why
from wsq_huddle.domain.definitions import Direction, Sort
from wsq_huddle.errors import NotAllowed, NotFound


def answer(name: str, raw: str, **more: object) -> Answer:
    asked = line(name)
    checked = agendas.check_answer(asked, raw)
    plain = Answer(
        item=asked.key, step=asked.step, kind=asked.kind, value=checked.value, mark=checked.mark,
        numbers=checked.numbers, words=checked.words,
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]  # any field of an answer


@pytest.mark.parametrize(
    ("name", "raw", "value", "mark"),
    [
        ("methods", "G", "met", "met"),
        ("methods", "amber", "attention", "attention"),
        ("methods", "Not met", "not-met", "not-met"),
        ("methods", "none", "none", "none"),
        ("home-by-11", "30", "30", "met"),
        ("home-by-11", "29,50 %", "29.5", "not-met"),
        ("home-by-11", "-0", "0", "not-met"),
        ("home-by-11", "", None, "none"),
        ("fall", "0", "0", "met"),
        ("fall", "2", "2", "attention"),
        ("fall", "none", "0", "met"),
        ("good-catch", "3", "3", "none"),
        ("falls-bundle", "9 of 10", "9 of 10", "not-met"),
        ("falls-bundle", "10", "10 of 10", "met"),
        ("falls-bundle", "19/20", "19 of 20", "met"),
        ("falls-bundle", "none", None, "none"),
        ("round", "y", "yes", "met"),
        ("round", "no", "no", "not-met"),
        ("beds-free", "4", "4", "none"),
        ("ahead", "", "none", "none"),
        ("ahead", "CT 2 down", None, "none"),
    ],
)
def test_an_answer_is_kept_in_one_form_with_its_mark(name: str, raw: str, value: str | None, mark: str) -> None:
    checked = agendas.check_answer(line(name), raw)

    assert (checked.value, checked.mark) == (value, mark)


@pytest.mark.parametrize(
    ("name", "raw", "sentence"),
    [
        ("fall", "two", r"Falls is a number: 0, 1, 2 \.\.\."),
        ("fall", "-1", "Falls is a number"),
        ("fall", "1.5", "Falls is a number"),
        ("fall", "٣", "Falls is a number"),
        ("fall", "9" * 30, "Falls is a number"),
        ("home-by-11", "many", "Home-by-11 is a number"),
        ("home-by-11", "nan", "Home-by-11 is a number"),
        ("home-by-11", "1e9", "Home-by-11 is a number"),
        ("methods", "so so", "met, attention, not-met or none"),
        ("falls-bundle", "11 of 10", "11 of 10 cannot be"),
        ("falls-bundle", "0 of 0", "9 of 10"),
        ("round", "perhaps", "yes or no"),
    ],
)
def test_what_is_no_answer_is_refused_with_what_would_be_one(name: str, raw: str, sentence: str) -> None:
    with pytest.raises(NotAllowed, match=sentence):
        agendas.check_answer(line(name), raw)


@pytest.mark.parametrize(
    ("direction", "marks"),
    [(Direction.AT_MOST, ["met", "met", "not-met"]), (Direction.AT_LEAST, ["not-met", "met", "met"]),
     (None, ["not-met", "met", "not-met"])],
)  # fmt: skip
def test_a_measure_is_met_on_its_side_of_the_target(direction: Direction | None, marks: list[str]) -> None:
    asked = replace(line("home-by-11"), direction=direction, target=5.0)

    assert [agendas.check_answer(asked, raw).mark for raw in ("4.9", "5", "5,1")] == marks
    assert agendas.check_answer(replace(asked, target=None), "5").mark is Mark.NONE


def test_words_are_kept_as_words_and_never_as_the_value() -> None:
    checked = agendas.check_answer(line("ahead"), "Transfer of bed 12 at 10")

    assert (checked.value, checked.words) == (None, "Transfer of bed 12 at 10")


@pytest.mark.parametrize("kind", Kind)
def test_space_is_an_answer_to_every_kind_and_never_a_warning(kind: Kind) -> None:
    asked = Item(key="4-west/x", step=Step.STATUS, kind=kind, ask="X")

    assert agendas.check_answer(asked, agendas.fine(asked)).mark in {Mark.MET, Mark.NONE}


@given(st.sampled_from(Kind), st.text(max_size=30))
def test_whatever_is_typed_is_an_answer_or_a_sentence(kind: Kind, raw: str) -> None:
    asked = Item(key="4-west/x", step=Step.STATUS, kind=kind, ask="X", sample=10, target=95.0)
    try:
        checked = agendas.check_answer(asked, raw)
    except NotAllowed:
        return

    assert checked.value is None or agendas.check_answer(asked, checked.value) == checked


def test_an_agenda_goes_by_steps_and_asks_only_what_is_meant_for_its_tier() -> None:
    sets = (
        *SETS,
        declared("executive", Sort.ITEMS, item("must-know", "text", "help"), item("board", "text", tiers=[3])),
        declared("cardiac", Sort.ITEMS, item("units", "roll-call", tiers=[1, 2])),
    )

    ours = agendas.agenda(sets, LINE, tier=1)

    assert [one.key for one in ours if one.step is not Step.STATUS] == ["4-west/home-by-11", "executive/must-know"]
    assert [one.key for one in agendas.agenda(sets, LINE[:1], tier=3)] == ["executive/board"]
    assert [one.kind for one in agendas.agenda(sets, LINE[:2], tier=2)] == [Kind.ROLL_CALL]


def test_own_measures_and_standards_are_asked_even_when_no_item_names_them() -> None:
    sets = (
        declared(UNIT, Sort.MEASURES, {"key": "sick", "name": "Sick leave", "target": 6, "direction": "at-most"}),
        declared(UNIT, Sort.STANDARDS, {"key": "hands", "name": "Hand hygiene", "target": 90}),
        declared("executive", Sort.MEASURES, {"key": "boarding", "name": "Boarding", "target": 0}),
    )

    asked = agendas.agenda(sets, LINE, tier=1)

    assert [(one.ask, one.kind, one.target) for one in asked] == [
        ("Sick leave", Kind.MEASURE, 6.0),
        ("Hand hygiene", Kind.STANDARD, 90.0),
    ]


def test_a_kind_of_a_later_program_is_asked_as_text() -> None:
    (asked,) = agendas.agenda([declared(UNIT, Sort.ITEMS, item("mood", "mood-scale", "afterglow"))], LINE, tier=1)

    assert (asked.kind, asked.step) == (Kind.TEXT, Step.STATUS)
    assert agendas.check_answer(asked, "7 out of 9").words == "7 out of 9"


def test_a_line_is_found_by_its_short_key_as_long_as_that_is_one_line() -> None:
    sets = (*SETS, declared("executive", Sort.ITEMS, item("fall", "events")))
    both = agendas.agenda(sets, LINE, tier=1)

    assert agendas.find(ITEMS, "Fall").key == "4-west/fall"
    assert agendas.find(both, "executive/fall").key == "executive/fall"
    assert agendas.find(ITEMS, "plus").ask == "What went well?"
    with pytest.raises(NotFound, match="more than one line: executive/fall, 4-west/fall"):
        agendas.find(both, "fall")
    with pytest.raises(NotFound, match=r"no line flal in this agenda\. It has home-by-11, methods"):
        agendas.find(ITEMS, "flal")


def test_what_is_not_well_is_already_a_line_in_plan_and_help() -> None:
    card = Card(shift="night", cause="toileting", acted=True)
    given = [
        answer("home-by-11", "12"),
        answer("methods", "met"),
        answer("staff", "attention", note="2 RN short"),
        answer("fall", "2", cards=(card,)),
        answer("good-catch", "5"),
        answer("falls-bundle", "10"),
        answer("round", "no"),
    ]

    found = agendas.lines(ITEMS, given, raised={"problem-1": "Bed alarm silent"}, asked={"4-west/staff"})

    assert [(one.about, one.why) for one in found] == [
        ("4-west/home-by-11", Why.TARGET),
        ("4-west/round", Why.TARGET),
        ("4-west/staff", Why.READINESS),
        ("4-west/fall", Why.EVENT),
        ("problem-1", Why.PROBLEM),
    ]
    assert [one.about for one in found if one.settled] == ["4-west/staff"]
    assert found[2].note == "2 RN short"


def test_an_event_that_was_looked_into_is_no_line_and_what_is_watched_is_settled() -> None:
    looked_into = Card(cause="toileting", acted=True)
    given = [answer("fall", "1", cards=(looked_into,)), answer("staff", "r")]
    watched = Answer(item="4-west/staff", step=Step.PLAN, kind=Kind.ACTIONS, value=agendas.WATCH)

    (staff,) = agendas.lines(ITEMS, [*given, watched])

    assert (staff.about, staff.watched, staff.settled) == ("4-west/staff", True, True)


def test_a_target_changed_today_changes_the_mark_of_what_was_answered_before() -> None:
    changed = agendas.target_of(line("home-by-11"))
    target = Answer(item=changed.key, step=Step.TARGETS, kind=Kind.MEASURE, value="10", numbers={"value": 10})
    given = answer("home-by-11", "12")

    assert given.mark is Mark.NOT_MET
    assert agendas.remarked(ITEMS, [given, target])[0].mark is Mark.MET
    assert agendas.lines(ITEMS, [given, target]) == ()


@given(st.dictionaries(st.sampled_from(["n", "value", "kept", "of"]), st.integers() | st.floats(allow_nan=False)))
def test_no_number_from_outside_breaks_a_mark(numbers: dict[str, int | float]) -> None:
    tame = agendas.tamed(numbers)

    assert agendas.marked(line("falls-bundle"), tame) in set(Mark)
    assert agendas.marked(line("home-by-11"), tame) in set(Mark)
