"""`log`: the entries, their chain, and the tables made from them."""

from pathlib import Path
from typing import Annotated

import typer
from typer import Context, Option

from wsq_huddle.cli.commands import Verb, group
from wsq_huddle.cli.opening import asked_of, at_desk
from wsq_huddle.cli.reading import number
from wsq_huddle.cli.refusals import complain
from wsq_huddle.cli.telling import local, say, table, tell, write
from wsq_huddle.errors import CheckFailed, StoreError
from wsq_huddle.services import logs

app = group()


@app.callback()
def log() -> None:
    """Entries, their chain, and the tables made from them."""


@app.command(cls=Verb)
def show(
    context: Context,
    subject: Annotated[str, Option(help="Only of subjects that begin so, as problem-0198.")] = "",
    limit: Annotated[str, Option(help="At most so many, the last ones.")] = "50",
) -> None:
    """Show the last entries."""
    most = number(limit, "--limit")
    with at_desk(context) as desk:
        found = logs.latest(desk, subject=subject, limit=most)
        tell(
            context,
            found,
            lambda: table(
                ("no", "when", "what", "subject", "node", "who"),
                [(one.arrival, local(one.at, desk.zone), one.kind, one.subject, one.node, one.by) for one in found],
                empty="The log is empty.",
            ),
        )


@app.command(cls=Verb)
def verify(context: Context) -> None:
    """Look over every entry: whether it is the one that was written, and whether one is missing."""
    with at_desk(context) as desk:
        found = logs.verify(desk)
        tell(
            context,
            found.json(),
            lambda: say(*found.faults, f"{found.entries} entries in {len(found.chains)} chains were looked over."),
        )
    if not found.ok:
        complain(f"{len(found.faults)} {'thing is' if len(found.faults) == 1 else 'things are'} wrong in the log.")
        raise typer.Exit(CheckFailed.exit_code)


@app.command(cls=Verb)
def export(
    context: Context,
    to: Annotated[str, Option("--to", help="A new file; by default the lines go to stdout.", metavar="FILE")] = "",
) -> None:
    """Write every entry as a line of JSON, with the texts as they were written."""
    with at_desk(context) as desk:
        if to:
            path, count = Path(to).expanduser(), 0
            try:
                with path.open("x", encoding="utf-8", newline="\n") as file:
                    for line in logs.lines(desk):
                        file.write(line + "\n")
                        count += 1
            except OSError as error:
                raise StoreError(f"{path} cannot be written: {error.strerror}.") from error
            tell(context, {"file": str(path), "entries": count}, lambda: say(f"{count} entries are in {path}."))
        elif asked_of(context).json:
            write(f"[{','.join(logs.lines(desk))}]")
        else:
            for line in logs.lines(desk):
                write(line)


@app.command(cls=Verb)
def rebuild(context: Context) -> None:
    """Make the tables again from the log; they are the same afterwards."""
    with at_desk(context) as desk:
        count = logs.rebuild(desk)
        tell(context, {"subjects": count}, lambda: say(f"The tables of {count} subjects were made again."))
