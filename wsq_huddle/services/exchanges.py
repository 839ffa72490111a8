"""Exchanging with the node above: joined, done once, or kept going beside something else."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from wsq_huddle.errors import ConfigError, HuddleError

from . import definitions, rules
from .desk import Desk

if TYPE_CHECKING:
    from wsq_huddle.config import Settings
    from wsq_huddle.sync.joining import Joined
    from wsq_huddle.sync.link import Link, LinkState, Way
    from wsq_huddle.sync.link.once import Exchanged

LOOK_SECONDS = 0.5
RULES_LOOKS = 40
"""The rules of time are looked at so many looks apart."""


def way(settings: "Settings", url: str = "") -> "Way":
    """The way to the hub above, with what huddle.toml trusts; `url` before the one that stands there."""
    from wsq_huddle.sync.link.way import Way  # noqa: PLC0415 - the link, only where there is one

    link = settings.link
    return Way(
        url or link.url, settings.file(link.ca_file), settings.file(link.cert_file), settings.file(link.key_file)
    )


def link(desk: Desk) -> "Link | None":
    """The link to be run beside something else; None for a node without one above."""
    if desk.parent is None or not desk.settings.link.url:
        return None
    from wsq_huddle.sync.link import Link  # noqa: PLC0415 - the link, only where there is one

    return Link(desk.store, way(desk.settings))


def exchange(desk: Desk) -> "Exchanged":
    """Exchange with the node above until nothing waits on either side."""
    from wsq_huddle.sync.link.once import exchange_once  # noqa: PLC0415 - httpx, only here

    there = _way(desk)
    definitions.publish(desk)
    return exchange_once(desk.store, there)


def keep_going(desk: Desk, told: Callable[["LinkState"], None], stopping: threading.Event) -> None:
    """Run the link and the rules of time until it is stopped; `told` hears how the link is, whenever that changes."""
    from wsq_huddle.sync.link import Link  # noqa: PLC0415 - the link, only where there is one

    running = Link(desk.store, _way(desk))
    definitions.publish(desk)
    running.start()
    try:
        _watch(desk, running, told, stopping)
    finally:
        running.stop()


def join(desk: Desk, config: Path, url: str, *, code: str = "") -> "Joined":
    """Join the node above by a one-time code, or anew with the token we have where none is given.

    Anew only when a person confirms it with a name: it shuts out any other computer of this node.
    """
    from wsq_huddle.config.writing import set_link  # noqa: PLC0415 - tomlkit, only here
    from wsq_huddle.sync import joining  # noqa: PLC0415 - httpx, only here

    there = way(desk.settings, url)
    there.check()
    definitions.publish(desk)
    joined = joining.join(desk.store, there, code) if code else joining.join_again(desk.store, there, by=desk.author)
    if url != desk.settings.link.url:
        set_link(config, url)
    return joined


def _way(desk: Desk) -> "Way":
    from wsq_huddle.sync.link.positions import position_of  # noqa: PLC0415 - SQLAlchemy, only here

    position_of(desk.store)  # says so where there is no node above
    if not desk.settings.link.url:
        raise ConfigError("[link] url of huddle.toml does not say where the node above is.")
    return way(desk.settings)


def _watch(desk: Desk, running: "Link", told: Callable[["LinkState"], None], stopping: threading.Event) -> None:
    last, looks = None, 0
    while True:
        state = running.state()
        if last is None or (state.touch, state.code, state.waiting) != (last.touch, last.code, last.waiting):
            last = state
            told(state)
        if looks % RULES_LOOKS == 0:
            try:
                rules.run(desk)
            except HuddleError:
                looks -= 1  # the store is busy: at the next look
        if stopping.wait(LOOK_SECONDS):
            return
        looks += 1
