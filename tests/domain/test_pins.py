"""A PIN is kept as a hash with a salt of its own, and wrong tries cost more and more time, never the name."""

from datetime import UTC, datetime, timedelta

import pytest

from wsq_huddle.domain import pins
from wsq_huddle.errors import NotAllowed

NOW = datetime(2026, 11, 30, 13, 15, tzinfo=UTC)


def test_a_pin_fits_its_own_hash_and_no_other() -> None:
    known = pins.made("Ana  Ruiz", "2718", NOW)

    assert known.person == "ana ruiz"
    assert pins.fits(known, "2718")
    assert not pins.fits(known, "2717")
    assert not pins.fits(known, "")


def test_a_pin_may_be_a_sentence_of_64_characters() -> None:
    known = pins.made("Ana Ruiz", "x" * 64, NOW)

    assert pins.fits(known, "x" * 64)
    assert not pins.fits(known, "x" * 63)


def test_a_pin_that_was_kept_at_another_cost_still_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    known = pins.made("Ana Ruiz", "2718", NOW)
    monkeypatch.setattr(pins, "COST", 2 * known.cost)

    assert pins.fits(known, "2718")
    assert known.cost >= 2**14, "n of scrypt: a try is to cost something"


def test_the_same_pin_twice_has_two_salts_and_two_hashes() -> None:
    one, other = pins.made("Ana Ruiz", "2718", NOW), pins.made("Ana Ruiz", "2718", NOW)

    assert one.hash != other.hash
    assert len(bytes.fromhex(one.salt)) == 16


def test_the_wait_grows_to_a_minute_and_stays_there() -> None:
    waits = [pins.wait(wrong).total_seconds() for wrong in range(12)]

    assert waits == [0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert pins.wait(10**9) == pins.LONGEST


def test_a_clock_that_was_set_back_makes_nobody_wait_longer_than_a_minute() -> None:
    known = pins.Pin(person="x", salt="", hash="", cost=1, set_at=NOW, wrong=9, wait_until=NOW + timedelta(days=1))

    assert pins.left(known, NOW) == pins.LONGEST
    assert pins.left(known, NOW + timedelta(days=2)) == timedelta()


@pytest.mark.parametrize(("name", "pin"), [("", "2718"), ("Ana", "123"), ("Ana", ""), ("Ana", "1" * 65)])
def test_what_is_no_pin_is_refused(name: str, pin: str) -> None:
    with pytest.raises(NotAllowed, match=r"\.$"):
        pins.made(name, pin, NOW)
