"""An announcement goes down, is read out by each node once, and is taken back by whoever made it."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.telling import AT, entry, tree
from wsq_huddle.domain import announcements
from wsq_huddle.domain.announcements import Announcement, Published, Reach, Read, State, Withdrawn
from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.nodes import State as NodeState
from wsq_huddle.errors import NotAllowed

MONDAY, FRIDAY = date(2026, 11, 30), date(2026, 12, 4)
PENS = Published(begins=MONDAY, ends=FRIDAY, title="New insulin pen", text="Pens are blue now.")


def told(*happened: tuple[str, Event]) -> list[Told]:
    plain = [entry(event, node, number) for number, (node, event) in enumerate(happened, start=1)]
    return [replace(one, subject=announcements.subject_of("e1")) for one in plain]


def fold(story: list[Told]) -> Announcement:
    found = announcements.fold(story)
    assert found is not None
    return found


def test_what_is_announced_is_out_on_its_days_and_on_no_other() -> None:
    one = fold(told(("cardiac", PENS)))

    assert (one.id, one.node, one.title, one.text) == (
        "announcement-e1", "cardiac", "New insulin pen", "Pens are blue now.",
    )  # fmt: skip
    assert [announcements.in_force(one, MONDAY + timedelta(days=day)) for day in (-1, 0, 4, 5)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_each_node_reads_it_once_and_the_first_time_counts() -> None:
    one = fold(told(("cardiac", PENS), ("4-west", Read()), ("4-west", Read()), ("cardiac", Read()), ("5-east", Read())))

    assert one.read == {"4-west": AT + timedelta(minutes=2), "5-east": AT + timedelta(minutes=5)}
    assert announcements.reach(one, tree("cardiac")) == Reach(units=2, of=2)


def test_units_are_counted_apart_from_the_nodes_between_and_who_is_shut_out_is_not_counted() -> None:
    one = fold(told(("executive", PENS), ("4-west", Read()), ("cardiac", Read()), ("5-east", Read())))
    whole = tree("executive")
    without = replace(whole, nodes={**whole.nodes, "5-east": replace(whole.nodes["5-east"], state=NodeState.REVOKED)})

    assert announcements.reach(one, whole) == Reach(units=2, of=4, others=1, of_others=2)
    assert announcements.reach(one, without) == Reach(units=1, of=3, others=1, of_others=2)


def test_only_its_author_takes_it_back_and_what_was_read_stays_read() -> None:
    story = told(
        ("cardiac", PENS), ("4-west", Read()), ("executive", Withdrawn(why="x")),
        ("cardiac", Withdrawn(why="a week on")), ("5-east", Read()),
    )  # fmt: skip
    one, before = fold(story), fold(story[:3])

    assert before.state is State.OUT
    assert (one.state, one.why, one.withdrawn_at) == (State.WITHDRAWN, "a week on", AT + timedelta(minutes=4))
    assert set(one.read) == {"4-west", "5-east"}
    assert not announcements.in_force(one, MONDAY)


def test_without_what_was_published_there_is_none() -> None:
    assert announcements.fold(told(("4-west", Read()))) is None
    assert announcements.fold([replace(told(("cardiac", PENS))[0], subject="announcement-other")]) is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["cardiac", "4-west", "5-east"]), st.sampled_from([Read(), Withdrawn(why="x"), PENS])
        ),
        max_size=6,
    ),
    st.randoms(),
)
def test_any_order_of_arrival_gives_the_same(happened: list[tuple[str, Event]], random: Random) -> None:
    story = told(("cardiac", PENS), *happened)
    shuffled = story + story[:2]
    random.shuffle(shuffled)

    assert announcements.fold(shuffled) == announcements.fold(story)


def test_the_verbs_give_what_moves_allow() -> None:
    one = fold(told(("cardiac", PENS)))
    verbs = (announcements.withdraw(one, at_node="cardiac", why="x"), announcements.read(one, tree("4-west")))

    assert {type(event) for event in verbs} == announcements.MOVES[State.OUT]


def test_what_makes_no_sense_is_refused_in_a_sentence() -> None:
    one = fold(told(("cardiac", PENS), ("4-west", Read())))
    gone = fold(told(("cardiac", PENS), ("cardiac", Withdrawn(why="x"))))
    cardiac = tree("cardiac")

    with pytest.raises(NotAllowed, match="nobody below"):
        announcements.publish(tree("4-west"), title="x", begins=MONDAY, ends=FRIDAY, today=MONDAY)
    with pytest.raises(NotAllowed, match="Say what"):
        announcements.publish(cardiac, title="\n", begins=MONDAY, ends=FRIDAY, today=MONDAY)
    with pytest.raises(NotAllowed, match="before the first"):
        announcements.publish(cardiac, title="x", begins=FRIDAY, ends=MONDAY, today=MONDAY)
    with pytest.raises(NotAllowed, match="over already"):
        announcements.publish(cardiac, title="x", begins=MONDAY, ends=FRIDAY, today=FRIDAY + timedelta(days=1))
    with pytest.raises(NotAllowed, match="not announced to us"):
        announcements.read(one, tree("theatre"))
    with pytest.raises(NotAllowed, match="read out here already"):
        announcements.read(one, tree("4-west"))
    with pytest.raises(NotAllowed, match="Another area"):
        announcements.withdraw(one, at_node="4-west", why="x")
    with pytest.raises(NotAllowed, match="Say why"):
        announcements.withdraw(one, at_node="cardiac", why=" ")
    with pytest.raises(NotAllowed, match="withdrawn already"):
        announcements.withdraw(gone, at_node="cardiac", why="x")
    with pytest.raises(NotAllowed, match="withdrawn already"):
        announcements.read(gone, tree("4-west"))
