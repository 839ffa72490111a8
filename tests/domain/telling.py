"""Entries for stories: what happened, told without a store, each turn built on the one before unless said otherwise."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from wsq_huddle.domain import problems
from wsq_huddle.domain.entries import START, Told
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.nodes import Node, Tree
from wsq_huddle.domain.problems import Escalated, Problem, Raised, Urgency, subject_of

AT = datetime(2026, 11, 24, 7, 15, tzinfo=UTC)
DAY = date(2026, 11, 25)

WEST, CARDIAC, EXECUTIVE, BIOMED = "4-west", "cardiac", "executive", "biomed"
PARENTS = {
    "executive": None,
    "cardiac": "executive",
    "surgery": "executive",
    "biomed": "executive",
    "4-west": "cardiac",
    "5-east": "cardiac",
    "theatre": "surgery",
}
NAMES = {
    "executive": "Executive",
    "cardiac": "Cardiac",
    "surgery": "Surgery",
    "biomed": "Biomed",
    "4-west": "4 West",
    "5-east": "5 East",
    "theatre": "Theatre",
}

RAISED = Raised(category="equipment", urgency=Urgency.TODAY, tells="cardiac", title="Two IV pumps missing")
UP = Escalated(to=CARDIAC, need="two pumps", tried="asked 5 East", by=AT + timedelta(hours=3))


def minute(number: int) -> datetime:
    return AT + timedelta(minutes=number)


def tree(me: str) -> Tree:
    """The hospital as one of its nodes sees it."""
    tiers = {"executive": 3, "cardiac": 2, "surgery": 2, "biomed": 2}
    nodes = {
        key: Node(key=key, name=NAMES[key], tier=tiers.get(key, 1), parent=above) for key, above in PARENTS.items()
    }
    return Tree(me=me, nodes=nodes)


def entry(event: Event, node: str, number: int, **changes: Any) -> Told:  # noqa: ANN401 - any field of Told
    """One entry, with an invented hash; what is given in `changes` is so."""
    plain = Told(
        id=f"e{number}",
        hash=digest(f"{node} {number}"),
        subject=subject_of("e1"),
        kind=event.kind,
        event=event,
        node=node,
        device=f"{node}/1",
        seq=number,
        prev=START,
        by=f"{NAMES.get(node, node)} lead",
        at=AT + timedelta(minutes=number),
        turn=None,
        on=None,
        tick=None if event.turns else number,
        audience=event.audience,
        to=getattr(event, "to", None),
    )
    return replace(plain, **changes)


def told(*happened: tuple[str, Event]) -> list[Told]:
    """A story from (node, event) pairs; turns follow each other, all else is numbered by ticks."""
    story: list[Told] = []
    turn, last = 0, None
    for number, (node, event) in enumerate(happened, start=1):
        if event.turns:
            turn += 1
            story.append(entry(event, node, number, turn=turn, on=last))
            last = story[-1].hash
        else:
            story.append(entry(event, node, number))
    return story


def folded(story: list[Told]) -> Problem:
    """What became of the problem of a story."""
    problem = problems.fold(story)
    assert problem is not None
    return problem


def beside(story: list[Told], on: Told, event: Event, node: str, *, hash_of: str | None = None) -> Told:
    """Another turn built on an entry of a story: a fork when one was built on it before."""
    number = 100 + len(story)
    turn = entry(event, node, number, turn=(on.turn or 0) + 1, on=on.hash)
    return replace(turn, hash=hash_of) if hash_of else turn


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
