"""What is our plan? Only what is new: what the earlier questions have left."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from screens.foot import Offer
from screens.huddle import chain
from screens.huddle.part import Part
from screens.line import Line, text

if TYPE_CHECKING:
    from screens.huddle.reading import Seen


class Plan(Part):
    """The fourth step."""

    KEY: ClassVar[str] = "plan"
    NAME: ClassVar[str] = "Plan"

    def question(self, seen: "Seen") -> tuple[str, str]:
        return "What is our plan?", open_words(seen, self.screen.program.leaving.waits)

    def lines(self, seen: "Seen") -> Sequence[Line]:
        if not seen.new:
            told = self.told("{plan} plans something else.")
            return [text("Nothing is left to plan: what was said so far is well."), text(told)]
        told = self.told("{plan} plan  {escalate} ask for help" if seen.parent else "{plan} plan")
        return [chain.line_of(self.screen, seen, line, told) for line in seen.new]

    def through(self, seen: "Seen") -> bool:
        return all(line.settled for line in seen.look.left)

    def offers(self, seen: "Seen", line: str) -> Sequence[Offer]:
        if not seen.begun:
            return []
        left = seen.left(line)
        if left is None:
            return [("fine", "Next"), ("plan", "Plan something")]
        asking: list[Offer] = ["escalate"] if seen.parent else []
        return [("fine", "Next" if left.settled else "We watch it, next"), "plan", *asking]

    def fine(self, seen: "Seen", line: str) -> None:
        left = seen.left(line)
        if left is not None and seen.begun:
            chain.watch(self.screen, seen, left)
        self.screen.next_line()

    def verb(self, seen: "Seen", line: str, key: str) -> None:
        left = seen.left(line)
        if key == "plan":
            chain.plan(self.screen, seen, left)
        elif key == "escalate" and left is not None:
            chain.help_for(self.screen, seen, left)


def open_words(seen: "Seen", waits: Callable[[str], bool]) -> str:
    """Say how many lines have neither a plan nor help; what `waits` to leave has asked for it."""
    open_now = sum(not line.settled and not waits(line.about) for line in seen.look.left)
    if not seen.new:
        return ""
    if not open_now:
        return "all have a plan or help"
    return f"{open_now} {'has' if open_now == 1 else 'have'} no plan and no help yet"
