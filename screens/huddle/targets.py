"""What are today's targets? Each with its last value; nothing is asked but a change."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from screens.asks import Ask
from screens.foot import Offer
from screens.form import Answers, Form
from screens.huddle.part import Part
from screens.huddle.place import of_line
from screens.line import Column, Columns, Line, row, text
from screens.marks import Mark
from wsq_huddle.domain.agendas import Item, target_of
from wsq_huddle.domain.definitions import Direction
from wsq_huddle.services import huddles
from wsq_huddle.services.steps import Asked

if TYPE_CHECKING:
    from screens.huddle.reading import Seen

_COLUMNS = Columns((Column(2), Column(26, share=1), Column(34, share=1), Column(14, right=True)))
_SIGNS = {Direction.AT_MOST: "<=", Direction.AT_LEAST: ">="}


def number(value: float) -> str:
    return f"{value:g}"


def target_words(item: Item) -> str:
    """Write a target as people read it: `<= 0`, `>= 30 %`; empty where there is none."""
    if item.target is None:
        return ""
    sign = _SIGNS.get(item.direction, "=") if item.direction else "="
    return f"{sign} {number(item.target)}{f' {item.unit}' if item.unit else ''}"


class Targets(Part):
    """The second step."""

    KEY: ClassVar[str] = "targets"
    NAME: ClassVar[str] = "Targets"

    def question(self, seen: "Seen") -> tuple[str, str]:
        del seen
        return "What are today's targets?", self.told("{fine} = next  {open} = change")

    def lines(self, seen: "Seen") -> Sequence[Line]:
        if not seen.measures:
            return [text("No measures yet. IT adds them to huddle.toml.")]
        return [_line(one) for one in seen.measures]

    def through(self, seen: "Seen") -> bool:
        """Nothing is asked here: it is enough to have been here, or further on."""
        been = self in self.screen.been or any(one.answer is not None for one in seen.asked)
        return been or not seen.measures

    def offers(self, seen: "Seen", line: str) -> Sequence[Offer]:
        here: list[Offer] = [("fine", "Next")]
        return [*here, ("open", "Change the target")] if line and seen.begun else here

    def fine(self, seen: "Seen", line: str) -> None:
        del seen, line
        self.screen.next_line()

    def tell(self, seen: "Seen", line: str) -> None:
        found = next((one for one in seen.measures if one.item.key == line), None)
        if found is None or not seen.begun:
            return
        program, desk, item = self.screen.program, self.screen.desk, found.item
        changed = target_of(item)
        place = of_line(seen.sitting.subject, changed.key)

        def save(answers: Answers) -> None:
            huddles.answer(desk, seen.sitting, changed, answers["target"])

        ask = Ask("target", "Today's target?", item.unit or "a number", limit=20, must=True)
        self.screen.ask(
            Form(
                f"TODAY'S TARGET: {item.ask}",
                [ask],
                save=save,
                kept=lambda answers: program.kept.keep(place, answers, typed=["target"]),
                draft=program.kept.of(place),
                place=place,
                right=f"now {target_words(item)}" if item.target is not None else "",
                again="open",
            )
        )


def _line(one: Asked) -> Line:
    item, last = one.item, one.last
    unit = f" {item.unit}" if item.unit else ""
    told = f"target {target_words(item)}" if item.target is not None else "no target"
    if one.changed:
        told += "  changed for today"
    value = f"last {last.shown}{unit}" if last else "no value yet"
    return row(item.key, (Mark[last.mark.name] if last else Mark.NONE, item.ask, told, value), _COLUMNS)
