"""Opens a store: finds out whose it is and of which layout before anything else, and upgrades it with a copy kept.

The number of the layout is read with plain SQL; Alembic and SQLAlchemy are imported only when there is something to
make or to change.
"""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wsq_huddle.config.disks import refuse_shared
from wsq_huddle.domain.entries import START
from wsq_huddle.domain.events import KINDS
from wsq_huddle.errors import ConfigError, HuddleError, NewerStore, StoreError

from .places import FilePlace, Place
from .schema import HEAD, KNOWN
from .sentences import translated
from .store import Store

if TYPE_CHECKING:
    from sqlalchemy import Connection

Clock = Callable[[], datetime]


def create_store(place: Place, node: str, *, clock: Clock, rehearsal: bool = False) -> Store:
    """Make the tables of a new store and mark it as this node's; a rehearsal is marked for good."""
    from sqlalchemy import insert  # noqa: PLC0415 - a new store only

    from .migrating import make  # noqa: PLC0415
    from .tables import IDENTITY  # noqa: PLC0415

    if isinstance(place, FilePlace):
        refuse_shared(place.database.parent, node=node)
        make_folder(place.database.parent)
        make_private(place.database)
    engine = place.engine()
    try:
        with translated(place.name), engine.begin() as connection:
            if connection.dialect.has_table(connection, "identity"):
                raise StoreError(f"{place.name} holds a store already. Open it, or name another folder in [store].")
            make(connection)
            row = {"id": 1, "node": node, "rehearsal": rehearsal, "created_at": clock().astimezone(UTC).isoformat()}
            connection.execute(insert(IDENTITY), [row])
            new_device(connection, place, clock())
    finally:
        place.let_go(engine)
    return Store(place, node, rehearsal=rehearsal, schema=HEAD, clock=clock)


def open_store(place: Place, node: str, *, clock: Clock) -> Store:
    """Open the store of a node; an older layout is upgraded, a newer one refused."""
    if isinstance(place, FilePlace):
        refuse_shared(place.database.parent, node=node)
    schema = schema_of(place)
    if schema is None:
        raise StoreError(f"{place.name} holds no wsq-huddle store yet. `wsq-huddle init` makes one.")
    if schema not in KNOWN:
        raise NewerStore(
            f"A later wsq-huddle has used this store (layout {schema}); this one knows layouts up to {HEAD}."
            " Ask IT to update this computer, or open a backup."
        )
    if schema != HEAD:
        from .upgrading import upgrade  # noqa: PLC0415 - an upgrade only

        upgrade(place)
    reader = place.reader()
    try:
        found = reader.one("SELECT node, rehearsal FROM identity WHERE id = 1")
        waiting = reader.rows("SELECT DISTINCT kind FROM parked WHERE status = 'parked'")
    finally:
        reader.close()
    if found is None:
        raise StoreError(f"{place.name} does not say whose it is. `wsq-huddle store check` tells more.")
    if found["node"] != node:
        raise ConfigError(
            f'{place.name} is the store of "{found["node"]}", but huddle.toml says this node is "{node}".'
            " Correct [node] key, or name another folder in [store]."
        )
    store = Store(place, node, rehearsal=bool(found["rehearsal"]), schema=HEAD, clock=clock)
    if any(row["kind"] in KINDS for row in waiting):
        from .receiving import apply_parked  # noqa: PLC0415 - rarely, after an upgrade

        with store.writing() as writing:
            apply_parked(writing.transaction, writing.recorder)
    return store


def schema_of(place: Place) -> str | None:
    """The layout of a store, or None when there is none yet."""
    if isinstance(place, FilePlace) and not place.database.exists():
        return None
    reader = place.reader()
    try:
        found = reader.one("SELECT version_num FROM alembic_version")
    except HuddleError as error:
        cause = error.__cause__
        if type(cause).__name__ == "UndefinedTable" or "no such table" in str(cause):
            return None
        raise
    finally:
        reader.close()
    return str(found["version_num"]) if found else None


def new_device(connection: "Connection", place: Place, now: datetime) -> str:
    """Begin to write as a new device, with a key of its own: in a new store, and after every restore."""
    from sqlalchemy import func, insert, select, update  # noqa: PLC0415 - when a store is made

    from .tables import DEVICE  # noqa: PLC0415

    device = secrets.token_hex(4)
    place.secrets.new_device_key(device)
    arrival = connection.scalar(select(func.max(DEVICE.c.arrival)))
    connection.execute(update(DEVICE).values(current=False))
    row = {
        "id": device,
        "current": True,
        "seq": 0,
        "hash": START,
        "arrival": arrival or 0,
        "created_at": now.astimezone(UTC).isoformat(),
    }
    connection.execute(insert(DEVICE), [row])
    return device


def make_private(database: Path) -> None:
    """Make the file of a store before SQLite does, for its owner alone: the folder may be one that others can read."""
    try:
        database.touch(mode=0o600)
    except OSError as error:
        raise StoreError(f"{database} cannot be made: {error.strerror}. Choose another folder with --dir.") from error


def make_folder(folder: Path) -> None:
    """Make a folder for a store, open to its owner alone."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder} cannot be made: {error.strerror}. Choose another folder with --dir.") from error
