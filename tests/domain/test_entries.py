"""An entry is written once, read anywhere, and every change to it is noticed."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsq_huddle.domain.codec import Malformed
from wsq_huddle.domain.entries import START, Entry, Stamp, compose, read, sealed
from wsq_huddle.domain.events import Audience, Event, Typed, Unknown
from wsq_huddle.domain.ids import uuid7
from wsq_huddle.errors import NotAllowed

AT = datetime(2026, 11, 24, 7, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Card:
    shift: str
    kept: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Tried(Event, kind="test.tried", audience=Audience.PATH):
    to: str
    until: datetime | None = None
    cards: tuple[Card, ...] = ()
    counts: dict[str, int]
    title: Typed = ""
    notes: tuple[Typed, ...] = ()


def stamp(**changes: object) -> Stamp:
    plain = Stamp(id="1", subject="test-1", node="4-west", device="d1", seq=1, prev=START, by="Ana R.", at=AT, tick=1)
    return replace(plain, **changes)  # type: ignore[arg-type]  # any field of the stamp


def tried(**changes: object) -> Tried:
    plain = Tried(to="cardiac", until=AT, cards=(Card("night", kept=False),), counts={"falls": 2}, title="Two pumps")
    return replace(plain, **changes)  # type: ignore[arg-type]  # any field of the event


def test_what_is_written_is_read_again() -> None:
    entry = compose(tried(notes=("one", "two")), stamp(), b"key")

    told = read(entry)

    assert told.event == tried(notes=("one", "two"))
    assert (told.to, told.by, told.at, told.tick, told.turn) == ("cardiac", "Ana R.", AT, 1, None)
    assert entry.seal == sealed(b"key", entry.hash)


def test_typed_words_stand_in_the_text_and_nowhere_else() -> None:
    entry = compose(tried(), stamp(), b"key")

    assert "Two pumps" not in entry.head
    assert "Two pumps" in (entry.text or "")
    assert compose(tried(title=""), stamp(), b"key").text is None


def test_the_same_words_never_give_the_same_text_hash() -> None:
    first, second = compose(tried(), stamp(), b"key"), compose(tried(), stamp(), b"key")

    assert json.loads(first.head)["text_hash"] != json.loads(second.head)["text_hash"]


def test_an_entry_whose_text_was_removed_is_read_with_empty_words() -> None:
    entry = compose(tried(), stamp(), b"key")

    assert read(replace(entry, text=None)).event == tried(title="")


def test_a_changed_text_is_noticed() -> None:
    entry = compose(tried(), stamp(), b"key")

    with pytest.raises(Malformed, match="text"):
        read(replace(entry, text=(entry.text or "").replace("Two", "Ten")))


def test_an_unknown_kind_and_a_later_version_are_kept() -> None:
    entry = compose(tried(), stamp(), b"key")
    other = replace(entry, head=entry.head.replace("test.tried", "test.dreamt"))
    later = replace(entry, head=entry.head.replace('"version":1', '"version":9'))

    assert isinstance(read(other).event, Unknown)
    assert isinstance(read(later).event, Unknown)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"audience":"path"', '"audience":"up"'),
        ('"audience":"path"', '"audience":"everyone"'),
        ('"seq":1', '"seq":0'),
        ('"seq":1', '"seq":1e99'),
        ('"seq":1', f'"seq":{10**30}'),
        ('"tick":1', '"turn":1'),
        ('"tick":1', '"tick":NaN'),
        ('"to":"cardiac"', '"to":7'),
        ('"node":"4-west"', '"node":"\\ud800"'),
        ('"node":"4-west"', '"node":"a\\u001bb"'),
        ('"at":"2026-11-24T07:15:00+00:00"', '"at":"2026-11-24T07:15:00"'),
        ('"falls":2', '"falls":"two"'),
        ('"kept":false', '"kept":0'),
    ],
)
def test_what_is_not_an_entry_is_refused_with_a_reason(old: str, new: str) -> None:
    entry = compose(tried(), stamp(), b"key")
    assert old in entry.head

    with pytest.raises(Malformed, match=r"\w+"):
        read(Entry(entry.head.replace(old, new), entry.text, entry.seal))


@given(st.text(), st.none() | st.text(), st.text())
def test_no_text_from_outside_breaks_the_reader(head: str, text: str | None, seal: str) -> None:
    with pytest.raises(Malformed):
        read(Entry(head, text, seal))


@given(st.text(max_size=200), st.lists(st.text(max_size=50), max_size=3))
def test_whatever_is_typed_is_stored_clean_and_survives(title: str, notes: list[str]) -> None:
    told = read(compose(tried(title=title, notes=tuple(notes)), stamp(), b"key"))

    assert isinstance(told.event, Tried)
    again = read(compose(told.event, stamp(), b"key"))
    assert again.event == told.event
    assert all(letter.isprintable() or letter == "\n" or ord(letter) > 0xFF for letter in told.event.title)


def test_a_text_that_is_too_long_is_refused_before_it_is_written() -> None:
    with pytest.raises(NotAllowed, match="title has 201 characters"):
        compose(tried(title="x" * 201), stamp(), b"key")
    with pytest.raises(NotAllowed, match="notes has 10,001"):
        compose(tried(notes=("x" * 10_001,)), stamp(), b"key")
    with pytest.raises(NotAllowed, match="too long to be kept"):
        compose(tried(notes=("x" * 9_999,) * 40), stamp(), b"key")


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_an_id_is_a_uuid_of_version_7_and_keeps_the_time(milliseconds: int, chance: bytes) -> None:
    made = uuid7(milliseconds, chance)

    assert made[14] == "7"
    assert made[19] in "89ab"
    assert int(made[:8] + made[9:13], 16) == milliseconds
