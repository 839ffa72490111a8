"""Where a store lives: a file, a PostgreSQL database, or memory; each gives an engine that writes and a reader."""

import contextlib
import sqlite3
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from wsq_huddle.errors import StoreError

from .keys import Secrets, SecretsInMemory
from .reader import PostgresReader, Reader, SqliteReader

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

CHANNEL = "wsq_huddle"
"""The PostgreSQL channel that says something was recorded; a hint, the query is the truth."""


Gate = contextlib.AbstractContextManager[bool]


class Watch(Protocol):
    """Notices that any process has recorded something."""

    def changed(self) -> bool:
        """Whether something was recorded since the last time this was asked; never waits long."""
        ...

    def close(self) -> None: ...


class Place(Protocol):
    """Where a store lives."""

    @property
    def name(self) -> str:
        """What people call it in a sentence: a path, or the address without its password."""
        ...

    @property
    def secrets(self) -> Secrets: ...

    @property
    def gate(self) -> Gate:
        """Lets one writer of this process through at a time: waiting here is fair, waiting for a database is not."""
        ...

    def engine(self) -> "Engine": ...

    def let_go(self, engine: "Engine") -> None:
        """Close what an engine of this place has open."""
        ...

    def reader(self) -> Reader: ...

    def announce(self, connection: "Connection") -> None:
        """Tell other processes, at the commit."""
        ...

    def watch(self) -> Watch: ...


class FilePlace:
    """A SQLite file on a local disk."""

    def __init__(self, database: Path, secrets: Path) -> None:
        self.database = database
        self.secrets = Secrets(secrets)
        self.gate: Gate = threading.Lock()

    @property
    def name(self) -> str:
        return str(self.database)

    def engine(self) -> "Engine":
        from .engine import sqlite_engine  # noqa: PLC0415 - SQLAlchemy, at the first write

        return sqlite_engine(self.database)

    def let_go(self, engine: "Engine") -> None:
        engine.dispose()

    def reader(self) -> Reader:
        return SqliteReader(self.database)

    def announce(self, connection: "Connection") -> None:
        """Nothing to do: whoever watches the file sees its data version."""

    def watch(self) -> Watch:
        return FileWatch(self.database)


class FileWatch:
    """Asks SQLite for the version of the data: 7 microseconds, and no lock of the database is held.

    Whoever closes it may do so while another thread asks: SQLite crashes when a connection goes away under a statement.
    """

    def __init__(self, database: Path) -> None:
        self._gate = threading.Lock()
        self._connection = sqlite3.connect(database, check_same_thread=False)
        self._connection.isolation_level = None
        self._last = self._version()

    def _version(self) -> int:
        try:
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error:
            return -1

    def changed(self) -> bool:
        with self._gate:
            version = self._version()
            changed, self._last = version != self._last, version
        return changed

    def close(self) -> None:
        with self._gate:
            self._connection.close()


class PostgresPlace:
    """A PostgreSQL database; the secrets lie on each machine that writes to it."""

    def __init__(self, url: str, password: str | None, secrets: Path) -> None:
        self._url = url
        self._password = password
        self.secrets = Secrets(secrets)
        self.gate: Gate = threading.Lock()

    @property
    def name(self) -> str:
        return self._url

    def engine(self) -> "Engine":
        from .engine import postgres_engine  # noqa: PLC0415 - SQLAlchemy, at the first write

        return postgres_engine(self._url, self._password)

    def let_go(self, engine: "Engine") -> None:
        engine.dispose()

    def reader(self) -> Reader:
        return PostgresReader(self._url, self._password)

    def announce(self, connection: "Connection") -> None:
        connection.exec_driver_sql(f"NOTIFY {CHANNEL}")

    def watch(self) -> Watch:
        return PostgresWatch(self._url, self._password)


class PostgresWatch:
    """Listens for NOTIFY, and says "changed" every five seconds all the same: a notice may be lost."""

    LOOK_SECONDS = 5.0

    def __init__(self, url: str, password: str | None) -> None:
        self._gate = threading.Lock()
        self._closed = False
        self._reader = PostgresReader(url, password)
        self._last = time.monotonic()
        self._listen()

    @property
    def _connection(self) -> Any:  # noqa: ANN401 - psycopg is an extra and may be absent
        return self._reader.connection

    def _listen(self) -> None:
        self._connection.execute(f"LISTEN {CHANNEL}")

    def changed(self) -> bool:
        with self._gate:
            return not self._closed and self._heard()

    def _heard(self) -> bool:
        import psycopg  # noqa: PLC0415 - only where the store is on PostgreSQL

        try:
            heard = any(True for _ in self._connection.notifies(timeout=0))
        except psycopg.OperationalError:
            self._reader.reopen()
            self._listen()
            return True
        if heard or time.monotonic() - self._last > self.LOOK_SECONDS:
            self._last = time.monotonic()
            return True
        return False

    def close(self) -> None:
        with self._gate:
            self._closed = True
            self._reader.close()


class MemoryPlace:
    """A store in memory, for tests and models: real SQLite, no file, one connection.

    Who reads it waits while another thread writes; within a transaction of its own it sees what is written so far.
    """

    name = "a store in memory"

    def __init__(self) -> None:
        from .engine import memory_engine  # noqa: PLC0415 - SQLAlchemy

        self.secrets: Secrets = SecretsInMemory()
        self.gate: Gate = threading.RLock()
        self._engine = memory_engine()

    def engine(self) -> "Engine":
        return self._engine

    def let_go(self, engine: "Engine") -> None:
        """Nothing: the store is in it."""

    def reader(self) -> Reader:
        raw: Any = self._engine.raw_connection().driver_connection
        return SqliteReader(None, raw, self.gate)

    def announce(self, connection: "Connection") -> None:
        """Nobody else can see it."""

    def watch(self) -> Watch:
        raise StoreError("A store in memory belongs to one process and cannot be watched.")
