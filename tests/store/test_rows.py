"""States to rows and back, whatever stands in them."""

from datetime import UTC, date, datetime
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from wsq_huddle.domain.actions import Action
from wsq_huddle.domain.codec import hints
from wsq_huddle.domain.nodes import Node
from wsq_huddle.domain.problems import Alert, Answer, Hop, Problem, Recall
from wsq_huddle.domain.text import clean
from wsq_huddle.store.nouns import columns_of, noun_of
from wsq_huddle.store.rows import flattened, thawed
from wsq_huddle.store.tables import ACTION, NODE, PROBLEM

TEXT = st.text(max_size=30).map(clean)
INSTANT = st.datetimes(min_value=datetime(2, 1, 2), max_value=datetime(9998, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants the bounds without a zone

st.register_type_strategy(str, TEXT)
st.register_type_strategy(datetime, INSTANT)
st.register_type_strategy(date, st.dates())
st.register_type_strategy(int, st.integers(0, 2**53 - 1))


def made(cls: Any, **others: Any) -> Any:  # noqa: ANN401 - a strategy for instances of a class
    fields = {name: st.from_type(hint) for name, hint in hints(cls).items() if name != "told" and not get_args(cls)}
    return st.builds(cls, **{**fields, **others})


HOP = made(Hop)
PROBLEMS = made(
    Problem,
    hops=st.lists(HOP, max_size=2).map(tuple),
    ask=st.none() | HOP,
    escalation=st.none() | HOP,
    answer=st.none() | made(Answer),
    recall=st.none() | made(Recall),
    alerts=st.lists(made(Alert), max_size=2).map(tuple),
)


def row_of(problem: Problem) -> dict[str, Any]:
    noun = noun_of("problem-x")
    assert noun is not None
    return noun.rows("problem-x", problem)[PROBLEM][0]


@settings(max_examples=40)
@given(PROBLEMS)
def test_a_problem_comes_back_from_its_row_as_it_was(problem: Problem) -> None:
    assert thawed(Problem, row_of(problem)) == problem


def test_the_same_row_is_read_once_and_another_is_another() -> None:
    row = flattened(Node(key="4-west", name="4 West", tier=1, parent="cardiac"), columns_of(NODE))

    assert thawed(Node, row) is thawed(Node, dict(row))
    assert thawed(Node, {**row, "name": "4 West B"}).name == "4 West B"


@given(made(Action))
def test_an_action_comes_back_from_its_row_as_it_was(action: Action) -> None:
    assert thawed(Action, flattened(action, columns_of(ACTION))) == action


@given(made(Node))
def test_a_node_comes_back_from_its_row_as_it_was(node: Node) -> None:
    assert thawed(Node, flattened(node, columns_of(NODE))) == node


@settings(max_examples=40)
@given(PROBLEMS)
def test_a_row_of_sqlite_has_numbers_for_truth_and_comes_back_too(problem: Problem) -> None:
    row = {name: int(value) if isinstance(value, bool) else value for name, value in row_of(problem).items()}

    assert thawed(Problem, row) == problem


@given(st.lists(INSTANT, min_size=2, max_size=5))
def test_instants_sort_as_texts_do(instants: list[datetime]) -> None:
    assert [instant.isoformat() for instant in sorted(instants)] == sorted(instant.isoformat() for instant in instants)
