"""What works on every screen, at any moment, whatever is being typed."""

import threading
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, cast

from rich.text import Text

from screens import keys
from screens.crash import Steadfast
from screens.frame import DeskScreen
from screens.kept import Kept
from screens.leaving import Leaving
from screens.marks import Tone
from screens.patience import Patience
from screens.reading import DeskLike
from screens.writing import Writer
from wsq_huddle.errors import HuddleError

if TYPE_CHECKING:
    from collections.abc import Callable

    from screens.app import HuddleApp
    from wsq_huddle.services.desk import Desk
    from wsq_huddle.services.sites import Site


class Everywhere(Steadfast):
    """The keys of line 24, the desk they need, and the lines that are kept while they are typed."""

    def __init__(self, reports: Path, patience: Patience) -> None:
        super().__init__(reports)
        self.writer = Writer()
        self.leaving = Leaving(cast("HuddleApp", self), patience)
        self.kept = Kept(self._keep)
        self.keys_given: dict[str, str] = {}
        self.slot = ""
        self.stirred = threading.Event()
        """Set by every key, for the link: it tries again where there was no network."""
        self._desk: DeskLike | None = None
        self._site: Site | None = None
        self._finds = False
        self._parting: Callable[[], str] = str

    @property
    def ready(self) -> bool:
        """Whether the desk is open."""
        return self._desk is not None

    @property
    def desk_now(self) -> DeskLike:
        if self._desk is None:
            raise RuntimeError("A screen asked for the desk before it was open.")
        return self._desk

    @property
    def site(self) -> "Site":
        """The places as this node knows them."""
        if self._site is None:
            raise RuntimeError("A screen asked for places before the desk was open.")
        return self._site

    def tell(self, words: str, tone: Tone = Tone.STRONG) -> None:
        """Say something on whatever screen there is now."""
        if isinstance(self.screen, DeskScreen):
            self.screen.say(words, tone)

    def show_bars(self) -> None:
        """Draw anew what stands around the content."""
        if isinstance(self.screen, DeskScreen):
            self.screen.show_bars()

    def action_undo(self) -> None:
        """Take back what has not left yet."""
        if isinstance(self.screen, DeskScreen) and self.ready:
            self.leaving.take_back(self.screen)

    def action_go(self, name: str) -> None:
        """Open the screen with that key."""
        self.switch_mode(name)

    def action_help(self) -> None:
        from screens.help import HelpScreen  # noqa: PLC0415 - after the first frame

        if isinstance(self.screen, DeskScreen):
            self.push_screen(HelpScreen(cast("DeskScreen[object]", self.screen)))

    def action_raise_problem(self) -> None:
        """Open the form over whatever is on the screen; over itself go to the other line that is kept."""
        from screens.verbs.raising import raise_anything  # noqa: PLC0415 - after the first frame

        if isinstance(self.screen, DeskScreen) and self.ready:
            raise_anything(self.screen)

    def action_find(self) -> None:
        """Go to the list of problems and ask for words."""
        if self._finds:
            self.switch_mode("problems")
            self.call_later(self._ask_words)

    async def _ask_words(self) -> None:
        await self.screen.run_action("find")

    def action_tour(self) -> None:
        """Show the five cards."""
        from screens.tour import TourScreen  # noqa: PLC0415 - seldom needed

        if self.ready and not isinstance(self.screen, TourScreen):
            self.push_screen(TourScreen())

    def tour_by_itself(self) -> None:
        """Show the five cards to who starts here for the first time, unless they have begun already."""
        from wsq_huddle.services import tours  # noqa: PLC0415 - once

        if isinstance(self.screen, DeskScreen) and len(self.screen_stack) == 1 and self.screen.form is None:
            desk = cast("Desk", self.desk_now)
            self.writer.submit(lambda: tours.note_shown(desk))
            self.action_tour()

    def action_figures(self) -> None:
        from screens.figures import FiguresScreen  # noqa: PLC0415 - after the first frame

        if self.ready and not isinstance(self.screen, FiguresScreen):
            self.push_screen(FiguresScreen())

    def action_sign(self) -> None:
        from screens.verbs.signing import sign_form  # noqa: PLC0415 - after the first frame

        if isinstance(self.screen, DeskScreen) and self.ready:
            self.screen.ask(sign_form(self.screen))

    def action_own_pin(self) -> None:
        from screens.verbs.signing import pin_form  # noqa: PLC0415 - seldom needed

        if isinstance(self.screen, DeskScreen) and self.ready:
            self.screen.ask(pin_form(self.screen))

    @property
    def spare(self) -> bool:
        """Whether this computer is a spare of its node, as far as that is known."""
        return self._site is not None and self._site.spare

    def action_huddle_here(self) -> None:
        """Ask who says that the huddle moves to this computer."""
        from screens.verbs.moving import here_form  # noqa: PLC0415 - seldom needed

        if isinstance(self.screen, DeskScreen) and self.spare:
            self.screen.ask(here_form(self.screen))

    def _keep(self, place: str, text: str) -> None:
        """Write a draft in the writing thread; whoever types never waits for it."""
        from wsq_huddle.services import drafts  # noqa: PLC0415 - after the first frame

        desk = cast("Desk", self.desk_now)
        future = self.writer.submit(lambda: drafts.keep(desk, place, text))
        self.run_worker(self._kept_at_last(future), exit_on_error=False, group="drafts")

    async def _kept_at_last(self, future: Future[None]) -> None:
        try:
            await self.writer.of(future)
        except HuddleError as error:
            self.tell(f"This line could not be kept: {error}", Tone.ATTENTION)

    async def action_quit(self) -> None:
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, DeskScreen) and screen.form is not None:
                    screen.form.flush()
        # Somebody has sent what still waits: it leaves before they do.
        sent = await self.leaving.send_all()
        await self.writer.drained()
        words = "\n".join(told for told in (sent, self._parting()) if told)
        self.exit(message=Text(words) if words else None)

    def action_help_quit(self) -> None:
        """Ctrl+C copies in a field; elsewhere people mean to leave."""
        self.tell(f"{keys.name(keys.BY_ID['quit'], self.keys_given)} leaves. Everything is kept.")
