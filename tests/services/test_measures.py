"""The board of measures: the values of the huddles before, today's target, the mark, and what is a real change."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.services.hospital import DAY, Hospital, settings_in
from wsq_huddle.domain.agendas import Mark
from wsq_huddle.domain.changes import LATEST, Way
from wsq_huddle.services import definitions, huddles, measures
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.measures import Measure


@pytest.fixture
def hospital(tmp_path: Path) -> Hospital:
    return Hospital(tmp_path, ("executive", "cardiac", "4-west"))


def named(board: tuple[Measure, ...], key: str) -> Measure:
    return next(one for one in board if one.item.key.endswith(f"/{key}"))


def answered(hospital: Hospital, day: int | date, **values: str) -> None:
    hospital.clock.put("07:15", day if isinstance(day, date) else DAY.replace(day=day))
    west = hospital["4-west"]
    huddles.open_today(west)
    one = huddles.sitting(west)
    for key, value in values.items():
        huddles.answer(west, one, key.replace("_", "-"), value)
    huddles.close(west, one)


def test_a_measure_without_a_value_is_on_the_board_all_the_same(hospital: Hospital) -> None:
    board = measures.board(hospital["4-west"])

    assert [one.item.ask for one in board] == ["Falls, 5 days", "Home by 11", "Falls bundle", "Hand hygiene"]
    assert all((one.last, one.mark, one.change) == (None, Mark.NONE, None) for one in board)


def test_values_come_oldest_first_with_their_days_and_the_last_one_is_marked(hospital: Hospital) -> None:
    answered(hospital, 3, falls="1", home_by_11="24", falls_bundle="9 of 10")
    answered(hospital, 4, falls="0", home_by_11="31")
    board = measures.board(hospital["4-west"])
    falls, home, bundle = (named(board, key) for key in ("falls", "home-by-11", "falls-bundle"))

    assert [(one.on.day, one.value) for one in falls.readings] == [(3, 1), (4, 0)]
    assert falls.mark is Mark.MET
    assert (home.last.shown if home.last else "", home.mark) == ("31", Mark.MET)
    assert [one.value for one in bundle.readings] == [90.0]
    assert bundle.mark is Mark.NOT_MET, "9 of 10 are 90 %, and the target is 95 %"


def test_a_target_that_was_changed_for_today_is_the_one_that_counts(hospital: Hospital) -> None:
    answered(hospital, 4, home_by_11="24")
    hospital.clock.put("07:15")
    west = hospital["4-west"]
    huddles.open_today(west)
    huddles.answer(west, huddles.sitting(west), "home-by-11:target", "20")
    home = named(measures.board(west), "home-by-11")

    assert home.item.target == 20
    assert home.mark is Mark.MET


def test_the_last_of_many_values_may_be_a_real_change(hospital: Hospital) -> None:
    for day, value in enumerate((30, 33, 29, 31, 30, 33, 29, 31, 30, 33, 29, 31, 12), 1):
        answered(hospital, day, home_by_11=str(value))
    home = named(measures.board(hospital["4-west"]), "home-by-11")

    assert home.change is not None
    assert home.change.way is Way.DOWN
    assert named(measures.board(hospital["4-west"]), "falls").change is None


def test_each_node_has_its_own_board(hospital: Hospital) -> None:
    assert len(measures.board(hospital["executive"])) == 14
    assert "Sick leave" in [one.item.ask for one in measures.board(hospital["cardiac"])]


def asking_also(hospital: Hospital, key: str, more: str) -> Desk:
    """A node with more in its huddle.toml."""
    before = hospital[key]
    hospital.desks[key] = Desk(before.store, settings_in(hospital.folder / "more", key, more=f"\n[[item]]\n{more}"))
    definitions.publish(hospital[key])
    hospital.deliver()
    return hospital[key]


AGAIN = 'key = "falls-now"\nstep = "status"\nkind = "measure"\nmeasure = "falls"\nask = "Falls now"\n'
SEPSIS = (
    'key = "sepsis"\nstep = "status"\nkind = "measure"\nmeasure = "sepsis"\nask = "Sepsis"\ntiers = [1, 2]\n'
    '\n[[measure]]\nkey = "sepsis"\nname = "Sepsis"\ntarget = 95\ndirection = "at-least"\n'
)


def test_a_measure_that_two_lines_ask_for_is_one_with_the_values_of_both(hospital: Hospital) -> None:
    before = [one.item.ask for one in measures.board(hospital["4-west"])]
    west = asking_also(hospital, "4-west", AGAIN)
    answered(hospital, 3, falls="1")
    answered(hospital, 4, falls_now="2")
    board = measures.board(west)
    falls = next(one for one in board if one.item.measure == "4-west/falls")

    assert sorted(one.item.ask for one in board) == sorted(before), "it is called as the first line that asks for it"
    assert [(one.on.day, one.value) for one in falls.readings] == [(3, 1), (4, 2)]


def test_only_the_latest_values_are_looked_at(hospital: Hospital) -> None:
    first = DAY.replace(month=10, day=1)
    for number in range(LATEST + 1):
        answered(hospital, first + timedelta(days=number), falls=str(number))
    falls = named(measures.board(hospital["4-west"]), "falls")

    assert [one.value for one in falls.readings] == [*range(1, LATEST + 1)]


def test_what_units_answer_to_a_line_of_a_department_is_no_value_of_its_own(hospital: Hospital) -> None:
    cardiac = asking_also(hospital, "cardiac", SEPSIS)
    answered(hospital, 4, **{"cardiac/sepsis": "50"})
    hospital.deliver()

    assert named(measures.board(hospital["4-west"]), "sepsis").readings[0].value == 50
    assert named(measures.board(cardiac), "sepsis").readings == ()
