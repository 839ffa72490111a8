"""Copies of a store's file: consistent, checked, and put in place whole."""

import contextlib
import sqlite3
from pathlib import Path

from wsq_huddle.errors import StoreError

from .sentences import translated

BUSY_SECONDS = 5


def copy_to(database: Path, target: Path) -> None:
    """Copy a store while it is in use: `VACUUM INTO`, looked over, and only then given its name."""
    if target.exists():
        raise StoreError(f"{target} is there already. Name a new file.")
    temporary = target.with_name(f".{target.name}.part")
    temporary.unlink(missing_ok=True)
    try:
        with contextlib.closing(sqlite3.connect(database, timeout=BUSY_SECONDS)) as connection:
            connection.execute("VACUUM INTO ?", (str(temporary),))
        if (fault := fault_in(temporary)) is not None:
            raise StoreError(f"The copy is not sound: {fault}. Nothing was kept.")
        temporary.chmod(0o600)
        temporary.replace(target)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"The copy could not be made: {error}.") from error
    finally:
        temporary.unlink(missing_ok=True)


def put_in_place(copy: Path, database: Path) -> None:
    """Make a copy the store.

    Where a sound store lies already it is written over from within, in one transaction: whoever has it open goes on
    with the new one, and nobody writes into a file that has lost its name. Otherwise the copy takes the name.
    """
    if fault_in(database) is None:
        with translated(str(database)):
            _write_over(copy, database)
        return
    for suffix in ("-wal", "-shm", "-journal"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    copy.chmod(0o600)
    copy.replace(database)


def _write_over(copy: Path, database: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(copy)) as source,
        contextlib.closing(sqlite3.connect(database, timeout=BUSY_SECONDS, isolation_level=None)) as target,
    ):
        target.execute("BEGIN EXCLUSIVE")  # waits no longer than it may, which `backup` would
        target.execute("ROLLBACK")
        target.execute("PRAGMA synchronous = FULL")
        source.backup(target)


def fault_in(database: Path) -> str | None:
    """What SQLite finds wrong with a file, or None."""
    if not database.exists():
        return "there is no such file"
    try:
        with contextlib.closing(sqlite3.connect(database, timeout=BUSY_SECONDS)) as connection:
            connection.execute("SELECT version_num FROM alembic_version")
            said = str(connection.execute("PRAGMA quick_check").fetchone()[0])
    except sqlite3.Error as error:
        return str(error)
    return None if said == "ok" else said
