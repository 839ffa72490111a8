"""Runs the migrations in a transaction that somebody else began: all of them, or none."""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

import migrations

from .schema import HEAD


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
