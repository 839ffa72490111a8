"""A computer without a unit: one screen says whom to ring, and nobody but IT is asked to set anything up."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from screens import keys
from screens.app import HuddleApp
from screens.cells import wrapped
from screens.drawn import WIDEST
from screens.foot import Offer
from screens.frame import DeskScreen
from screens.line import BLANK, Column, Columns, row, text
from screens.reading import DeskLike

DEMO = "demo"
"""The id of the line that tries the demo."""

_COLUMNS = Columns((Column(26, share=1), Column(50, share=1)))
_WORKS = frozenset({"help", "command_palette", "quit", "back", "open"})


class UnsetScreen(DeskScreen[None]):
    """What stands there. `computer` is what is read out to IT, `why` a line for IT only."""

    LABEL: ClassVar[str] = "Not set up"

    def __init__(self, computer: str, why: str = "") -> None:
        super().__init__()
        self._computer, self._why = computer, why

    def show(self, seen: None) -> None:
        del seen
        told = f"This computer is not set up for a unit yet. Ring IT and read out: {self._computer}."
        why = f"For IT: {self._why}" if self._why else ""
        width = min(self.size.width, WIDEST) - 2
        self.lines.put(
            [
                *(text(words) for words in wrapped(told, width)),
                BLANK,
                row(DEMO, ("[ Try the demo ]", keys.told("{open}, or click", self.program.keys_given)), _COLUMNS),
                text("   A whole hospital to look around in. Nothing in it is real."),
                BLANK,
                *(text(words) for words in wrapped(why, width)),
            ]
        )

    def offers(self) -> Sequence[Offer]:
        return [("open", "Try the demo")]

    def action_open(self) -> None:
        if isinstance(self.app, UnsetApp):
            self.app.wants_demo = True
            self.app.exit()


class UnsetApp(HuddleApp):
    """The program around it: there is no desk, and no key needs one."""

    def __init__(self, computer: str, why: str = "", *, plain: bool | None = None, reports: Path) -> None:
        super().__init__(_no_desk, UnsetScreen, reports=reports, place="Not set up", plain=plain)
        self._told = (computer, why)
        self.wants_demo = False

    @property
    def ready(self) -> bool:
        return True

    def get_default_screen(self) -> UnsetScreen:
        return UnsetScreen(*self._told)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let no key do something that needs a unit."""
        if action in keys.BY_ID and action not in _WORKS:
            return False
        return super().check_action(action, parameters)

    def can(self, key_id: str) -> bool:
        return key_id in _WORKS and super().can(key_id)

    def content_shown(self) -> None:
        """Go on with nothing: there is nothing behind this screen."""

    def _load(self) -> None:
        """Open no desk."""


def _no_desk() -> DeskLike:
    raise RuntimeError("This computer is not set up: there is no desk to open.")
