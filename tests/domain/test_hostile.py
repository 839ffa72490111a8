"""Entries that were made to hurt whoever reads them: refused, or read so that they cannot."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from wsq_huddle.domain import problems
from wsq_huddle.domain.codec import EARLIEST, LATEST, Malformed
from wsq_huddle.domain.entries import START, Entry, Stamp, compose, read
from wsq_huddle.domain.nesting import DEPTH
from wsq_huddle.domain.nodes import Tree
from wsq_huddle.domain.problems import Escalated, Raised, Urgency
from wsq_huddle.domain.text import clean, one_line
from wsq_huddle.errors import NotAllowed

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


_UNSEEN = (
    "\u200b",
    "\u2060\u200d",
    "\u3164",
    "\ufe0f",
    " \u2800 ",
    "\u200b\n\u200c",
    "\U000e0041\U000e0042",
    "\u115f\u1160",
)
_NEEDED = (
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "\u0d28\u0d4d\u200d",
    "\u1794\u17b6\u1793\u200b\u1791\u17b9\u1780",
    "\u2764\ufe0f",
    "\U0001f469\u200d\u2695\ufe0f",
)
"""Words of Persian, Malayalam and Khmer, and signs of several parts, that are not the same without what nobody sees."""


@pytest.mark.parametrize("tidy", [clean, one_line])
@pytest.mark.parametrize("unseen", _UNSEEN)
def test_a_text_of_which_nobody_sees_anything_is_empty(tidy: Callable[[str], str], unseen: str) -> None:
    assert tidy(unseen) == ""


@pytest.mark.parametrize("tidy", [clean, one_line])
@pytest.mark.parametrize("needed", _NEEDED)
def test_joiners_and_breaks_within_words_stay(tidy: Callable[[str], str], needed: str) -> None:
    assert tidy(f"{needed} 1") == f"{needed} 1"


@pytest.mark.parametrize("unseen", _UNSEEN)
def test_no_problem_has_a_title_that_nobody_sees(unseen: str) -> None:
    with pytest.raises(NotAllowed, match="Say what is wrong"):
        problems.raise_at(Tree("4-west", {}), title=unseen)
