"""Copies of a store's file: consistent, checked, and put back whole."""

import contextlib
import sqlite3
from pathlib import Path

from wsq_huddle.errors import StoreError


def copy_to(database: Path, target: Path) -> None:
    """Copy a store while it is in use: `VACUUM INTO`, looked over, and only then given its name."""
    if target.exists():
        raise StoreError(f"{target} is there already. Name a new file.")
    temporary = target.with_name(f".{target.name}.part")
    temporary.unlink(missing_ok=True)
    try:
        with contextlib.closing(sqlite3.connect(database, timeout=5)) as connection:
            connection.execute("VACUUM INTO ?", (str(temporary),))
        if (fault := fault_in(temporary)) is not None:
            raise StoreError(f"The copy is not sound: {fault}. Nothing was kept.")
        temporary.replace(target)
    except (sqlite3.Error, OSError) as error:
        temporary.unlink(missing_ok=True)
        raise StoreError(f"The copy could not be made: {error}.") from error


def put_back(copy: Path, database: Path) -> None:
    """Make a copy the store again; journals of the old file go, or they would be played into the new one."""
    if (fault := fault_in(copy)) is not None:
        raise StoreError(f"{copy} is no sound copy: {fault}. The store was left as it is.")
    temporary = database.with_name(f".{database.name}.part")
    temporary.unlink(missing_ok=True)
    try:
        with (
            contextlib.closing(sqlite3.connect(copy)) as source,
            contextlib.closing(sqlite3.connect(temporary)) as new,
        ):
            source.backup(new)
        for suffix in ("-wal", "-shm", "-journal"):
            database.with_name(database.name + suffix).unlink(missing_ok=True)
        temporary.replace(database)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"The copy could not be put back: {error}.") from error


def fault_in(database: Path) -> str | None:
    """What SQLite finds wrong with a file, or None."""
    if not database.exists():
        return "there is no such file"
    try:
        with contextlib.closing(sqlite3.connect(f"file:{database}?mode=rw", uri=True, timeout=5)) as connection:
            said = str(connection.execute("PRAGMA quick_check").fetchone()[0])
            connection.execute("SELECT version_num FROM alembic_version")
    except sqlite3.Error as error:
        return str(error)
    return None if said == "ok" else said
