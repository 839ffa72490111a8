"""What the table of moves allows, the verbs allow and the fold applies; and nothing else."""

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.telling import BIOMED, CARDIAC, DAY, PARENTS, RAISED, UP, WEST, tree
from tests.domain.trying import DO, NOW, WITHIN, problem, written
from wsq_huddle.domain import problems
from wsq_huddle.domain.problems import (
    MOVES,
    VERBS,
    Acknowledged,
    Assigned,
    Confirmed,
    Lapsed,
    Planned,
    Reopened,
    Resolved,
    Returned,
    State,
    TakenOver,
    Withdrawn,
)
from wsq_huddle.errors import NotAllowed

if TYPE_CHECKING:
    from wsq_huddle.domain.events import Event


def test_each_verb_makes_the_event_that_the_table_says() -> None:
    assert set(DO) | {"alert", "remind", "correct"} == set(VERBS)


@settings(max_examples=50, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_whatever_a_node_may_do_it_can_do_and_nothing_else(random: Random) -> None:
    it = problem((WEST, RAISED))
    for _ in range(25):
        allowed = []
        for node in PARENTS:
            here = tree(node)
            may = problems.may(it, here, now=NOW, within=WITHIN)
            for name, verb in DO.items():
                if name not in may:
                    with pytest.raises(NotAllowed):
                        verb(it, here)
                    continue
                event = verb(it, here)
                assert isinstance(event, VERBS[name])
                assert type(event) in MOVES[it.state]
                allowed.append((node, event))
        node, event = random.choice(allowed)
        after = problems.evolve(it, written(it, event, node))
        assert after is not None
        assert after.turn == it.turn + event.turns
        assert (after.overtaken, after.ahead, after.disputed) == ((), (), False)
        it = after


@pytest.mark.parametrize("state", State)
def test_a_turn_that_the_table_does_not_list_is_overtaken(state: State) -> None:
    ways: dict[State, list[tuple[str, Event]]] = {
        State.OPEN: [],
        State.RESOLVED: [(WEST, Resolved(remedy="x"))],
        State.CLOSED: [(WEST, Resolved(remedy="x")), (WEST, Confirmed())],
        State.WITHDRAWN: [(WEST, Withdrawn(why="x"))],
    }
    it = problem((WEST, RAISED), *ways[state])

    turns: list[Event] = [Planned(owner="Ana R.", due=DAY), UP, Returned(to=CARDIAC), Assigned(to=BIOMED)]
    turns += [Acknowledged(), Resolved(), Confirmed(), Reopened(), Lapsed(), Withdrawn(), TakenOver()]
    assert {type(turn) for turn in turns} == {kind for kind in VERBS.values() if kind.turns}

    for event in (turn for turn in turns if type(turn) not in MOVES[state]):
        after = problems.evolve(it, written(it, event, WEST))
        assert after is not None
        assert (after.state, after.turn, len(after.overtaken)) == (it.state, it.turn, 1)
