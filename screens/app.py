"""The program that shows the screens: how they are reached, what works on all, what happens when one breaks."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from rich.text import Text
from textual import events, on
from textual.app import SystemCommand
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from screens import keys, palette
from screens.crash import Steadfast
from screens.form import Answers, Ask, Form
from screens.frame import DeskScreen
from screens.head import Heading
from screens.help import HelpScreen
from screens.marks import Mark, plain_console
from screens.reading import DeskLike
from screens.terminal import ControlFilter, window_title
from screens.themes import ANSI_THEME, THEMES
from wsq_huddle.errors import HuddleError

_HOME = "home"
_FEW_COLOURS = {None, "standard", "windows"}


class HuddleApp(Steadfast):
    """The screens of one node.

    The first frame is drawn before anything heavy is imported: `loader` opens the desk and `places` imports the
    screens, both in a thread, after the paint. `home` is the class of the first screen, cheap to import.
    """

    DEFAULT_MODE = _HOME
    ENABLE_COMMAND_PALETTE = True
    ALLOW_SELECT = False
    # Old consoles have neither the magnifying glass of Textual's palette nor the eighth blocks of its frame.
    CSS = """
    CommandPalette SearchIcon { display: none; }
    CommandPalette #--input { border: none; padding: 1 3; }
    CommandPalette #--input.--list-visible { border: none; }
    CommandPalette CommandList { border: none; scrollbar-size: 0 0; }
    CommandPalette CommandList.--visible { border: none; }
    """
    BINDINGS = keys.bindings(("help", "sign", "command_palette", "quit"))

    @dataclass(eq=False, repr=False)
    class Loaded(Message):
        """The desk is open and the screens are imported."""

        desk: DeskLike
        places: Sequence[type[DeskScreen[Any]]]

    @dataclass(eq=False, repr=False)
    class Entered(Message):
        """Something was recorded, here or by another program."""

    @dataclass(eq=False, repr=False)
    class LinkTold(Message):
        """What the link says now, for line 1 of all screens."""

        mark: Mark
        words: str

    def __init__(  # noqa: PLR0913 - all but three by name
        self,
        loader: Callable[[], DeskLike],
        home: type[DeskScreen[Any]],
        places: Callable[[], Sequence[type[DeskScreen[Any]]]] = tuple,
        *,
        reports: Path,
        place: str = "",
        clock: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        theme: str = "",
        keymap: Mapping[str, str] | None = None,
        parting: Callable[[], str] = str,
        plain: bool | None = None,
    ) -> None:
        super().__init__(reports)
        self.plain = plain_console(sys.stderr, os.environ) if plain is None else plain
        self._filters.append(ControlFilter(plain=self.plain))
        for ours in THEMES:
            self.register_theme(ours)
        few = self.console.color_system in _FEW_COLOURS or bool(os.environ.get("NO_COLOR"))
        self.theme = theme or (ANSI_THEME.name if few else "dark")
        self.keys_given = dict(keymap or {})
        self.set_keymap(self.keys_given)
        self.add_mode(_HOME, home)
        self._home = home
        self._loader, self._every = loader, places
        self._place, self._clock, self._parting = place, clock, parting
        self._desk: DeskLike | None = None
        self._link: tuple[Mark, str] | None = None
        self._window = ""

    # What screens use

    @property
    def ready(self) -> bool:
        """Whether the desk is open."""
        return self._desk is not None

    @property
    def desk_now(self) -> DeskLike:
        if self._desk is None:
            raise RuntimeError("A screen asked for the desk before it was open.")
        return self._desk

    def now(self) -> datetime:
        """Give the local time: the desk's, as soon as there is one."""
        return self._desk.now().astimezone(self._desk.zone) if self._desk else self._clock()

    def heading(self) -> Heading:
        """Say what stands on line 1 of every screen."""
        place = self._desk.name if self._desk else self._place
        mark, words = self._link or (None, "")
        return Heading(place, mark=mark, link=words)

    def can(self, key_id: str) -> bool:
        """Say whether a key does something on every screen."""
        return hasattr(self, f"action_{key_id}") or key_id in self._modes

    @property
    def behind_this(self) -> str:
        """Where Esc leads to; empty on the first screen."""
        if len(self.screen_stack) > 1:
            return str(getattr(self.screen_stack[-2], "LABEL", "")) or "Back"
        return "" if self.current_mode == _HOME else self._home.LABEL or "Back"

    def back(self) -> None:
        """Go back to where one came from."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif self.current_mode != _HOME:
            self.switch_mode(_HOME)

    def entitle(self, words: str) -> None:
        """Write the title of the window; not again when it is the same."""
        if words != self._window and self._driver is not None and not self.is_headless:
            self._window = words
            self._driver.write(window_title(words))

    # Loading

    def on_mount(self) -> None:
        self.entitle(f"Huddle: {self._place}" if self._place else "Huddle")
        self.call_after_refresh(self._load)

    def _load(self) -> None:
        self.run_worker(self._open, thread=True, exit_on_error=False, group="load")

    def _open(self) -> None:
        desk = self._loader()
        self.post_message(self.Loaded(desk, self._every()))

    @on(Loaded)
    def _loaded(self, event: Loaded) -> None:
        self._desk = event.desk
        for place in event.places:
            self.add_mode(place.KEY, place)
            key = keys.BY_ID[place.KEY]
            reached = Binding(key.keys, f"go('{key.id}')", key.label, show=False, id=key.id, tooltip=key.help)
            for binding in Binding.make_bindings([reached]):
                self._bindings.key_to_bindings.setdefault(binding.key, []).append(binding)
        event.desk.listen(self._told_of_entry)
        self.entitle(f"Huddle: {event.desk.name}")
        self._show()

    def _told_of_entry(self, *_: object) -> None:
        """Take word of an entry from any thread."""
        self.post_message(self.Entered())

    @on(Entered)
    def _entered(self) -> None:
        self._show()

    @on(LinkTold)
    def _link_told(self, event: LinkTold) -> None:
        self._link = (event.mark, event.words)
        self._show()

    def _show(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.show_again()

    # What works everywhere

    def action_go(self, name: str) -> None:
        """Open the screen with that key."""
        self.switch_mode(name)

    def action_help(self) -> None:
        if isinstance(self.screen, DeskScreen):
            self.push_screen(HelpScreen(cast("DeskScreen[object]", self.screen)))

    def action_sign(self) -> None:
        screen = self.screen
        if isinstance(screen, DeskScreen) and self._desk is not None:
            ask = Ask("name", "Who signs?", hint="name or role", limit=80, must=True)
            screen.ask(Form("WHO SIGNS FROM NOW ON", [ask], save=self._sign, draft={"name": self._desk.author}))

    def _sign(self, answers: Answers) -> None:
        self.desk_now.sign_as(answers["name"])
        self._show()

    async def action_quit(self) -> None:
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, DeskScreen) and screen.form is not None:
                    screen.form.flush()
        words = self._parting()
        self.exit(message=Text(words) if words else None)

    def action_help_quit(self) -> None:
        """Ctrl+C copies in a field; elsewhere people mean to leave."""
        if isinstance(self.screen, DeskScreen):
            leave = keys.name(keys.BY_ID["quit"], self.keys_given)
            self.screen.say(f"{leave} leaves. Everything is kept.")

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Fill the palette."""
        return palette.commands(self, screen)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded and isinstance(self.screen, DeskScreen):
            self.screen.hush()
        await super().on_event(event)

    # When something breaks

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Leave with a sentence when the desk cannot be opened."""
        error = event.worker.error
        if event.state is WorkerState.ERROR and isinstance(error, HuddleError):
            self.exit(return_code=error.exit_code, message=Text(f"wsq-huddle: {error}"))
        elif event.state is WorkerState.ERROR and isinstance(error, Exception):
            self._handle_exception(error)
