"""Brings the store of an older program to this one's layout: a copy first, then all changes or none."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select

from wsq_huddle.errors import StoreError

from .copies import copy_to
from .migrating import migrate
from .places import FilePlace, Place
from .projecting import rebuild
from .schema import HEAD
from .sentences import translated
from .tables import IDENTITY
from .transaction import Device, Transaction


def upgrade(place: Place, *, to: str = HEAD, scripts: Path | None = None) -> Path | None:
    """Bring a store to a layout; gives the copy that was made first, where the store is a file.

    The copy, the changes and the look at the result happen under one write lock, so that of several programs that
    start at once one upgrades and the others find it done. What fails, or is killed, leaves the store as it was.
    """
    copy: Path | None = None
    engine = place.engine()
    try:
        with translated(place.name), engine.begin() as connection:
            found = _version(connection)
            if found == to:
                return None
            if isinstance(place, FilePlace):
                copy = _copied(place.database, found)
            migrate(connection, to=to, scripts=scripts)
            _make_anew(connection)
            _look_over(connection, to)
    except Exception as error:
        said = str(error).rstrip(".") or type(error).__name__
        where = f" A copy of it is {copy}." if copy else ""
        raise StoreError(f"The store could not be upgraded and is as it was: {said}.{where}") from error
    finally:
        place.let_go(engine)
    return copy


def _version(connection: Connection) -> str:
    query = "SELECT version_num FROM alembic_version"
    locking = "" if connection.dialect.name == "sqlite" else " FOR UPDATE"
    return str(connection.exec_driver_sql(query + locking).scalar())


def _copied(database: Path, layout: str) -> Path:
    folder = database.parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / f"before-upgrade-of-layout-{layout}.db"
    copy.unlink(missing_ok=True)  # of an upgrade that failed
    copy_to(database, copy)
    return copy


def _make_anew(connection: Connection) -> None:
    """Made tables are a function of the log and of the program: this one's may differ from the last one's."""
    identity = connection.execute(select(IDENTITY)).one()
    device = Device(id="", seq=0, hash="", arrival=0)
    rebuild(Transaction(connection, identity.node, datetime.now(UTC), device))


def _look_over(connection: Connection, to: str) -> None:
    if (found := _version(connection)) != to:
        raise StoreError(f"the layout is {found} afterwards, not {to}")
    if connection.dialect.name == "sqlite":
        said = str(connection.exec_driver_sql("PRAGMA quick_check").scalar())
        if said != "ok":
            raise StoreError(f"the result is not sound: {said}")
