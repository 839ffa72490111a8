"""The store of a node as huddle.toml names it: where it lives, made, opened, checked, copied and put back."""

from typing import TYPE_CHECKING

from wsq_huddle.config.disks import refuse_shared
from wsq_huddle.errors import ConfigError, StoreError
from wsq_huddle.store import opening
from wsq_huddle.store.opening import Clock
from wsq_huddle.store.places import FilePlace, Place, PostgresPlace

if TYPE_CHECKING:
    from pathlib import Path

    from wsq_huddle.config import Settings
    from wsq_huddle.store.store import Store


def place_of(settings: "Settings") -> Place:
    """Where the store of a node lives: PostgreSQL where `[store] url` says so, else a file in its folder."""
    if settings.store.url:
        return PostgresPlace(settings.store.url, _password(settings), settings.secrets)
    return FilePlace(settings.database, settings.secrets)


def make_at(settings: "Settings", clock: Clock, *, rehearsal: bool = False) -> "Store":
    """Make the store of a new node; one that is there already is left as it is."""
    place = place_of(settings)
    refuse_shared(settings.store_folder, node=settings.node.key)
    if opening.schema_of(place) is not None:
        raise StoreError(f"{place.name} is a store already; it was left as it is.")
    return opening.create_store(place, settings.node.key, clock=clock, rehearsal=rehearsal)


def open_at(settings: "Settings", clock: Clock) -> "Store":
    """Open the store of a node; it is upgraded where an earlier program made it."""
    place = place_of(settings)
    if isinstance(place, FilePlace):
        refuse_shared(settings.store_folder, node=settings.node.key)
    return opening.open_store(place, settings.node.key, clock=clock)


def _password(settings: "Settings") -> str | None:
    path: Path | None = settings.file(settings.store.password_file)
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"store.password_file: {path} cannot be read: {error}.") from None
