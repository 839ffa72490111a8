"""`board`: what hangs on the wall, as a table, as JSON, or big on a screen of its own."""

from typing import Annotated

import typer
from typer import Context, Option

from wsq_huddle.cli.commands import Verb
from wsq_huddle.cli.opening import asked_of, at_desk, settings_of
from wsq_huddle.cli.telling import facts, say, table, tell
from wsq_huddle.errors import UsageError
from wsq_huddle.services import boards
from wsq_huddle.services.boards import Board

app = typer.Typer(rich_markup_mode=None, add_completion=False)

SHORTEST, LONGEST = 3.0, 3600.0
"""Seconds that a page may stay."""


@app.command(cls=Verb)
def board(
    context: Context,
    *,
    wall: Annotated[bool, Option("--wall", help="Big, on this whole screen, turning its pages until Ctrl+Q.")] = False,
    every: Annotated[str, Option(help="Seconds that a page stays on the wall.")] = "15",
) -> None:
    """Show what hangs on the wall: readiness, targets, days since harm, problems, the morning; no free text."""
    if wall:
        _show(context, _seconds(every))
        return
    with at_desk(context) as desk:
        found = boards.board(desk)
        tell(context, found, lambda: _draw(found))


def _show(context: Context, every: float) -> None:
    from wsq_huddle.cli.showing import Shown, refuse  # noqa: PLC0415 - Textual, for the wall only

    asked = asked_of(context)
    if asked.json:
        raise UsageError("The wall has no JSON; `wsq-huddle board --json` has.")
    refuse()

    from screens.wall import WallApp, WallScreen  # noqa: PLC0415 - it is certain now that it can be drawn

    class Wall(WallScreen):
        """The wall with the time that was asked for."""

    Wall.every = every
    raise typer.Exit(Shown(asked, settings_of(asked), home=Wall, program=WallApp).run())


def _seconds(said: str) -> float:
    try:
        seconds = float(said)
    except ValueError:
        seconds = 0
    if not SHORTEST <= seconds <= LONGEST:
        raise UsageError(f"--every takes seconds, from {SHORTEST:g} to {LONGEST:g}; {said!r} is none of them.")
    return seconds


def _draw(found: Board) -> None:
    said = f" (huddle of {found.told_on})" if found.told_on else ""
    say(f"{found.name}, {found.on}{said}")
    facts({one.name: one.mark.value for one in found.ready})
    table(
        ("measure", "value", "target", "mark"),
        [(one.name, one.value, one.target, one.mark.value) for one in found.measured],
        empty="No measures.",
    )
    table(
        ("since the last", "days", "this month"),
        [(one.name, "never" if one.days is None else one.days, one.count) for one in found.since],
        empty="No kinds of events.",
    )
    tally = found.tally
    say(f"Since {tally.since}: {tally.raised} raised, {tally.answered} answered, {tally.fixed} fixed.")
