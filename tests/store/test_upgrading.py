"""A store of an older program is brought to the new layout whole, or stays as it was: also when it is killed."""

import shutil
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import migrations
from tests.conftest import NewStore, Ticking
from tests.scripted import scripted
from tests.store.writers import count, raise_one
from wsq_huddle.errors import NewerStore, StoreError
from wsq_huddle.store.opening import open_store, schema_of
from wsq_huddle.store.places import FilePlace, MemoryPlace, Place
from wsq_huddle.store.schema import HEAD
from wsq_huddle.store.upgrading import upgrade

NEXT = "9001"
SCRIPT = f'''"""A later layout."""

import time

from alembic import op

revision = "{NEXT}"
down_revision = "{HEAD}"


def upgrade() -> None:
    op.execute("CREATE TABLE later (id BIGINT)")
    op.execute("ALTER TABLE problem ADD COLUMN colour VARCHAR")
    BODY
'''

CHILD = f"""
import sys
from pathlib import Path
from wsq_huddle.store.places import FilePlace
from wsq_huddle.store.upgrading import upgrade
folder, scripts = map(Path, sys.argv[1:])
upgrade(FilePlace(folder / "huddle.db", folder / "secrets"), to="{NEXT}", scripts=scripts)
"""


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A copy of the migrations with one more, that a test may spoil."""
    folder = tmp_path / "scripts"
    source = Path(migrations.__file__).parent
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def later(scripts: Path, body: str = "") -> Path:
    (scripts / "versions" / f"{NEXT}_later.py").write_text(SCRIPT.replace("BODY", body))
    return scripts


def test_an_upgrade_keeps_a_copy_and_what_was_written(
    place: Place, new_store: NewStore, scripts: Path, clock: Ticking
) -> None:
    store = new_store(place)
    raise_one(store)
    copy = upgrade(place, to=NEXT, scripts=later(scripts))

    assert schema_of(place) == NEXT
    assert count(store, "later") == 0
    assert count(store, "entry") == count(store, "problem") == 1
    assert upgrade(place, to=NEXT, scripts=scripts) is None
    if isinstance(place, FilePlace):
        assert copy == place.database.parent / "backups" / f"before-upgrade-of-layout-{HEAD}.db"
        assert schema_of(FilePlace(copy, place.secrets.folder)) == HEAD
    else:
        assert copy is None
    if not isinstance(place, MemoryPlace):
        with pytest.raises(NewerStore, match=rf"layout {NEXT}.*up to {HEAD}"):
            open_store(place, "4-west", clock=clock)
    with pytest.raises(StoreError, match="Another program has changed the layout"):
        raise_one(store)


@pytest.mark.parametrize(
    "body",
    [
        'raise ValueError("no room")',
        'op.execute("CREATE TABLE later (id BIGINT)")',
        'op.execute("DROP TABLE draft; x")',
    ],
)
def test_an_upgrade_that_fails_leaves_the_store_as_it_was(
    place: Place, new_store: NewStore, scripts: Path, body: str, clock: Ticking
) -> None:
    store = new_store(place)
    raise_one(store)

    with pytest.raises(StoreError, match=r"could not be upgraded and is as it was: "):
        upgrade(place, to=NEXT, scripts=later(scripts, body))

    assert schema_of(place) == HEAD
    again = open_store(place, "4-west", clock=clock)
    raise_one(again)
    assert count(again, "entry") == count(again, "problem") == 2
    assert count(again, "draft") == 0
    again.close()


def test_programs_that_start_at_once_upgrade_once(tmp_path: Path, new_store: NewStore, scripts: Path) -> None:
    raise_one(new_store(FilePlace(tmp_path / "d" / "huddle.db", tmp_path / "d" / "secrets")))
    later(scripts, "time.sleep(0.3)")
    places = [FilePlace(tmp_path / "d" / "huddle.db", tmp_path / "d" / "secrets") for _ in range(2)]
    with ThreadPoolExecutor(1) as threads:
        child = threads.submit(scripted(CHILD, tmp_path / "d", scripts).communicate)
        wait_for(tmp_path / "d" / "backups" / f"before-upgrade-of-layout-{HEAD}.db")
        assert upgrade(places[0], to=NEXT, scripts=scripts) is None
        assert child.result(30) == ("", "")

    assert schema_of(places[1]) == NEXT


def test_an_upgrade_that_is_killed_in_the_middle_leaves_the_store_as_it_was(
    tmp_path: Path, new_store: NewStore, scripts: Path, clock: Ticking
) -> None:
    place = FilePlace(tmp_path / "d" / "huddle.db", tmp_path / "d" / "secrets")
    store = new_store(place)
    for number in range(50):
        raise_one(store, f"Pump {number}")
    store.close()
    later(
        scripts,
        'op.execute("PRAGMA cache_size = 5"); op.execute("UPDATE entry SET received_at = \'x\'");'
        " op.execute(\"UPDATE problem SET colour = 'red'\"); time.sleep(60)",
    )
    child = scripted(CHILD, place.database.parent, scripts)
    journal = place.database.with_name("huddle.db-journal")
    wait_for(journal, place.database.with_name("huddle.db-wal"))
    time.sleep(0.5)
    child.kill()
    child.communicate()

    assert schema_of(place) == HEAD
    again = open_store(place, "4-west", clock=clock)
    assert count(again, "entry") == 50
    assert again.look().rows("SELECT id FROM entry WHERE received_at = 'x'") == []
    assert raise_one(again).seq == 51
    again.close()


def test_the_number_of_an_unknown_layout_is_refused_and_nothing_is_made(tmp_path: Path, clock: Ticking) -> None:
    place = FilePlace(tmp_path / "huddle.db", tmp_path / "secrets")
    with sqlite3.connect(place.database) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0042')")
    connection.close()

    with pytest.raises(NewerStore, match=rf"layout 0042.*up to {HEAD}"):
        open_store(place, "4-west", clock=clock)


def wait_for(*paths: Path) -> None:
    for _ in range(500):
        if any(path.exists() and path.stat().st_size for path in paths):
            return
        time.sleep(0.02)
    raise AssertionError(f"none of {paths} came to be")
