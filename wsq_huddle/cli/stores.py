"""`store`: the layout of the store, its integrity, and copies of it."""

from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Context

from wsq_huddle.cli.commands import Verb, group
from wsq_huddle.cli.opening import asked_of, settings_of
from wsq_huddle.cli.refusals import complain
from wsq_huddle.cli.telling import say, tell
from wsq_huddle.config import Settings
from wsq_huddle.errors import CheckFailed
from wsq_huddle.services import stores

app = group()


@app.callback()
def store() -> None:
    """Layout, integrity and copies of the store."""


@app.command(cls=Verb)
def upgrade(context: Context) -> None:
    """Bring the store to this program's layout; a copy is made first."""
    done = stores.upgrade(_settings(context))
    document = {"from": done.found, "to": done.now, "copy": str(done.copy) if done.copy else None}

    def draw() -> None:
        if done.copy is None and done.found == done.now:
            say(f"The store has this program's layout, {done.now}.")
        else:
            say(f"The store went from layout {done.found} to {done.now}.", f"As it was: {done.copy}" * bool(done.copy))

    tell(context, document, draw)


@app.command(cls=Verb)
def check(context: Context) -> None:
    """Look the store over: the database, its layout, the tables made from the log, the feeds."""
    faults = stores.check(_settings(context))
    tell(context, {"ok": not faults, "faults": faults}, lambda: say(*(faults or ["Nothing is wrong with the store."])))
    if faults:
        complain(f"{len(faults)} {'thing is' if len(faults) == 1 else 'things are'} wrong with the store.")
        raise typer.Exit(CheckFailed.exit_code)


@app.command(cls=Verb)
def backup(context: Context, file: Annotated[str, Argument(help="A new file.")]) -> None:
    """Copy the store and its secrets into one file, while it is in use."""
    target = stores.back_up(_settings(context), _path(file))
    tell(context, {"file": str(target)}, lambda: say(f"{target} holds the store and its secrets. Keep it safe."))


@app.command(cls=Verb)
def restore(context: Context, file: Annotated[str, Argument(help="A backup.")]) -> None:
    """Make a backup the store again; what lay there is kept, and the node has to join again."""
    settings = _settings(context)
    done = stores.restore(settings, _path(file))
    document = {
        "node": done.node,
        "device": done.device,
        "made_at": done.made_at,
        "aside": str(done.aside) if done.aside else None,
    }
    tell(
        context,
        document,
        lambda: say(
            f"{settings.node.name} is as it was{f' at {done.made_at}' if done.made_at else ''}.",
            *([f"What lay there before: {done.aside}"] if done.aside else []),
            "If there is a node above: `wsq-huddle join URL --again --as NAME`.",
        ),
    )


def _settings(context: Context) -> Settings:
    return settings_of(asked_of(context)).settings


def _path(file: str) -> Path:
    return Path(file).expanduser().absolute()
