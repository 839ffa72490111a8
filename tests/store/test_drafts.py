"""Lines being typed, in the store: kept by themselves, and gone with the transaction that records them."""

import threading

import pytest
from sqlalchemy import event

from tests.store.writers import count, raise_one
from wsq_huddle.errors import NotAllowed
from wsq_huddle.store.store import Store

RAISE, OTHER = "raise", "problem/1/note"


def places(store: Store) -> list[str]:
    return [row["place"] for row in store.look().rows("SELECT place FROM draft ORDER BY place")]


@pytest.fixture
def typed(store: Store) -> Store:
    """A store in which two lines are being typed."""
    store.keep_draft(RAISE, "two pumps")
    store.keep_draft(OTHER, "silent again")
    return store


def test_the_draft_is_gone_at_the_very_moment_when_its_entry_is_there(typed: Store) -> None:
    seen: list[tuple[int, list[str]]] = []
    typed.listen(lambda _told: seen.append((count(typed, "entry"), places(typed))))
    with typed.forgetting(RAISE):
        raise_one(typed)

    assert seen == [(1, [OTHER])]


def test_the_entry_and_the_end_of_its_draft_are_one_commit(typed: Store) -> None:
    commits: list[str] = []
    event.listen(typed.engine, "commit", lambda connection: commits.append(connection.dialect.name))
    with typed.forgetting(RAISE):
        raise_one(typed)

    assert (len(commits), places(typed)) == (1, [OTHER])


def test_what_is_refused_keeps_the_draft_and_forgets_nothing_later(typed: Store) -> None:
    def refused() -> None:
        with typed.forgetting(RAISE), typed.writing():
            raise NotAllowed("Cardiac Services holds this problem.")

    with pytest.raises(NotAllowed):
        refused()
    raise_one(typed)

    assert places(typed) == [OTHER, RAISE]


def test_what_another_thread_records_meanwhile_takes_no_draft_along(typed: Store) -> None:
    with typed.forgetting(RAISE):
        other = threading.Thread(target=raise_one, args=(typed,))
        other.start()
        other.join()
        meanwhile = places(typed)
        raise_one(typed)

    assert meanwhile == [OTHER, RAISE]
    assert places(typed) == [OTHER]


def test_of_two_transactions_the_first_takes_the_draft_and_a_block_without_any_takes_it_at_its_end(
    typed: Store,
) -> None:
    seen: list[list[str]] = []
    typed.listen(lambda _told: seen.append(places(typed)))
    with typed.forgetting(RAISE):
        raise_one(typed)
        typed.keep_draft(RAISE, "the next one")
        raise_one(typed)
    with typed.forgetting(OTHER):
        pass

    assert seen == [[OTHER], [OTHER, RAISE]]
    assert places(typed) == [RAISE]


def test_what_only_asks_the_rules_records_nothing_and_says_what_they_refuse(typed: Store) -> None:
    after: list[str] = []
    with typed.trying():
        raise_one(typed)
        after.append("the rest of the block")

    def refused() -> None:
        with typed.trying(), typed.writing():
            raise NotAllowed("Say what you need from them.")

    with pytest.raises(NotAllowed, match="Say what you need"):
        refused()
    assert (count(typed, "entry"), after) == (0, [])
    raise_one(typed)
    assert count(typed, "entry") == 1
