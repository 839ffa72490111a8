"""A read-only look at the store with the database's own driver: cheap to import, quick to open.

Screens and commands read with plain SQL that both databases understand, `:name` for parameters, and get rows as
mappings. SQLModel and SQLAlchemy describe, migrate and write the tables; importing them costs more than Textual does,
so that nothing that only looks has to wait for them. Each statement is its own transaction: no read outlives its query.
"""

import contextlib
import re
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from wsq_huddle.errors import StoreError

from .sentences import translated

Row = Mapping[str, Any]

_PARAMETER = re.compile(r"'[^']*'|%|::|:([a-zA-Z_][a-zA-Z0-9_]*)")


class Reader(Protocol):
    """Looks things up; never writes."""

    def rows(self, sql: str, **parameters: object) -> list[Row]: ...

    def one(self, sql: str, **parameters: object) -> Row | None: ...

    def close(self) -> None: ...


class SqliteReader:
    """Reads one SQLite file; may be used from several threads, one at a time."""

    def __init__(
        self,
        path: Path | None,
        connection: sqlite3.Connection | None = None,
        gate: contextlib.AbstractContextManager[bool] | None = None,
    ) -> None:
        self._name = str(path) if path else "a store in memory"
        self._gate = gate or threading.Lock()
        self._own = connection is None
        self._connection = connection or _connect(path or Path())

    def rows(self, sql: str, **parameters: object) -> list[Row]:
        with self._gate, translated(self._name):
            cursor = self._connection.execute(sql, parameters)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def one(self, sql: str, **parameters: object) -> Row | None:
        found = self.rows(sql, **parameters)
        return found[0] if found else None

    def close(self) -> None:
        """Close it once nobody is reading: SQLite crashes when a connection is closed under a statement."""
        if self._own:
            with self._gate:
                self._connection.close()


class PostgresReader:
    """Reads a PostgreSQL database; opens again when the server went away in between."""

    def __init__(self, url: str, password: str | None) -> None:
        self._lock = threading.Lock()
        self._arguments = (url.replace("postgresql+psycopg://", "postgresql://"), password)
        self.connection = self._connect()

    def reopen(self) -> None:
        """Connect anew, after the server went away."""
        with contextlib.suppress(Exception):  # whatever is left of the old one
            self.connection.close()
        self.connection = self._connect()

    def _connect(self) -> Any:  # noqa: ANN401 - psycopg is an extra and may be absent
        try:
            import psycopg  # noqa: PLC0415 - only where the store is on PostgreSQL
            from psycopg.rows import dict_row  # noqa: PLC0415
        except ImportError as error:
            raise StoreError("PostgreSQL needs the extra `postgres`: install wsq-huddle[postgres].") from error
        url, password = self._arguments
        with translated(url):
            return psycopg.connect(
                url,
                password=password,
                autocommit=True,
                row_factory=dict_row,
                connect_timeout=5,
                options="-c default_transaction_read_only=on",
            )

    def rows(self, sql: str, **parameters: object) -> list[Row]:
        import psycopg  # noqa: PLC0415 - imported already, by `_connect`

        statement = pyformat(sql)
        with self._lock, translated(self._arguments[0]):
            try:
                return list(self.connection.execute(statement, parameters).fetchall())
            except psycopg.OperationalError:
                if not self.connection.broken and not self.connection.closed:
                    raise
                self.reopen()
                return list(self.connection.execute(statement, parameters).fetchall())

    def one(self, sql: str, **parameters: object) -> Row | None:
        found = self.rows(sql, **parameters)
        return found[0] if found else None

    def close(self) -> None:
        with self._lock:
            self.connection.close()


@cache
def pyformat(sql: str) -> str:
    """The statement as psycopg wants it; `%`, `::` and what stands in quotes mean what they always mean."""
    return _PARAMETER.sub(lambda found: f"%({found[1]})s" if found[1] else found[0].replace("%", "%%"), sql)


def listed(names: Iterable[str], prefix: str = "p") -> tuple[str, dict[str, str]]:
    """Placeholders and parameters for an SQL `IN (...)`; never empty, so that it is always valid SQL."""
    letters = {f"{prefix}_{_letters(number)}": name for number, name in enumerate(names)} or {f"{prefix}_none": ""}
    return ", ".join(f":{key}" for key in letters), letters


def _letters(number: int) -> str:
    return chr(97 + number % 26) if number < 26 else _letters(number // 26 - 1) + chr(97 + number % 26)  # noqa: PLR2004 - the alphabet


def _connect(path: Path) -> sqlite3.Connection:
    with translated(str(path)):
        # Not `mode=ro`: after a kill somebody has to roll the journal back, and that may be us.
        connection = sqlite3.connect(f"file:{_quoted(path)}?mode=rw", uri=True, check_same_thread=False, timeout=5)
        connection.isolation_level = None
        connection.execute("PRAGMA query_only = ON")
        return connection


def _quoted(path: Path) -> str:
    return path.as_posix().replace("%", "%25").replace("?", "%3f").replace("#", "%23")
