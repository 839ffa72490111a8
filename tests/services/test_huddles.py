"""A huddle over real stores: opened, answered, closed, called off, marked by the tier above."""

from datetime import timedelta

import pytest

from tests.services.holding import all_fine, count, opened, summary_at
from tests.services.hospital import DAY, Hospital, at
from wsq_huddle.domain.agendas import Card, Kept, Kind, Mark
from wsq_huddle.domain.huddles import State
from wsq_huddle.errors import NotAllowed, NotFound
from wsq_huddle.services import huddles
from wsq_huddle.services.desk import Desk


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


def test_closing_twice_is_refused_and_leaves_nothing_behind(hospital: Hospital, unit: Desk) -> None:
    one = opened(hospital, "4-west", "07:15")
    huddles.close(unit, one)
    before = count(unit)

    with pytest.raises(NotAllowed, match="closed already"):
        huddles.close(unit, one, plus="late praise")
    with pytest.raises(NotAllowed, match="10,000 is the most"):
        huddles.answer(unit, one, "ahead", "w" * 10_001)
    assert count(unit) == before


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
