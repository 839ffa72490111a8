"""Runs the migrations in a transaction that somebody else began: all of them, or none."""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

import migrations


def migrate(connection: Connection) -> None:
    """Bring the tables to the newest layout, within the caller's transaction.

    Alembic on SQLite is not atomic by itself: a migration that failed half-way left its first tables behind. Here it
    gets a connection whose transaction began with BEGIN IMMEDIATE, and never commits.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
