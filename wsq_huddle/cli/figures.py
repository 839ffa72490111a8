"""`figures`: how the huddles of a period worked, of this node and those below it."""

from typing import Annotated

import typer
from typer import Context, Option

from wsq_huddle.cli.commands import Verb
from wsq_huddle.cli.opening import at_desk
from wsq_huddle.cli.reading import day
from wsq_huddle.cli.telling import facts, say, table, tell
from wsq_huddle.domain.figures import Figures, as_json
from wsq_huddle.services import chains
from wsq_huddle.services import figures as counted
from wsq_huddle.services.desk import Desk

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=Verb)
def figures(
    context: Context,
    begins: Annotated[
        str, Option("--from", help="The first day, as 2026-11-01; by default the first of the month.")
    ] = "",
    ends: Annotated[str, Option("--to", help="The last day; by default today.")] = "",
) -> None:
    """Count huddles, problems and answers of a period. Nobody is ranked, and more problems raised is no worse."""
    with at_desk(context) as desk:
        until = day(ends, "--to", desk.zone) if ends else chains.today(desk)
        since = day(begins, "--from", desk.zone) if begins else until.replace(day=1)
        found = counted.between(desk, since, until)
        tell(context, as_json(found), lambda: _draw(desk, found))


def _draw(desk: Desk, found: Figures) -> None:
    huddles, problems, answers = found.huddles, found.problems, found.answers
    hours = problems.median_hours
    say(f"{desk.name}, {found.begins} to {found.ends}")
    facts(
        {
            "huddles": f"{huddles.planned} planned, {huddles.held} held, {huddles.late} late, {huddles.missed} missed,"
            f" {huddles.skipped} skipped, {huddles.unknown} without a word",
            "a huddle took": _of(huddles.median_minutes, "min"),
            "problems": f"{problems.raised} raised, {problems.escalated} asked for help with, {problems.returned} sent"
            f" back, {problems.reopened} opened again",
            "solved at tier": _tiers({tier: str(n) for tier, n in problems.resolved_by_tier.items()}),
            "until got it": _of(hours["acknowledge"], "h"),
            "until solved": _of(hours["resolve"], "h"),
            "until confirmed": _of(hours["confirm"], "h"),
            "time at tier": _tiers({tier: f"{n:g} h" for tier, n in problems.median_hours_at_tier.items()}),
            "answers": f"{answers.given} given, {answers.read_out} read out, {answers.not_now} not possible now",
            "raised nothing": _named(desk, found.silent),
            "asks for help with everything": _named(desk, found.asks_up),
        }
    )
    table(
        ("tier", "node", "planned", "held", "late", "raised", "asked for help", "answered", "read out"),
        [
            (one.place.tier, one.place.name, one.huddles.planned, one.huddles.held, one.huddles.late,
             one.problems.raised, one.problems.escalated, one.answers.given, one.answers.read_out)
            for one in found.parts
        ],
        empty="No nodes.",
    )  # fmt: skip
    say("The middle of all, not the mean. docs/figures.md says what each figure means, and what it does not say.")


def _of(value: float | None, unit: str) -> str:
    return "none yet" if value is None else f"{value:g} {unit}"


def _tiers(found: dict[str, str]) -> str:
    return ", ".join(f"{tier}: {said}" for tier, said in found.items()) or "none yet"


def _named(desk: Desk, nodes: tuple[str, ...]) -> str:
    return ", ".join(desk.names(node) for node in nodes)
