"""Answers as they are recorded: at once, in the order in which people gave them; numbers as they are typed."""

from typing import TYPE_CHECKING

from screens.huddle.place import of_line
from wsq_huddle.domain.agendas import Item, Kind
from wsq_huddle.services import huddles, steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screens.huddle.reading import Seen
    from screens.huddle.screen import HuddleScreen

NUMBERS = frozenset({Kind.EVENTS, Kind.COUNT, Kind.MEASURE, Kind.STANDARD})
"""Kinds of line into which digits type a number."""

_OF = " of "
_LONGEST = 9


def all_fine(screen: "HuddleScreen", seen: "Seen", items: "Sequence[Item]") -> None:
    """Record that these lines are fine; several at once in one piece of work."""
    desk, one = screen.desk, seen.sitting
    if items:
        screen.behind(lambda: steps.fine(desk, one, items))


def record(screen: "HuddleScreen", seen: "Seen", item: Item, raw: str) -> None:
    """Record what was typed into a line; what is refused stays on it."""
    desk, one = screen.desk, seen.sitting
    place = of_line(one.subject, item.key)
    screen.behind(lambda: huddles.answer(desk, one, item, raw), place=place)


class Typed:
    """Numbers that are being typed straight into lines: kept like every line, and counted when the line is left."""

    def __init__(self, screen: "HuddleScreen") -> None:
        self._screen = screen

    def of(self, seen: "Seen", item: Item) -> str:
        """What stands in a line and does not count yet."""
        return self._screen.program.kept.of(of_line(seen.sitting.subject, item.key)).get("typed", "")

    def add(self, seen: "Seen", item: Item, digit: str) -> None:
        typed = self.of(seen, item)
        if len(typed) < _LONGEST:
            self._keep(seen, item, typed + digit)

    def erase(self, seen: "Seen", item: Item) -> None:
        typed = self.of(seen, item)
        if typed:
            self._keep(seen, item, typed.removesuffix(_OF) if typed.endswith(_OF) else typed[:-1])

    def finish(self, seen: "Seen", item: Item) -> None:
        """Let a typed number count. A standard without a sample asks for its second number first."""
        typed = self.of(seen, item)
        if not typed:
            return
        if item.kind is Kind.STANDARD and item.sample is None and _OF not in typed:
            self._keep(seen, item, typed + _OF)
        else:
            record(self._screen, seen, item, typed)

    def waits(self, seen: "Seen", item: Item) -> bool:
        """Whether a second number is still to be typed."""
        return self.of(seen, item).endswith(_OF)

    def _keep(self, seen: "Seen", item: Item, typed: str) -> None:
        place = of_line(seen.sitting.subject, item.key)
        self._screen.program.kept.keep(place, {"typed": typed}, typed=["typed"])
