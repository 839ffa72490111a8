"""`serve`: the hub for the nodes below, the link to the node above, and the rules of time beside them."""

import contextlib
import signal
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from typer import Context, Option

from wsq_huddle.cli.commands import Verb
from wsq_huddle.cli.opening import asked_of, at_desk, settings_of
from wsq_huddle.cli.telling import say, tell
from wsq_huddle.errors import UsageError
from wsq_huddle.services import definitions, hubs

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(cls=Verb)
def serve(
    context: Context,
    *,
    listen: Annotated[str, Option(help="HOST:PORT; by default [hub] listen of huddle.toml.")] = "",
    cert: Annotated[str, Option(help="The certificate, a PEM file.")] = "",
    key: Annotated[str, Option(help="Its key, a PEM file.")] = "",
    tied: Annotated[bool, Option("--tied", hidden=True, help="End when standard input is closed.")] = False,
) -> None:
    """Run the hub, and the link to the node above, until it is stopped."""
    with at_desk(context, running=True) as desk:
        address = hubs.address(desk.settings)
        if listen:
            host, port = _place(listen)
            address = replace(address, host=host, port=port)
        if cert or key:
            address = replace(address, cert=Path(cert) if cert else None, key=Path(key) if key else None)
        definitions.publish(desk)

        def ready(url: str) -> None:
            tell(
                context,
                {"node": desk.node, "url": url, "parent": desk.parent},
                lambda: say(f"{desk.name} listens on {url}. Ctrl+C ends it."),
            )

        earlier = signal.signal(signal.SIGTERM, _end)
        try:
            with contextlib.suppress(KeyboardInterrupt):
                hubs.serve(desk, address, ready=ready, tied=tied, again=lambda: settings_of(asked_of(context)).settings)
        finally:
            signal.signal(signal.SIGTERM, earlier)


def _end(_signal: int, _frame: FrameType | None) -> None:
    """End as Ctrl+C does: what runs beside the hub is stopped, and the store closed."""
    raise KeyboardInterrupt


def _place(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not colon or not host or not port.isascii() or not port.isdigit() or int(port) > 65_535:  # noqa: PLR2004 - TCP
        raise UsageError(f"--listen: {text!r} is no HOST:PORT like 127.0.0.1:7150.")
    return host, int(port)
