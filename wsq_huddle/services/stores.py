"""The store of a node as huddle.toml names it: where it lives, made, opened, checked, copied and put back."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from wsq_huddle.domain.records import record
from wsq_huddle.errors import ConfigError, StoreError
from wsq_huddle.store import opening
from wsq_huddle.store.opening import Clock
from wsq_huddle.store.places import FilePlace, Place, PostgresPlace
from wsq_huddle.store.schema import HEAD, KNOWN

from .clocks import machine_clock

if TYPE_CHECKING:
    from wsq_huddle.config import Settings
    from wsq_huddle.store.backups import Restored
    from wsq_huddle.store.store import Store


@record
class Upgraded:
    """From which layout to which; `copy` is the store as it was."""

    found: str
    now: str
    copy: Path | None


def place_of(settings: "Settings") -> Place:
    """Where the store of a node lives: PostgreSQL where `[store] url` says so, else a file in its folder."""
    if settings.store.url:
        return PostgresPlace(settings.store.url, _password(settings), settings.secrets)
    return FilePlace(settings.database, settings.secrets)


def make_at(settings: "Settings", clock: Clock, *, rehearsal: bool = False) -> "Store":
    """Make the store of a new node; one that is there already is left as it is."""
    place = place_of(settings)
    if opening.schema_of(place) is not None:
        raise StoreError(f"{place.name} is a store already; it was left as it is.")
    return opening.create_store(place, settings.node.key, clock=clock, rehearsal=rehearsal)


def open_at(settings: "Settings", clock: Clock) -> "Store":
    """Open the store of a node; it is upgraded where an earlier program made it."""
    return opening.open_store(place_of(settings), settings.node.key, clock=clock)


def upgrade(settings: "Settings") -> Upgraded:
    """Bring the store to this program's layout, with a copy made first; one that has it is left as it is."""
    place = place_of(settings)
    found = opening.schema_of(place)
    if found is None or found not in KNOWN or found == HEAD:
        opening.open_store(place, settings.node.key, clock=machine_clock).close()
        return Upgraded(HEAD, HEAD, None)
    from wsq_huddle.store.upgrading import upgrade as bring_up  # noqa: PLC0415 - SQLAlchemy, only here

    return Upgraded(found, HEAD, bring_up(place))


def check(settings: "Settings") -> list[str]:
    """What is wrong with the store, in sentences; empty when nothing is."""
    from wsq_huddle.store import checking  # noqa: PLC0415 - SQLAlchemy, only here

    place = place_of(settings)
    if faults := checking.unsound(place):
        return faults
    with closing(open_at(settings, machine_clock)) as store:
        return checking.check(store)


def back_up(settings: "Settings", target: Path) -> Path:
    """Copy the store with its secrets into one new file, while it is in use."""
    from wsq_huddle.store.backups import back_up as copy  # noqa: PLC0415 - only here

    return copy(place_of(settings), target, clock=machine_clock)


def restore(settings: "Settings", source: Path) -> "Restored":
    """Make a backup the store again; what lay there is kept aside, and the node has to join again."""
    from wsq_huddle.store.backups import restore as put_back  # noqa: PLC0415 - only here

    return put_back(place_of(settings), source, node=settings.node.key, clock=machine_clock)


def _password(settings: "Settings") -> str | None:
    path: Path | None = settings.file(settings.store.password_file)
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"store.password_file: {path} cannot be read: {error}.") from None
