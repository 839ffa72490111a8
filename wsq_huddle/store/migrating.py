"""Runs the migrations in a transaction that somebody else began: all of them, or none."""

import logging
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event

import migrations

from .schema import HEAD

_MADE: dict[str, list[tuple[str, Any]]] = {}
"""What making the newest tables comes to, by the dialect: the statements and their parameters."""


def make(connection: Connection) -> None:
    """Make the newest tables in a database that has none, within the caller's transaction.

    Alembic finds out once in a process what that comes to. A rehearsal makes a store for each place of a hospital, and
    finding out takes ten times as long as making the tables does.
    """
    known = _MADE.get(connection.dialect.name)
    if known is not None:
        for statement, parameters in known:
            connection.exec_driver_sql(statement, parameters)
        return
    run: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if not statement.lstrip().startswith(("SELECT", "PRAGMA")):  # those only look
            run.append((statement, parameters))

    event.listen(connection, "after_cursor_execute", note)
    try:
        migrate(connection)
    finally:
        event.remove(connection, "after_cursor_execute", note)
    _MADE[connection.dialect.name] = run


def migrate(connection: Connection, *, to: str = HEAD, scripts: Path | None = None) -> None:
    """Bring the tables to a layout, by default the newest, within the caller's transaction.

    Alembic on SQLite is not atomic by itself: a migration that failed half-way left its first tables behind. Here it
    gets a connection whose transaction began with BEGIN IMMEDIATE, and never commits.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)
    folder = scripts or Path(migrations.__file__).parent
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
