"""Who signs: a name for one slot, with a PIN if its owner wants one; attribution that costs a second."""

import logging
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.hospital import DAY, Hospital
from wsq_huddle.config.tables import Person
from wsq_huddle.errors import NotAllowed, NotFound
from wsq_huddle.services import huddles, pins, problems, signing
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.opening import open_store


def test_a_name_signs_until_the_slot_is_another_and_then_it_is_the_role(hospital: Hospital, unit: Desk) -> None:
    hospital.clock.put("07:15")
    signing.sign(unit, "Ana Ruiz")
    assert problems.raise_at(unit, title="Door").raised_by == "Ana Ruiz"
    assert not unit.in_slot(signing.slot(unit))

    hospital.clock.put("06:30", DAY + timedelta(days=1))
    went = unit.in_slot(signing.slot(unit))

    assert went
    assert unit.author == "4 West charge nurse"
    assert not unit.in_slot(signing.slot(unit))


def test_who_the_window_was_opened_for_signs_again_in_the_next_slot(hospital: Hospital, department: Desk) -> None:
    seat = Desk(department.store, department.settings, author="J. Cole", on_behalf="R. Okafor")
    hospital.clock.put("08:00")
    signing.sign(seat, "S. Lind")
    hospital.clock.put("08:00", DAY + timedelta(days=1))

    assert seat.author == "S. Lind"
    assert seat.in_slot(signing.slot(seat))
    assert seat.author == "J. Cole for R. Okafor"


def test_above_a_unit_whoever_types_signs_for_who_leads(department: Desk) -> None:
    signing.sign(department, "J. Cole", "R. Okafor")
    both = department.author
    signing.sign(department, "R. Okafor", "R. Okafor")

    assert both == "J. Cole for R. Okafor"
    assert department.author == "R. Okafor"


@pytest.mark.parametrize(
    ("typed", "name"),
    [("ar", "Ana Ruiz"), ("A.R.", "Ana Ruiz"), ("ana ruiz", "Ana Ruiz"), ("Ben", "Ben"), ("bk", "bk")],
)
def test_initials_of_one_person_are_their_name(unit: Desk, typed: str, name: str) -> None:
    people = (
        Person(name="Ana Ruiz", initials="AR"),
        Person(name="Ben Koch", initials="BK"),
        Person(name="Bo Kim", initials="BK"),
    )
    unit.settings = replace(unit.settings, people=people)

    assert signing.person(unit, typed) == name


def test_a_name_with_a_pin_signs_with_it_and_with_no_other(unit: Desk) -> None:
    pins.set_pin(unit, "Ana Ruiz", "2718")

    assert signing.asks_pin(unit, "ana  ruiz")
    assert not signing.asks_pin(unit, "Ben Koch")
    for wrong in ("", "2817"):
        with pytest.raises(NotAllowed, match="not the PIN of Ana Ruiz"):
            signing.sign(unit, "Ana Ruiz", pin=wrong)
    assert unit.author == "4 West charge nurse"
    signing.sign(unit, "Ana Ruiz", pin="2718")
    assert unit.author == "Ana Ruiz"


def test_wrong_tries_wait_longer_and_longer_also_after_a_restart_and_nobody_is_locked_out(
    hospital: Hospital, unit: Desk
) -> None:
    pins.set_pin(unit, "Ana Ruiz", "2718")
    for _ in range(2):
        with pytest.raises(NotAllowed, match=r"not the PIN of Ana Ruiz\.$"):
            pins.check(unit, "Ana Ruiz", "0000")
    with pytest.raises(NotAllowed, match="next try is in 2 s"):
        pins.check(unit, "Ana Ruiz", "0000")
    again = Desk(open_store(unit.store.place, unit.node, clock=hospital.clock), unit.settings)
    with pytest.raises(NotAllowed, match="wrong 3 times"):
        pins.check(again, "Ana Ruiz", "2718")

    hospital.clock.at(hospital.clock() + timedelta(seconds=1.5))
    with pytest.raises(NotAllowed, match="next try is in 1 s"):
        pins.check(again, "Ana Ruiz", "2718")
    hospital.clock.at(hospital.clock() + timedelta(seconds=0.5))
    pins.check(again, "Ana Ruiz", "2718")
    with pytest.raises(NotAllowed, match=r"not the PIN of Ana Ruiz\.$"):
        pins.check(again, "Ana Ruiz", "0000")


def test_two_windows_at_once_do_not_get_two_tries_for_one(unit: Desk) -> None:
    pins.set_pin(unit, "Ana Ruiz", "2718")
    together = threading.Barrier(2)

    def wrong() -> None:
        together.wait()
        with pytest.raises(NotAllowed):
            pins.check(unit, "Ana Ruiz", "0000")

    for _ in range(3):
        windows = [threading.Thread(target=wrong) for _ in range(2)]
        for one in windows:
            one.start()
        for one in windows:
            one.join()
        unit.store.clock.at(unit.now() + timedelta(minutes=2))  # type: ignore[attr-defined]  # the hospital's clock

    row = unit.look().one("SELECT wrong FROM pin")
    assert row is not None
    assert row["wrong"] == 6


def test_another_pin_needs_the_old_one_and_a_forgotten_one_is_taken_away(unit: Desk) -> None:
    pins.set_pin(unit, "Ana Ruiz", "2718")
    with pytest.raises(NotAllowed, match="say the old one"):
        pins.set_pin(unit, "Ana Ruiz", "3141")
    with pytest.raises(NotAllowed, match="not the PIN"):
        pins.set_pin(unit, "Ana Ruiz", "3141", old="1111")
    pins.set_pin(unit, "Ana Ruiz", "3141", old="2718")
    pins.check(unit, "Ana Ruiz", "3141")

    assert pins.people(unit) == {"ana ruiz"}
    pins.forget(unit, "ANA RUIZ")
    assert not pins.needed(unit, "Ana Ruiz")
    with pytest.raises(NotFound):
        pins.forget(unit, "Ana Ruiz")


def test_a_pin_is_never_in_the_log_never_sent_and_never_written_to_a_log_file(
    hospital: Hospital, unit: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        pins.set_pin(unit, "Ana Ruiz", "27182818")
        signing.sign(unit, "Ana Ruiz", pin="27182818")
        with pytest.raises(NotAllowed) as told:
            pins.check(unit, "Ana Ruiz", "31415926")
    huddles.open_today(unit)
    hospital.deliver()

    entries = [
        dict(row) for desk in hospital.desks.values() for row in desk.look().rows("SELECT head, text FROM entry")
    ]
    rows = [dict(row) for row in unit.look().rows("SELECT * FROM pin")]
    assert "27182818" not in f"{entries}{rows}{caplog.text}"
    assert "31415926" not in f"{entries}{rows}{caplog.text}{told.value}"
    assert [len(hospital[key].look().rows("SELECT * FROM pin")) for key in ("4-west", "cardiac")] == [1, 0]
