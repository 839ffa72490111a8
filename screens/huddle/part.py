"""One step of the huddle, as the screen sees it: its lines, what its keys do, and when it is through."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from screens import keys, spares
from screens.foot import Offer
from screens.huddle.pace import pace
from screens.line import Line, rule, text

if TYPE_CHECKING:
    from screens.huddle.reading import Seen
    from screens.huddle.screen import HuddleScreen

STEP: Offer = "step_on"

ASIDE = 72
"""Columns of the list on a wide screen, where what belongs to the chosen line stands beside it."""


class Part:
    """A step. A subclass says what stands in it and what its keys do; keys it does not name do nothing in it."""

    KEY: ClassVar[str] = ""
    """Its name in what is kept while the huddle is left alone."""
    NAME: ClassVar[str] = ""

    def __init__(self, screen: "HuddleScreen") -> None:
        self.screen = screen

    def told(self, words: str) -> str:
        """Give words of ours with the keys as they are given: `{fine} = said`; none about keys that a spare has not."""
        if self.screen.program.spare and spares.names_refused(words):
            return ""
        return keys.told(words, self.screen.program.keys_given)

    def question(self, seen: "Seen") -> tuple[str, str]:
        """Give the step's question, and what stands at its right: what the keys mean, how much is done."""
        raise AssertionError(f"{type(self).__name__} has no question for {seen.sitting.subject}")

    def head(self, seen: "Seen") -> list[Line]:
        """Give the lines that stay when the others scroll."""
        screen = self.screen
        percent = screen.desk.settings.rules.roll_call_percent
        return [rule(right=pace(seen, screen.at, screen.now(), percent)), text(*self.question(seen))]

    def follows(self, seen: "Seen") -> bool:
        """Say whether its head tells which line is chosen."""
        del seen
        return False

    def lines(self, seen: "Seen") -> Sequence[Line]:
        """Give the lines of the step."""
        del seen
        return ()

    def below(self, seen: "Seen", line: str) -> Sequence[Line]:
        """Give the lines under the list: what belongs to the chosen line."""
        del seen, line
        return ()

    def whole(self, seen: "Seen") -> int:
        """Give the number of lines from the top that are not cut to count the others, where they have just room."""
        del seen
        return 0

    def beside(self, seen: "Seen") -> bool:
        """Say whether what belongs to the chosen line stands at the right, where the screen is wide enough."""
        del seen
        return False

    def standing(self, seen: "Seen", line: str) -> str:
        """Give what stands on line 22 about the chosen line when there is nothing else to say."""
        del seen, line
        return ""

    def through(self, seen: "Seen") -> bool:
        """Say whether nothing is left to do here; a step with nothing in it is through by itself."""
        del seen
        return True

    def offers(self, seen: "Seen", line: str) -> Sequence[Offer]:
        """Give the keys that the chosen line allows."""
        del seen, line
        return ()

    def commands(self, seen: "Seen", line: str) -> Sequence[str]:
        """Give the ids of what the chosen line allows besides, among all commands: it has no key of its own."""
        del seen, line
        return ()

    def fine(self, seen: "Seen", line: str) -> None:
        """Do what Space does."""

    def tell(self, seen: "Seen", line: str) -> None:
        """Do what Enter does."""

    def rest(self, seen: "Seen", line: str) -> None:
        """Do what `g` does: the rest of this group is fine."""

    def number(self, seen: "Seen", line: str, digit: str) -> None:
        """Take a digit that was typed on a line."""

    def erase(self, seen: "Seen", line: str) -> None:
        """Take the last digit away."""

    def left(self, seen: "Seen", line: str) -> None:
        """Do what follows when a line is left: a number that was typed on it counts."""

    def verb(self, seen: "Seen", line: str, key: str) -> None:
        """Do what a letter does that this step offers."""
