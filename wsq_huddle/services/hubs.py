"""The hub of this node: where it listens, and what runs beside it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from . import exchanges, rules, senders
from .desk import Desk

if TYPE_CHECKING:
    from wsq_huddle.config import Settings
    from wsq_huddle.sync.hub.serving import Address


def address(settings: "Settings") -> "Address":
    """Where the hub listens and with which certificate, as huddle.toml says."""
    from wsq_huddle.sync.hub.serving import Address  # noqa: PLC0415 - FastAPI, only here

    host, _, port = settings.hub.listen.rpartition(":")
    cert, key = settings.file(settings.hub.cert_file), settings.file(settings.hub.key_file)
    return Address(host.removeprefix("[").removesuffix("]"), int(port), cert, key)


def serve(
    desk: Desk,
    at: "Address",
    *,
    ready: Callable[[str], None] | None = None,
    tied: bool = False,
    again: exchanges.Again | None = None,
) -> None:
    """Run the hub until a signal ends it, with the link to the node above and the rules of time beside it.

    With `again` the link also begins when this node joins the one above later.
    """
    from wsq_huddle.sync.hub.serving import serve as run  # noqa: PLC0415 - FastAPI, only here

    with senders.working(desk):
        run(
            desk.store,
            at,
            link=exchanges.link(desk) or (exchanges.LinkToCome(desk, again) if again is not None else None),
            rules=lambda: rules.run(desk),
            logs=desk.settings.logs,
            ready=ready,
            tied=tied,
        )
