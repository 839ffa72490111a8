"""`init`: sets this computer up for a node; what is missing is asked where somebody can answer."""

import os
from contextlib import closing, suppress
from pathlib import Path
from typing import Annotated

import typer
from typer import Context, Option

from wsq_huddle.cli.asked import Asked
from wsq_huddle.cli.commands import Verb
from wsq_huddle.cli.opening import asked_of, clock_of, refuse_clock
from wsq_huddle.cli.reading import ask, number
from wsq_huddle.cli.telling import say, tell
from wsq_huddle.config import load, places
from wsq_huddle.config.writing import write_new
from wsq_huddle.config.zones import local_timezone
from wsq_huddle.errors import ConfigError, UsageError
from wsq_huddle.services import definitions, stores
from wsq_huddle.services.desk import Desk

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=Verb)
def init(
    context: Context,
    *,
    node: Annotated[str, Option(help="The node's key, like 4-west.", metavar="KEY")] = "",
    name: Annotated[str, Option(help="What people call it, like 4 West.")] = "",
    tier: Annotated[str, Option(help="1 = front line, 2 = department, 3 = executive.")] = "",
    dir: Annotated[str, Option("--dir", help="The folder of huddle.toml, with the store in `data`.")] = "",
    timezone: Annotated[str, Option(help="Like Europe/London; by default this computer's.")] = "",
    rehearsal: Annotated[
        bool, Option("--rehearsal", help="A store for rehearsing: --now works, and it never joins a real one.")
    ] = False,
) -> None:
    """Set up this computer for a node: write its huddle.toml, make its store.

    Where a huddle.toml is there already, only the store is made.
    """
    asked = asked_of(context)
    if not rehearsal:
        refuse_clock(asked)
    path = _path(asked, dir)
    if path.exists():
        if node or name or tier or timezone:
            raise ConfigError(
                f"{path} exists already; it was left as it is. Another node on this computer has a folder of its own: "
                "--dir FOLDER. Without --node only the store is made."
            )
        fresh = False
    else:
        path = write_new(
            path.parent,
            key=ask(node, "--node", "Which node is this (its key, like 4-west)?"),
            name=ask(name, "--name", "What do people call it?"),
            tier=number(ask(tier, "--tier", "Which tier is it (1 front line, 2 department, 3 executive)?"), "--tier"),
            timezone=ask(timezone, "--timezone", "Which time zone?", default=local_timezone() or ""),
            dir_given=bool(dir) or asked.config is not None,
        )
        fresh = True
    try:
        _make(context, path, rehearsal=rehearsal)
    except BaseException:
        # Without its store the file is of no use, and it would refuse the next try.
        if fresh:
            with suppress(OSError):
                path.unlink()
        raise


def _make(context: Context, path: Path, *, rehearsal: bool) -> None:
    asked = asked_of(context)
    settings = load(path).settings
    with closing(stores.make_at(settings, clock_of(asked), rehearsal=rehearsal)) as store:
        definitions.publish(Desk(store, settings, author=asked.author))
        document = {
            "node": settings.node.key,
            "name": settings.node.name,
            "tier": settings.node.tier,
            "timezone": settings.node.timezone,
            "config": str(path),
            "store": store.place.name,
            "rehearsal": rehearsal,
        }
    tell(
        context,
        document,
        lambda: say(
            f"{settings.node.name} is set up: {path}",
            f"Its store is {document['store']}{', for rehearsing' if rehearsal else ''}.",
            *_next_steps(settings.node.tier),
        ),
    )


def _next_steps(tier: int) -> list[str]:
    """What whoever set a node up does next."""
    steps = ["`wsq-huddle` opens its screens; `wsq-huddle join` brings it together with the node above."]
    if tier > 1:
        steps.append("`wsq-huddle serve` lets the nodes below in; `wsq-huddle invite NODE --name N` makes their codes.")
    return steps


def _path(asked: Asked, folder: str) -> Path:
    """Where huddle.toml is to be: in the folder named, at the path named, else with the user's other settings."""
    if folder:
        return Path(folder).expanduser().absolute() / places.NAME
    named = asked.config or (Path(os.environ["WSQ_HUDDLE_CONFIG"]) if os.environ.get("WSQ_HUDDLE_CONFIG") else None)
    if named is None:
        return places.user_config_folder() / places.NAME
    if named.name != places.NAME:
        raise UsageError(f"--config: init writes a file that is called {places.NAME}; or name its folder with --dir.")
    return named.expanduser().absolute()
