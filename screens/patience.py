"""For how long something waits before it leaves, and what is said of it meanwhile; plain values."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from screens.frame import DeskScreen


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds it waits; with 0 it leaves at once."""

    usual: float = 10.0
    urgent: float = 3.0

    def of(self, *, urgent: bool) -> float:
        return self.urgent if urgent else self.usual


PRODUCT, AT_ONCE = Patience(), Patience(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """What is to leave, and what is said of it.

    `line` is the id of its line in lists, `place` where its draft is kept, `to` who gets it, `typed` its first words.
    `work` records it, in the writing thread; `said` says that it was; `again` asks for it once more, over a screen.
    `warning` is what is to be said of its words while it can still be taken back.
    """

    line: str
    place: str
    to: str
    typed: str
    work: Callable[[], Any]
    said: Callable[[Any], str]
    again: "Callable[[DeskScreen[Any]], None]"
    urgent: bool = False
    warning: str = ""
