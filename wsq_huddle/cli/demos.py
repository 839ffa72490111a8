"""`demo`: a whole hospital on this machine, with a seat at its nodes; or its morning without a screen."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Context, Option

from wsq_huddle.cli.asked import Asked
from wsq_huddle.cli.commands import Verb
from wsq_huddle.cli.opening import asked_of
from wsq_huddle.cli.refusals import complain, somewhere
from wsq_huddle.cli.telling import say, tell
from wsq_huddle.errors import CheckFailed, UsageError

if TYPE_CHECKING:
    from wsq_huddle.rehearsal.headless import Played

_PLACES = {1: "unit", 2: "department", 3: "executive"}

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=Verb)
def demo(
    context: Context,
    *,
    dir: Annotated[str, Option("--dir", help="A folder to make it in, or to go on with; it is kept.")] = "",
    node: Annotated[str, Option(help="Whose screens open; by default a unit's.")] = "",
    headless: Annotated[
        bool, Option("--headless", help="Play the morning without a screen, and say how it went.")
    ] = False,
    keep: Annotated[bool, Option("--keep", help="Keep the temporary folder.")] = False,
) -> None:
    """Open a whole hospital: real stores, real hubs on this machine, a morning under way."""
    asked = asked_of(context)
    if asked.now or asked.clock is not None or asked.config is not None:
        raise UsageError("The demo has its own nodes and its own time: leave --config, --now and WSQ_HUDDLE_CLOCK out.")
    folder = Path(dir).expanduser() if dir else None
    if headless:
        _play(context, folder, keep=keep)
        return
    if asked.json:
        raise UsageError("The screens have no JSON; `demo --headless --json` has.")
    raise typer.Exit(sit(asked, folder, node, keep=keep))


def _play(context: Context, folder: Path | None, *, keep: bool) -> None:
    """Play the whole morning; people see it happen, programs get the outcome."""
    from wsq_huddle.rehearsal.headless import play  # noqa: PLC0415 - the hospital, only here

    as_json = asked_of(context).json
    played = play(folder, keep=keep, say=(lambda _line: None) if as_json else say)
    tell(context, played.as_json(), lambda: _draw(played))
    if played.counted.lost or played.counted.doubled:
        complain(f"{played.counted.lost} entries were lost and {played.counted.doubled} doubled.")
        raise typer.Exit(CheckFailed.exit_code)


def _draw(played: "Played") -> None:
    seconds = sorted(hop.seconds for hop in played.hops)
    middle = f", {seconds[len(seconds) // 2]:.2f} s each" if seconds else ""
    say(
        "",
        f"{played.escalated} asked the next tier for help, {played.answered} answered, {played.confirmed} confirmed.",
        f"{len(seconds)} handed over{middle}; {played.counted.lost} lost, {played.counted.doubled} doubled.",
    )


def sit(asked: Asked, folder: Path | None, node: str, *, keep: bool) -> int:
    """Open the screens at one seat after the other, until somebody leaves."""
    from screens.seats import Seat  # noqa: PLC0415 - Textual, only here
    from wsq_huddle.cli.showing import Shown, refuse  # noqa: PLC0415
    from wsq_huddle.config import load  # noqa: PLC0415
    from wsq_huddle.rehearsal.demo import open_hospital  # noqa: PLC0415 - the hospital, only here
    from wsq_huddle.rehearsal.hospital import FIRST  # noqa: PLC0415

    refuse()
    with open_hospital(folder, node=node or FIRST, keep=keep, say=_progress) as hospital:
        hospital.start()
        seats = [Seat(place.key, place.name, _PLACES.get(place.tier, "")) for place in hospital.places]
        path: Path | None = hospital.config()
        code = 0
        while path is not None and code == 0:
            there = replace(asked, config=path, clock=hospital.clock)
            # What a hospital that goes with its demo leaves of a crash is to be there afterwards.
            shown = Shown(there, load(path), seats=seats, reports=None if keep or folder else somewhere())
            code = shown.run()
            path = hospital.switch(shown.sat_down_at) if shown.sat_down_at else None
        if keep or folder:
            _progress(f"The hospital is kept in {hospital.folder}: `wsq-huddle demo --dir {hospital.folder}` goes on.")
    return code


def _progress(line: str) -> None:
    """Say how far it has come; stdout is for answers."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
