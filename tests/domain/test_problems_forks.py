"""At a fork the same branch counts on every node, and nobody rewrites what others have relied on."""

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.telling import BIOMED, CARDIAC, EXECUTIVE, RAISED, UP, WEST, beside, entry, folded, minute, told
from wsq_huddle.domain import problems
from wsq_huddle.domain.events import Unknown
from wsq_huddle.domain.problems import (
    Acknowledged,
    Arrived,
    Assigned,
    Confirmed,
    Escalated,
    Mode,
    Planned,
    Resolved,
    State,
    TakenOver,
    Withdrawn,
)


def test_at_a_fork_the_branch_counts_that_others_have_relied_on() -> None:
    story = told((WEST, RAISED), (WEST, UP))
    story.append(entry(Arrived(of=story[1].hash), CARDIAC, 3))
    forged = beside(story, story[0], Withdrawn(why="never"), WEST, hash_of="0" * 64)

    problem = folded([*story, forged])

    assert (problem.holder, problem.state) == (CARDIAC, State.OPEN)
    assert (problem.disputed, problem.overtaken) == (True, (forged.hash,))


def test_at_a_fork_a_take_over_counts_more_than_a_low_hash() -> None:
    story = told((WEST, RAISED), (CARDIAC, TakenOver(why="urgent")))
    late = beside(story, story[0], Resolved(remedy="done"), WEST, hash_of="0" * 64)

    problem = folded([*story, late])

    assert (problem.holder, problem.state, problem.disputed) == (CARDIAC, State.OPEN, True)


def test_at_a_fork_of_one_node_alone_the_lowest_hash_counts() -> None:
    story = told((WEST, RAISED))
    low = beside(story, story[0], Resolved(remedy="a"), WEST, hash_of="0" * 64)
    high = beside(story, story[0], Withdrawn(why="b"), WEST, hash_of="f" * 64)

    assert folded([*story, high, low]).state is State.RESOLVED
    assert folded([*story, low, high]).overtaken == (high.hash,)


def test_that_a_telling_was_delivered_decides_no_fork() -> None:
    story = told((WEST, RAISED), (WEST, Escalated(to=CARDIAC, mode=Mode.AWARENESS)))
    story.append(entry(Arrived(of=story[1].hash), CARDIAC, 3))
    taken = beside(story, story[0], TakenOver(why="urgent"), CARDIAC)

    assert folded(story).delivered_at == minute(3)
    assert folded([*story, taken]).holder == CARDIAC


def test_a_turn_of_who_does_not_hold_it_is_overtaken_and_disputes_nothing() -> None:
    problem = folded(told((WEST, RAISED), (CARDIAC, Resolved(remedy="x"))))

    assert (problem.state, problem.disputed, len(problem.overtaken)) == (State.OPEN, False, 1)


def test_who_was_told_by_an_overtaken_turn_stays_on_the_path() -> None:
    story = told((WEST, RAISED), (CARDIAC, TakenOver(why="urgent")))
    late = beside(story, story[0], Assigned(to="theatre", via=("surgery",), need="a pump"), WEST)

    assert problems.parties(folded([*story, late])) == {WEST, CARDIAC, "surgery", "theatre"}


def test_a_turn_waits_for_what_it_builds_on() -> None:
    story = told((WEST, RAISED), (WEST, UP), (CARDIAC, Acknowledged()))

    problem = folded([story[0], story[2]])

    assert (problem.turn, problem.ahead, problem.overtaken) == (1, (story[2].hash,), ())
    assert folded([story[0], story[2], story[1]]).turn == 3


def test_a_turn_that_only_a_newer_program_knows_waits_with_all_that_follows() -> None:
    story = told((WEST, RAISED))
    strange = Unknown(kind="problem.parked", version=1, facts={"to": "theatre", "via": ["surgery", 7]})
    new = replace(entry(UP, WEST, 2, turn=2, on=story[0].hash), kind=strange.kind, event=strange, to="theatre")
    after = entry(Acknowledged(), CARDIAC, 3, turn=3, on=new.hash)

    problem = folded([*story, new, after])

    assert set(problem.ahead) == {new.hash, after.hash}
    assert problems.parties(problem) == {WEST, CARDIAC, "surgery", "theatre"}


def test_another_raised_entry_for_the_same_problem_changes_nothing() -> None:
    story = told((WEST, RAISED), (WEST, UP))
    other = entry(RAISED, "5-east", 9, turn=1)

    problem = folded([other, *story])

    assert (problem.origin, problem.overtaken, problem.disputed) == (WEST, (other.hash,), False)


def test_without_its_raised_entry_there_is_no_problem_yet() -> None:
    story = told((WEST, RAISED), (WEST, UP))

    assert problems.fold(story[1:]) is None
    assert problems.fold([]) is None
    assert problems.parties(None) == frozenset()


@pytest.mark.parametrize(
    ("event", "node", "writes"),
    [
        (UP, CARDIAC, True),
        (UP, EXECUTIVE, False),
        (Escalated(to=CARDIAC, mode=Mode.AWARENESS), CARDIAC, True),
        (Assigned(to=BIOMED, via=(CARDIAC, EXECUTIVE)), BIOMED, True),
        (Assigned(to=BIOMED, via=(CARDIAC, EXECUTIVE)), CARDIAC, False),
        (Withdrawn(why="gone"), CARDIAC, True),
        (Withdrawn(why="gone"), WEST, False),
        (Planned(owner="Ana R.", due=date(2026, 11, 25)), CARDIAC, False),
    ],
)
def test_a_node_says_that_a_turn_has_arrived_when_others_rely_on_it(
    event: Escalated | Assigned | Withdrawn | Planned, node: str, *, writes: bool
) -> None:
    story = told((WEST, RAISED), (WEST, event))

    assert problems.arrives(folded(story), story[-1], node) is writes


def test_the_origin_says_that_the_solution_has_arrived_and_all_that_it_is_closed() -> None:
    story = told((WEST, RAISED), (WEST, UP), (CARDIAC, Resolved(remedy="x")), (WEST, Confirmed()))

    assert problems.arrives(folded(story[:3]), story[2], WEST)
    assert not problems.arrives(folded(story[:3]), story[2], EXECUTIVE)
    assert problems.arrives(folded(story), story[3], CARDIAC)


def test_nobody_says_of_a_turn_that_came_too_late_that_it_has_arrived() -> None:
    story = told((WEST, RAISED), (WEST, UP))
    story.append(entry(Arrived(of=story[1].hash), CARDIAC, 3))
    late = beside(story, story[0], Assigned(to=BIOMED, need="x"), WEST, hash_of="0" * 64)

    assert not problems.arrives(folded([*story, late]), late, BIOMED)
