"""`demo`: a whole hospital on this machine, with a seat at one of its nodes."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from typer import Context, Option

from wsq_huddle.cli.commands import Verb
from wsq_huddle.cli.opening import asked_of
from wsq_huddle.errors import UsageError

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=Verb)
def demo(
    context: Context,
    *,
    dir: Annotated[str, Option("--dir", help="A folder to make it in, or to go on with; it is kept.")] = "",
    node: Annotated[str, Option(help="Whose screens open; by default a unit's.")] = "",
    keep: Annotated[bool, Option("--keep", help="Keep the temporary folder.")] = False,
) -> None:
    """Open a whole hospital: real stores, real hubs on this machine, a morning under way."""
    from wsq_huddle.cli.showing import Shown, refuse  # noqa: PLC0415 - Textual, only here
    from wsq_huddle.config import load  # noqa: PLC0415
    from wsq_huddle.rehearsal.demo import open_hospital  # noqa: PLC0415 - the hospital, only here
    from wsq_huddle.rehearsal.hospital import FIRST  # noqa: PLC0415

    asked = asked_of(context)
    if asked.now or asked.clock is not None or asked.config is not None:
        raise UsageError("The demo has its own nodes and its own time: leave --config and --now out.")
    if asked.json:
        raise UsageError("The screens have no JSON.")
    refuse()
    folder = Path(dir).expanduser() if dir else None
    with open_hospital(folder, node=node or FIRST, keep=keep, say=_say) as hospital:
        hospital.start()
        path = hospital.config()
        code = Shown(replace(asked, config=path, clock=hospital.clock), load(path)).run()
        if keep or folder:
            _say(f"The hospital is kept in {hospital.folder}; `wsq-huddle demo --dir {hospital.folder}` goes on.")
    raise typer.Exit(code)


def _say(line: str) -> None:
    """Say how far the making has come; stdout is for answers."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
