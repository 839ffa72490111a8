"""`config`: what is in force and where each value came from; what is wrong, with file, line and key."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import typer
from typer import Context

from wsq_huddle.cli.asked import Asked
from wsq_huddle.cli.commands import Verb, group
from wsq_huddle.cli.opening import asked_of, settings_of
from wsq_huddle.cli.refusals import complain
from wsq_huddle.cli.telling import say, table, tell
from wsq_huddle.config import Complaint, Severity, check, find, load, plain
from wsq_huddle.errors import ConfigError, HuddleError

app = group()


@dataclass(frozen=True)
class RollCall:
    """How many areas a roll call has, and the seconds of each."""

    areas: int
    seconds: int


@app.callback()
def config() -> None:
    """What huddle.toml says, and what is wrong in it."""


@app.command(cls=Verb)
def show(context: Context) -> None:
    """Show every setting in force, and where it came from."""
    loaded = settings_of(asked_of(context))
    settings = {name: {"value": plain(value), "from": origin} for name, value, origin in loaded.shown()}
    document = {"file": str(loaded.path), "why": loaded.why, "settings": settings}

    def draw() -> None:
        say(f"{loaded.path}, {loaded.why}")
        table(("setting", "value", "from"), [(name, value, origin) for name, value, origin in loaded.shown()], empty="")

    tell(context, document, draw)


@app.command("check", cls=Verb)
def check_file(context: Context) -> None:
    """List all that is wrong in huddle.toml, with file, line and key."""
    found = find(asked_of(context).config)
    if found is None:
        raise ConfigError("This computer is not set up for a unit yet: `wsq-huddle init` writes its huddle.toml.")
    complaints, roll_call = check(found.path, bindings=_wrong_keys), None
    if not any(one.severity is Severity.ERROR for one in complaints):
        more, roll_call = _with_neighbours(asked_of(context), found.path)
        complaints = more or complaints
    wrong = [one for one in complaints if one.severity is Severity.ERROR]
    document = {"file": str(found.path), "ok": not wrong, "complaints": complaints, "roll_call": roll_call}
    tell(context, document, lambda: _draw(found.path, complaints, roll_call))
    if wrong:
        complain(f"{found.path}: {len(wrong)} {'thing is' if len(wrong) == 1 else 'things are'} wrong.")
        raise typer.Exit(ConfigError.exit_code)


def _wrong_keys(given: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    from screens.remapping import wrong  # noqa: PLC0415 - Textual, where other keys are given

    return wrong(given)


def _with_neighbours(asked: Asked, path: Path) -> tuple[list[Complaint], RollCall | None]:
    """What is wrong with the slots beside those of the nodes around us, and the roll call of those below.

    Where the store cannot be opened, nothing.
    """
    from wsq_huddle.cli.opening import desk_of  # noqa: PLC0415 - the store, where the file itself is right
    from wsq_huddle.services.neighbours import around  # noqa: PLC0415

    try:
        desk = desk_of(asked, load(path))
    except HuddleError:
        return [], None
    with closing(desk.store):
        known = around(desk)
        huddles = desk.settings.huddles
        each = desk.settings.roll_call_seconds(huddles[0].minutes, known.areas) if huddles else 0
        roll_call = RollCall(known.areas, each) if known.areas and huddles else None
        return (
            check(path, areas=known.areas, below=known.below, above=known.above, bindings=_wrong_keys),
            roll_call,
        )


def _draw(path: Path, complaints: list[Complaint], roll_call: RollCall | None) -> None:
    say(*(f"{one.severity.value}: {one}" for one in complaints))
    if not complaints:
        say(f"{path} is right.")
    if roll_call is not None:
        areas = "area has" if roll_call.areas == 1 else "areas have"
        say(f"In the roll call {roll_call.areas} {areas} {roll_call.seconds} s each.")
