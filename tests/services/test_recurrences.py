"""Harm and readiness over the whole house, from real entries of seven departments; never a word of a unit."""

import pytest

from tests.screens.hospital import MONDAY
from tests.screens.house import House
from wsq_huddle.services import huddles, problems, recurrences, rollcalls
from wsq_huddle.services import patterns as together
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.recurrences import Harm
from wsq_huddle.services.recurrences import House as Whole


@pytest.fixture
def house(house_mould: House) -> House:
    """The house at 08:42; these tests only look."""
    return house_mould


def whole(desk: Desk) -> Whole:
    one = huddles.sitting(desk, on=MONDAY)
    return recurrences.look(desk, MONDAY, rollcalls.call(desk, one))


def harm(seen: Whole, key: str) -> Harm:
    return next(one for one in seen.harm if one.happened.key == key)


def test_falls_are_counted_over_units_with_what_was_looked_into_and_the_standard(house: House) -> None:
    falls = harm(whole(house["executive"]), "fall")

    assert (falls.happened.n, falls.happened.units, falls.happened.looked_into) == (9, 5, 7)
    assert (falls.kept, falls.known, falls.with_cause) == (2, 7, 7)


def test_a_cause_recurs_with_its_departments_and_its_weeks_and_others_are_not_told(house: House) -> None:
    seen = whole(house["executive"])
    (toileting,) = harm(seen, "fall").recurring

    assert (toileting.cause, toileting.today, toileting.weeks) == ("toileting", 5, 4)
    assert set(toileting.areas) == {"cardiac", "medicine", "emergency"}
    assert harm(seen, "medication").recurring == (), "in three departments, but of no cause that they name"


def test_what_comes_back_stands_in_the_document_of_the_executives_huddle_and_in_no_other(house: House) -> None:
    def shown(key: str) -> list[dict[str, object]]:
        told: list[dict[str, object]] = huddles.show(house[key], huddles.sitting(house[key], on=MONDAY))["recurring"]
        return told

    (one,) = [one for one in shown("executive") if one["event"] == "fall"]
    assert (one["cause"], one["today"], one["weeks"]) == ("toileting", 5, 4)
    assert set(one["areas"]) == {"cardiac", "medicine", "emergency"}  # type: ignore[call-overload]  # of any value
    assert shown("cardiac") == []


def test_what_is_done_and_was_learned_is_in_the_words_of_departments(house: House) -> None:
    falls = harm(whole(house["executive"]), "fall")

    assert [(one.words, one.who) for one in falls.doing] == [
        ("hourly rounds on Step-down", "Cardiac"),
        ("slipper check at every round", "Medicine"),
    ]
    assert [(one.words, one.who) for one in falls.learned] == [("night light and slipper check", "Cardiac")]


def test_what_is_not_ready_counts_units_departments_and_days(house: House) -> None:
    short = {one.key: one for one in whole(house["executive"]).short}

    assert set(short) == {"equipment", "supplies", "staff"}
    assert (short["staff"].units, short["staff"].areas) == (5, 3)
    assert (short["staff"].days, short["staff"].of) == (12, 20)
    titles = [problems.read(house["executive"], subject).title for subject in short["staff"].subjects]
    assert titles == ["2 RN short until 19:00"]


def test_no_word_that_a_unit_typed_stands_in_it(house: House) -> None:
    """What the units of the house have typed: titles, needs, what was tried, what was done about an event."""
    typed = ("rails up", "looked at", "Linen short", "Dark way", "float pool", "rang 6", "at the scanner")
    seen = whole(house["executive"])
    told = repr(seen)

    assert "hourly rounds on Step-down" in told, "a department's own words stand in it"
    assert [words for words in typed if words in told] == []


def test_patterns_of_the_executives_are_over_departments(house: House) -> None:
    (linen,) = [one for one in together.listed(house["executive"]) if len(one.nodes) > 1]

    assert linen.name == "LINEN"
    assert set(linen.nodes) == {"cardiac", "medicine", "surgery"}


def test_of_a_house_that_told_nothing_nothing_is_said(house: House) -> None:
    desk = house["executive"]
    one = huddles.sitting(desk, on=MONDAY)
    calling = rollcalls.call(desk, one)
    nobody = rollcalls.RollCall(areas=(), seconds=calling.seconds, total=type(calling.total)(), happened=())

    assert recurrences.look(desk, MONDAY, nobody) == Whole(harm=(), short=(), kinds={}, said={})
