"""The contract of a store: what is recorded, in one transaction, whatever the database."""

import contextlib
from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.engine.interfaces import CacheStats

from tests.conftest import NewStore, Ticking
from tests.store.writers import RAISED, Writer, bring, count, feed, link, raise_one, statuses, write
from wsq_huddle.domain import actions, problems
from wsq_huddle.domain.codec import LARGEST
from wsq_huddle.domain.entries import START, Told, read
from wsq_huddle.domain.problems import Escalated, Noted, Planned, Returned
from wsq_huddle.errors import NotAllowed, StoreError
from wsq_huddle.store.opening import open_store
from wsq_huddle.store.places import MemoryPlace, Place
from wsq_huddle.store.projecting import dump
from wsq_huddle.store.store import Store


def rows(store: Store) -> dict[str, list[str]]:
    with store.writing() as writing:
        return dump(writing.transaction)


def test_an_entry_is_written_once_however_often_it_arrives(store: Store) -> None:
    entry = Writer("5-east").entry(RAISED)

    assert statuses(bring(store, [entry, entry])) == ["stored", "known"]
    assert statuses(bring(store, [entry], peer="surgery")) == ["known"]
    assert count(store, "entry") == 1


def test_one_id_has_one_hash_for_ever(store: Store) -> None:
    first = Writer("5-east").entry(RAISED)
    told = Writer("5-east", "other").entry(RAISED, id="11111111-1111-7111-8111-111111111111")
    twin = Writer("5-east", "third").entry(RAISED, id="11111111-1111-7111-8111-111111111111")

    assert statuses(bring(store, [first, told, twin])) == ["stored", "stored", "refused"]
    assert statuses(bring(store, [twin])) == ["refused"]
    assert count(store, "entry") == 2
    assert count(store, "problem") == 2


def test_one_number_of_a_device_has_one_entry(store: Store) -> None:
    one, other = Writer("5-east"), Writer("5-east")
    outcomes = bring(store, [one.entry(RAISED), other.entry(RAISED, id="11111111-1111-7111-8111-111111111111")])

    assert statuses(outcomes) == ["stored", "refused"]
    assert "number" in outcomes[1].reason


def test_an_error_inside_leaves_nothing(store: Store) -> None:
    link(store, "cardiac", "parent")
    kept = raise_one(store)
    before = (rows(store), count(store, "entry"), count(store, "feed_item"), count(store, "subject"))

    def two_and_a_refusal() -> None:
        with store.writing() as writing:
            writing.recorder.write("Ana R.", Noted(of=kept.hash, text="asked 5 East"), kept.subject)
            writing.recorder.write("Ana R.", RAISED, "problem-")
            raise NotAllowed("no")

    with pytest.raises(NotAllowed):
        two_and_a_refusal()

    assert (rows(store), count(store, "entry"), count(store, "feed_item"), count(store, "subject")) == before
    assert write(store, Noted(of=kept.hash, text="again"), kept.subject).seq == 2


def test_an_error_at_the_end_leaves_nothing_either(store: Store) -> None:
    link(store, "cardiac", "parent")
    before = rows(store)

    def one_without_a_feed() -> None:
        with store.writing() as writing:
            writing.recorder.write("Ana R.", RAISED, "problem-")
            writing.transaction.connection.exec_driver_sql("DROP TABLE feed_item")

    with pytest.raises(StoreError):
        one_without_a_feed()

    assert rows(store) == before
    assert (count(store, "entry"), count(store, "feed_item")) == (0, 0)
    assert raise_one(store).seq == 1


def test_numbers_follow_each_other_and_each_entry_names_the_one_before(store: Store) -> None:
    told = [raise_one(store, f"Pump {number}") for number in range(3)]

    assert [one.seq for one in told] == [1, 2, 3]
    assert [one.prev for one in told] == [START, told[0].hash, told[1].hash]
    assert [row["arrival"] for row in store.look().rows("SELECT arrival FROM entry ORDER BY arrival")] == [1, 2, 3]


def test_turns_and_ticks_of_a_subject_have_no_gaps(store: Store) -> None:
    raised = raise_one(store)
    planned = write(store, Planned(owner="Ana R.", what="asks 5 East"), raised.subject)
    notes = [write(store, Noted(of=planned.hash, text=f"note {number}"), raised.subject) for number in range(3)]

    assert (planned.turn, planned.on) == (2, raised.hash)
    assert [note.tick for note in notes] == [1, 2, 3]


def test_a_tick_is_one_more_than_any_that_is_known(store: Store) -> None:
    raised = raise_one(store)
    east = Writer("cardiac")
    bring(store, [east.entry(Noted(of=raised.hash, text="we look"), raised.subject, tick=41)])

    assert write(store, Noted(of=raised.hash, text="thanks"), raised.subject).tick == 42


def test_nobody_can_use_up_the_ticks(store: Store) -> None:
    raised = raise_one(store)
    bring(store, [Writer("cardiac").entry(Noted(of=raised.hash, text="x"), raised.subject, tick=LARGEST - 1)])

    assert write(store, Noted(of=raised.hash, text="still here"), raised.subject).tick == LARGEST - 1


def test_of_two_turns_built_on_the_same_one_the_same_wins_in_any_order(place: Place, new_store: NewStore) -> None:
    west, east = Writer("4-west"), Writer("4-west", "clone")
    raised = west.entry(RAISED)
    subject = problems.subject_of(read(raised).id)
    forks = [
        west.entry(Escalated(to="cardiac", need="two pumps"), subject, turn=2, on=raised.hash),
        east.entry(Planned(owner="Ana R.", what="asks 5 East"), subject, turn=2, on=raised.hash),
    ]
    store, other = new_store(place), new_store(MemoryPlace())
    bring(store, [raised, *forks])
    for entry in (forks[1], raised, forks[0]):
        bring(other, [entry])
    sql = "SELECT state, holder, turn, last, disputed, overtaken FROM problem"

    assert count(store, "entry") == 3
    assert dict(store.look().rows(sql)[0]) == dict(other.look().rows(sql)[0])
    assert store.look().rows(sql)[0]["disputed"] in (1, True)


def test_a_turn_that_comes_too_late_is_stored_and_overtaken(store: Store) -> None:
    raised = raise_one(store)
    write(store, Escalated(to="cardiac", need="two pumps"), raised.subject)
    clone = Writer("4-west", "clone")
    late = clone.entry(Planned(owner="Ana R.", what="x"), raised.subject, turn=2, on=raised.hash)
    cardiac = Writer("cardiac")
    arrived = cardiac.entry(problems.Arrived(of=_last(store)), raised.subject)

    assert statuses(bring(store, [arrived, late])) == ["stored", "stored"]
    row = store.look().one("SELECT holder, overtaken FROM problem")
    assert row is not None
    assert (row["holder"], row["overtaken"]) == ("cardiac", f'["{late.hash}"]')


def _last(store: Store) -> str:
    row = store.look().one("SELECT last FROM problem")
    assert row is not None
    return str(row["last"])


def test_a_turn_of_ours_that_arrives_is_confirmed_in_the_same_transaction(store: Store) -> None:
    link(store, "cardiac", "parent")
    raised = raise_one(store)
    away = write(store, Escalated(to="cardiac", need="two pumps"), raised.subject)
    cardiac = Writer("cardiac")
    back = cardiac.entry(Returned(to="4-west", answer="on their way"), raised.subject, turn=3, on=away.hash)
    bring(store, [back])

    kinds = [told.kind for told in feed(store, "cardiac")]
    assert kinds == ["problem.raised", "problem.escalated", "problem.arrived"]
    row = store.look().one("SELECT holder, turn FROM problem")
    assert row is not None
    assert (row["holder"], row["turn"]) == ("4-west", 3)


def test_listeners_hear_of_it_after_the_commit_and_only_then(store: Store) -> None:
    heard: list[tuple[list[Told], int]] = []
    stop = store.listen(lambda told: heard.append((told, count(store, "entry"))))
    with contextlib.suppress(NotAllowed), store.writing() as writing:
        writing.recorder.write("Ana R.", RAISED, "problem-")
        raise NotAllowed("no")
    assert heard == []

    told = raise_one(store)

    assert heard == [([told], 1)]
    stop()
    raise_one(store)
    assert len(heard) == 1


def test_a_listener_that_fails_undoes_nothing_and_keeps_nobody_from_hearing(store: Store) -> None:
    heard: list[str] = []

    def fail(_told: list[Told]) -> None:
        raise ValueError("a listener")

    store.listen(fail)
    store.listen(lambda told: heard.append(told[0].kind))
    raise_one(store)

    assert (count(store, "entry"), heard) == (1, ["problem.raised"])


def test_every_write_looks_at_the_number_of_the_layout_first(store: Store) -> None:
    raise_one(store)
    with store.writing() as writing:
        writing.transaction.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    ran = []

    with pytest.raises(StoreError, match="Another program has changed the layout"), store.writing():
        ran.append("the body")

    assert ran == []
    assert count(store, "entry") == 1


def test_a_transaction_within_a_transaction_is_an_error_at_once(store: Store) -> None:
    with store.writing(), pytest.raises(RuntimeError, match="within"), store.writing():
        pass


def test_the_second_of_two_windows_sees_what_the_first_decided(
    place: Place, new_store: NewStore, clock: Ticking
) -> None:
    first = new_store(place)
    raised = raise_one(first)
    second = open_store(place, "4-west", clock=clock)
    write(first, Escalated(to="cardiac", need="two pumps"), raised.subject)

    with second.writing() as writing:
        problem = writing.recorder.state(raised.subject)
    second.close()
    assert problem.holder == "cardiac"


def test_a_store_without_its_key_says_which_file_is_missing(store: Store) -> None:
    device = store.look().one("SELECT id FROM device")
    assert device is not None
    store.secrets.remove(f"device-{device['id']}.key")

    with pytest.raises(StoreError, match=f"device-{device['id']}.key"):
        raise_one(store)
    assert count(store, "entry") == 0


def test_actions_are_rows_too(store: Store) -> None:
    event = actions.plan(what="Order cuffs", owner="Ana R.", due=date(2026, 11, 25))
    with store.writing() as writing:
        told = writing.recorder.write("Ana R.", event, actions.PREFIX)

    row = store.look().one("SELECT owner, due, state FROM action WHERE subject = :subject", subject=told.subject)
    assert row is not None
    assert dict(row) == {"owner": "Ana R.", "due": "2026-11-25", "state": "open"}


def test_what_one_store_had_compiled_no_other_of_its_kind_compiles_again(store: Store, new_store: NewStore) -> None:
    raise_one(store)
    is_in_memory = isinstance(store.place, MemoryPlace)
    again = new_store(MemoryPlace()) if is_in_memory else open_store(store.place, "4-west", clock=Ticking())
    found: list[CacheStats] = []
    event.listen(again.engine, "after_cursor_execute", lambda *run: found.append(run[4].cache_hit))
    raise_one(again)
    again.close()

    assert CacheStats.CACHE_HIT in found
    assert CacheStats.CACHE_MISS not in found
