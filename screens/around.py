"""What is looked up for all screens, once and again after every entry: the places, kept lines, what calls people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from textual import on
from textual.message import Message

from screens.everywhere import Everywhere
from screens.frame import DeskScreen
from screens.patience import Patience
from screens.terminal import window_title
from wsq_huddle.errors import HuddleError

if TYPE_CHECKING:
    from wsq_huddle.services.calls import Calls
    from wsq_huddle.services.desk import Desk
    from wsq_huddle.services.sites import Site


@dataclass(frozen=True)
class Around:
    """The places, what somebody was typing when the program ended, and what calls people, if that was looked up."""

    site: "Site"
    drafts: Sequence[tuple[str, str]] = ()
    calls: "Calls | None" = None


def look_around(desk: "Desk", *, again: bool = False) -> Around:
    """Look it up at a desk; what calls people only `again`, once the first screen stands."""
    from wsq_huddle.services import sites  # noqa: PLC0415 - after the first frame

    if again:
        from wsq_huddle.services.calls import calls  # noqa: PLC0415 - after the content

        return Around(sites.read(desk), calls=calls(desk))
    from wsq_huddle.services import drafts  # noqa: PLC0415 - after the first frame

    return Around(sites.read(desk), [(one.place, one.text) for one in drafts.kept(desk)])


class Surroundings(Everywhere):
    """Keeps up with what is recorded, here or elsewhere: all screens are shown again, the window says what waits.

    The bell rings once for each problem that is needed now and waits for the people of this place; for nothing else.
    """

    @dataclass(eq=False, repr=False)
    class Entered(Message):
        """Something was recorded, here or by another program."""

    @dataclass(eq=False, repr=False)
    class Sited(Message):
        """The names of places, who is above, and what calls people, as they are now; None if they could not be read."""

        around: Around | None

    def __init__(self, reports: Path, patience: Patience, around: Callable[..., Around]) -> None:
        super().__init__(reports, patience)
        self.look_at_all = around
        self._looking = self._look_again = False
        self._rung: set[str] = set()
        self._window = ""

    def entitle(self, words: str) -> None:
        """Write the title of the window; not again when it is the same."""
        if words != self._window and self._driver is not None and not self.is_headless:
            self._window = words
            self._driver.write(window_title(words))

    def show_all(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.show_again()

    def told_of_entry(self, *_: object) -> None:
        """Take word of an entry from any thread."""
        self.post_message(self.Entered())

    def look_anew(self) -> None:
        """Look everything up again in a thread; what is recorded meanwhile is looked at after that."""
        if self._looking:
            self._look_again = True
            return
        self._looking = True
        self.run_worker(self._look, thread=True, exit_on_error=False, group="site")

    @on(Entered)
    def _entered(self) -> None:
        self.show_all()
        self.look_anew()

    def _look(self) -> None:
        try:
            self.post_message(self.Sited(self.look_at_all(self.desk_now, again=True)))
        except HuddleError:
            self.post_message(self.Sited(None))

    @on(Sited)
    def _sited(self, event: Sited) -> None:
        self._looking = False
        if event.around is not None:
            self._site = event.around.site
            if event.around.calls is not None:
                self._call(event.around.calls)
        if self._look_again:
            self._look_again = False
            self.look_anew()

    def _call(self, calls: "Calls") -> None:
        words = [f"{calls.urgent} urgent"] if calls.urgent else []
        words += [f"{calls.answers} answer{'s' if calls.answers > 1 else ''}"] if calls.answers else []
        self.entitle(f"Huddle: {', '.join(words) or cast('Any', self.desk_now).name}")
        if not self._rung.issuperset(calls.here):
            self.bell()
        self._rung.update(calls.here)
