"""What is needed now waits for somebody until they have it, and says for whom, since when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.domain.telling import AT, RAISED, told, tree
from wsq_huddle.domain import problems
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.problems import (
    Acknowledged,
    Alerted,
    Call,
    Escalated,
    Mode,
    Planned,
    Problem,
    Raised,
    Resolved,
    Returned,
    Seen,
    Urgency,
    call,
    waits_at,
)

NOW: Raised = replace(RAISED, urgency=Urgency.NOW)
ASKED = ("4-west", Escalated(to="cardiac", need="a pump"))
TOLD = ("4-west", Alerted(to="cardiac", of="x"))


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def story(*happened: tuple[str, Event], raised: Raised = NOW) -> Problem:
    entries = told(("4-west", raised), *happened)
    seen = [replace(one, event=replace(one.event, of=entries[0].hash)) if isinstance(one.event, Seen) else one
            for one in entries]  # fmt: skip
    problem = problems.fold(seen)
    assert problem is not None
    return problem


def test_what_was_only_told_waits_until_somebody_looks() -> None:
    waiting = story(TOLD)
    assert call(waiting) == Call(node="cardiac", since=AT + minutes(2), asked=False)
    assert waits_at(waiting, "cardiac") == AT + minutes(2)
    assert waits_at(waiting, "4-west") is None

    looked = story(TOLD, ("cardiac", Seen(of="")))
    found = call(looked)
    assert found is not None
    assert (found.node, found.seen, found.rings) == ("cardiac", True, False)
    assert waits_at(looked, "cardiac") is None


def test_of_several_that_were_told_the_last_one_is_rung_and_whoever_looks_ends_it() -> None:
    both = (TOLD, ("cardiac", Alerted(to="executive", of="x")))
    found = call(story(*both))
    assert found is not None
    assert (found.node, found.rings) == ("executive", True)

    found = call(story(*both, ("cardiac", Seen(of=""))))
    assert found is not None
    assert (found.node, found.rings) == ("cardiac", False)


def test_of_several_that_were_told_at_once_the_nearest_is_rung_until_that_one_tells_another() -> None:
    at_once = (TOLD, ("4-west", Alerted(to="executive", of="x")))
    found = call(story(*at_once))
    assert found is not None
    assert (found.node, found.since) == ("cardiac", AT + minutes(2))

    found = call(story(*at_once, ("cardiac", Alerted(to="biomed", of="x"))))
    assert found is not None
    assert found.node == "biomed"


def test_what_was_asked_waits_until_somebody_says_that_they_have_it_and_looking_is_not_enough() -> None:
    asked = story(TOLD, ASKED)
    assert call(asked) == Call(node="cardiac", since=AT + minutes(3), asked=True)
    looked = story(TOLD, ASKED, ("cardiac", Seen(of="")))

    assert waits_at(looked, "cardiac") == AT + minutes(3)
    assert call(looked) is not None
    taken = story(TOLD, ASKED, ("cardiac", Acknowledged()))
    assert (call(taken), waits_at(taken, "cardiac")) == (None, None)


@pytest.mark.parametrize(
    "problem",
    [
        story(raised=RAISED),
        story(ASKED, raised=RAISED),
        story(),
        story(ASKED, ("cardiac", Resolved(remedy="a pump"))),
        story(ASKED, ("cardiac", Planned(owner="Lind", what="fetch one"))),
        story(ASKED, ("cardiac", Returned(to="4-west", answer="no pump"))),
    ],
    ids=["not urgent", "asked, not urgent", "nobody above", "solved", "planned", "answered"],
)
def test_what_waits_for_nobody_rings_nobody(problem: Problem) -> None:
    assert call(problem) is None
    assert [node for node in tree("4-west").nodes if waits_at(problem, node)] == []


def test_telling_to_know_counts_as_telling() -> None:
    told_of = story(("4-west", Escalated(to="cardiac", mode=Mode.AWARENESS)))

    assert waits_at(told_of, "cardiac") == AT + minutes(2)
    assert call(told_of) == Call(node="cardiac", since=AT + minutes(2), asked=False)


def test_what_has_no_day_is_a_quick_hit_for_three_days() -> None:
    three_days = timedelta(hours=72)
    assert problems.quick_hit_until(story(), three_days) == AT + minutes(1) + three_days

    planned = story(("4-west", Planned(owner="Ana", what="spare", check_in=AT.date())))
    assert problems.quick_hit_until(planned, three_days) is None
    assert problems.quick_hit_until(story(("4-west", Resolved(remedy="done"))), three_days) is None


def test_who_has_had_it_in_hand_is_not_rung_as_if_only_told() -> None:
    back = story(
        ("4-west", Escalated(to="cardiac", mode=Mode.AWARENESS)), ASKED, ("cardiac", Acknowledged()),
        ("cardiac", Returned(to="4-west", answer="none here")),
    )  # fmt: skip

    assert back.holder == "4-west"
    assert call(back) is None
