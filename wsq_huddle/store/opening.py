"""Opens a store: finds out whose it is and of which layout before anything else, and upgrades it with a copy kept.

The number of the layout is read with plain SQL; Alembic and SQLAlchemy are imported only when there is something to
make or to change.
"""

import secrets
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wsq_huddle.domain.entries import START
from wsq_huddle.errors import ConfigError, HuddleError, NewerStore, StoreError

from .places import FilePlace, Place
from .schema import HEAD, KNOWN
from .store import Store, translated

if TYPE_CHECKING:
    from sqlalchemy import Connection

Clock = Callable[[], datetime]


def create_store(place: Place, node: str, *, clock: Clock, rehearsal: bool = False) -> Store:
    """Make the tables of a new store and mark it as this node's; a rehearsal is marked for good."""
    from sqlalchemy import insert  # noqa: PLC0415 - a new store only

    from .migrating import migrate  # noqa: PLC0415
    from .tables import IDENTITY  # noqa: PLC0415

    if isinstance(place, FilePlace):
        _make_folder(place.database.parent)
    engine = place.engine()
    with translated(place.name), engine.begin() as connection:
        migrate(connection)
        row = {"id": 1, "node": node, "rehearsal": rehearsal, "created_at": clock().astimezone(UTC).isoformat()}
        connection.execute(insert(IDENTITY), [row])
        new_device(connection, place, clock())
    if isinstance(place, FilePlace):
        engine.dispose()
    return Store(place, node, rehearsal=rehearsal, schema=HEAD, clock=clock)


def open_store(place: Place, node: str, *, clock: Clock) -> Store:
    """Open the store of a node; an older layout is upgraded, a newer one refused."""
    schema = schema_of(place)
    if schema is None:
        raise StoreError(f"{place.name} holds no wsq-huddle store yet. `wsq-huddle init` makes one.")
    if schema not in KNOWN:
        raise NewerStore(
            f"A later wsq-huddle has used this store (layout {schema}); this one knows layouts up to {HEAD}."
            " Ask IT to update this computer, or open a backup."
        )
    if schema != HEAD:
        upgrade(place)
    reader = place.reader()
    try:
        found = reader.one("SELECT node, rehearsal FROM identity WHERE id = 1")
    finally:
        reader.close()
    if found is None:
        raise StoreError(f"{place.name} does not say whose it is. `wsq-huddle store check` tells more.")
    if found["node"] != node:
        raise ConfigError(
            f'{place.name} is the store of "{found["node"]}", but huddle.toml says this node is "{node}".'
            " Correct [node] key, or name another folder in [store]."
        )
    return Store(place, node, rehearsal=bool(found["rehearsal"]), schema=HEAD, clock=clock)


def schema_of(place: Place) -> str | None:
    """The layout of a store, or None when there is none yet."""
    if isinstance(place, FilePlace) and not place.database.exists():
        return None
    reader = place.reader()
    try:
        found = reader.one("SELECT version_num FROM alembic_version")
    except HuddleError as error:
        if isinstance(error.__cause__, sqlite3.OperationalError) and "no such table" in str(error.__cause__):
            return None
        if "does not exist" in str(error):
            return None
        raise
    finally:
        reader.close()
    return str(found["version_num"]) if found else None


def upgrade(place: Place) -> Path | None:
    """Bring a store to this program's layout; gives the copy that was made first, where the store is a file."""
    from .copies import copy_to, put_back  # noqa: PLC0415 - an upgrade only
    from .migrating import migrate  # noqa: PLC0415

    copy: Path | None = None
    if isinstance(place, FilePlace):
        copy = place.database.parent / "backups" / f"before-layout-{HEAD}.db"
        copy.parent.mkdir(exist_ok=True)
        copy.unlink(missing_ok=True)
        copy_to(place.database, copy)
    engine = place.engine()
    try:
        with translated(place.name), engine.begin() as connection:
            migrate(connection)
    except HuddleError as error:
        if isinstance(place, FilePlace) and copy is not None:
            engine.dispose()
            put_back(copy, place.database)
        raise StoreError(f"The store could not be upgraded and is as it was: {error}") from error
    finally:
        engine.dispose()
    return copy


def new_device(connection: "Connection", place: Place, now: datetime) -> str:
    """Begin to write as a new device, with a key of its own: in a new store, and after every restore."""
    from sqlalchemy import insert, select, update  # noqa: PLC0415

    from .tables import DEVICE  # noqa: PLC0415

    device = secrets.token_hex(4)
    place.secrets.new_device_key(device)
    arrival = connection.execute(select(DEVICE.c.arrival).order_by(DEVICE.c.arrival)).scalars().all()
    connection.execute(update(DEVICE).values(current=False))
    row = {
        "id": device,
        "current": True,
        "seq": 0,
        "hash": START,
        "arrival": max(arrival, default=0),
        "created_at": now.astimezone(UTC).isoformat(),
    }
    connection.execute(insert(DEVICE), [row])
    return device


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder} cannot be made: {error.strerror}. Choose another folder with --dir.") from error
