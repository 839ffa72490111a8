"""The law of the one holder, played: random verbs, random deliveries, forged turns, and problems of any shape."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.playing import Outcome, play
from tests.domain.telling import DAY, RAISED, entry, told
from wsq_huddle.domain import problems
from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.events import Event, Unknown

SEEDS = range(40)


@cache
def total(**how: bool) -> Outcome:
    """What all mornings came to; forging begins when they are over, so that one play shows what both say of it."""
    return sum((play(seed, **how) for seed in SEEDS), Outcome())


def test_a_problem_has_at_most_one_holder_at_every_moment_and_all_agree_in_the_end() -> None:
    outcome = total(taking=False, forging=True)

    assert outcome.problems > 300
    assert (outcome.disputed, outcome.ahead) == (0, 0)


def test_take_overs_make_disputes_and_all_agree_on_them() -> None:
    outcome = total(taking=True, forging=True)

    assert outcome.disputed > 20
    assert outcome.ahead == 0


def test_restored_backups_make_disputes_and_all_agree_on_them() -> None:
    assert total(taking=True, forking=True).disputed > 40


@pytest.mark.parametrize("taking", [False, True])
def test_a_former_holder_who_forges_an_old_turn_changes_nothing(*, taking: bool) -> None:
    outcome = total(taking=taking, forging=True)

    assert outcome.forged > 80
    assert outcome.flipped == 0


KEYS = ("4-west", "cardiac", "executive", "biomed")
EVENTS: Sequence[Event | Unknown] = (
    RAISED,
    problems.Planned(owner="Ana R.", due=DAY),
    problems.Escalated(to="cardiac", need="pumps"),
    problems.Escalated(to="cardiac", mode=problems.Mode.AWARENESS),
    problems.Acknowledged(),
    problems.Returned(to="4-west", answer="no"),
    problems.Assigned(to="biomed", via=("executive",), need="pumps"),
    problems.Resolved(remedy="rented"),
    problems.Confirmed(),
    problems.Reopened(why="broken"),
    problems.Lapsed(),
    problems.Withdrawn(why="found"),
    problems.TakenOver(why="urgent"),
    problems.Alerted(to="executive", of="h1"),
    problems.Reminded(of="h1", rule=problems.Rule.OVERDUE),
    problems.Arrived(of="h1"),
    problems.Arrived(of="h2"),
    problems.Seen(of="h2", read_out=True),
    problems.Noted(of="h3", text="still looking"),
    problems.RecallAsked(of="h2", why="found one"),
    problems.Corrected(of="h2", part="need", text="three pumps"),
    problems.Corrected(of="h3", part="to", text="nobody"),
    Unknown(kind="problem.strange", version=1, facts={"via": "cardiac"}),
)


@st.composite
def entries(draw: st.DrawFn) -> Told:
    """Anything that could stand in a log, with hashes from so small a set that chains and rings come up."""
    event = draw(st.sampled_from(EVENTS))
    number = draw(st.integers(1, 8))
    plain = entry(RAISED, draw(st.sampled_from(KEYS)), number)
    changes: dict[str, Any] = {"event": event, "kind": event.kind, "to": getattr(event, "to", None)}
    if isinstance(event, Unknown) or event.turns:
        changes |= {
            "turn": draw(st.integers(0, 6)),
            "on": draw(st.none() | st.sampled_from([f"h{n}" for n in range(9)])),
        }
    return replace(plain, hash=f"h{number}", tick=draw(st.none() | st.integers(0, 5)), **changes)


@settings(max_examples=150, deadline=None)
@given(st.lists(entries(), max_size=12), st.randoms(use_true_random=False))
def test_no_story_breaks_the_fold_and_any_order_gives_the_same_problem(story: list[Told], random: Random) -> None:
    unique = list({happened.hash: happened for happened in [*told(("4-west", RAISED)), *story]}.values())
    shuffled = [*unique, *unique[:3]]
    random.shuffle(shuffled)

    first = problems.fold(unique)
    second = problems.fold(shuffled)

    assert first is not None
    assert second is not None
    assert (first, first.told) == (second, second.told)
    assert len(problems.story(unique)) == len(unique)
    turns = sum(1 for happened in unique if happened.turn is not None)
    assert turns == first.turn + len(first.overtaken) + len(first.ahead)


@settings(max_examples=150, deadline=None)
@given(st.lists(entries(), max_size=12))
def test_who_may_know_are_those_who_did_and_whom_the_next_entry_names(story: list[Told]) -> None:
    """So that nobody has to fold a long story for each entry of a page; see `Noun.named`."""
    happened = told(("4-west", RAISED))
    for further in {one.hash: one for one in story}.values():
        before = problems.parties(problems.fold(happened))
        happened.append(further)

        assert problems.parties(problems.fold(happened)) == before | problems.named(further)
    assert [problems.begins(one) for one in happened].index(True) == 0


@settings(max_examples=100, deadline=None)
@given(st.lists(entries(), max_size=10))
def test_any_story_without_a_beginning_is_no_problem_or_one_that_agrees_with_itself(story: list[Told]) -> None:
    problem: problems.Problem | None = None
    for happened in story:
        problem = problems.evolve(problem, happened)
        whole = problems.fold(problem.told) if problem else None
        assert problem == whole
