"""The guard warns about what may identify a patient, leaves the house its names and beds, and never takes long."""

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsq_huddle.domain.identifiers import Found, Kind, identifiers, sentence, warnings

SHORT = {
    "name": Kind.NAME, "record": Kind.RECORD, "born": Kind.BORN, "phone": Kind.PHONE, "bed": Kind.BED,
    "mail": Kind.MAIL, "national": Kind.NATIONAL,
}  # fmt: skip


def labelled() -> list[tuple[str, tuple[Found, ...]]]:
    """Each line of the list with what is to be found in it."""
    lines = Path(__file__).parent.joinpath("samples/identifiers.txt").read_text(encoding="utf-8").splitlines()
    return [_read(line) for line in lines if line.strip() and not line.startswith("#")]


def _read(line: str) -> tuple[str, tuple[Found, ...]]:
    label, _, marked = line.partition(" | ")
    kinds = [] if label == "-" else [SHORT[word] for word in label.split()]
    places = []
    for number, match in enumerate(re.finditer("«([^»]*)»", marked)):
        start = match.start() - 2 * number
        places.append((start, start + len(match[1])))
    found = tuple(Found(kind, *place) for kind, place in zip(kinds, places, strict=True))
    return marked.replace("«", "").replace("»", ""), found


LINES = labelled()
WARNED = [one for one in LINES if one[1]]
QUIET = [text for text, found in LINES if not found]


def test_the_list_has_lines_of_both_sorts_and_none_twice() -> None:
    assert len(WARNED) >= 40
    assert len(QUIET) >= 40
    assert len({text for text, _ in LINES}) == len(LINES)
    assert {one.kind for _, found in WARNED for one in found} == set(Kind)


@pytest.mark.parametrize(("text", "found"), WARNED, ids=[text for text, _ in WARNED])
def test_what_may_identify_a_patient_is_found_where_it_stands(text: str, found: tuple[Found, ...]) -> None:
    assert identifiers(text) == found


@pytest.mark.parametrize("text", QUIET)
def test_nobody_is_warned_about_what_a_huddle_has_to_say(text: str) -> None:
    assert [(one.kind, text[one.start : one.end]) for one in identifiers(text)] == []


def test_the_sentence_names_kinds_and_never_what_was_typed() -> None:
    told = sentence(one.kind for one in identifiers("Mr Miller fell, bed 12, MRN 00482913"))

    assert told == "Looks like a patient's name, the bed of a patient and a record number. Leave them out if you can."
    assert sentence([Kind.NAME]) == 'Looks like a patient\'s name. Say "a patient" if you can.'
    assert sentence([Kind.NAME, Kind.NAME]) == sentence([Kind.NAME])
    assert sentence([]) == ""
    assert all(sentence([kind]) for kind in Kind)


def test_what_happened_in_one_line_says_nothing_of_the_next() -> None:
    assert identifiers("Patient fell\nSink in room 4 leaks") == ()
    assert [one.kind for one in identifiers("Patient fell, sink in room 4 leaks")] == [Kind.BED]


def test_a_warning_tells_the_field_and_the_place_in_it() -> None:
    (found,) = warnings({"need": "two pumps", "tried": "asked Mr Miller's wife"})

    assert (found.kind, found.field, found.start, found.end) == (Kind.NAME, "tried", 6, 15)


def test_capitals_say_nothing_where_every_word_has_one() -> None:
    assert identifiers("DISCHARGE TRANSPORT SLOW") == ()
    assert identifiers("Wheel Chair Fell Apart") == ()
    assert identifiers("MR MILLER FELL")


HOSTILE = {
    "letters": "a" * 10_000,
    "blanks": " " * 10_000,
    "digits": "1" * 10_000,
    "digits apart": "1 " * 5_000,
    "dashes": "-" * 10_000,
    "numbers like telephones": "555-201-44 " * 900,
    "numbers like records": "MRN no # 12 " * 800,
    "half a mail": "a.b." * 2_500,
    "signs": "a@" * 5_000,
    "points and signs": "a@b." * 2_500,
    "days": "1/1/1 " * 1_600,
    "names": "Mr Miller fell " * 660,
    "one name after the other": "Jane Doe " * 1_100,
    "initials": "J. " * 3_300,
    "titles": "mr. " * 2_500,
    "patients": "pt pt " * 1_600,
    "insurance": "health card a1b " * 620,
    "possessives": "Doe's " * 1_600,
    "apostrophes": "a'" * 5_000,
    "quotes": "\u2019" * 10_000,
    "rooms": "fell in room 12 " * 620,
    "breaks": "\n;!?" * 2_500,
    "accents": "e\u0301" * 5_000,
    "faces": "\U0001f600" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_long_however_it_was_made(name: str) -> None:
    text = HOSTILE[name][:10_000]
    spent = min(_seconds(text) for _ in range(3))

    assert spent < 0.5


def _seconds(text: str) -> float:
    begins = time.process_time()
    identifiers(text)
    return time.process_time() - begins


@given(st.text(max_size=300))
def test_whatever_is_typed_gets_places_that_are_in_it_and_apart(text: str) -> None:
    found = identifiers(text)

    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


WORDS = [*sorted({word for text, _ in LINES for word in text.split()}), "\n", "Mr.", "J.", ":", "(", "'s", "#", "@"]


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_words_of_the_list_in_any_order_break_nothing(text: str) -> None:
    assert identifiers(text) == identifiers(text)
    assert all(text[one.start : one.end].strip() == text[one.start : one.end] for one in identifiers(text))
