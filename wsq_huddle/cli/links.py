"""`sync`: exchange with the node above, now or until it is stopped."""

import signal
import threading
from types import FrameType
from typing import Annotated

import typer
from typer import Context, Option

from wsq_huddle.cli.commands import Verb
from wsq_huddle.cli.opening import at_desk
from wsq_huddle.cli.refusals import complain
from wsq_huddle.cli.telling import say, tell
from wsq_huddle.services import exchanges, links
from wsq_huddle.services.desk import Desk
from wsq_huddle.sync.link.state import LinkState, Touch

app = typer.Typer(rich_markup_mode=None, add_completion=False)

_WORDS = {
    Touch.ALONE: "no node above",
    Touch.TRYING: "trying",
    Touch.IN_TOUCH: "in touch",
    Touch.NO_NETWORK: "no network",
    Touch.NOT_ACCEPTED: "not accepted, tell IT",
}


@app.command(cls=Verb)
def sync(
    context: Context,
    watch: Annotated[bool, Option("--watch", help="Go on until it is stopped; the sender beside a unit.")] = False,
) -> None:
    """Exchange with the node above until nothing waits on either side."""
    with at_desk(context, running=watch) as desk:
        if watch:
            _keep_going(context, desk)
            return
        done = exchanges.exchange(desk)
        document = {
            "peer": done.peer,
            "sent": done.sent,
            "received": done.received,
            "refused": done.refused,
            "waiting": done.waiting,
            "at": done.at,
        }
        tell(
            context,
            document,
            lambda: say(
                f"{desk.names(done.peer)}: {done.sent} sent, {done.received} received, {done.refused} refused,"
                f" {done.waiting} waiting."
            ),
        )
        for sentence in links.astray(desk):
            complain(sentence)


def _keep_going(context: Context, desk: Desk) -> None:
    """Run the link until a signal ends it; a program then gets how it stood last, as its one document."""
    stopping = threading.Event()
    last = [LinkState(Touch.TRYING)]

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    def told(state: LinkState) -> None:
        last[0] = state
        if not context.obj.json:
            say(said(state))

    earlier = {one: signal.signal(one, stop) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        exchanges.keep_going(desk, told, stopping)
    finally:
        for one, handler in earlier.items():
            signal.signal(one, handler)
    document = {
        "peer": desk.parent,
        "state": last[0].touch,
        "waiting": last[0].waiting,
        "last_contact": last[0].last_contact,
    }
    tell(context, document, lambda: None)


def said(state: LinkState) -> str:
    """The link in a line."""
    waiting = f", {state.waiting} to send" if state.waiting else ""
    return f"{_WORDS[state.touch]}{waiting}{f': {state.why}' if state.why else ''}"
