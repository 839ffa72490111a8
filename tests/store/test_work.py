"""The work that a page makes is bounded by how long its stories are, not by what somebody put into it."""

from collections.abc import Callable, Sequence
from copy import copy
from datetime import date
from functools import cache

import pytest
from sqlalchemy import event

from tests.store.writers import RAISED, Writer, bring, count, link, statuses
from wsq_huddle.domain.entries import Entry, read
from wsq_huddle.domain.problems import Assigned, Confirmed, Escalated, Mode, Planned, Resolved, Returned
from wsq_huddle.store.projecting import dump, rebuild
from wsq_huddle.store.receiving import receive
from wsq_huddle.store.recorder import FOLDED
from wsq_huddle.store.store import Store

TURNS, PAGE = 1_500, 500
PLANNED = Planned(owner="Ana R.", due=date(2026, 11, 25), what="look again")


@cache
def written(turns: int) -> tuple[Writer, list[Entry]]:
    """A problem of so many turns, written once for all stores that get it, and who wrote it."""
    writer = Writer("5-east")
    story = [writer.entry(RAISED)]
    subject = read(story[0]).subject
    for turn in range(2, turns + 1):
        story.append(writer.entry(PLANNED, subject, turn=turn, on=story[-1].hash))
    return writer, story


class Long:
    """A problem of many turns, of a unit that can write any turn it likes after them."""

    def __init__(self, store: Store, turns: int = TURNS) -> None:
        writer, story = written(turns)
        self.store, self.writer = store, copy(writer)
        self.subject, self.hashes = read(story[0]).subject, [entry.hash for entry in story]
        bring(store, story, peer="5-east")

    def forged(self, *events: object, on: int = TURNS) -> list[Entry]:
        """Turns that are all built on one turn, by its number."""
        return [
            self.writer.entry(one, self.subject, turn=on + 1, on=self.hashes[on - 1])  # type: ignore[arg-type]  # an event
            for one in events
        ]


def folded(store: Store, page: Sequence[Entry]) -> int:
    """How many entries were gone through to take up a page, the rows and all."""
    with store.writing() as writing:
        outcomes = receive(writing.transaction, writing.recorder, "5-east", page, lambda _told, _entry: None)
        writing.recorder.finish()
        assert statuses(outcomes) == ["stored"] * len(page)
        return writing.recorder.folded


def statements(store: Store, work: Callable[[], object]) -> int:
    """How many statements were run."""
    run = 0

    def one_more(*_: object) -> None:
        nonlocal run
        run += 1

    event.listen(store.engine, "before_cursor_execute", one_more)
    work()
    event.remove(store.engine, "before_cursor_execute", one_more)
    return run


@pytest.mark.parametrize(
    "forged",
    [
        lambda long: long.forged(*[Resolved(remedy="x")] * PAGE),
        lambda long: long.forged(*[Confirmed()] * PAGE, on=2),
        lambda long: long.forged(*(Escalated(to=f"place-{n}", need="x") for n in range(PAGE))),
        lambda long: long.forged(*(Assigned(to="4-west", via=(f"place-{n}",), need="x") for n in range(PAGE))),
        lambda long: long.forged(*(Escalated(to="4-west", mode=Mode.AWARENESS) for _ in range(PAGE))),
    ],
    ids=["resolved", "confirmed", "to many", "by many", "told us"],
)
def test_a_page_of_turns_that_change_nothing_costs_what_reading_the_problem_costs(
    store: Store, forged: Callable[[Long], list[Entry]]
) -> None:
    link(store, "cardiac", "parent")
    long = Long(store)
    page = forged(long)

    assert folded(store, page) < FOLDED + 4 * (TURNS + 2 * PAGE)
    assert count(store, "entry") >= TURNS + PAGE
    assert remade(store)


def test_a_page_that_names_many_asks_for_what_was_said_before_only_once_a_link(store: Store) -> None:
    link(store, "cardiac", "parent")
    long = Long(store, 20)
    few = long.forged(*(Escalated(to=f"place-{n}", need="x") for n in range(5)), on=20)
    many = long.forged(*(Escalated(to=f"other-{n}", need="x") for n in range(100)), on=20)

    first = statements(store, lambda: bring(store, few, peer="5-east"))
    assert statements(store, lambda: bring(store, many, peer="5-east")) <= first


def test_what_arrives_at_the_end_of_a_long_page_is_said_once_and_only_of_what_counts(store: Store) -> None:
    long = Long(store)
    unfit = long.forged(*[Returned(to="4-west", answer="it never was there")] * 60)
    handed = long.forged(Assigned(to="4-west", need="a bed"))
    assert folded(store, [*unfit, *handed]) > FOLDED
    problem = store.look().one("SELECT last, holder FROM problem")
    arrived = store.look().rows("SELECT head FROM entry WHERE kind = 'problem.arrived'")

    assert problem == {"last": handed[0].hash, "holder": "4-west"}
    assert len(arrived) == 1
    assert handed[0].hash in arrived[0]["head"]
    assert remade(store)


def remade(store: Store) -> bool:
    with store.writing() as writing:
        before = dump(writing.transaction)
        rebuild(writing.transaction)
        return before == dump(writing.transaction)
