"""What can go wrong with a disk, told in sentences; nothing that was committed is ever lost."""

import os
import resource
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.conftest import NewStore, Ticking
from tests.scripted import scripted
from tests.store.writers import Writer, bring, count, raise_one, write
from wsq_huddle.domain.entries import START
from wsq_huddle.domain.problems import Noted
from wsq_huddle.errors import StoreError
from wsq_huddle.store.checking import check
from wsq_huddle.store.opening import create_store, open_store
from wsq_huddle.store.places import FilePlace, PostgresPlace
from wsq_huddle.store.sentences import sentence
from wsq_huddle.store.store import Store
from wsq_huddle.store.tables import ENTRY
from wsq_huddle.store.verifying import verify
from wsq_huddle.sync.taking import Page, take

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from wsq_huddle.domain.problems import Raised, Urgency
from wsq_huddle.store.opening import open_store
from wsq_huddle.store.places import FilePlace
folder = Path(sys.argv[1])
store = open_store(FilePlace(folder / "huddle.db", folder / "secrets"), "4-west", clock=lambda: datetime.now(UTC))
raised = Raised(category="equipment", urgency=Urgency.TODAY, tells="cardiac", title="Two IV pumps", detail="x" * 9000)
while True:
    with store.writing() as writing:
        for _ in range(5):
            told = writing.recorder.write("Ana R.", raised, "problem-")
    print(told.seq, flush=True)
"""


@pytest.fixture
def here(tmp_path: Path) -> FilePlace:
    return FilePlace(tmp_path / "data" / "huddle.db", tmp_path / "data" / "secrets")


@pytest.fixture
def store(here: FilePlace, new_store: NewStore) -> Store:
    return new_store(here)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[FilePlace]:
    """A place on a disk of one megabyte; where none can be mounted, files may not grow beyond that."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = os.geteuid() == 0 and not subprocess.call(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)])
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    if not mounted:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
    yield FilePlace(folder / "huddle.db", tmp_path / "secrets")
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(store: Store) -> int:
    """Write until it goes no further; gives how many entries were committed."""
    for number in range(500):
        try:
            raise_one(store, "x" * 190 + str(number))
        except StoreError as error:
            assert "full" in str(error), str(error)  # noqa: PT017 - it ends the loop as well
            return number
    raise AssertionError("the disk has no end")


def test_a_full_disk_is_said_and_what_was_committed_stays(small: FilePlace, clock: Ticking) -> None:
    store = create_store(small, "4-west", clock=clock)
    committed = fill(store)

    assert committed > 5
    assert count(store, "entry") == count(store, "problem") == committed
    store.close()
    again = open_store(small, "4-west", clock=clock)
    assert verify(again.look(), again.secrets).ok
    again.close()


def test_a_store_that_somebody_else_holds_too_long_is_said(store: Store, here: FilePlace) -> None:
    started = time.monotonic()
    with sqlite3.connect(here.database, isolation_level=None) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"Another program holds the store\. Try again in a moment"):
            raise_one(store)
        assert 4 < time.monotonic() - started < 9
        stranger.execute("ROLLBACK")
    stranger.close()

    assert raise_one(store).seq == 1


def test_who_waits_less_than_that_gets_through(store: Store, here: FilePlace) -> None:
    stranger = sqlite3.connect(here.database, isolation_level=None, check_same_thread=False)
    stranger.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.5, lambda: stranger.execute("ROLLBACK"))
    timer.start()

    assert raise_one(store).seq == 1
    timer.join()
    stranger.close()


def test_a_folder_that_may_only_be_read_is_said(store: Store, here: FilePlace) -> None:
    raise_one(store)
    store.close()
    with only_to_read(here.database.parent):
        assert count(store, "entry") == 1
        with pytest.raises(StoreError, match=r"may only be read here|cannot be opened"):
            raise_one(store)
        store.close()


class only_to_read:  # noqa: N801 - reads as a verb after `with`
    """A folder in which not even the superuser may write: mounted over itself, else by its mode."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.bound = False

    def __enter__(self) -> None:
        if os.geteuid() != 0:
            Path(self.folder).chmod(0o500)
            Path(self.folder, "huddle.db").chmod(0o400)
            return
        self.bound = not subprocess.call(["mount", "--bind", self.folder, self.folder])
        if not self.bound:
            pytest.skip("the superuser may write anywhere, and nothing can be mounted here")
        subprocess.run(["mount", "-o", "remount,ro,bind", self.folder], check=True)

    def __exit__(self, *_exception: object) -> None:
        if self.bound:
            subprocess.run(["umount", "-l", self.folder], check=True)
        else:
            Path(self.folder).chmod(0o700)


@pytest.mark.parametrize("rubbish", [b"not a database at all, " * 500, b"SQLite format 3\x00" + b"\x00" * 4000])
def test_a_file_that_is_no_database_is_said(here: FilePlace, store: Store, clock: Ticking, rubbish: bytes) -> None:
    store.close()
    here.database.write_bytes(rubbish)

    with pytest.raises(StoreError, match=r"damaged|holds no wsq-huddle store"):
        open_store(here, "4-west", clock=clock)


def test_a_damaged_page_is_told_by_the_check_and_by_whoever_needs_it(
    here: FilePlace, store: Store, clock: Ticking
) -> None:
    for number in range(20):
        raise_one(store, f"Pump {number}")
    store.close()
    content = bytearray(here.database.read_bytes())
    size = 4096
    for page in range(2, len(content) // size):
        content[page * size : page * size + 200] = b"\xff" * 200
    here.database.write_bytes(content)

    with pytest.raises(StoreError, match="damaged"):
        open_store(here, "4-west", clock=clock).look().rows("SELECT * FROM entry")
    assert check(store) != []


@pytest.mark.parametrize("spoiled", ["{", '{"id": 1}', "\ufffd"])
def test_an_entry_that_cannot_be_read_any_more_is_told_with_what_to_do(store: Store, spoiled: str) -> None:
    raised = raise_one(store)
    with store.engine.begin() as connection:
        connection.execute(update(ENTRY).values(head=spoiled))
    page = [Writer("cardiac").entry(Noted(of=raised.hash, text="asked 5 East"), raised.subject)]

    for reach in (
        lambda: write(store, Noted(of=raised.hash, text="still looking"), raised.subject),
        lambda: bring(store, page),
        lambda: take(store, Page("cardiac", 1, 0, START, page), lambda _: lambda _told, _entry: None),
    ):
        with pytest.raises(
            StoreError, match=rf"An entry of {raised.subject} is damaged: .*`wsq-huddle log verify`.*"
        ) as told:
            reach()
        assert "`wsq-huddle store restore`" in str(told.value)
    assert count(store, "entry") == 1
    assert "is not the one that was written" in verify(store.look(), store.secrets).faults[0]
    assert any(f"An entry of {raised.subject} is damaged" in fault for fault in check(store))


def test_there_is_no_store_before_it_is_made_and_only_one_after(here: FilePlace, clock: Ticking) -> None:
    with pytest.raises(StoreError, match="init"):
        open_store(here, "4-west", clock=clock)
    create_store(here, "4-west", clock=clock).close()
    with pytest.raises(StoreError, match="holds a store already"):
        create_store(here, "4-west", clock=clock)


def test_a_folder_that_others_synchronise_is_refused_before_anything_is_made(tmp_path: Path, clock: Ticking) -> None:
    place = FilePlace(tmp_path / "OneDrive" / "huddle.db", tmp_path / "OneDrive" / "secrets")

    with pytest.raises(StoreError, match="OneDrive synchronises it"):
        create_store(place, "4-west", clock=clock)
    with pytest.raises(StoreError, match="OneDrive synchronises it"):
        open_store(place, "4-west", clock=clock)
    assert not (tmp_path / "OneDrive").exists()


def test_a_database_that_does_not_answer_is_said_without_its_password(tmp_path: Path, clock: Ticking) -> None:
    place = PostgresPlace("postgresql+psycopg://huddle@127.0.0.1:1/huddle", "s3cret", tmp_path)

    with pytest.raises(StoreError, match="The database does not answer") as raised:
        open_store(place, "4-west", clock=clock)
    assert "s3cret" not in str(raised.value)


def test_a_store_killed_in_the_middle_of_writing_opens_with_all_that_was_committed(
    here: FilePlace, store: Store, clock: Ticking
) -> None:
    store.close()
    for round_ in range(5):
        child = scripted(WRITER, here.database.parent)
        said = [int(child.stdout.readline()) for _ in range(2)]
        time.sleep(0.011 * round_)
        child.kill()
        said += [int(line) for line in child.communicate()[0].split()]

        again = open_store(here, "4-west", clock=clock)
        rows = again.look().rows("SELECT seq FROM entry ORDER BY seq")
        assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
        assert len(rows) % 5 == 0
        assert len(rows) in (said[-1], said[-1] + 5)
        assert count(again, "problem") == len(rows)
        assert verify(again.look(), again.secrets).ok
        again.close()
    assert check(store) == []


@pytest.mark.parametrize(
    ("said", "to_do"),
    [
        ("database or disk is full", "Make room"),
        ('could not extend file "base/1": No space left on device', "Make room"),
        ("disk I/O error", "Nothing was saved."),
        ("database is locked", "Try again"),
        ("attempt to write a readonly database", "Ask IT for the right to write"),
    ],
)
def test_what_to_do_stands_on_the_one_line_of_a_notice_however_long_the_path_is(said: str, to_do: str) -> None:
    notice = sentence("/a/folder/whose/name/is/long/" * 4, sqlite3.OperationalError(said))[:78]

    assert to_do in notice
    assert "nothing was saved" in notice.lower() or "still here" in notice
