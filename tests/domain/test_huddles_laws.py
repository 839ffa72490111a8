"""No story breaks a huddle, and its verbs allow what its moves allow."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.mornings import ITEMS, OPENED, PARENT, UNIT, answered, folded, line, opening, told
from wsq_huddle.domain import huddles, summaries
from wsq_huddle.domain.agendas import Kind
from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.huddles import (
    MOVES,
    Answered,
    AsHeld,
    Attended,
    Closed,
    Huddle,
    Marked,
    Opened,
    Reopened,
    Reported,
    Skipped,
    State,
)
from wsq_huddle.errors import NotAllowed

VERBS: dict[type[Event], Callable[[Huddle | None], object]] = {
    Opened: opening,
    Answered: lambda huddle: huddles.answer(huddle, line("fall"), "0", at_node=UNIT),
    Attended: lambda huddle: huddles.attend(huddle, at_node=UNIT, number=7),
    Skipped: lambda huddle: huddles.skip(huddle, at_node=UNIT, why="emergency"),
    Closed: lambda huddle: huddles.close(huddle, at_node=UNIT),
    Reopened: lambda huddle: huddles.reopen(huddle, at_node=UNIT),
    Reported: lambda huddle: huddles.report(huddle, summaries.Summary(present=3), at_node=UNIT),
    Marked: lambda huddle: huddles.mark(huddle, node=UNIT, name="W", parent=PARENT, at_node=PARENT, as_held="paper"),
}
STATES: dict[State, Huddle | None] = {
    State.PLANNED: None,
    State.OPEN: folded(OPENED, answered("a", "1")),
    State.CLOSED: folded(OPENED, Closed()),
    State.SKIPPED: folded(Skipped(why="x")),
}


@pytest.mark.parametrize("event", VERBS)
@pytest.mark.parametrize("state", State)
def test_a_verb_allows_what_moves_allow_and_nothing_else(state: State, event: type[Event]) -> None:
    assert set(STATES) == set(MOVES) == set(State)
    if event in MOVES[state]:
        assert isinstance(VERBS[event](STATES[state]), event)
    else:
        with pytest.raises(NotAllowed, match=r"\w+\."):
            VERBS[event](STATES[state])


EVENTS = st.sampled_from(
    [
        OPENED, Closed(), Reopened(), Skipped(why="x"), Attended(number=7, leaders=("J.",)),
        Marked(as_held=AsHeld.PAPER),
        answered("a", "1"), answered("a", "2"),
        answered("4-west/falls-bundle", "x", Kind.STANDARD, numbers={"kept": 10**400, "of": 3}),
        Answered(item="c", step="afterglow", item_kind="mood-scale"), Reported(summary=summaries.Summary(present=3)),
    ]
)  # fmt: skip


@st.composite
def stories(draw: st.DrawFn) -> list[Told]:
    """Entries of two devices of the unit, and of its parent, with ticks that may be the same."""
    found = []
    for seq, (event, device) in enumerate(draw(st.lists(st.tuples(EVENTS, st.sampled_from("ab")), max_size=12)), 1):
        node = draw(st.sampled_from([UNIT, UNIT, UNIT, PARENT]))
        found.append(told(event, seq, node, device=f"{node}/{device}", tick=draw(st.integers(1, 6))))
    return found


@given(stories(), st.randoms())
def test_any_part_of_a_story_in_any_order_folds_to_the_same_huddle(entries: list[Told], chance: Any) -> None:  # noqa: ANN401 - random.Random
    shuffled = list(entries)
    chance.shuffle(shuffled)

    huddle = huddles.fold(entries)

    assert huddles.fold(shuffled) == huddle
    assert huddle is None or huddle.state in set(State)
    assert huddle is None or len({(one.item, one.step) for one in huddle.answers}) == len(huddle.answers)
    if huddle is not None:
        assert json.dumps(summaries.as_json(summaries.summarise(huddle.answers, ITEMS)))


@given(st.lists(st.sampled_from(list(VERBS)), max_size=12))
def test_whatever_the_verbs_let_happen_keeps_a_held_huddle_held(wanted: list[type[Event]]) -> None:
    huddle: Huddle | None = None
    entries: list[Told] = []
    for event in wanted:
        try:
            happened = VERBS[event](huddle)
        except NotAllowed:
            continue
        if isinstance(happened, Event):
            entries.append(told(happened, len(entries) + 1, PARENT if event is Marked else UNIT))
            closed = huddle is not None and huddle.state is State.CLOSED
            huddle = huddles.evolve(huddle, entries[-1])
            assert huddle is not None
            assert huddle.held or not closed

    assert huddles.fold(entries) == huddle
