"""A huddle is what its entries say, in whatever order they come, and its verbs say no in sentences."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.domain.mornings import AT, ITEMS, ON, OPENED, PARENT, SUBJECT, UNIT, answered, folded, line, opening, told
from wsq_huddle.domain import agendas, huddles, summaries
from wsq_huddle.domain.agendas import Card, Kept, Kind, Mark, Step
from wsq_huddle.domain.entries import START, Entry, Stamp, Told, compose, read
from wsq_huddle.domain.events import Audience, Unknown
from wsq_huddle.domain.huddles import (
    AsHeld,
    Closed,
    Marked,
    Reported,
    Skipped,
    State,
)
from wsq_huddle.errors import NotAllowed


def test_a_morning_from_opening_to_report() -> None:
    staff = huddles.answer(folded(OPENED), line("staff"), "amber", at_node=UNIT, note="2 RN short")
    attended = huddles.attend(folded(OPENED), at_node=UNIT, number=7, leaders=["J. Whitfield"])

    huddle = folded(OPENED, staff, attended, Closed())

    assert (huddle.state, huddle.opened_at, huddle.closed_at) == (State.CLOSED, AT, AT + timedelta(minutes=3))
    assert (huddle.leader, huddle.present, huddle.attended) == ("Ana R.", 7, ("J. Whitfield",))
    assert (huddle.node, huddle.on, huddle.name, huddle.subject) == (UNIT, ON, "morning", SUBJECT)
    answer = huddle.answer("4-west/staff")
    assert answer is not None
    assert (answer.value, answer.mark, answer.note, answer.by) == ("attention", Mark.ATTENTION, "2 RN short", "Ana R.")


def test_a_later_answer_corrects_an_earlier_one_in_its_place() -> None:
    huddle = folded(OPENED, answered("a", "1"), answered("b", "2"), Closed(), answered("a", "3"))

    assert [(one.item, one.value) for one in huddle.answers] == [("a", "3"), ("b", "2")]
    assert huddle.state is State.CLOSED


def test_the_same_item_may_be_answered_in_two_steps() -> None:
    watched = huddles.answer(
        folded(OPENED), agendas.listed("4-west/staff", step=Step.PLAN, kind=Kind.ACTIONS), "watch", at_node=UNIT
    )
    ready = huddles.answer(folded(OPENED), line("staff"), "r", at_node=UNIT)

    huddle = folded(OPENED, ready, watched)

    assert [one.value for one in huddle.answers] == ["not-met", "watch"]
    assert huddle.answer("4-west/staff", Step.PLAN) == huddle.answers[1]
    assert huddle.answer("4-west/staff") == huddle.answers[0]


def test_an_open_huddle_counts_as_held_and_nobody_waits_for_closed() -> None:
    assert folded(OPENED).held
    assert folded(answered("a", "1")).state is State.OPEN
    assert folded(answered("a", "1")).opened_at == AT


def test_what_the_parent_marks_counts_only_where_the_node_has_written_nothing() -> None:
    mark = huddles.mark(None, node=UNIT, name="4 West", parent=PARENT, at_node=PARENT, as_held="paper")
    marked = huddles.evolve(None, told(mark, 1, PARENT))

    assert marked is not None
    assert (marked.as_held, marked.held, marked.state) == (AsHeld.PAPER, True, State.PLANNED)
    for own in (OPENED, Skipped(why="two rapid responses"), answered("a", "1"), Reported(summary=summaries.Summary())):
        later = huddles.evolve(marked, told(own, 2))
        assert later is not None
        assert later.as_held is None
    with pytest.raises(NotAllowed, match="4 West has told us about this huddle itself"):
        huddles.mark(folded(OPENED), node=UNIT, name="4 West", parent=PARENT, at_node=PARENT, as_held="paper")
    with pytest.raises(NotAllowed, match="Only the node above 4 West"):
        huddles.mark(None, node=UNIT, name="4 West", parent=PARENT, at_node="surgery", as_held="paper")
    with pytest.raises(NotAllowed, match="paper, emergency, short-staffed, closed, not-known"):
        huddles.mark(None, node=UNIT, name="4 West", parent=PARENT, at_node=PARENT, as_held="lazy")


def test_nobody_else_writes_a_nodes_huddle_and_no_node_marks_its_own() -> None:
    huddle = folded(OPENED)

    assert huddles.evolve(huddle, told(Closed(), 9, PARENT)) is huddle
    assert huddles.evolve(huddle, told(Marked(as_held=AsHeld.PAPER), 9)) is huddle
    assert huddles.evolve(None, told(OPENED, 1, subject="problem-1")) is None
    sung = replace(told(OPENED, 9), event=Unknown(kind="huddle.sung", version=1, facts={}))
    assert huddles.evolve(huddle, sung) is huddle
    assert huddles.evolve(None, sung) is None


def test_a_sheet_that_is_typed_in_later_counts_with_the_time_it_was_held() -> None:
    huddle = huddles.evolve(None, told(opening(None, held_at=AT + timedelta(minutes=1)), 180))

    assert huddle is not None
    assert huddle.opened_at == AT + timedelta(minutes=1)
    assert huddle.on_paper


def test_how_long_it_took_is_known_of_a_huddle_that_was_closed_when_it_ended() -> None:
    typed_in = opening(None, held_at=AT)
    mark = huddles.mark(None, node=UNIT, name="4 West", parent=PARENT, at_node=PARENT, as_held="paper")

    assert lasted(told(OPENED, 1), told(Closed(), 10)) == timedelta(minutes=9)
    assert lasted(told(OPENED, 1)) is None
    assert lasted(told(typed_in, 177), told(Closed(), 178)) is None
    assert lasted(told(mark, 1, PARENT), told(OPENED, 2), told(Closed(), 9)) == timedelta(minutes=7)


def lasted(*story: Told) -> timedelta | None:
    huddle = huddles.fold(story)
    assert huddle is not None
    return huddle.lasted


def test_called_off_and_held_after_all() -> None:
    skipped = folded(huddles.skip(None, at_node=UNIT, why="two rapid responses"))
    assert (skipped.state, skipped.why, skipped.held) == (State.SKIPPED, "two rapid responses", False)

    held = huddles.evolve(skipped, told(opening(skipped), 5))

    assert held is not None
    assert (held.state, held.why, held.opened_at) == (State.OPEN, "", AT + timedelta(minutes=5))


def test_a_huddle_closed_too_early_goes_on() -> None:
    closed = folded(OPENED, Closed())
    again = huddles.evolve(closed, told(huddles.reopen(closed, at_node=UNIT), 5))

    assert again is not None
    assert (again.state, again.opened_at, again.closed_at) == (State.OPEN, AT, None)


def test_a_huddle_told_by_two_pcs_began_when_the_first_began_and_stays_held() -> None:
    other = replace(OPENED, leader="Ben K.", editions={"4-west/items": 2})
    entries = [
        told(OPENED, 5, device="4-west/b"),
        told(other, 6, at=AT + timedelta(minutes=1)),
        told(Closed(), 7),
        told(Skipped(why="x"), 8),
        told(other, 9, device="4-west/c"),
    ]

    huddle = huddles.fold(entries)

    assert huddle is not None
    assert (huddle.state, huddle.opened_at) == (State.CLOSED, AT + timedelta(minutes=1))
    assert (huddle.leader, huddle.editions) == ("Ben K.", {"4-west/items": 1})


def test_words_travel_as_text_and_figures_as_facts() -> None:
    card = Card(shift="night", standard_kept=Kept.NO, cause="toileting", reference="INC-4711", acted=True)
    event = huddles.answer(
        folded(OPENED), line("fall"), "1", at_node=UNIT, note="bed low", cards=[card], did=["alarm on"]
    )
    stamp = Stamp(id="1", subject=SUBJECT, node=UNIT, device="d", seq=1, prev=START, by="Ana R.", at=AT, tick=1)

    entry = compose(event, stamp, b"key")

    assert read(entry).event == event
    assert "bed low" not in entry.head
    assert "alarm on" not in entry.head
    assert read(Entry(entry.head, None, entry.seal)).event == huddles.Answered(
        item="4-west/fall", step="status", item_kind="events", value="1", mark=Mark.ATTENTION, numbers={"n": 1},
        cards=(card,),
    )  # fmt: skip


def test_plus_and_delta_are_answers_for_the_parent_and_travel_no_further() -> None:
    event = huddles.answer(folded(OPENED), agendas.PLUS, "short and friendly", at_node=UNIT)

    assert (event.audience, event.value, event.words) == (Audience.PARENT, None, "short and friendly")
    assert not Closed.__dataclass_fields__


def test_cards_and_notes_stay_with_a_corrected_number() -> None:
    cards = [Card(shift="night", cause="toileting", acted=True), Card(shift="day")]
    first = huddles.answer(folded(OPENED), line("fall"), "2", at_node=UNIT, note="n", cards=cards, did=["alarm on"])
    huddle = folded(OPENED, first)

    third = huddles.answer(huddle, line("fall"), "3", at_node=UNIT)
    one = huddles.answer(huddle, line("fall"), "1", at_node=UNIT)
    none = huddles.answer(huddle, line("fall"), "0", at_node=UNIT)

    assert (third.cards, third.did, third.note) == (tuple(cards), ("alarm on", ""), "n")
    assert (one.cards, one.did) == (tuple(cards[:1]), ("alarm on",))
    assert (none.cards, none.did, none.note) == ((), (), "")
    with pytest.raises(NotAllowed, match="Falls: 1 told, but 2 described"):
        huddles.answer(huddle, line("fall"), "1", at_node=UNIT, cards=cards)


def test_todays_target_marks_what_is_answered_after_it() -> None:
    changed = huddles.answer(folded(OPENED), agendas.find(ITEMS, "home-by-11:target"), "10", at_node=UNIT)

    value = huddles.answer(folded(OPENED, changed), line("home-by-11"), "12", at_node=UNIT)

    assert (changed.step, changed.value, changed.mark) == ("targets", "10", Mark.NONE)
    assert value.mark is Mark.MET
    with pytest.raises(NotAllowed, match="target of Home-by-11 as a number"):
        huddles.answer(folded(OPENED), agendas.find(ITEMS, "home-by-11:target"), "", at_node=UNIT)


def test_a_report_is_told_once_and_the_next_one_corrects_it() -> None:
    huddle = folded(OPENED, Closed())
    summary = summaries.summarise((), ITEMS)
    first = huddles.report(huddle, summary, at_node=UNIT)
    assert first is not None
    huddle = folded(OPENED, Closed(), first)

    assert huddles.report(huddle, summary, at_node=UNIT) is None
    second = huddles.report(huddle, summaries.summarise((), ITEMS, present=7), at_node=UNIT)
    assert second is not None
    assert (first.summary.corrects, second.summary.corrects) == (None, "e2")
    assert huddles.report(folded(OPENED, Closed(), first, second), second.summary, at_node=UNIT) is None


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: huddles.close(None, at_node=UNIT), "There is no huddle yet. Open it first."),
        (lambda: huddles.close(folded(OPENED, Closed()), at_node=UNIT), "closed already"),
        (lambda: huddles.close(folded(OPENED), at_node=PARENT), "This is the huddle of 4-west"),
        (lambda: opening(folded(OPENED)), "open already"),
        (lambda: opening(folded(OPENED, Closed())), "held and closed"),
        (lambda: huddles.reopen(folded(OPENED), at_node=UNIT), "go on with it"),
        (lambda: huddles.skip(None, at_node=UNIT, why=" "), "Say why"),
        (lambda: huddles.skip(folded(OPENED, Closed()), at_node=UNIT, why="x"), "cannot be called off"),
        (lambda: huddles.answer(folded(Skipped(why="x")), line("fall"), "0", at_node=UNIT), "no huddle, we said"),
        (lambda: huddles.attend(folded(OPENED), at_node=UNIT, number=1, names=["A", "B"]), "at least 2"),
        (lambda: huddles.attend(folded(OPENED), at_node=UNIT, number=-1), "is a number"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(call: Callable[[], object], sentence: str) -> None:
    with pytest.raises(NotAllowed, match=sentence):
        call()


def test_subjects_are_read_as_they_are_written() -> None:
    for node, name in (("4-west", "morning"), ("a-2026-b", "late-shift")):
        assert huddles.parse_subject(huddles.subject_of(node, ON, name)) == (node, ON, name)
    assert huddles.parse_subject("huddle-4-west-2026-13-01-morning") is None
    assert huddles.parse_subject("problem-1") is None


def test_a_huddle_is_shown_with_its_unanswered_lines() -> None:
    staff = huddles.answer(folded(OPENED), line("staff"), "a", at_node=UNIT, note="2 RN short")
    plus = huddles.answer(folded(OPENED), agendas.PLUS, "short", at_node=UNIT)
    huddle = folded(OPENED, staff, plus)

    shown = huddles.show(
        huddle, ITEMS, summaries.summarise(huddle.answers, ITEMS), node=UNIT, name="morning", on=ON, state="open",
        planned_at=AT,
    )  # fmt: skip

    assert list(shown) == [
        "node", "huddle", "on", "state", "planned_at", "opened_at", "closed_at", "attended", "items", "summary",
    ]  # fmt: skip
    assert json.loads(json.dumps(shown)) == shown
    assert shown["items"][0] == {
        "item": "4-west/home-by-11", "step": "targets", "kind": "measure", "ask": "Home-by-11", "value": None,
        "note": "", "mark": "none", "by": None, "at": None,
    }  # fmt: skip
    assert shown["items"][2] == {
        "item": "4-west/staff", "step": "status", "kind": "readiness", "ask": "Staff", "value": "attention",
        "note": "2 RN short", "mark": "attention", "by": "Ana R.", "at": "2026-11-30T07:16:00+00:00",
    }  # fmt: skip
    assert shown["items"][-1]["value"] == "short"
