"""Engines are made here and nowhere else; nothing connects at import.

SQLite through SQLAlchemy is not transactional for read-then-write by default (600 of 800 increments were lost in four
processes, with no error): here every transaction begins with BEGIN IMMEDIATE. WAL needs SQLite 3.51.3 (before it a
reset of the log could corrupt the file); older ones get a TRUNCATE journal.
"""

import sqlite3
from collections.abc import Hashable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

WAL_SAFE = (3, 51, 3)
BUSY_MS = 5_000
IDLE_MS = 60_000
STATEMENTS = 1_000


class _Compiled:
    """Statements as SQLAlchemy compiles them, kept for all engines of a process; by itself each compiles all anew.

    A rehearsal opens a store for each place of a hospital. SQLAlchemy looks a statement up under a key that begins
    with the dialect of its engine; of that, what decides about the words is which database is spoken to.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}

    def get(self, key: tuple[Any, ...]) -> Any:  # noqa: ANN401 - a class of SQLAlchemy's own
        return self._kept.get(_among_all(key))

    def __setitem__(self, key: tuple[Any, ...], compiled: object) -> None:
        if len(self._kept) >= STATEMENTS:
            self._kept.clear()
        self._kept[_among_all(key)] = compiled


def _among_all(key: tuple[Any, ...]) -> Hashable:
    dialect, *statement = key
    return (dialect.name, dialect.server_version_info, *statement)


_SHARING = {"compiled_cache": _Compiled()}


def sqlite_engine(path: Path) -> Engine:
    """Make an engine for one SQLite file; every connection of it writes durably and begins at once."""
    # One connection is kept: a process has one writer at a time, and opening costs as much as a small transaction.
    engine = create_engine(
        f"sqlite:///{path}",
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=4,
        connect_args={"check_same_thread": False},
        execution_options=_SHARING,
    )
    _make_transactional(engine)
    return engine


def memory_engine() -> Engine:
    """Make an engine for a store that lives in memory, for as long as the engine does."""
    from sqlalchemy.pool import StaticPool  # noqa: PLC0415 - tests and the model of the law only

    engine = create_engine(
        "sqlite://",
        hide_parameters=True,
        poolclass=StaticPool,
        connect_args={"check_same_thread": False},
        execution_options=_SHARING,
    )
    _make_transactional(engine)
    return engine


def postgres_engine(url: str, password: str | None) -> Engine:
    """Make an engine for PostgreSQL; the password comes from a file, never from the address."""
    # Whoever falls asleep within a transaction (a closed laptop) must not keep a whole hub from writing.
    limits = f"-c lock_timeout={BUSY_MS} -c idle_in_transaction_session_timeout={IDLE_MS}"
    arguments = {"options": limits, "connect_timeout": 5} | ({"password": password} if password else {})
    return create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=8,
        connect_args=arguments,
        execution_options=_SHARING,
    )


def _make_transactional(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DB-API connection
        connection.isolation_level = None
        prepare(connection)

    @event.listens_for(engine, "begin")
    def _began(connection: Any) -> None:  # noqa: ANN401 - a SQLAlchemy connection
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def prepare(connection: sqlite3.Connection) -> None:
    """Set what every connection to a store's file needs."""
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute(f"PRAGMA journal_mode = {'WAL' if sqlite3.sqlite_version_info >= WAL_SAFE else 'TRUNCATE'}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
