"""Opens the desk of a command: huddle.toml, then the store, then who signs and by which clock. One place for all."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from wsq_huddle.cli.asked import Asked
from wsq_huddle.config import Loaded, load
from wsq_huddle.errors import ConfigError, UsageError
from wsq_huddle.services.clocks import FileClock, FrozenClock, RunningClock, instant, machine_clock
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.stores import open_at

if TYPE_CHECKING:
    import typer

    from wsq_huddle.store.store import Store

Clock = Callable[[], datetime]


def asked_of(context: "typer.Context") -> Asked:
    """The options of every command, as they were given to this one."""
    found: Asked = context.obj
    return found


def settings_of(asked: Asked) -> Loaded:
    return load(asked.config)


@contextlib.contextmanager
def at_desk(context: "typer.Context", *, running: bool = False) -> Iterator[Desk]:
    """The desk of this node for one command. The time of `--now` stands still, or runs on with `running`."""
    asked = asked_of(context)
    desk = desk_of(asked, settings_of(asked), running=running)
    try:
        yield desk
    finally:
        desk.store.close()


def desk_of(asked: Asked, loaded: Loaded, *, running: bool = False) -> Desk:
    store = open_at(loaded.settings, machine_clock)
    try:
        set_clock(store, asked, running=running)
    except BaseException:
        store.close()
        raise
    return Desk(store, loaded.settings, author=asked.author, on_behalf=asked.on_behalf)


def set_clock(store: "Store", asked: Asked, *, running: bool) -> None:
    """Let a rehearsal go by its own clock; on any other store nobody may set the time."""
    if store.rehearsal:
        store.clock = clock_of(asked, running=running)
    else:
        refuse_clock(asked)


def refuse_clock(asked: Asked) -> None:
    """Entries are kept for ever: only in a rehearsal may their time be made up."""
    if asked.now:
        raise UsageError("--now sets the time only on a store made with `wsq-huddle init --rehearsal`.")
    if asked.clock is not None:
        raise ConfigError(
            "WSQ_HUDDLE_CLOCK sets the time only on a store made with `wsq-huddle init --rehearsal`."
            " Take it out of the environment."
        )


def clock_of(asked: Asked, *, running: bool = False) -> Clock:
    """The clock that was asked for: `--now` before the file, the machine's where neither is given."""
    if asked.now:
        shown = instant(asked.now)
        return RunningClock(shown, datetime.now(UTC)) if running else FrozenClock(shown)
    return FileClock(asked.clock) if asked.clock is not None else machine_clock
