"""One process at a time runs the link of a store, wherever the store lives."""

from wsq_huddle.store.locks import link_lock
from wsq_huddle.store.store import Store


def test_one_at_a_time_has_the_lock_and_who_frees_it_lets_the_next_one_in(store: Store) -> None:
    first, second = link_lock(store.place), link_lock(store.place)

    assert (first.take(), second.take()) == (True, False)
    assert (first.take(), second.take()) == (True, False), "who has it has it still when it asks again"
    second.free()
    assert not second.take(), "only who has it frees it"
    first.free()
    assert (second.take(), first.take()) == (True, False)
    second.free()
    first.free()
