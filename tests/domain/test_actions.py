"""An action is done, moved or dropped by the node that planned it, and is then over."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.telling import AT, entry
from wsq_huddle.domain import actions
from wsq_huddle.domain.actions import Action, Done, Dropped, Moved, Planned, State
from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.events import Event
from wsq_huddle.errors import NotAllowed

WEST = "4-west"
DAY = date(2026, 11, 25)
PLANNED = Planned(owner="Ana R.", due=DAY, what="spare from store")


def told(*happened: Event, node: str = WEST) -> list[Told]:
    plain = [entry(event, node if number > 1 else WEST, number) for number, event in enumerate(happened, start=1)]
    return [replace(one, subject=actions.subject_of("e1")) for one in plain]


def fold(story: list[Told]) -> Action:
    action = actions.fold(story)
    assert action is not None
    return action


def test_what_is_planned_is_open_with_owner_and_day() -> None:
    action = fold(told(PLANNED))

    assert (action.id, action.state, action.what) == ("action-e1", State.OPEN, "spare from store")
    assert (action.node, action.owner, action.due) == (WEST, "Ana R.", DAY)


def test_what_is_done_is_over() -> None:
    action = fold(told(PLANNED, Done(), Moved(due=date(2026, 12, 1))))

    assert (action.state, action.due, action.done_at) == (State.DONE, DAY, AT + timedelta(minutes=2))


def test_what_is_moved_has_another_day_and_that_is_counted() -> None:
    action = fold(told(PLANNED, Moved(due=date(2026, 11, 27)), Moved(due=date(2026, 11, 28))))

    assert (action.due, action.moved) == (date(2026, 11, 28), 2)


def test_what_is_dropped_says_why() -> None:
    action = fold(told(PLANNED, Dropped(why="not needed")))

    assert (action.state, action.why) == (State.DROPPED, "not needed")


def test_another_node_changes_nothing() -> None:
    assert fold(told(PLANNED, Done(), node="5-east")).state is State.OPEN


def test_without_what_was_planned_there_is_no_action() -> None:
    other = replace(told(PLANNED)[0], subject="action-other")

    assert actions.fold(told(PLANNED, Done())[1:]) is None
    assert actions.fold([other]) is None


@given(st.lists(st.sampled_from([Done(), Moved(due=DAY), Dropped(why="x"), PLANNED]), max_size=6), st.randoms())
def test_any_order_of_arrival_gives_the_same_action(happened: list[Event], random: Random) -> None:
    story = told(PLANNED, *happened)
    shuffled = story + story[:2]
    random.shuffle(shuffled)

    assert actions.fold(shuffled) == actions.fold(story)


def test_the_verbs_give_what_moves_allow() -> None:
    action = fold(told(PLANNED))
    verbs = (
        actions.done(action, at_node=WEST),
        actions.move(action, at_node=WEST, due=date(2026, 11, 27)),
        actions.drop(action, at_node=WEST, why="gone"),
    )

    assert {type(event) for event in verbs} == actions.MOVES[State.OPEN]


def test_what_is_over_is_not_done_again() -> None:
    action = fold(told(PLANNED, Done()))

    with pytest.raises(NotAllowed, match="This action is done already"):
        actions.done(action, at_node=WEST)


def test_only_its_node_and_only_with_all_words() -> None:
    action = fold(told(PLANNED))

    with pytest.raises(NotAllowed, match="belongs to another node"):
        actions.done(action, at_node="cardiac")
    with pytest.raises(NotAllowed, match="due on that day already"):
        actions.move(action, at_node=WEST, due=DAY)
    with pytest.raises(NotAllowed, match="Say why"):
        actions.drop(action, at_node=WEST, why=" ")
    with pytest.raises(NotAllowed, match="Say what"):
        actions.plan(what="", owner="Ana R.", due=DAY)
    with pytest.raises(NotAllowed, match="Say who"):
        actions.plan(what="spare", owner="\n", due=DAY)
    assert actions.plan(what=" spare ", owner="Ana R.", due=DAY).what == "spare"


def test_it_is_overdue_when_its_day_has_ended_where_the_node_is() -> None:
    action = fold(told(PLANNED))
    evening = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)

    assert actions.overdue(action, evening)
    assert not actions.overdue(action, evening, ZoneInfo("America/New_York"))
    assert not actions.overdue(fold(told(PLANNED, Done())), evening)
