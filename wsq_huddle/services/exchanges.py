"""Exchanging with the node above: joined, done once, or kept going beside something else."""

import contextlib
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from wsq_huddle.errors import ConfigError, HuddleError, NotAllowed

from . import definitions, rules, senders
from .desk import Desk

if TYPE_CHECKING:
    from wsq_huddle.config import Settings
    from wsq_huddle.store.places import Watch
    from wsq_huddle.sync.joining import Joined
    from wsq_huddle.sync.link import Link, LinkState, Way
    from wsq_huddle.sync.link.once import Exchanged

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
STATE_LOOKS, RULES_LOOKS, JOINED_LOOKS = 1, 30, 3
"""So many looks apart the state of the link is told, the rules of time are looked at, and whether we have joined."""

_NO_NETWORK = "no-network"

WAKE_LOOKS = 3
"""So many looks apart a key press may have the link try again where there is no network."""

Told = Callable[["LinkState"], None]
Again = Callable[[], "Settings"]
"""Reads huddle.toml again: `join` writes there where the node above is."""


class Joining:
    """The link of a node that had none above when this program began, once it has joined one.

    huddle.toml is read again only when something has changed in its folder: `join` puts a new one there.
    """

    def __init__(self, desk: Desk, again: Again) -> None:
        self._desk, self._again = desk, again
        self._read = -1

    def look(self) -> "Link | None":
        """Look whether it is so by now."""
        if self._desk.parent is None or (changed := self._changed()) == self._read:
            return None
        self._read = changed
        try:
            return link(Desk(self._desk.store, self._again()))
        except HuddleError as error:
            log.warning("the link waits: %s", error.kind)
            return None

    def _changed(self) -> int:
        try:
            return self._desk.settings.home.stat().st_mtime_ns
        except OSError:
            return 0


class LinkToCome:
    """The link of a node that joins the one above while this runs: nobody has to start anything again."""

    def __init__(self, desk: Desk, again: Again) -> None:
        self._joined = Joining(desk, again)
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Wait for it in a thread of its own, and run it, until `stop`."""
        self._thread = threading.Thread(target=self._wait, name="link-to-come", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(10)
            self._thread = None

    def _wait(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS * JOINED_LOOKS):
            running = self._joined.look()
            if running is not None:
                running.start()
                self._stopping.wait()
                running.stop()


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


def keep_going(desk: Desk, told: Told, stopping: threading.Event) -> None:
    """Run the link and the rules of time until it is stopped; `told` hears how the link is, whenever that changes."""
    _way(desk)
    with senders.working(desk):
        run_beside(desk, stopping, told=told)


def run_beside(  # noqa: PLR0913 - what it tells of, and whom it heeds
    desk: Desk,
    stopping: threading.Event,
    *,
    told: Told,
    news: Callable[[], object] = lambda: None,
    stirred: threading.Event | None = None,
    again: Again | None = None,
) -> None:
    """What runs beside the screens, or alone: the link where there is one, the rules of time, a look for news.

    `news` is called when any process has recorded something; it is a hint. Somebody who presses a key sets `stirred`:
    where there is no network the link tries again then. With `again` a node may join the one above meanwhile. Ends when
    `stopping` is set.
    """
    definitions.publish(desk)
    watch = desk.store.place.watch()
    with contextlib.ExitStack() as ends:
        ends.callback(watch.close)

        def started(found: "Link | None") -> "Link | None":
            if found is not None:
                found.start()
                ends.callback(found.stop)
            return found

        joined = Joining(desk, again) if again is not None else None

        def look() -> "Link | None":
            return started(joined.look()) if joined is not None else None

        _look_around(desk, started(link(desk)), look, watch, stopping, told, news, stirred or threading.Event())


def join(desk: Desk, config: Path, url: str, *, code: str = "", spare: bool = False) -> "Joined":
    """Join the node above by a one-time code, or anew with the token we have where none is given.

    Anew only when a person confirms it with a name: it shuts out any other computer of this node, and makes a spare
    the one that the node works on. With a code this computer may become a `spare`, which shuts nobody out.
    """
    from wsq_huddle.config.writing import set_link  # noqa: PLC0415 - tomlkit, only here
    from wsq_huddle.sync import joining  # noqa: PLC0415 - httpx, only here

    there = way(desk.settings, url)
    there.check()
    if not spare:
        definitions.publish(desk)
    if code:
        joined = joining.join(desk.store, there, code, spare=spare)
    else:
        joined = joining.join_again(desk.store, there, by=desk.author)
    if url != desk.settings.link.url:
        set_link(config, url)
    return joined


def move_here(desk: Desk) -> "Joined":
    """Move the node to this computer, which is a spare of it, while the node above can be reached.

    Whoever signs answers for it: the computer that the node works on now is shut out by it.
    """
    from wsq_huddle.sync import joining  # noqa: PLC0415 - httpx, only here

    from . import computers  # noqa: PLC0415 - once

    if not desk.spare:
        raise NotAllowed(f"{desk.name} works on this computer already; only a spare can become it.")
    if not desk.named:
        raise NotAllowed(
            "Huddle here is signed by a person: say who you are with --as NAME, on the screens with your name."
        )
    joined = joining.join_again(desk.store, _way(desk), by=desk.author)
    computers.set_up(desk)
    return joined


def _way(desk: Desk) -> "Way":
    from wsq_huddle.sync.link.positions import position_of  # noqa: PLC0415 - SQLAlchemy, only here

    position_of(desk.store)  # says so where there is no node above
    if not desk.settings.link.url:
        raise ConfigError("[link] url of huddle.toml does not say where the node above is.")
    return way(desk.settings)


def _look_around(  # noqa: PLR0913, PLR0917 - all that is looked at
    desk: Desk,
    running: "Link | None",
    joined: Callable[[], "Link | None"],
    watch: "Watch",
    stopping: threading.Event,
    told: Told,
    news: Callable[[], object],
    stirred: threading.Event,
) -> None:
    last: LinkState | None = None
    looks, due, may_wake = 0, 0, 0
    news()  # of what was recorded between the first look and the watch
    while not stopping.wait(LOOK_SECONDS if looks else 0.0):
        try:
            if watch.changed():
                news()
            if running is None and looks % JOINED_LOOKS == 0:
                running = joined()
            if running is not None and looks % STATE_LOOKS == 0:
                state = running.state()
                if last is None or _differs(state, last):
                    last = state
                    told(state)
                if looks >= may_wake and stirred.is_set():
                    stirred.clear()
                    if state.touch.value == _NO_NETWORK:
                        running.wake()
                        may_wake = looks + WAKE_LOOKS
            if looks >= due:
                rules.run(desk)
                due = looks + RULES_LOOKS
        except HuddleError:
            log.warning("what runs beside the screens waits for the store")
        looks += 1


def _differs(now: "LinkState", before: "LinkState") -> bool:
    """Whether people would see a difference; the time of the last contact is told by the minute."""
    minutes = [one.last_contact and one.last_contact.replace(second=0, microsecond=0) for one in (now, before)]
    return (now.touch, now.code, now.waiting, minutes[0]) != (before.touch, before.code, before.waiting, minutes[1])
