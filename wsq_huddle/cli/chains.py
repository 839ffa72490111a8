"""`chain`: the morning, every node's huddle."""

from typing import Annotated

import typer
from typer import Context, Option

from wsq_huddle.cli.commands import Verb
from wsq_huddle.cli.opening import at_desk
from wsq_huddle.cli.reading import day
from wsq_huddle.cli.telling import local, say, table, tell
from wsq_huddle.services import chains
from wsq_huddle.services.chains import Morning
from wsq_huddle.services.desk import Desk

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=Verb)
def chain(context: Context, on: Annotated[str, Option(help="The day, as 2026-11-24; by default today.")] = "") -> None:
    """Show the morning: held, late, missed, reported; problems up and down."""
    with at_desk(context) as desk:
        morning = chains.morning(desk, day(on, "--on", desk.zone) if on else None)
        tell(context, morning.as_json(), lambda: _draw(desk, morning))


def _draw(desk: Desk, morning: Morning) -> None:
    opens, closes = (local(one, desk.zone) for one in morning.window)
    say(f"{morning.on.strftime('%a %d %b %Y')}, protected time {opens[-5:]} to {closes[-5:]}")
    table(
        ("tier", "node", "huddle", "planned", "state", "opened", "told us", "up", "down"),
        [
            (row.tier, row.name, row.huddle, local(row.planned_at, desk.zone)[-5:],
             row.state.value + (", late" if row.late else ""), local(row.opened_at, desk.zone)[-5:],
             local(row.reported_at, desk.zone)[-5:], row.problems_up, row.problems_down)
            for row in morning.rows
        ],
        empty="No huddles.",
    )  # fmt: skip
    for one in morning.closed:
        covers = f", {desk.names(one.stand_in)} stands in" if one.stand_in else ""
        say(f"{one.name}: closed{covers}.")
