"""What each verb of a problem makes of what people say."""

from datetime import timedelta

import pytest

from tests.domain.telling import BIOMED, CARDIAC, EXECUTIVE, RAISED, UP, WEST, tree
from tests.domain.trying import NOW, WITHIN, problem, written
from wsq_huddle.domain import problems
from wsq_huddle.domain.nodes import Node, Tree
from wsq_huddle.domain.nodes import State as NodeState
from wsq_huddle.domain.problems import (
    Alerted,
    Arrived,
    Lapsed,
    Mode,
    Noted,
    Resolved,
    Returned,
    Seen,
    Urgency,
)
from wsq_huddle.errors import NotAllowed

OPEN_AT_CARDIAC = problem((WEST, RAISED), (WEST, UP))
SOLVED = problem((WEST, RAISED), (WEST, UP), (CARDIAC, Resolved(remedy="rented")))


def test_raising_tells_the_parent_and_needs_a_title() -> None:
    raised = problems.raise_at(tree(WEST), title=" Two pumps\nmissing ", urgency=Urgency.NOW)

    assert (raised.title, raised.tells, raised.category) == ("Two pumps missing", CARDIAC, "other")
    with pytest.raises(NotAllowed, match="Say what is wrong"):
        problems.raise_at(tree(WEST), title="\t")


def test_telling_the_next_tier_needs_no_need() -> None:
    event = problems.escalate(problem((WEST, RAISED)), tree(WEST), mode=Mode.AWARENESS)

    assert (event.to, event.need, event.mode) == (CARDIAC, "", Mode.AWARENESS)


def test_assigning_names_the_nodes_between() -> None:
    assert problems.assign(OPEN_AT_CARDIAC, tree(CARDIAC), to="theatre", need="a pump").via == ("executive", "surgery")


def test_nothing_is_assigned_to_a_node_that_is_shut_out() -> None:
    here = tree(CARDIAC)
    gone = Node(key=BIOMED, name="Biomed", tier=2, parent=EXECUTIVE, state=NodeState.REVOKED)

    with pytest.raises(NotAllowed, match="Biomed is shut out"):
        problems.assign(OPEN_AT_CARDIAC, Tree(CARDIAC, {**here.nodes, BIOMED: gone}), to=BIOMED, need="x")


def test_an_answer_goes_to_who_asked_or_to_whom_one_names() -> None:
    taken = problem((WEST, RAISED), (WEST, UP), (CARDIAC, Returned(to=WEST, answer="no")))

    assert problems.give_back(OPEN_AT_CARDIAC, tree(CARDIAC), answer="no").to == WEST
    assert problems.give_back(taken, tree(WEST), answer="then wait", to=CARDIAC).to == CARDIAC
    with pytest.raises(NotAllowed, match="Nobody asked"):
        problems.give_back(taken, tree(WEST), answer="then wait")


def test_what_lapsed_is_opened_again_for_thirty_days() -> None:
    it = problem((WEST, RAISED), (WEST, Resolved(remedy="x")), (WEST, Lapsed()))
    assert it.closed_at is not None

    assert (
        problems.reopen(it, tree(WEST), why="back", now=it.closed_at + timedelta(days=30), within=WITHIN).why == "back"
    )
    late = it.closed_at + timedelta(days=30, seconds=1)
    with pytest.raises(NotAllowed, match="more than 30 days ago"):
        problems.reopen(it, tree(WEST), why="back", now=late, within=WITHIN)


def test_each_tier_is_alerted_once_and_the_baton_stays() -> None:
    first = problems.alert(problem((WEST, RAISED)), tree(WEST))
    it = problem((WEST, RAISED), (WEST, first))
    second = problems.alert(it, tree(CARDIAC))

    assert (first.to, second.to, it.holder) == (CARDIAC, EXECUTIVE, WEST)
    assert problem((WEST, RAISED), (WEST, first), (CARDIAC, second)).path == (WEST, CARDIAC, EXECUTIVE)
    with pytest.raises(NotAllowed, match="Cardiac has been alerted already"):
        problems.alert(it, tree(WEST))
    with pytest.raises(NotAllowed, match="no tier above Executive"):
        problems.alert(problem((WEST, RAISED), (WEST, Alerted(to=EXECUTIVE, of="x"))), tree(EXECUTIVE))


def test_a_look_is_recorded_once_a_turn() -> None:
    seen = problems.see(OPEN_AT_CARDIAC, tree(CARDIAC))
    after = problems.evolve(OPEN_AT_CARDIAC, written(OPEN_AT_CARDIAC, seen, CARDIAC))

    assert seen == Seen(of=OPEN_AT_CARDIAC.last)
    assert after is not None
    assert "see" not in problems.may(after, tree(CARDIAC), now=NOW, within=WITHIN)


def test_an_answer_that_was_seen_can_still_be_read_out_once() -> None:
    it = problem((WEST, RAISED), (WEST, UP), (CARDIAC, Returned(to=WEST, answer="two from 5 East")))
    for verb in (problems.see, problems.read_out):
        after = problems.evolve(it, written(it, verb(it, tree(WEST)), WEST))
        assert after is not None
        it = after

    with pytest.raises(NotAllowed, match="read out already"):
        problems.read_out(it, tree(WEST))


def test_words_are_corrected_by_the_node_that_wrote_them() -> None:
    it = problem((WEST, RAISED), (WEST, UP), (CARDIAC, Noted(of="x", text="wrong")), (WEST, Arrived(of="x")))
    raised, _, note, arrived = sorted(it.told, key=lambda told: told.seq)

    assert problems.correct(it, tree(CARDIAC), of=note.hash, text="right").part == "text"
    assert problems.correct(it, tree(WEST), of=raised.hash, text="Three pumps", part="title").part == "title"
    with pytest.raises(NotAllowed, match="Cardiac wrote this"):
        problems.correct(it, tree(WEST), of=note.hash, text="right")
    with pytest.raises(NotAllowed, match="title, detail"):
        problems.correct(it, tree(WEST), of=raised.hash, text="right")
    with pytest.raises(NotAllowed, match="there are none"):
        problems.correct(it, tree(WEST), of=arrived.hash, text="right")
    with pytest.raises(NotAllowed, match="no such entry"):
        problems.correct(it, tree(WEST), of="nothing", text="right")


def test_a_node_is_named_by_its_key_where_nobody_knows_it() -> None:
    assert problems.name_of(Tree("cardiac", {}), "4-west") == "4-west"
