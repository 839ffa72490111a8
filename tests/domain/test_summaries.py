"""What goes up are numbers and the site's words; a department's figures are those of its units, added up."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.mornings import AT, ITEMS, OPENED, SUBJECT, UNIT, line, story
from wsq_huddle.domain import agendas, huddles, summaries
from wsq_huddle.domain.agendas import Card, Kept, Kind, Mark, Step
from wsq_huddle.domain.entries import START, Stamp, compose, read
from wsq_huddle.domain.huddles import Huddle
from wsq_huddle.domain.summaries import Events, KeptWork, Problems, Summary, Targets, Units

NIGHT = Card(shift="night", standard_kept=Kept.NO, cause="toileting", acted=True)


def answered(**raw: Any) -> Huddle:  # noqa: ANN401 - a raw answer, or one with its note and cards
    """The unit's huddle with these answers, an underscore standing for a dash."""
    huddle = huddles.fold(story(OPENED))
    events = []
    for name, value in raw.items():
        typed, more = value if isinstance(value, tuple) else (value, {})
        events.append(huddles.answer(huddle, line(name.replace("_", "-")), typed, at_node=UNIT, **more))
    found = huddles.fold(story(OPENED, *events))
    assert found is not None
    return found


def summed(huddle: Huddle, **more: Any) -> Summary:  # noqa: ANN401 - any argument of `summarise`
    return summaries.summarise(huddle.answers, ITEMS, **more)


QUIET = {
    "home_by_11": "30", "methods": "met", "staff": "met", "fall": "0", "good_catch": "0", "falls_bundle": "",
    "round": "y", "beds_free": "0", "ahead": "",
}  # fmt: skip


def test_a_quiet_unit_is_complete_and_has_nothing_to_tell() -> None:
    summary = summed(answered(**QUIET), present=7, leaders=1)

    assert summary.complete
    assert summary.readiness == {"methods": Mark.MET, "staff": Mark.MET}
    assert summary.events == {"fall": Events(), "good-catch": Events()}
    assert summary.targets == Targets(met=1)
    assert (summary.present, summary.leaders) == (7, 1)


def test_an_open_huddle_tells_what_is_answered_so_far() -> None:
    summary = summed(answered(staff="r", fall="1"))

    assert not summary.complete
    assert summary.readiness == {"methods": Mark.NONE, "staff": Mark.NOT_MET}
    assert summary.targets == Targets(none=1)
    assert summary.events["fall"].n == 1


def test_the_json_is_exactly_the_one_others_rely_on() -> None:
    back, now = datetime(2026, 11, 25, 7, 15, tzinfo=UTC), AT
    huddle = answered(home_by_11="12", staff=("amber", {"note": "2 RN short"}), methods="g", falls_bundle="9 of 10",
                      fall=("3", {"cards": [NIGHT, Card(standard_kept=Kept.YES)], "did": ["alarm on"]}))  # fmt: skip
    problems = Problems(raised=2, escalated=1, by_category={"equipment": 2})

    told = summaries.as_json(summed(huddle, covers=(back, now), problems=problems, given=4, fixed=3, present=7))

    assert json.loads(json.dumps(told)) == {
        "complete": False,
        "covers": {"from": "2026-11-25T07:15:00+00:00", "to": "2026-11-30T07:15:00+00:00"},
        "readiness": {"methods": "met", "staff": "attention"},
        "targets": {"met": 0, "not_met": 1, "none": 0},
        "events": {
            "fall": {"n": 3, "looked_into": 1, "standard_kept": {"yes": 1, "no": 1, "unknown": 1},
                     "causes": {"toileting": 1}},
            "good-catch": {"n": 0, "looked_into": 0, "standard_kept": {"yes": 0, "no": 0, "unknown": 0}, "causes": {}},
        },
        "standards": {"kept": 9, "of": 10},
        "problems": {"raised": 2, "escalated": 1, "to_know": 0, "by_category": {"equipment": 2}},
        "units": {"expected": 0, "held": 0, "unknown": 0, "not_held": 0},
        "present": 7,
        "leaders": 0,
        "answers": {"given": 4, "read_out": 0, "fixed": 3},
        "corrects": None,
    }  # fmt: skip
    assert summaries.as_json(Summary())["covers"] == {"from": None, "to": None}


def test_a_target_changed_today_is_no_measure_of_its_own() -> None:
    summary = summed(answered(**{"home_by_11": "12", "home_by_11:target": "10"}))

    assert summary.targets == Targets(met=1)


def test_free_text_never_goes_up() -> None:
    typed = "Mr X fell"
    huddle = answered(ahead=typed, staff=("amber", {"note": typed}), fall=("1", {"cards": [NIGHT], "did": [typed]}))
    reported = huddles.report(huddle, summed(huddle), at_node=UNIT)
    assert reported is not None
    stamp = Stamp(id="1", subject=SUBJECT, node=UNIT, device="d", seq=1, prev=START, by="Ana R.", at=AT, tick=1)

    entry = compose(reported, stamp, b"key")

    assert typed not in entry.head
    assert entry.text is None
    assert read(entry).event == reported


def test_answers_from_above_that_were_read_out_are_counted() -> None:
    huddle = huddles.fold(story(OPENED))
    said = [
        huddles.answer(huddle, agendas.listed(f"problem-{number}"), value, at_node=UNIT)
        for number, value in enumerate(("read-out", "none", "read-out"))
    ]
    watched = huddles.answer(huddle, agendas.listed("a", step=Step.PLAN, kind=Kind.ACTIONS), "watch", at_node=UNIT)
    found = huddles.fold(story(OPENED, *said, watched))
    assert found is not None

    assert summed(found, given=3).answers == summaries.Answers(given=3, read_out=2)


def test_a_department_adds_its_units_up_and_tells_the_heaviest_mark() -> None:
    west = summed(answered(staff="r", methods="g", home_by_11="12", fall=("2", {"cards": [NIGHT]})),
                  problems=Problems(raised=2, escalated=1, by_category={"staff": 2}))  # fmt: skip
    east = summed(answered(staff="a", home_by_11="40", fall=("1", {"cards": [NIGHT]}), falls_bundle="9 of 10"))
    own = Summary(
        problems=Problems(raised=1, escalated=1, to_know=1, by_category={"staff": 1}), present=5, complete=True
    )
    units = Units(expected=3, held=2, unknown=1)

    total = summaries.roll_up(own, {"4-west": west, "5-east": east}, tier=2, units=units, states={"4-west": "held"})

    assert total.readiness == {"methods": Mark.MET, "staff": Mark.NOT_MET}
    assert total.events["fall"] == Events(
        n=3, looked_into=2, standard_kept=KeptWork(no=2, unknown=1), causes={"toileting": 2}
    )
    assert (total.targets, total.standards.of) == (Targets(met=1, not_met=1), 10)
    measured = replace(own, targets=Targets(met=9, not_met=3))
    assert summaries.roll_up(measured, {"4-west": west}, tier=2).targets == Targets(met=9, not_met=3)
    assert total.problems == Problems(raised=3, escalated=1, to_know=1, by_category={"staff": 3})
    assert (total.units, total.present, total.complete) == (units, 5, False)
    assert total.spread.events == {"fall": 2}
    assert total.spread.not_ready == {"staff": 2}
    assert (total.spread.of, total.spread.states) == (2, {"4-west": "held"})


@pytest.mark.parametrize(
    ("tier", "causes"), [(2, {"floor": 1, "lift": 1, "toileting": 2}), (3, {"lift": 1, "toileting": 2}), (4, {})]
)
def test_each_tier_is_told_the_causes_that_are_its_business(tier: int, causes: dict[str, int]) -> None:
    west = Summary(events={"fall": Events(n=2, causes={"toileting": 1, "floor": 1})})
    east = Summary(events={"fall": Events(n=2, causes={"toileting": 1, "lift": 1})})

    total = summaries.roll_up(Summary(), {"a": west, "b": east}, tier=tier, recurring={("fall", "lift")})

    assert (total.events["fall"].n, total.events["fall"].causes) == (4, causes)


COUNT = st.integers(0, 5)
MARKS = st.dictionaries(st.sampled_from(["methods", "equipment", "supplies", "staff"]), st.sampled_from(Mark))
SUMMARIES = st.builds(
    Summary,
    readiness=MARKS,
    targets=st.builds(Targets, met=COUNT, not_met=COUNT, none=COUNT),
    events=st.dictionaries(
        st.sampled_from(["fall", "medication"]),
        st.builds(Events, n=COUNT, looked_into=COUNT, causes=st.dictionaries(st.sampled_from("ab"), COUNT)),
    ),
    problems=st.builds(Problems, raised=COUNT, by_category=st.dictionaries(st.sampled_from("xy"), COUNT)),
)


@given(st.lists(SUMMARIES, max_size=5))
def test_adding_up_in_two_tiers_gives_the_same_numbers_as_in_one(parts: list[Summary]) -> None:
    def up(below: list[Summary]) -> Summary:
        return summaries.roll_up(Summary(), {str(number): one for number, one in enumerate(below)}, tier=2)

    def bare(total: Summary) -> Summary:
        events = {key: one for key, one in total.events.items() if one != Events()}
        return replace(total, units=Units(), events=events)

    at_once, by_halves = up(parts), up([up(parts[:2]), up(parts[2:])])

    assert bare(by_halves) == bare(at_once)
    assert at_once.events.keys() == {key for part in parts for key in part.events}
    assert sum(one.n for one in at_once.events.values()) == sum(one.n for part in parts for one in part.events.values())
