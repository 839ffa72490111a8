"""Backups carry the keys; what is restored is a new device and says so to its neighbours."""

import json
import sqlite3
import stat
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import NewStore, Ticking
from tests.store.writers import count, link, raise_one, write
from wsq_huddle.domain.problems import Noted
from wsq_huddle.errors import ConfigError, NewerStore, StoreError
from wsq_huddle.store.backups import back_up, restore
from wsq_huddle.store.checking import check
from wsq_huddle.store.opening import create_store, open_store
from wsq_huddle.store.places import FilePlace, MemoryPlace
from wsq_huddle.store.schema import HEAD
from wsq_huddle.store.store import Store
from wsq_huddle.store.verifying import verify


@pytest.fixture
def here(tmp_path: Path) -> FilePlace:
    return FilePlace(tmp_path / "data" / "huddle.db", tmp_path / "data" / "secrets")


@pytest.fixture
def filled(here: FilePlace, new_store: NewStore) -> Store:
    store = new_store(here)
    link(store, "cardiac", "parent")
    link(store, "bay-1", "child")
    raise_one(store, "before the backup")
    store.secrets.write("parent.token", "the-token-then")
    return store


def titles(store: Store) -> list[str]:
    return [row["title"] for row in store.look().rows("SELECT title FROM problem ORDER BY raised_at")]


def test_a_backup_has_database_and_keys_and_is_for_its_owner_alone(
    filled: Store, here: FilePlace, tmp_path: Path, clock: Ticking
) -> None:
    target = back_up(here, tmp_path / "today.backup", clock=clock)
    with zipfile.ZipFile(target) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("backup.json"))

    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    device = filled.look().one("SELECT id FROM device")
    assert device is not None
    assert names == ["huddle.db", f"secrets/device-{device['id']}.key", "secrets/parent.token", "backup.json"]
    assert (manifest["node"], manifest["entries"]) == ("4-west", 1)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_nothing_is_written_over_by_a_backup(filled: Store, here: FilePlace, tmp_path: Path, clock: Ticking) -> None:
    assert count(filled, "entry") == 1
    (tmp_path / "today.backup").write_text("mine")

    with pytest.raises(StoreError, match="is there already"):
        back_up(here, tmp_path / "today.backup", clock=clock)
    assert (tmp_path / "today.backup").read_text() == "mine"


def test_a_restore_is_a_new_device_whose_parent_has_to_let_it_join_again(
    filled: Store, here: FilePlace, tmp_path: Path, clock: Ticking
) -> None:
    backup = back_up(here, tmp_path / "today.backup", clock=clock)
    before = filled.look().one("SELECT id FROM device")
    raise_one(filled, "after the backup")
    filled.close()
    done = restore(here, backup, node="4-west", clock=clock)

    store = open_store(here, "4-west", clock=clock)
    assert titles(store) == ["before the backup"]
    assert before is not None
    assert done.device != before["id"]
    links = store.look().rows("SELECT peer, state, trouble FROM link ORDER BY role")
    assert [row["state"] for row in links] == ["active", "diverged"]
    assert all("restored from a backup of 2026-11-24" in row["trouble"] for row in links)
    told = raise_one(store, "afterwards")
    assert (told.device, told.seq) == (done.device, 1)
    assert store.look().one("SELECT max(arrival) AS n FROM entry") == {"n": 2}
    assert verify(store.look(), store.secrets).json()["ok"]
    assert check(store) == []
    store.close()


def test_what_lay_there_is_kept_aside_and_newer_secrets_stay(
    filled: Store, here: FilePlace, tmp_path: Path, clock: Ticking
) -> None:
    backup = back_up(here, tmp_path / "today.backup", clock=clock)
    raise_one(filled, "after the backup")
    filled.secrets.write("parent.token", "the-token-now")
    done = restore(here, backup, node="4-west", clock=clock)

    assert filled.secrets.read("parent.token") == "the-token-now"
    assert done.aside is not None
    assert done.aside.parent == here.database.parent / "backups"
    old = open_store(FilePlace(done.aside / "huddle.db", done.aside / "secrets"), "4-west", clock=clock)
    assert titles(old) == ["before the backup", "after the backup"]
    assert verify(old.look(), old.secrets).ok
    old.close()


def test_who_has_the_store_open_goes_on_with_the_restored_one(
    filled: Store, here: FilePlace, tmp_path: Path, clock: Ticking
) -> None:
    backup = back_up(here, tmp_path / "today.backup", clock=clock)
    raise_one(filled, "after the backup")
    watch = here.watch()
    assert titles(filled) == ["before the backup", "after the backup"]
    done = restore(here, backup, node="4-west", clock=clock)

    assert watch.changed()
    watch.close()
    assert titles(filled) == ["before the backup"]
    assert raise_one(filled, "afterwards").device == done.device
    again = open_store(here, "4-west", clock=clock)
    assert titles(again) == ["before the backup", "afterwards"]
    again.close()


def test_a_backup_makes_a_new_computer_the_node(filled: Store, here: FilePlace, tmp_path: Path, clock: Ticking) -> None:
    backup = back_up(here, tmp_path / "today.backup", clock=clock)
    assert count(filled, "entry") == 1
    there = FilePlace(tmp_path / "new" / "huddle.db", tmp_path / "new" / "secrets")
    done = restore(there, backup, node="4-west", clock=clock)

    store = open_store(there, "4-west", clock=clock)
    assert done.aside is None
    assert store.secrets.read("parent.token") == "the-token-then"
    assert verify(store.look(), store.secrets).ok
    raised = raise_one(store, "there")
    write(store, Noted(of=raised.hash, text="x"), raised.subject)
    store.close()


def test_a_damaged_store_is_kept_as_it_is_and_replaced(
    filled: Store, here: FilePlace, tmp_path: Path, clock: Ticking
) -> None:
    backup = back_up(here, tmp_path / "today.backup", clock=clock)
    filled.close()
    here.database.write_bytes(b"rubbish" * 3000)
    with pytest.raises(StoreError, match=r"damaged.*store restore"):
        open_store(here, "4-west", clock=clock)
    done = restore(here, backup, node="4-west", clock=clock)

    assert done.aside is not None
    assert (done.aside / "huddle.db").read_bytes() == b"rubbish" * 3000
    store = open_store(here, "4-west", clock=clock)
    assert titles(store) == ["before the backup"]
    store.close()


def test_a_backup_that_is_none_or_of_another_node_changes_nothing(
    filled: Store, here: FilePlace, tmp_path: Path, clock: Ticking
) -> None:
    backup = back_up(here, tmp_path / "today.backup", clock=clock)
    before = here.database.read_bytes()
    damaged = tmp_path / "damaged.backup"
    bytes_ = bytearray(backup.read_bytes())
    bytes_[200:260] = b"x" * 60
    damaged.write_bytes(bytes_)
    text = tmp_path / "text.backup"
    text.write_text("no backup")
    empty = tmp_path / "empty.zip"
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("other", "x")

    for wrong, said in (
        (tmp_path / "nowhere", "is not there"),
        (damaged, "store is as it was"),
        (text, "no sound copy"),
        (empty, "no backup of a wsq-huddle store"),
    ):
        with pytest.raises(StoreError, match=said):
            restore(here, wrong, node="4-west", clock=clock)
    with pytest.raises(ConfigError, match=r'backup of "4-west".*this node is "5-east"'):
        restore(here, backup, node="5-east", clock=clock)
    assert here.database.read_bytes() == before
    assert titles(filled) == ["before the backup"]


def test_a_backup_of_a_later_program_names_both_layouts(
    filled: Store, here: FilePlace, tmp_path: Path, clock: Ticking
) -> None:
    filled.close()
    with sqlite3.connect(here.database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    connection.close()
    backup = back_up(here, tmp_path / "later.backup", clock=clock)

    with pytest.raises(NewerStore, match=rf"layout 0999.*up to {HEAD}"):
        restore(here, backup, node="4-west", clock=clock)
    with pytest.raises(NewerStore, match=rf"layout 0999.*up to {HEAD}"):
        open_store(here, "4-west", clock=clock)


def test_what_is_no_file_has_its_own_way_of_being_copied(tmp_path: Path, clock: Ticking) -> None:
    with pytest.raises(StoreError, match="pg_dump"):
        back_up(MemoryPlace(), tmp_path / "x", clock=clock)


@pytest.mark.skipif(sys.platform == "win32", reason="a folder's rights on Windows are an access list")
def test_no_file_of_a_store_is_for_others_to_read_even_in_a_folder_that_is(tmp_path: Path, clock: Ticking) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o755)
    place = FilePlace(folder / "huddle.db", folder / "secrets")
    store = create_store(place, "4-west", clock=clock)
    raise_one(store)
    backup = back_up(place, tmp_path / "copy.zip", clock=clock)
    restore(place, backup, node="4-west", clock=clock)
    store.close()

    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 2
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in files} == {0}
    assert stat.S_IMODE((folder / "backups").stat().st_mode) == 0o700
