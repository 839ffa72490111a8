"""No command: the screens of this node. The first frame is painted before the store is opened."""

import os
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from screens.terminal import refuse_terminal
from wsq_huddle.cli import collecting
from wsq_huddle.cli.asked import Asked
from wsq_huddle.config import Loaded, find, load
from wsq_huddle.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from screens.app import HuddleApp
    from screens.frame import DeskScreen
    from screens.seats import Seat
    from wsq_huddle.services.desk import Desk
    from wsq_huddle.sync.link import LinkState


def show(asked: Asked) -> int:
    """Open the screens, until somebody leaves; gives the exit code."""
    if asked.json:
        raise UsageError("The screens have no JSON. `wsq-huddle --help` lists the commands that have.")
    refuse()
    found = find(asked.config)
    if found is None or not found.path.exists():
        return _not_set_up(asked, f"there is no {found.path}" if found else "")
    return Shown(asked, load(asked.config)).run()


def _not_set_up(asked: Asked, why: str) -> int:
    """Say whom to ring; a nurse is never asked to set up. Whoever wants to look around gets the demo."""
    import tempfile  # noqa: PLC0415 - only here
    from pathlib import Path  # noqa: PLC0415

    from screens.unset import UnsetApp  # noqa: PLC0415 - Textual, when it is certain that it can draw
    from wsq_huddle.services import computers  # noqa: PLC0415

    app = UnsetApp(computers.name(), why, reports=Path(tempfile.gettempdir()))
    app.run()
    if not app.wants_demo:
        return app.return_code or 0
    from wsq_huddle.cli.demos import sit  # noqa: PLC0415 - the hospital, only here

    return sit(asked, None, "", keep=False)


def refuse() -> None:
    """Say why no screens can be drawn here, before anything is drawn."""
    if refused := refuse_terminal(sys.stdin, sys.stderr, os.environ, _size()):
        raise UsageError(refused)


class Shown:
    """The screens of one node, and what runs beside them: the link, the rules of time, news of other processes."""

    def __init__(
        self,
        asked: Asked,
        loaded: Loaded,
        *,
        seats: "Sequence[Seat]" = (),
        home: "type[DeskScreen[Any]] | None" = None,
        program: "type[HuddleApp] | None" = None,
        reports: "Path | None" = None,
    ) -> None:
        self._asked = asked
        self._seats = seats
        self._home, self._kind = home, program
        self.sat_down_at = ""
        self._loaded = loaded
        self._reports = reports or loaded.settings.logs
        self._desk: Desk | None = None
        self._waiting = 0

    def run(self) -> int:
        from screens.news import warm_up  # noqa: PLC0415 - Textual, when it is certain that it can draw
        from screens.today import TodayScreen  # noqa: PLC0415

        settings = self._loaded.settings
        looks = settings.screens
        self.app: HuddleApp = self._program()(
            self._open,
            self._home or TodayScreen,
            places,
            reports=self._reports,
            place=settings.node.name,
            clock=self._clock(),
            theme="" if looks.theme == "dark" else looks.theme,
            keymap=looks.keys,
            parting=self._parting,
            plain=True if looks.ascii else None,
            behind=(warm_up, self._show_tour, self._run_beside),
        )
        try:
            self.app.run(mouse=looks.mouse)
        finally:
            self._end()
        self.sat_down_at = getattr(self.app, "sat_down_at", "")
        return self.app.return_code or 0

    def _program(self) -> "Callable[..., HuddleApp]":
        """The screens; those of a rehearsal have a key to sit down somewhere else."""
        if self._kind is not None:
            return self._kind
        if self._seats:
            from screens.seats import RehearsalApp  # noqa: PLC0415 - the demo only

            return partial(RehearsalApp, seats=self._seats)
        from screens.app import HuddleApp  # noqa: PLC0415 - Textual, when it is certain that it can draw

        return HuddleApp

    def _open(self) -> "Desk":
        """Open the desk, in a thread, after the first frame."""
        from wsq_huddle.cli.opening import desk_of  # noqa: PLC0415 - the store, after the first frame

        self._desk = desk_of(self._asked, self._loaded, running=True)
        return self._desk

    def _show_tour(self, desk: "Desk", _stopping: threading.Event) -> None:
        """Show the tour to who starts here for the first time."""
        from wsq_huddle.services import tours  # noqa: PLC0415 - after the first frame

        if tours.waits(desk):
            self.app.call_later(self.app.tour_by_itself)

    def _run_beside(self, desk: "Desk", stopping: threading.Event) -> None:
        """Run the link, the rules of time and the look for news, once the first screen stands."""
        from wsq_huddle.cli.opening import settings_of  # noqa: PLC0415 - the store, after the first frame
        from wsq_huddle.services.exchanges import run_beside  # noqa: PLC0415 - the link, after the first frame

        run_beside(
            desk,
            stopping,
            told=lambda state: self._told(desk, state),
            news=lambda: self.app.post_message(self.app.Entered()),
            stirred=self.app.stirred,
            again=lambda: settings_of(self._asked).settings,
        )

    def _told(self, desk: "Desk", state: "LinkState") -> None:
        from screens.marks import Mark  # noqa: PLC0415 - loaded long since

        self._waiting = state.waiting
        name, words = link_words(state, lambda instant: desk.local(instant).strftime("%H:%M"))
        self.app.post_message(self.app.LinkTold(Mark[name], words))

    def _clock(self) -> "Callable[[], datetime]":
        """The local time of the first frame; then the desk's own goes on."""
        from wsq_huddle.services.clocks import FileClock, RunningClock, instant, machine_clock  # noqa: PLC0415 - after the first frame

        zone, now = self._loaded.settings.zone, machine_clock
        if self._asked.now:
            now = RunningClock(instant(self._asked.now), machine_clock())
        elif self._asked.clock is not None:
            now = FileClock(self._asked.clock)
        return lambda: now().astimezone(zone)

    def _parting(self) -> str:
        """What is said when somebody leaves: that something waits to be sent, and that nothing is lost."""
        if not self._waiting:
            return ""
        from wsq_huddle.services import senders  # noqa: PLC0415 - loaded long since

        return senders.parting(self._desk, self._waiting) if self._desk is not None else ""

    def _end(self) -> None:
        self.app.end()
        if self._desk is not None:
            self._desk.store.close()


def places() -> "Sequence[type[DeskScreen[Any]]]":
    """The screens besides the first, imported in a thread once the first stands."""
    collecting.as_usual()
    from screens.measures import MeasuresScreen  # noqa: PLC0415 - after the first frame
    from screens.morning import MorningScreen  # noqa: PLC0415
    from screens.problems import ProblemsScreen  # noqa: PLC0415

    return (ProblemsScreen, MorningScreen, MeasuresScreen)


def link_words(state: "LinkState", clock: "Callable[[datetime], str]") -> tuple[str, str]:
    """The mark and the words of line 1; never red, because nothing is lost."""
    waiting = f", {state.waiting} to send" if state.waiting else ""
    since = state.since or state.last_contact
    match state.touch.value:
        case "in-touch":
            return "MET", f"in touch {clock(state.last_contact) if state.last_contact else ''}".rstrip() + waiting
        case "no-network":
            return "ATTENTION", f"no network {clock(since) if since else ''}".rstrip() + waiting
        case "not-accepted":
            return "ATTENTION", "not accepted, tell IT"
        case _:
            return "NONE", f"no hub yet{waiting}" if waiting else "looking for the hub"


def _size() -> tuple[int, int]:
    """Columns and lines of the terminal that the screens are drawn on."""
    for stream in (sys.__stderr__, sys.__stdout__):
        try:
            if stream is not None:
                return os.get_terminal_size(stream.fileno())
        except (OSError, ValueError):
            continue
    return (80, 24)
