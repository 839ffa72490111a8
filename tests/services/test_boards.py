"""What hangs on the wall: numbers of the last huddle, days since harm, and nothing that anybody typed."""

import json
from datetime import date
from pathlib import Path

from tests.services.hospital import Hospital
from wsq_huddle.domain.agendas import Mark
from wsq_huddle.domain.codec import encode
from wsq_huddle.services import boards, huddles, problems

TYPED = "Zanzibar"
MONDAY = date(2026, 11, 30)


def told(hospital: Hospital, clock: str, on: date, **answers: str) -> None:
    """Hold 4 West's huddle with these answers, and a secret word beside each."""
    hospital.clock.put(clock, on)
    desk = hospital["4-west"]
    desk.sign_as(f"{TYPED} R.")
    huddles.open_today(desk, leader=f"{TYPED} R.")
    one = huddles.sitting(desk)
    for line, value in answers.items():
        huddles.answer(desk, one, line.replace("_", "-"), value, note=f"{TYPED} {line}")
    huddles.close(desk, one, plus=TYPED, thanks=TYPED)


def test_before_the_first_huddle_a_wall_says_that_nothing_was_told(hospital: Hospital) -> None:
    board = boards.board(hospital["4-west"])

    assert board.told_on is None
    assert board.ready == ()
    assert {one.days for one in board.since} == {None}
    assert board.counted_from is None


def test_the_wall_speaks_of_the_last_huddle_until_todays_has_begun(hospital: Hospital) -> None:
    west = hospital["4-west"]
    told(hospital, "07:16", MONDAY, staff="not-met", falls="1", fall="2")
    hospital.clock.put("07:05", date(2026, 12, 3))
    before = boards.board(west)
    told(hospital, "07:16", date(2026, 12, 3), staff="met", falls="0", fall="0")
    after = boards.board(west)

    assert (before.told_on, after.told_on) == (MONDAY, date(2026, 12, 3))
    assert {one.name: one.mark for one in before.ready}["Staff"] is Mark.NOT_MET
    assert {one.name: one.mark for one in after.ready}["Staff"] is Mark.MET
    assert [(one.value, one.mark) for one in after.measured if one.name == "Falls, 5 days"] == [("0", Mark.MET)]
    assert [(one.name, one.days) for one in after.since if one.days is not None] == [("Falls", 3)]
    assert after.counted_from == MONDAY


def test_harm_is_counted_for_the_month_and_what_is_welcome_is_no_harm(hospital: Hospital) -> None:
    told(hospital, "07:16", date(2026, 11, 28), fall="1", good_catch="4")
    told(hospital, "07:16", date(2026, 11, 29), fall="2")
    board = boards.board(hospital["4-west"])
    since = {one.name: one for one in board.since}

    assert (since["Falls"].count, since["Falls"].days) == (3, 0)
    assert "Good catches" not in since


def test_the_same_month_of_another_year_is_another_month(hospital: Hospital) -> None:
    told(hospital, "07:16", date(2025, 11, 28), fall="4")
    told(hospital, "07:16", date(2026, 11, 28), fall="1")
    since = {one.name: one for one in boards.board(hospital["4-west"]).since}

    assert (since["Falls"].count, since["Falls"].days) == (1, 0)


def test_how_ready_a_department_is_stands_in_the_order_of_its_units_huddles(hospital: Hospital) -> None:
    told(hospital, "07:16", MONDAY, methods="met", equipment="attention", supplies="met", staff="not-met")
    hospital.deliver()
    hospital.clock.put("08:00", MONDAY)
    cardiac = hospital["cardiac"]
    huddles.open_today(cardiac)
    huddles.close(cardiac, huddles.sitting(cardiac))

    assert [one.name for one in boards.board(cardiac).ready] == ["Methods", "Equipment", "Supplies", "Staff"]


def test_nothing_that_people_typed_hangs_on_the_wall(hospital: Hospital, tmp_path: Path) -> None:
    del tmp_path
    west = hospital["4-west"]
    told(hospital, "07:16", MONDAY, staff="not-met", fall="1", supplies="attention")
    problems.raise_at(west, title=f"{TYPED} is missing", detail=TYPED)

    document = json.dumps(encode(boards.board(west)))

    assert "Falls" in document
    assert TYPED not in document
