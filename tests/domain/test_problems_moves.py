"""What the table of moves allows, the verbs allow and the fold applies; and nothing else."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.telling import AT, PARENTS, RAISED, entry, told, tree
from wsq_huddle.domain import problems
from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.nodes import Tree
from wsq_huddle.domain.problems import (
    MOVES,
    VERBS,
    Acknowledged,
    Assigned,
    Confirmed,
    Escalated,
    Lapsed,
    Planned,
    Problem,
    Reopened,
    Resolved,
    Returned,
    State,
    TakenOver,
    Withdrawn,
)
from wsq_huddle.errors import NotAllowed

WEST, CARDIAC, EXECUTIVE, BIOMED = "4-west", "cardiac", "executive", "biomed"
UP = Escalated(to=CARDIAC, need="two pumps")
NOW = AT + timedelta(days=1)
DAY = date(2026, 11, 25)


def problem(*happened: tuple[str, Event]) -> Problem:
    found = problems.fold(told(*happened))
    assert found is not None
    return found


Verb = Callable[[Problem, Tree], Event]


def elsewhere(tree: Tree) -> str:
    return next(key for key in tree.nodes if key != tree.me)


def held_before(it: Problem, tree: Tree) -> str:
    return next((node for node in it.held if node != tree.me), tree.me)


DO: dict[str, Verb] = {
    "plan": lambda it, tree: problems.plan(it, tree, what="rent", owner="Ana R.", due=DAY),
    "escalate": lambda it, tree: problems.escalate(it, tree, need="two pumps"),
    "acknowledge": problems.acknowledge,
    "give_back": lambda it, tree: problems.give_back(it, tree, answer="no", to=held_before(it, tree)),
    "assign": lambda it, tree: problems.assign(it, tree, to=elsewhere(tree), need="help"),
    "resolve": lambda it, tree: problems.resolve(it, tree, remedy="rented"),
    "confirm": problems.confirm,
    "reopen": lambda it, tree: problems.reopen(it, tree, why="broken", now=NOW),
    "lapse": problems.lapse,
    "withdraw": lambda it, tree: problems.withdraw(it, tree, why="found"),
    "take_over": lambda it, tree: problems.take_over(it, tree, why="urgent"),
    "see": problems.see,
    "read_out": problems.read_out,
    "note": lambda it, tree: problems.note(it, tree, text="still looking"),
    "ask_recall": lambda it, tree: problems.ask_recall(it, tree, why="found one"),
}
"""Each verb with words that nobody could object to; `alert` and `correct` depend on more than the problem."""


def written(it: Problem, event: Event, node: str) -> Told:
    """The entry that the journal would make of an event."""
    number = len(it.told) + 1
    if event.turns:
        return entry(event, node, number, turn=it.turn + 1, on=it.last)
    return entry(event, node, number)


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
            may = problems.may(it, here, now=NOW)
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
