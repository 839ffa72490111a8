"""Rules that fire once, and what one process at a time may try, on every database."""

from contextlib import suppress
from datetime import timedelta

from tests.conftest import NewStore
from tests.services.hospital import Clock, at
from wsq_huddle.store.places import Place
from wsq_huddle.store.store import Store
from wsq_huddle.store.timers import claim, fire, settle

ONE, OTHER = "problem-1", "problem-2"
LASTS = timedelta(minutes=3)


def fired(store: Store, subject: str = ONE, turn: int = 1, rule: str = "overdue") -> bool:
    with store.writing() as writing:
        return fire(writing.transaction, subject, turn, rule)


def claimed(store: Store) -> bool:
    with store.writing() as writing:
        return claim(writing.transaction, ONE, "mail-before", LASTS)


def settled(store: Store, again: timedelta | None = None) -> None:
    with store.writing() as writing:
        settle(writing.transaction, ONE, "mail-before", again=again)


def test_a_rule_fires_once_for_a_turn_of_a_problem(store: Store) -> None:
    assert fired(store)
    assert not fired(store), "whoever saw it waiting before we fired comes too late"
    assert fired(store, turn=2)
    assert fired(store, rule="quick-hit")
    assert fired(store, OTHER)


def test_what_is_refused_after_it_fired_has_not_fired(store: Store) -> None:
    class Refused(Exception):
        pass

    def refused() -> None:
        with store.writing() as writing:
            assert fire(writing.transaction, ONE, 1, "overdue")
            raise Refused

    with suppress(Refused):
        refused()
    assert fired(store)


def test_what_is_claimed_is_nobody_elses_until_its_time_is_over_and_done_is_done(
    place: Place, new_store: NewStore
) -> None:
    store = new_store(place)
    clock = Clock(at("07:30"))
    store.clock = clock
    assert (claimed(store), claimed(store)) == (True, False)
    clock.put("07:32")
    assert not claimed(store), "three minutes are not over yet"
    clock.put("07:34")
    assert (claimed(store), claimed(store)) == (True, False)

    settled(store, again=timedelta(minutes=10))
    clock.put("07:42")
    assert not claimed(store)
    clock.put("07:45")
    assert claimed(store)
    settled(store)
    clock.put("23:00")
    assert not claimed(store), "it is done"
