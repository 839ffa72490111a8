"""Which computers are spares, what they may write, and who gets what they wrote."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from wsq_huddle.domain import spares
from wsq_huddle.domain.announcements import Read
from wsq_huddle.domain.entries import START, Told
from wsq_huddle.domain.events import KINDS, Event
from wsq_huddle.domain.huddles import Answered, Attended, Closed, Opened
from wsq_huddle.domain.nodes import Spared, evolve
from wsq_huddle.domain.problems import Alerted, Escalated, Noted, Raised, Seen, Urgency
from wsq_huddle.domain.routes import beside

RAISED = Raised(category="equipment", urgency=Urgency.TODAY, title="Two IV pumps missing")
ANSWERED = Answered(item="falls", step="look-back", item_kind="count", value="0")
OPENED = Opened(on=date(2026, 11, 24), name="morning", planned_at=None, minutes=10, leader="Ana R.")


def told(event: Event, subject: str, *, node: str = "4-west", device: str = "5face", tick: int = 1) -> Told:
    return Told(
        id="1",
        hash=START,
        subject=subject,
        kind=event.kind,
        event=event,
        node=node,
        device=device,
        seq=tick,
        prev=START,
        by="Ana R.",
        at=datetime(2026, 11, 24, 7, 15, tzinfo=UTC),
        turn=1 if event.turns else None,
        on=None,
        tick=None if event.turns else tick,
        audience=event.audience,
        to=None,
    )


def spared(device: str, *, by: str = "cardiac", ended: bool = False, tick: int = 1) -> Told:
    return told(Spared(key="4-west", device=device, ended=ended), "node-4-west", node=by, device="dddd", tick=tick)


def test_the_parent_says_which_computers_are_spares_and_the_last_word_counts() -> None:
    story = [
        spared("aaaa", tick=1),
        spared("bbbb", tick=2),
        spared("cccc", by="5-east", tick=3),
        spared("aaaa", ended=True, tick=4),
        spared("dddd", tick=5),
        spared("dddd", ended=True, tick=6),
        spared("dddd", tick=7),
    ]

    assert spares.devices(story, "cardiac") == spares.devices(reversed(story), "cardiac") == {"bbbb", "dddd"}
    assert spares.devices(story, None) == frozenset()
    assert evolve(None, story[0]) is None


def test_no_spare_writes_a_turn_of_a_problem_that_is_there() -> None:
    turns = {kind for kind, event in KINDS.items() if event.turns and kind.startswith("problem.")}

    assert turns & spares.KINDS == {Raised.kind}
    assert {"see", "read_out", "note"} == spares.VERBS
    assert not {kind for kind in spares.KINDS if kind.startswith(("node.", "definitions.", "action."))}


@pytest.mark.parametrize(
    ("entry", "begun"),
    [
        (told(RAISED, "problem-1"), None),
        (told(Noted(of=START, text="Seen"), "problem-2"), None),
        (told(Seen(of=START), "problem-2"), None),
        (told(Alerted(to="cardiac", of=START), "problem-1"), told(RAISED, "problem-1")),
        (told(OPENED, "huddle-4-west-2026-11-24-morning"), None),
        (told(ANSWERED, "huddle-4-west-2026-11-24-morning"), None),
        (told(Read(huddle=None), "announcement-1"), None),
    ],
    ids=lambda told: told.kind if told else "",
)
def test_what_a_spare_may_write_counts(entry: Told, begun: Told | None) -> None:
    assert spares.refusal(entry, begun) is None


@pytest.mark.parametrize(
    ("entry", "begun", "why"),
    [
        (told(Escalated(to="cardiac", need="Pumps"), "problem-1"), None, "takes no turn"),
        (told(Closed(), "huddle-4-west-2026-11-24-morning"), None, "takes no turn"),
        (told(RAISED, "problem-of-another"), None, "of its own"),
        (replace(told(RAISED, "problem-1"), turn=2), None, "of its own"),
        (told(Alerted(to="cardiac", of=START), "problem-1"), None, "of nothing else"),
        (
            told(Alerted(to="cardiac", of=START), "problem-1"),
            told(RAISED, "problem-1", device="other"),
            "of nothing else",
        ),
        (
            told(Alerted(to="cardiac", of=START), "problem-1"),
            told(RAISED, "problem-1", node="5-east"),
            "of nothing else",
        ),
        (told(Attended(number=7), "huddle-5-east-2026-11-24-morning"), None, "of its own node"),
        (told(ANSWERED, "huddle-5-east-2026-11-24-morning"), None, "of its own node"),
        (told(OPENED, "problem-1"), None, "of its own node"),
    ],
)
def test_what_a_spare_may_not_write_is_refused_with_a_reason(entry: Told, begun: Told | None, why: str) -> None:
    assert why in (spares.refusal(entry, begun) or "")


SPARES = {"4-west~aa": "4-west", "4-west~bb": "4-west", "5-east~cc": "5-east"}


@pytest.mark.parametrize(
    ("found", "author", "came_from", "next_ones"),
    [
        ({"4-west"}, "cardiac", None, {"4-west", "4-west~aa", "4-west~bb"}),
        ({"executive"}, "4-west", "4-west", {"executive", "4-west~aa", "4-west~bb"}),
        ({"executive"}, "4-west", "4-west~aa", {"executive", "4-west", "4-west~bb"}),
        (set(), "4-west", "4-west before epoch 3", {"4-west~aa", "4-west~bb"}),
        (set(), "cardiac", "4-west", {"4-west~aa", "4-west~bb"}),
        ({"4-east"}, "cardiac", None, {"4-east"}),
        ({"4-west", "5-east"}, "executive", "executive", {"4-west", "5-east", *SPARES}),
        (set(), "cardiac", None, set()),
    ],
)
def test_the_computers_of_a_node_are_told_the_same_and_each_other_and_nothing_goes_back(
    found: set[str], author: str, came_from: str | None, next_ones: set[str]
) -> None:
    assert beside(found, author=author, came_from=came_from, spares=SPARES) == next_ones


def test_a_spare_is_named_after_its_node_and_its_device() -> None:
    peer = spares.peer_of("4-west", "ab12cd34")

    assert (spares.node_of(peer), spares.device_of(peer), spares.is_peer(peer)) == ("4-west", "ab12cd34", True)
    assert (spares.node_of("4-west"), spares.device_of("4-west"), spares.is_peer("4-west")) == ("4-west", "", False)
    assert spares.invited_as("4-west") not in {"4-west", peer}
