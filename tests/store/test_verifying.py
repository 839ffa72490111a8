"""The log is looked over: one changed byte is found, wherever it is; and so is whatever is missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NewStore, Ticking
from tests.store.writers import RAISED, Writer, bring, link, raise_one, write
from wsq_huddle.domain.entries import Entry
from wsq_huddle.domain.problems import Escalated, Noted, Seen
from wsq_huddle.errors import NotAllowed
from wsq_huddle.store.checking import check
from wsq_huddle.store.entries import TEXTLESS
from wsq_huddle.store.opening import create_store
from wsq_huddle.store.places import FilePlace, MemoryPlace, Place
from wsq_huddle.store.projecting import rebuild
from wsq_huddle.store.store import Store
from wsq_huddle.store.verifying import Verified, verify


def filled(store: Store) -> Store:
    """Six entries: three of our own, three of two other devices."""
    link(store, "cardiac", "parent")
    raised = raise_one(store)
    write(store, Noted(of=raised.hash, text="asked 5 East: «none», naïve"), raised.subject)
    write(store, Escalated(to="cardiac", need="two pumps"), raised.subject)
    east, icu = Writer("5-east"), Writer("icu")
    bring(store, [east.entry(RAISED), icu.entry(RAISED), east.entry(RAISED)])
    return store


def look_over(store: Store) -> Verified:
    return verify(store.look(), store.secrets)


def run(store: Store, sql: str) -> None:
    with store.writing() as writing:
        writing.transaction.connection.exec_driver_sql(sql)


@pytest.fixture(scope="module")
def kept() -> Iterator[Store]:
    store = filled(create_store(MemoryPlace(), "4-west", clock=Ticking()))
    yield store
    store.close()


def test_a_log_that_nobody_touched_is_whole(store: Store) -> None:
    device = store.look().one("SELECT id FROM device")
    assert device is not None

    assert look_over(filled(store)).json() == {
        "entries": 6,
        "chains": {
            f"4-west/{device['id']}": {"length": 3, "ok": True},
            "5-east/5-east-1": {"length": 2, "ok": True},
            "icu/icu-1": {"length": 1, "ok": True},
        },
        "ok": True,
        "faults": [],
    }


@given(data=st.data())
def test_one_changed_byte_in_any_head_or_text_is_found(kept: Store, data: st.DataObject) -> None:
    rows = kept.look().rows("SELECT arrival, head, text FROM entry")
    row = data.draw(st.sampled_from(rows))
    column = data.draw(st.sampled_from([name for name in ("head", "text") if row[name]]))
    written = row[column].encode()
    place = data.draw(st.integers(0, len(written) - 1))
    byte = data.draw(st.integers(1, 127).filter(lambda byte: byte != written[place]))
    spoiled = written[:place] + bytes([byte]) + written[place + 1 :]
    found = verified_with(kept, row["arrival"], column, spoiled.decode("utf-8", "replace"))

    assert not found.ok
    assert len(found.faults) == 1
    assert found.entries == 6


def verified_with(store: Store, arrival: int, column: str, value: str) -> Verified:
    """What is found while one value is another; it is put back."""
    with_it: list[Verified] = []

    def spoil_and_look() -> None:
        with store.writing() as writing:
            sql = f"UPDATE entry SET {column} = ? WHERE arrival = ?"  # noqa: S608 - a column above
            writing.transaction.connection.exec_driver_sql(sql, (value, arrival))
            with_it.append(look_over(store))
            raise NotAllowed("put it back")

    with pytest.raises(NotAllowed):
        spoil_and_look()
    return with_it[0]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("DELETE FROM entry WHERE seq = 3 AND node = '4-west'", "entries 3 to 3 are missing"),
        ("DELETE FROM entry WHERE seq = 1 AND node = '4-west'", "entries 1 to 1 are missing"),
        ("DELETE FROM entry WHERE node = '4-west'", "none of its 3 entries is there"),
        ("DELETE FROM entry WHERE node = 'icu'", "the log has 5 entries, but 6"),
        ("UPDATE entry SET seal = '0' WHERE node = '4-west' AND seq = 2", "the seal is not ours"),
        ("UPDATE entry SET subject = 'problem-x' WHERE node = 'icu'", "subject beside it"),
        ("UPDATE entry SET at = '2027' WHERE node = 'icu'", "at beside it"),
        ("UPDATE device SET hash = 'x'", "it is not the last one that was written"),
    ],
)
def test_what_is_missing_or_not_ours_is_told(store: Store, sql: str, said: str) -> None:
    run(filled(store), sql)
    found = look_over(store)

    assert not found.ok
    assert any(said in fault for fault in found.faults), found.faults


def test_an_end_that_was_cut_off_with_its_counters_is_missed_in_the_feeds(store: Store) -> None:
    link(store, "cardiac", "parent")
    for title in ("Two IV pumps missing", "Bed 4 is broken"):
        raise_one(store, title)
    assert look_over(store).ok
    run(store, "DELETE FROM entry WHERE seq = 2")
    run(store, "UPDATE device SET seq = 1, arrival = 1, hash = (SELECT hash FROM entry WHERE entry.device = device.id)")

    assert look_over(store).faults == ["the feed to cardiac lists 1 entries that are not in the log"]


def test_an_entry_of_ours_that_somebody_wrote_anew_is_found_although_its_hash_fits(store: Store) -> None:
    filled(store)
    row = store.look().one("SELECT head, text, seal, arrival FROM entry WHERE node = '4-west' AND seq = 2")
    assert row is not None
    head = row["head"].replace("Ana R.", "Bea S.")
    forged = Entry(head, row["text"], row["seal"])
    run(store, f"UPDATE entry SET head = '{head}', hash = '{forged.hash}' WHERE arrival = {row['arrival']}")  # noqa: S608 - our own text
    faults = look_over(store).faults

    assert len(faults) == 2
    assert "the seal is not ours" in faults[0]
    assert "does not follow" in faults[1]


def test_others_entries_may_have_gaps_but_neighbours_have_to_fit(store: Store) -> None:
    east, twin = Writer("5-east"), Writer("5-east")
    entries = [east.entry(RAISED) for _ in range(3)]
    bring(store, [entries[0], entries[2]])
    assert look_over(store).ok

    twin.entry(RAISED)
    bring(store, [twin.entry(RAISED, id="11111111-1111-7111-8111-111111111111")])
    assert any("does not follow" in fault for fault in look_over(store).faults)


def test_a_missing_key_is_a_fault_and_the_rest_is_looked_at(store: Store) -> None:
    filled(store)
    device = store.look().one("SELECT id FROM device")
    assert device is not None
    store.secrets.remove(f"device-{device['id']}.key")

    assert look_over(store).faults == [f"device {device['id']}: its key is not there, so its seals cannot be looked at"]


def test_a_text_that_is_gone_is_missed_and_breaks_no_chain(store: Store) -> None:
    run(filled(store), "UPDATE entry SET text = NULL")
    found = look_over(store)

    assert len(found.faults) == found.entries == 6
    assert all(fault.endswith(f": {TEXTLESS}") for fault in found.faults)


def test_an_entry_in_which_nobody_typed_anything_misses_no_text(store: Store) -> None:
    raised = raise_one(store)
    write(store, Seen(of=raised.hash), raised.subject)

    assert store.look().one("SELECT text FROM entry WHERE seq = 2") == {"text": None}
    assert look_over(store).ok


def test_a_sound_store_has_nothing_to_tell(store: Store) -> None:
    assert check(filled(store)) == []


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE problem SET title = 'Three'", "rows of problem are not what the log says"),
        ("DELETE FROM word WHERE word = 'pump'", "rows of word are not what the log says"),
        ("DELETE FROM feed_item WHERE n = 1", "the feed to cardiac has 2 items, but its head is 3"),
        ("DROP TABLE draft", "the table draft is missing"),
        ("ALTER TABLE setting ADD COLUMN extra TEXT", "the table setting differs in extra"),
        ("DROP INDEX entry_subject", "the table entry lacks the index entry_subject"),
    ],
)
def test_what_is_wrong_in_a_store_is_told_and_left_alone(store: Store, sql: str, said: str) -> None:
    run(filled(store), sql)

    assert any(said in fault for fault in check(store)), check(store)
    assert check(store) == check(store)


def test_a_rebuild_mends_what_was_made_from_the_log(store: Store) -> None:
    run(filled(store), "UPDATE problem SET title = 'Three'")
    assert check(store) != []
    with store.writing() as writing:
        assert rebuild(writing.transaction) == 4

    assert check(store) == []


def test_a_file_that_is_none_is_told_before_anybody_opens_it(tmp_path: Path, new_store: NewStore) -> None:
    place: Place = FilePlace(tmp_path / "huddle.db", tmp_path / "secrets")
    store = new_store(place)
    store.close()
    (tmp_path / "huddle.db").write_bytes(b"no database" * 1000)

    assert check(store) == [f"{tmp_path / 'huddle.db'}: file is not a database"]
