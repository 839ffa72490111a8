"""The program that shows the screens: how they are reached, what works on all, what happens when one breaks."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.text import Text
from textual import events, on
from textual.app import SystemCommand
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from screens import keys, palette
from screens.around import Around, Surroundings, look_around
from screens.frame import DeskScreen
from screens.head import Heading
from screens.kept import Kept
from screens.marks import Mark, plain_console
from screens.news import Behind, Beside, warm_up
from screens.patience import PRODUCT, Patience
from screens.reading import DeskLike
from screens.terminal import ControlFilter
from screens.themes import ANSI_THEME, DARK, begin_with
from screens.turns import Round, Turns
from wsq_huddle.errors import HuddleError

_HOME = "home"
_FEW_COLOURS = {None, "standard", "windows"}


class HuddleApp(Surroundings):
    """The screens of one node.

    The first frame is drawn before anything heavy is imported: `loader` opens the desk and `places` imports the
    screens, both in a thread, after the paint. `home` is the class of the first screen, cheap to import.
    """

    DEFAULT_MODE = _HOME
    ENABLE_COMMAND_PALETTE = True
    ALLOW_SELECT = False
    # Textual dims what lies below its palette until it cannot be read, and old consoles have neither its magnifying
    # glass nor the eighth blocks of its frame.
    CSS = """
    CommandPalette { background: transparent; }
    CommandPalette SearchIcon { display: none; }
    CommandPalette #--input { border: none; padding: 1 3; }
    CommandPalette #--input.--list-visible { border: none; }
    CommandPalette CommandList { border: none; scrollbar-size: 0 0; }
    CommandPalette CommandList.--visible { border: none; }
    """
    BINDINGS = keys.bindings(("help", "raise_problem", "find", "sign", "command_palette", "undo", "quit"))

    @dataclass(eq=False, repr=False)
    class Loaded(Message):
        """The desk is open."""

        desk: DeskLike
        around: Around

    @dataclass(eq=False, repr=False)
    class Placed(Message):
        """The other screens are imported."""

        places: Sequence[type[DeskScreen[Any]]]

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
        around: Callable[..., Around] = look_around,
        behind: Sequence[Beside] = (warm_up,),
        patience: Patience = PRODUCT,
    ) -> None:
        super().__init__(reports, patience, around)
        self.plain = plain_console(sys.stderr, os.environ) if plain is None else plain
        self._filters.append(ControlFilter(plain=self.plain))
        few = self.console.color_system in _FEW_COLOURS or bool(os.environ.get("NO_COLOR"))
        begin_with(self, theme or (ANSI_THEME.name if few else DARK.name))
        self.keys_given.update(keys.fit(keymap or {}))
        self.set_keymap(self.keys_given)
        self._home = home
        self._loader, self._every = loader, places
        self._place_name, self._clock, self._parting = place, clock, parting
        self._what_behind = behind
        self._behind: Behind | None = None
        self._stands = False
        self._link: tuple[Mark, str] | None = None
        self.turns = Turns(self, coming=lambda: self._coming, busy=lambda: self._saving)

    def get_default_screen(self) -> Screen[Any]:
        """Give the first screen; as a mode of its own it would have all styles parsed again before it is drawn."""
        return self._home()

    # What screens use

    def now(self) -> datetime:
        """Give the local time: the desk's, as soon as there is one."""
        return self._desk.now().astimezone(self._desk.zone) if self._desk else self._clock()

    def heading(self) -> Heading:
        """Say what stands on line 1 of every screen."""
        place = self._desk.name if self._desk else self._place_name
        mark, words = self._link or (None, "")
        place += " (spare)" if self.spare else ""
        return Heading(place, mark=mark, link=words)

    def can(self, key_id: str) -> bool:
        """Say whether a key does something on every screen."""
        if key_id == "find":
            return self._finds
        if key_id == "undo":
            return self.leaving.takes_back
        if key_id == "huddle_here":
            return self.spare
        return hasattr(self, f"action_{key_id}") or key_id in self._modes

    @property
    def behind_this(self) -> str:
        """Where Esc leads to; empty on the first screen."""
        if len(self.screen_stack) > 1:
            label = str(getattr(self.screen_stack[-2], "LABEL", ""))
            # All six have to fit on line 24.
            return label if 0 < len(label) <= len("Today") else "Back"
        if self.current_mode == _HOME:
            return ""
        below = self._screen_stacks.get(_HOME)
        label = str(getattr(below[-1], "LABEL", "")) if below else self._home.LABEL
        return label if 0 < len(label) <= len("Today") else "Back"

    def back(self) -> None:
        """Go back to where one came from."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif self.current_mode != _HOME:
            self.switch_mode(_HOME)

    # Loading

    def on_mount(self) -> None:
        self.add_mode(_HOME, self._home)
        self.entitle(f"Huddle: {self._place_name}" if self._place_name else "Huddle")
        self.call_after_refresh(self._load)

    def _load(self) -> None:
        self.run_worker(self._open, thread=True, exit_on_error=False, group="load")

    def _open(self) -> None:
        desk = self._loader()
        self.post_message(self.Loaded(desk, self.look_at_all(desk)))

    @on(Loaded)
    def _loaded(self, event: Loaded) -> None:
        self._desk = event.desk
        self._site = event.around.site
        self.kept = Kept(self._keep, event.around.drafts)
        event.desk.listen(self.told_of_entry)
        self.entitle(f"Huddle: {event.desk.name}")
        self.show_all()

    def content_shown(self) -> None:
        """Go on with what can wait until the first content is painted; screens call it when they have shown theirs."""
        if not self._stands:
            self._stands = True
            self.call_after_refresh(self._go_on)

    def _go_on(self) -> None:
        self.look_anew()
        self.run_worker(self._place, thread=True, exit_on_error=False, group="load")

    def _place(self) -> None:
        self.post_message(self.Placed(self._every()))

    @on(Placed)
    def _placed(self, event: Placed) -> None:
        self._finds = any(place.KEY == "problems" and hasattr(place, "action_find") for place in event.places)
        for place in event.places:
            self.add_mode(place.KEY, place)
            key = keys.BY_ID[place.KEY]
            reached = Binding(key.keys, f"go('{key.id}')", key.label, show=False, id=key.id, tooltip=key.help)
            for binding in Binding.make_bindings([reached]):
                self._bindings.key_to_bindings.setdefault(binding.key, []).append(binding)
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                # Today counts what does not fit and names the key of the list only when there is one.
                screen.show_again()
        self._behind = Behind(self.desk_now, self._what_behind, self.report)
        self._behind.start()

    def end(self) -> None:
        """End what runs beside; the store may be closed then."""
        if self._behind is not None:
            self._behind.stop()

    @on(LinkTold)
    def _link_told(self, event: LinkTold) -> None:
        self._link = (event.mark, event.words)
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.show_bars()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Fill the palette."""
        return palette.commands(self, screen)

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await self._take(event)
        elif not self.turns.holds(event):
            await self._take(event)
            self.turns.given(event)

    @on(Round)
    def _came_round(self, message: Round) -> None:
        self.turns.came(message)

    @property
    def _coming(self) -> bool:
        """Whether a form is on its way: who types on means its first line."""
        return isinstance(self.screen, DeskScreen) and self.screen.form is not None and not self.screen.form.here

    @property
    def _saving(self) -> bool:
        """Whether a form is being saved: who types on is through with it."""
        return isinstance(self.screen, DeskScreen) and self.screen.form is not None and self.screen.form.saving

    async def _take(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded and isinstance(self.screen, DeskScreen):
            self.stirred.set()
            self.screen.hush()
            if self.leaving.takes(event.key, self.screen):
                return
        await super().on_event(event)

    # When something breaks

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Leave with a sentence when the desk cannot be opened."""
        error = event.worker.error
        if event.state is WorkerState.ERROR and isinstance(error, HuddleError):
            self.exit(return_code=error.exit_code, message=Text(f"wsq-huddle: {error}"))
        elif event.state is WorkerState.ERROR and isinstance(error, Exception):
            self._handle_exception(error)
