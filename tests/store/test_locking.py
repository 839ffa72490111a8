"""Several at once: threads, processes and strangers, on one store."""

import itertools
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.conftest import NewDatabase, NewStore
from tests.scripted import scripted
from tests.store.writers import RAISED, link, raise_one
from tests.warm import Warm
from wsq_huddle.domain.problems import Noted
from wsq_huddle.errors import StoreError
from wsq_huddle.services.clocks import machine_clock
from wsq_huddle.store.places import FilePlace, MemoryPlace, Place, PostgresPlace
from wsq_huddle.store.reader import pyformat
from wsq_huddle.store.schema import HEAD
from wsq_huddle.store.store import Store

EACH = 6

PROCESS = f"""
import sys
from datetime import UTC, datetime
from pathlib import Path
from wsq_huddle.domain.problems import Noted
from wsq_huddle.store.opening import open_store
from wsq_huddle.store.places import FilePlace, PostgresPlace
where, secrets, subject = sys.argv[1:]
if where.startswith("postgresql"):
    place = PostgresPlace(where, None, Path(secrets))
else:
    place = FilePlace(Path(where), Path(secrets))
store = open_store(place, "4-west", clock=lambda: datetime.now(UTC))
for number in range({EACH}):
    with store.writing() as writing:
        last = writing.recorder.state(subject).last
        writing.recorder.write("Ana R.", Noted(of=last, text=f"note {{number}}"), subject)
"""


@pytest.fixture
def pg_place(postgres: NewDatabase, tmp_path: Path) -> PostgresPlace:
    return PostgresPlace(postgres(), None, tmp_path / "secrets")


def note(store: Store, subject: str, times: int = EACH) -> None:
    for number in range(times):
        with store.writing() as writing:
            last = writing.recorder.state(subject).last
            writing.recorder.write("Ana R.", Noted(of=last, text=f"note {number}"), subject)


def processes(place: Place, subject: str) -> list[Warm]:
    if isinstance(place, MemoryPlace):
        return []
    where = str(place.database) if isinstance(place, FilePlace) else place.name
    return [scripted(PROCESS, where, place.secrets.folder, subject) for _ in range(2)]


def test_numbers_have_no_gaps_when_threads_and_processes_write_at_once(place: Place, store: Store) -> None:
    link(store, "cardiac", "parent")
    raised = raise_one(store)
    others = processes(place, raised.subject)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _number: note(store, raised.subject), range(4)))
    assert [other.communicate() for other in others] == [("", "")] * len(others)
    assert [other.returncode for other in others] == [0] * len(others)

    total = 1 + EACH * (4 + len(others))
    rows = store.look().rows("SELECT seq, arrival, tick, hash, head FROM entry ORDER BY seq")
    assert [row["seq"] for row in rows] == list(range(1, total + 1))
    assert [row["arrival"] for row in rows] == list(range(1, total + 1))
    assert [row["tick"] for row in rows[1:]] == list(range(1, total))
    assert all(before["hash"] in after["head"] for before, after in itertools.pairwise(rows))
    feed = store.look().rows("SELECT n, entry_id FROM feed_item ORDER BY n")
    assert [row["n"] for row in feed] == list(range(1, total + 1))
    assert len({row["entry_id"] for row in feed}) == total


def test_writers_who_want_the_same_subjects_in_another_order_do_not_wait_for_each_other(
    pg_place: PostgresPlace, new_store: NewStore
) -> None:
    store, other = new_store(pg_place), Store(pg_place, "4-west", rehearsal=False, schema=HEAD, clock=machine_clock)
    subjects = [raise_one(store, f"Pump {number}").subject for number in range(2)]
    start = threading.Barrier(2)

    def both(one: Store, order: list[str]) -> None:
        start.wait()
        for _ in range(5):
            with one.writing() as writing:
                for subject in order:
                    problem = writing.recorder.state(subject)
                    writing.recorder.write("Ana R.", Noted(of=problem.last, text="x"), subject)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(both, (store, other), (subjects, subjects[::-1])))
    other.close()
    rows = store.look().rows("SELECT seq FROM entry ORDER BY seq")
    assert [row["seq"] for row in rows] == list(range(1, 23))


def test_a_deadlock_with_a_stranger_is_tried_again_and_the_body_runs_once(
    pg_place: PostgresPlace, new_store: NewStore
) -> None:
    store = new_store(pg_place)
    raise_one(store)
    ran: list[str] = []

    def write() -> None:
        with store.writing() as writing:
            ran.append("the body")
            writing.recorder.write("Ana R.", RAISED, "problem-")

    url = pg_place.name.replace("+psycopg", "")
    with psycopg.connect(url) as stranger, ThreadPoolExecutor(1) as threads:
        stranger.execute("SET deadlock_timeout = '60s'")
        stranger.execute("SELECT * FROM alembic_version FOR UPDATE")
        writing = threads.submit(write)
        wait_for_waiter(url)
        stranger.execute("SELECT * FROM device FOR UPDATE")
        stranger.commit()
        writing.result(30)

    assert ran == ["the body"]
    rows = store.look().rows("SELECT seq FROM entry ORDER BY seq")
    assert [row["seq"] for row in rows] == [1, 2]


def test_a_writer_that_waits_too_long_says_so(pg_place: PostgresPlace, new_store: NewStore) -> None:
    store = new_store(pg_place)
    with psycopg.connect(pg_place.name.replace("+psycopg", "")) as stranger:
        stranger.execute("SELECT * FROM device FOR UPDATE")
        with pytest.raises(StoreError, match="Another program holds the store"):
            raise_one(store)


def test_reading_goes_on_after_the_server_went_away(pg_place: PostgresPlace, new_store: NewStore) -> None:
    store = new_store(pg_place)
    raise_one(store)
    assert len(store.look().rows("SELECT id FROM entry")) == 1
    with psycopg.connect(pg_place.name.replace("+psycopg", ""), autocommit=True) as stranger:
        stranger.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )

    assert len(store.look().rows("SELECT id FROM entry")) == 1
    assert raise_one(store).seq == 2


def test_many_threads_share_a_few_readers(store: Store) -> None:
    raise_one(store)
    with ThreadPoolExecutor(20) as threads:
        looks = list(threads.map(lambda _: store.look().one("SELECT count(*) AS n FROM entry"), range(40)))

    assert {look["n"] for look in looks if look} == {1}


def test_parameters_percent_signs_and_colons_mean_the_same_on_both_databases(store: Store) -> None:
    raise_one(store, "100 % of pumps: gone")
    look = store.look()

    assert look.rows("SELECT title FROM problem WHERE title LIKE '100 %'")[0]["title"] == "100 % of pumps: gone"
    assert look.one("SELECT title FROM problem WHERE title = :title_1", title_1="100 % of pumps: gone") is not None
    assert look.one("SELECT ':no ::yes 50%' AS said, :name AS name", name="x") == {"said": ":no ::yes 50%", "name": "x"}
    assert look.one("SELECT 1 AS n WHERE 7 % 4 = :rest", rest=3) == {"n": 1}
    assert look.one("SELECT 1 AS n WHERE 1 = 2") is None


def test_a_cast_of_postgresql_is_no_parameter() -> None:
    assert pyformat("SELECT :a::text, 'x''s :b' WHERE y % 2 = :c2") == (
        "SELECT %(a)s::text, 'x''s :b' WHERE y %% 2 = %(c2)s"
    )


def test_a_look_cannot_write(place: Place, store: Store) -> None:
    if isinstance(place, MemoryPlace):
        pytest.skip("a store in memory has one connection")
    with pytest.raises(StoreError, match="may only be read"):
        store.look().rows("INSERT INTO setting (key, value) VALUES ('a', 'b') RETURNING key")


def test_instants_and_names_sort_the_same_on_both_databases(store: Store) -> None:
    names = ["a", "B", "Z", "ab", "a b", "é", "_", "4-west", "4west", "10"]
    instants = ["2026-11-24T07:15:00+00:00", "2026-11-24T07:15:00.000001+00:00", "2026-11-24T07:15:01+00:00"]
    with store.writing() as writing:
        for number, name in enumerate([*names, *reversed(instants)]):
            writing.transaction.connection.exec_driver_sql(
                f"INSERT INTO setting (key, value) VALUES ('{name}', '{number}')"  # noqa: S608 - the names above
            )

    found = [row["key"] for row in store.look().rows("SELECT key FROM setting ORDER BY key")]
    assert found == sorted([*names, *instants])
    assert [key for key in found if key in instants] == instants


def test_every_text_column_sorts_by_code_point_on_postgresql(pg_place: PostgresPlace, new_store: NewStore) -> None:
    sql = (
        "SELECT table_name, column_name, collation_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND data_type = 'character varying' AND table_name <> 'alembic_version'"
    )
    rows = new_store(pg_place).look().rows(sql)

    assert len(rows) > 50
    assert [row for row in rows if row["collation_name"] != "C"] == []


def wait_for_waiter(url: str) -> None:
    """Until somebody waits for a lock."""
    sql = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    with psycopg.connect(url, autocommit=True) as look:
        for _ in range(200):
            row = look.execute(sql).fetchone()
            if row and row[0]:
                return
            time.sleep(0.02)
    raise AssertionError("nobody waits")


CLOSED_WHILE_ASKED = """
import sys, threading
from pathlib import Path
from wsq_huddle.store.places import FilePlace
place = FilePlace(Path(sys.argv[1]), Path(sys.argv[2]))
for _ in range(300):
    watch, begun, ended = place.watch(), threading.Event(), threading.Event()
    def ask():
        while not ended.is_set():
            watch.changed()
            begun.set()
    asking = threading.Thread(target=ask)
    asking.start()
    begun.wait()
    watch.close()
    ended.set()
    asking.join()
"""


def test_a_watch_may_be_closed_while_another_thread_asks_it(new_store: NewStore, tmp_path: Path) -> None:
    place = FilePlace(tmp_path / "huddle.db", tmp_path / "secrets")
    new_store(place)

    words = [sys.executable, "-c", CLOSED_WHILE_ASKED, str(place.database), str(tmp_path / "secrets")]
    assert subprocess.run(words, check=False, timeout=120).returncode == 0


def test_a_watch_that_was_closed_has_nothing_new(place: Place, new_store: NewStore) -> None:
    store = new_store(place)
    if isinstance(place, MemoryPlace):
        with pytest.raises(StoreError, match="belongs to one process"):
            place.watch()
        return
    watch = place.watch()
    watch.close()
    raise_one(store)

    assert not watch.changed() or isinstance(place, FilePlace)
    assert not watch.changed()
