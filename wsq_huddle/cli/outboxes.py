"""`outbox`: what has not reached its peer yet, and what a peer refused."""

from typing import Annotated

from typer import Argument, Context, Option

from wsq_huddle.cli.commands import Verb, group
from wsq_huddle.cli.opening import at_desk
from wsq_huddle.cli.telling import local, say, table, tell
from wsq_huddle.services import outboxes

app = group()


@app.callback(invoke_without_command=True)
def outbox(
    context: Context,
    refused: Annotated[bool, Option("--refused", help="Only what a peer refused, and why.")] = False,
) -> None:
    """What has not reached its peer yet, and what a peer refused."""
    if context.invoked_subcommand is not None:
        return
    with at_desk(context) as desk:
        found = outboxes.listed(desk, refused=refused)
        tell(
            context,
            found,
            lambda: table(
                ("id", "peer", "no", "what", "subject", "since", "refused"),
                [
                    (one.id, desk.names(one.peer), one.n, one.kind, one.subject, local(one.queued_at, desk.zone),
                     one.refused)
                    for one in found
                ],
                empty="Nothing was refused." if refused else "Everything has arrived.",
            ),
        )  # fmt: skip


@app.command(cls=Verb)
def retry(
    context: Context,
    id: Annotated[str, Argument(help="What was refused; at least 4 characters of its id.", metavar="ID")],
) -> None:
    """Send once more what a peer refused."""
    with at_desk(context) as desk:
        found = outboxes.retry(desk, id)
        tell(context, found, lambda: say(f"It waits for {', '.join(desk.names(one.peer) for one in found)} again."))
