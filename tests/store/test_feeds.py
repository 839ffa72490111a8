"""Eight writers and a reader that follows the feed: it misses nothing, on both databases.

5 seconds by default; `WSQ_SECONDS=60` by hand.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scripted import scripted
from tests.store.writers import link
from wsq_huddle.domain.entries import START, chained, digest
from wsq_huddle.services.clocks import machine_clock
from wsq_huddle.store import feeds
from wsq_huddle.store.opening import create_store
from wsq_huddle.store.places import FilePlace, PostgresPlace
from wsq_huddle.store.store import Store

SECONDS = float(os.environ.get("WSQ_SECONDS", "5"))
PROCESSES, THREADS = 4, 2
PEER = "cardiac"

WRITERS = f"""
import random, sys, threading, time
from datetime import UTC, datetime
from pathlib import Path
from wsq_huddle.domain.problems import PREFIX, Raised, Urgency
from wsq_huddle.errors import StoreError
from wsq_huddle.store.opening import open_store
from wsq_huddle.store.places import FilePlace, PostgresPlace
where, secrets, seconds, written = sys.argv[1:]
log = open(written, "w")
if where.startswith("postgresql"):
    place = PostgresPlace(where, None, Path(secrets))
else:
    place = FilePlace(Path(where), Path(secrets))
store = open_store(place, "4-west", clock=lambda: datetime.now(UTC))
failed = []
with store.writing():
    pass  # what is imported late is loaded now
def write():
    ends = time.monotonic() + float(seconds)
    while time.monotonic() < ends:
        try:
            with store.writing() as writing:
                event = Raised(category="equipment", urgency=Urgency.TODAY, tells="{PEER}", title="Pumps")
                told = writing.recorder.write("", event, PREFIX)
        except StoreError as error:
            # SQLite lets who comes last wait longest: under such a load somebody is turned away, and is told so.
            if "Another program holds the store" not in str(error):
                failed.append(str(error))
                raise
        else:
            log.write(told.id + "\\n")
        time.sleep(random.uniform(0, 0.01))
threads = [threading.Thread(target=write) for _ in range({THREADS})]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
store.close()
log.close()
sys.exit(1 if failed else 0)
"""


@pytest.fixture(params=["file", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "file":
        return str(tmp_path / "huddle.db")
    return str(request.getfixturevalue("postgres")())


@pytest.fixture
def store(where: str, tmp_path: Path) -> Iterator[Store]:
    secrets = tmp_path / "secrets"
    place = PostgresPlace(where, None, secrets) if where.startswith("postgresql") else FilePlace(Path(where), secrets)
    found = create_store(place, "4-west", clock=machine_clock)
    link(found, PEER, "parent")
    yield found
    found.close()


def test_a_reader_of_a_feed_misses_nothing_that_eight_writers_write(store: Store, where: str, tmp_path: Path) -> None:
    logs = [tmp_path / f"{number}.ids" for number in range(PROCESSES)]
    writers = [scripted(WRITERS, where, tmp_path / "secrets", SECONDS, log) for log in logs]
    epoch = int(store.look().rows("SELECT epoch FROM link_out")[0]["epoch"])
    read: list[str] = []
    chain = START
    while True:
        ended = all(writer.poll() is not None for writer in writers)
        page = feeds.page(store.look(), PEER, epoch, len(read), limit=500, most_bytes=1_000_000)
        for item in page:
            chain = chained(chain, digest(item.head))
            assert item.n == len(read) + 1
            assert item.chain == chain
            read.append(item.id)
        if ended and not page:
            break
        time.sleep(0.002)
    written = [entry_id for log in logs for entry_id in log.read_text().split()]

    assert [writer.communicate()[1] for writer in writers] == [""] * PROCESSES
    assert [writer.returncode for writer in writers] == [0] * PROCESSES
    assert sorted(read) == sorted(written)
    assert len(set(read)) == len(read) > PROCESSES * THREADS
