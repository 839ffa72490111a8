"""Backups of a store that is a file: one zip with the database and the secrets beside it, for its owner alone to read.

    huddle.db        a copy by `VACUUM INTO`: consistent, while others go on writing
    secrets/NAME     device keys, so that a restored node recognises its own entries; the token for its parent
    backup.json      {"node", "layout", "made_at", "entries"}

What is restored never goes on as the device it was: the numbers it would give next were perhaps given since. It begins
as a new device, and its link to the parent waits until a named person has let it join again.
"""

import contextlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wsq_huddle.errors import ConfigError, NewerStore, StoreError

from .copies import copy_to, fault_in, put_in_place
from .opening import Clock, make_folder, new_device, schema_of
from .places import FilePlace, Place
from .schema import HEAD, KNOWN
from .sentences import translated

DATABASE, SECRETS, MANIFEST = "huddle.db", "secrets/", "backup.json"


@dataclass(frozen=True)
class Restored:
    """What a restore did: the store is now as it was at `made_at`; what lay there before is in `aside`."""

    node: str
    device: str
    made_at: str | None
    aside: Path | None


def back_up(place: Place, target: Path, *, clock: Clock) -> Path:
    """Copy a store with its secrets into one file that must not be there yet."""
    database = _file_of(place).database
    if target.exists():
        raise StoreError(f"{target} is there already. Name a new file.")
    if not database.exists():
        raise StoreError(f"{database} is not there, so there is nothing to copy.")
    with _scratch(target.parent) as scratch:
        copy_to(database, scratch / DATABASE)
        manifest = _manifest(scratch / DATABASE) | {"made_at": clock().astimezone(UTC).isoformat()}
        packed = scratch / "packed"
        with zipfile.ZipFile(packed, "x", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.write(scratch / DATABASE, DATABASE)
            for name, secret in place.secrets.all().items():
                archive.writestr(SECRETS + name, secret)
            archive.writestr(MANIFEST, json.dumps(manifest, sort_keys=True))
        packed.chmod(0o600)
        with packed.open("rb") as written:
            os.fsync(written.fileno())
        packed.replace(target)
    return target


def restore(place: Place, source: Path, *, node: str, clock: Clock) -> Restored:
    """Make a backup the store again; what lay there goes to `backups/`, and secrets that are there stay."""
    file = _file_of(place)
    folder = file.database.parent
    make_folder(folder)
    now = clock().astimezone(UTC)
    with _scratch(folder) as scratch:
        secrets, made_at = _unpacked(source, scratch)
        fresh = FilePlace(scratch / DATABASE, file.secrets.folder)
        _look_over(fresh, source, node)
        aside = _put_aside(file, now)
        for name, secret in secrets.items():
            if place.secrets.read(name) is None:
                place.secrets.write(name, secret)
        device = _begin_anew(fresh, made_at, now)
        put_in_place(fresh.database, file.database)
    return Restored(node, device, made_at, aside)


def _file_of(place: Place) -> FilePlace:
    if isinstance(place, FilePlace):
        return place
    raise StoreError(
        f"{place.name} is no file. Use PostgreSQL's own `pg_dump` and `pg_restore`, and keep a copy of the"
        " folder secrets/ with each dump."
    )


@contextlib.contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A folder of our own on the same disk, gone afterwards."""
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".copy-", ignore_cleanup_errors=True) as scratch:
            yield Path(scratch)
    except (OSError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        said = getattr(error, "strerror", None) or str(error).rstrip(".")
        raise StoreError(f"The copy could not be made or read: {said}. The store is as it was.") from error


def _manifest(database: Path) -> dict[str, Any]:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        (layout,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        (node,) = connection.execute("SELECT node FROM identity").fetchone()
        (entries,) = connection.execute("SELECT count(*) FROM entry").fetchone()
    return {"node": node, "layout": layout, "entries": entries}


def _unpacked(source: Path, scratch: Path) -> tuple[dict[str, str], str | None]:
    """The secrets of a backup and when it was made; a bare database, as an upgrade leaves one, has neither."""
    if not source.is_file():
        raise StoreError(f"{source} is not there.")
    if not zipfile.is_zipfile(source):
        shutil.copyfile(source, scratch / DATABASE)
        return {}, None
    with zipfile.ZipFile(source) as archive:
        names = archive.namelist()
        if DATABASE not in names or MANIFEST not in names:
            raise StoreError(f"{source} is no backup of a wsq-huddle store.")
        if (damaged := archive.testzip()) is not None:
            raise StoreError(f"{source} is damaged: {damaged} cannot be read. The store is as it was.")
        with archive.open(DATABASE) as packed, (scratch / DATABASE).open("xb") as unpacked:
            shutil.copyfileobj(packed, unpacked)
        inside = [name for name in names if name.startswith(SECRETS) and Path(name).name == name[len(SECRETS) :]]
        secrets = {Path(name).name: archive.read(name).decode("ascii").strip() for name in inside}
        return secrets, json.loads(archive.read(MANIFEST)).get("made_at")


def _look_over(fresh: FilePlace, source: Path, node: str) -> None:
    if (fault := fault_in(fresh.database)) is not None:
        raise StoreError(f"{source} is no sound copy: {fault}. The store is as it was.")
    layout = schema_of(fresh)
    if layout not in KNOWN:
        raise NewerStore(
            f"A later wsq-huddle has made this backup (layout {layout}); this one knows layouts up to {HEAD}."
            " Ask IT to update this computer first."
        )
    found = _manifest(fresh.database)["node"]
    if found != node:
        raise ConfigError(f'{source} is a backup of "{found}", but huddle.toml says this node is "{node}".')
    if layout != HEAD:
        from .upgrading import upgrade  # noqa: PLC0415 - of an old backup only

        upgrade(fresh)


def _put_aside(file: FilePlace, now: datetime) -> Path | None:
    """Keep what lies there: a sound store as a copy, a damaged one as it is."""
    if not file.database.exists():
        return None
    aside = file.database.parent / "backups" / f"before-restore-{now:%Y%m%dT%H%M%S%f}"
    aside.parent.mkdir(mode=0o700, exist_ok=True)
    aside.mkdir(mode=0o700)
    if fault_in(file.database) is None:
        copy_to(file.database, aside / file.database.name)
    else:
        for path in sorted(file.database.parent.glob(file.database.name + "*")):
            shutil.copy2(path, aside / path.name)
    for name, secret in file.secrets.all().items():
        type(file.secrets)(aside / "secrets").write(name, secret)
    return aside


def _begin_anew(fresh: FilePlace, made_at: str | None, now: datetime) -> str:
    """A new device, and links that say what happened: the parent's stays shut until this node has joined again."""
    from sqlalchemy import update  # noqa: PLC0415 - a restore only

    from .tables import LINK  # noqa: PLC0415

    said = f"This store was restored from a backup{f' of {made_at}' if made_at else ''}."
    engine = fresh.engine()
    try:
        with translated(fresh.name), engine.begin() as connection:
            device = new_device(connection, fresh, now)
            connection.execute(update(LINK).values(trouble=said))
            shut = update(LINK).where(LINK.c.role == "parent", LINK.c.state == "active")
            connection.execute(shut.values(state="diverged", trouble=f"{said} It has to join again: `join --again`."))
    finally:
        fresh.let_go(engine)
    return device
