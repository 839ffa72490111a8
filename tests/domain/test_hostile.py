"""Entries that were made to hurt whoever reads them: refused, or read so that they cannot."""

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from wsq_huddle.domain.codec import EARLIEST, LATEST, Malformed
from wsq_huddle.domain.entries import START, Entry, Stamp, compose, read
from wsq_huddle.domain.nesting import DEPTH
from wsq_huddle.domain.problems import Escalated, Raised, Urgency
from wsq_huddle.domain.text import clean, one_line

RAISED = Raised(category="equipment", urgency=Urgency.TODAY, title="Two IV pumps missing")
STAMP = Stamp(
    id="e1",
    subject="problem-e1",
    node="4-west",
    device="d1",
    seq=1,
    prev=START,
    by="Ana R.",
    at=datetime(2026, 11, 24, 7, 15, tzinfo=UTC),
    turn=1,
)


def changed(**facts: str) -> Entry:
    """An entry with raw JSON in the place of some of its facts."""
    entry = compose(RAISED, STAMP, b"k" * 32)
    head = json.loads(entry.head)
    head["facts"] |= dict.fromkeys(facts, "@")
    text = json.dumps(head)
    for raw in facts.values():
        text = text.replace('"@"', raw, 1)
    return replace(entry, head=text)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59+00:00"])
def test_a_clock_at_the_end_of_the_calendar_leaves_room_for_zones_and_spans(at: str) -> None:
    entry = (
        compose(Escalated(to="cardiac", need="Two pumps", by=datetime.fromisoformat(at)), STAMP, b"k" * 32)
        if ("+00:00" in at)
        else compose(RAISED, STAMP, b"k" * 32)
    )
    head = json.loads(entry.head) | {"at": at}
    told = read(replace(entry, head=json.dumps(head)))

    assert EARLIEST <= told.at <= LATEST
    assert told.at - timedelta(days=300) < told.at < told.at + timedelta(days=300)
    if isinstance(told.event, Escalated):
        assert told.event.by == LATEST


@pytest.mark.parametrize("depth", [DEPTH, 900, 5_000])
def test_a_head_that_is_nested_deeply_is_refused_whatever_is_left_of_the_stack(depth: int) -> None:
    with pytest.raises(Malformed, match="nested too deeply"):
        read(changed(more="[" * depth + "]" * depth))


def test_a_head_with_many_brackets_side_by_side_is_read() -> None:
    assert read(changed(more="[" + ",".join(["[]"] * 1_000) + "]")).node == "4-west"


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity", "9" * 5_000])
def test_a_number_without_an_end_is_refused(number: str) -> None:
    with pytest.raises(Malformed):
        read(changed(more=number))


@pytest.mark.parametrize("tidy", [clean, one_line])
def test_marks_upon_marks_cost_no_more_than_they_are_long(tidy: object) -> None:
    assert callable(tidy)
    began = time.perf_counter()
    found = tidy("a" + "\N{COMBINING COMMA ABOVE RIGHT}\N{COMBINING GRAVE ACCENT}" * 60_000 + "b")

    assert time.perf_counter() - began < 1
    assert len(found) < 40
    assert tidy("Zoe\N{COMBINING DIAERESIS} " * 100).startswith("Zo\N{LATIN SMALL LETTER E WITH DIAERESIS} Zo")
