"""Figures against two other ways to get at them: the chain of each day, and the stories of the problems."""

from datetime import date, datetime, timedelta

import pytest

from tests.services.figuring import LAST, Read, Week, by_chain, by_stories, near, part, told
from tests.services.hospital import DAY, USUAL, ZONE, Hospital
from wsq_huddle.domain import figures as rules
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import chains, figures, huddles, problems
from wsq_huddle.services.desk import Desk


@pytest.mark.parametrize("seed", [3, 11, 89, 2026])
def test_figures_say_what_the_chain_and_the_stories_say(mould: Hospital, seed: int) -> None:
    hospital = mould.copy()
    try:
        Week(hospital, seed).run()
        days = [DAY + timedelta(days=number) for number in range(7)]
        for key in USUAL:
            desk = hospital[key]
            below = desk.tree().below(key)
            hospital.clock.at(hospital.clock())
            found = told(desk)
            chain = [row for day in days for row in chains.morning(desk, day).rows]
            stories = [Read(desk, one) for one in problems.listed(desk, at="all")]
            for nodes, one in [(below, found), *(((node,), part(found, node)) for node in below)]:
                counted, answers = by_stories(nodes, stories)
                assert one["huddles"] == by_chain(desk, nodes, chain), (seed, key)
                assert near(one["problems"], counted), (seed, key, one["problems"], counted)
                assert one["answers"] == answers, (seed, key)
    finally:
        hospital.close()


def held(hospital: Hospital, key: str, days: int, begins: date = DAY) -> None:
    for number in range(days):
        hospital.clock.put("07:15", begins + timedelta(days=number))
        huddles.open_today(hospital[key])
        hospital.clock.put("07:24", begins + timedelta(days=number))
        huddles.close(hospital[key], huddles.sitting(hospital[key]))
        hospital.deliver()


def test_the_document_has_the_keys_that_others_rely_on(unit: Desk) -> None:
    found = told(unit)

    assert list(found) == [
        "from", "to", "huddles", "problems", "answers", "silent", "escalates_everything", "nodes",
    ]  # fmt: skip
    assert set(found["huddles"]) == {"planned", "held", "late", "missed", "skipped", "median_minutes"}
    assert set(found["problems"]) == {
        "raised", "escalated", "resolved_by_tier", "median_hours", "median_hours_at_tier", "returned", "reopened",
    }  # fmt: skip
    assert set(found["answers"]) == {"given", "read_out", "not_now"}
    assert set(found["nodes"][0]) == {"node", "name", "tier"} | (set(found) - {"from", "to", "nodes"})


def test_where_nothing_was_counted_there_is_no_figure(unit: Desk) -> None:
    found = told(unit)

    assert found["huddles"] == {
        "planned": 0, "held": 0, "late": 0, "missed": 0, "skipped": 0, "median_minutes": None,
    }  # fmt: skip
    assert found["problems"]["median_hours"] == {"acknowledge": None, "resolve": None, "confirm": None}
    assert found["problems"]["median_hours_at_tier"] == {}


def test_a_huddle_that_is_still_to_come_is_not_planned_yet(hospital: Hospital, unit: Desk) -> None:
    hospital.clock.put("07:00")
    assert told(unit)["huddles"]["planned"] == 0

    hospital.clock.put("12:00")
    assert told(unit, DAY, DAY)["huddles"] == {
        "planned": 1, "held": 0, "late": 0, "missed": 1, "skipped": 0, "median_minutes": None,
    }  # fmt: skip


def test_days_before_a_node_was_there_are_no_days_without_a_huddle(hospital: Hospital, unit: Desk) -> None:
    hospital.clock.put("12:00")

    assert told(unit, DAY - timedelta(days=21), DAY)["huddles"]["missed"] == 1
    assert told(hospital["cardiac"], DAY - timedelta(days=21), DAY - timedelta(days=1))["huddles"]["planned"] == 0


def test_only_the_unit_and_the_node_above_it_are_asked_why_it_is_silent(hospital: Hospital) -> None:
    held(hospital, "4-west", 4)
    assert told(hospital["4-west"])["silent"] == []
    held(hospital, "4-west", 1, DAY + timedelta(days=4))

    assert told(hospital["4-west"])["silent"] == ["4-west"]
    assert told(hospital["cardiac"])["silent"] == ["4-west"]
    above = told(hospital["executive"])
    assert above["silent"] == []
    assert all(one["silent"] == [] for one in above["nodes"])
    assert told(hospital["5-east"])["silent"] == []


def test_a_unit_that_asks_for_help_with_all_but_a_tenth_is_asked_what_it_would_need(hospital: Hospital) -> None:
    unit = hospital["4-west"]
    subjects = [problems.raise_at(unit, title=f"Problem {number}").id for number in range(10)]
    for one in subjects[:8]:
        problems.escalate(unit, one, need="help")
    hospital.deliver()
    assert told(hospital["cardiac"])["escalates_everything"] == []

    problems.escalate(unit, subjects[8], need="help")
    hospital.deliver()
    assert told(hospital["cardiac"])["escalates_everything"] == ["4-west"]
    assert told(unit)["escalates_everything"] == ["4-west"]
    hospital.deliver()
    assert told(hospital["executive"])["escalates_everything"] == []


def test_four_problems_that_all_went_up_say_nothing_about_a_unit(unit: Desk) -> None:
    for number in range(rules.ENOUGH - 1):
        problems.escalate(unit, problems.raise_at(unit, title=f"Problem {number}").id, need="help")

    assert told(unit)["escalates_everything"] == []


def test_an_honest_no_is_counted_as_long_as_it_stands(hospital: Hospital) -> None:
    unit, department = hospital["4-west"], hospital["cardiac"]
    subjects = [problems.raise_at(unit, title=f"Problem {number}").id for number in range(3)]
    for one in subjects:
        problems.escalate(unit, one, need="help")
    hospital.deliver()
    problems.give_back(department, subjects[0], answer="none left. Until then: share", not_now=True)
    problems.give_back(department, subjects[1], answer="two come at noon")
    hospital.deliver()
    assert told(unit)["answers"] == {"given": 2, "read_out": 0, "not_now": 1}

    problems.resolve(unit, subjects[0], remedy="found two")
    assert told(unit)["answers"] == {"given": 2, "read_out": 0, "not_now": 0}


def test_nodes_stand_in_the_order_of_the_tree_whatever_their_figures(hospital: Hospital) -> None:
    held(hospital, "5-east", 3)
    first = [one["node"] for one in told(hospital["executive"])["nodes"]]
    problems.raise_at(hospital["theatre"], title="Lamp")
    held(hospital, "theatre", 2, DAY + timedelta(days=3))

    assert [one["node"] for one in told(hospital["executive"])["nodes"]] == first
    assert first == ["4-west", "5-east", "theatre", "biomed", "cardiac", "surgery", "executive"]


def test_a_period_begins_and_ends_at_midnight_of_the_node(hospital: Hospital, unit: Desk) -> None:
    for clock, day in (("23:59", DAY), ("00:00", LAST), ("23:59", LAST), ("00:00", LAST + timedelta(days=1))):
        hospital.clock.put(clock, day)
        problems.raise_at(unit, title="Lamp")

    assert told(unit, LAST, LAST)["problems"]["raised"] == 2
    assert datetime.combine(LAST, datetime.min.time(), ZONE).utcoffset() != timedelta(0)


def test_a_period_that_ends_before_it_begins_is_refused_and_so_is_a_decade(unit: Desk) -> None:
    with pytest.raises(NotAllowed, match="before the first"):
        figures.between(unit, LAST, DAY)
    with pytest.raises(NotAllowed, match="At most 400 days"):
        figures.between(unit, DAY - timedelta(days=3650), DAY)


def test_the_last_line_of_today_says_the_same_as_the_figures(hospital: Hospital, unit: Desk) -> None:
    subjects = [problems.raise_at(unit, title=f"Problem {number}").id for number in range(4)]
    hospital.clock.put("12:00", LAST)
    for one in subjects[:3]:
        problems.resolve(unit, one, remedy="done")
    problems.confirm(unit, subjects[0])
    problems.lapse(unit, subjects[1])

    tally, found = figures.tally(unit), told(unit, DAY.replace(day=1), LAST)
    assert (tally.raised, tally.answered) == (found["problems"]["raised"], found["answers"]["given"]) == (4, 3)
    assert tally.fixed == 1
    assert tally.answer_days is not None
    assert round(tally.answer_days * 24, 1) == round(found["problems"]["median_hours"]["resolve"], 1)


def test_a_support_department_that_raises_nothing_is_not_asked_why(hospital: Hospital) -> None:
    held(hospital, "biomed", rules.ENOUGH)

    assert told(hospital["executive"])["silent"] == told(hospital["biomed"])["silent"] == []
