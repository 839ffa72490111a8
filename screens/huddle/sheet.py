"""The paper sheet is typed in: in any order, interrupted at will, and recorded as one huddle at the end, or not at all.

Space is fine, Enter tells, digits type numbers, as in the huddle. Nothing is recorded before the last line is opened;
until then everything is a draft.
"""

import copy
from collections.abc import Mapping, Sequence
from typing import ClassVar

from screens import times
from screens.foot import Offer
from screens.frame import DeskScreen
from screens.head import Heading
from screens.huddle import sheet_lines
from screens.huddle.answering import NUMBERS
from screens.huddle.sheet_forms import form_of
from screens.huddle.sheet_lines import RECORD, Seen, listed, place_of
from screens.huddle.status import group_of
from screens.leaving import ask_by_key
from screens.patience import Leave
from wsq_huddle.domain.agendas import Item, fine
from wsq_huddle.domain.huddles.typed import HELD, THERE
from wsq_huddle.services import huddles


class SheetScreen(DeskScreen[Seen]):
    """The sheet of the huddle that is meant now."""

    LABEL: ClassVar[str] = "Sheet"

    @property
    def place(self) -> str:
        """Where the sheet is kept."""
        return place_of(self.seen.sitting) if self.seen else ""

    @property
    def typed(self) -> dict[str, str]:
        """What is typed in so far."""
        return self.program.kept.of(self.place)

    def look(self) -> Seen:
        return sheet_lines.look(self.desk)

    def show(self, seen: Seen) -> None:
        said = self.typed
        head = sheet_lines.question(seen, said, self.program.keys_given)
        fresh = not self.lines.lines
        self.lines.put([*head, *sheet_lines.lines(seen, said)], pinned=len(head))
        if fresh and said:
            self.lines.choose(sheet_lines.first_open(seen, said))

    def heading(self) -> Heading:
        told = self.program.heading()
        return Heading(f"{told.place} sheet", mark=told.mark, link=told.link)

    def offers(self) -> Sequence[Offer]:
        if self.seen is None:
            return ()
        if self.chosen == RECORD:
            return [("open", "Record all of it")]
        item = self._item
        here: list[Offer] = [("fine", "Fine, next" if item is not None else "Next"), ("open", "Tell")]
        if self._takes_digits:
            here.append("number")
        return [*here, "rest"] if item is not None else here

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let only what the chosen line allows do something."""
        if action in {"fine", "rest"} and self.program.ready:
            return action in {offer if isinstance(offer, str) else offer[0] for offer in self.offers()}
        return super().check_action(action, parameters)

    def take(self, said: Mapping[str, str], line: str) -> None:
        """Put words on the sheet, and go on to the next line."""
        now = {name: words for name, words in {**self.typed, **said}.items() if words}
        kept, place = self.program.kept, self.place
        kept.keep(place, now, typed=now.keys())
        if self.seen is not None:
            self.show(self.seen)
        if self.chosen == line or listed(self.chosen) is None:
            self.lines.choose_next()

    def action_fine(self) -> None:
        item = self._item
        if item is not None and item.key not in self.typed:
            self.take({item.key: fine(item)}, item.key)
        elif self.chosen == HELD and HELD not in self.typed and self.seen and self.seen.sitting.planned:
            at = self.seen.sitting.planned.planned_at.astimezone(self.now().tzinfo)
            self.take({HELD: times.clock(at)}, HELD)
        else:
            self.lines.choose_next()

    def action_rest(self) -> None:
        """Say that the rest of the group is fine, and go on behind it."""
        item, seen = self._item, self.seen
        if item is None or seen is None:
            return
        group = [one for one in seen.items if group_of(one) == group_of(item)]
        self.take({one.key: fine(one) for one in group if one.key not in self.typed}, "")
        self.lines.choose(group[-1].key)
        self.lines.choose_next()

    def action_number(self, digit: int) -> None:
        if self._takes_digits:
            self._tell(str(digit))

    def action_open(self) -> None:
        if self.chosen == RECORD:
            self._record()
        else:
            self._tell()

    def _tell(self, begun: str = "") -> None:
        form = form_of(self, self.seen, self.chosen, begun) if self.seen is not None else None
        if form is not None:
            self.ask(form)

    def _record(self) -> None:
        """Record the sheet; where somebody above is told, it can be taken back for some seconds."""
        seen, program = self.seen, self.program
        if seen is None or self.held(RECORD):
            return
        if not self.typed:
            self.say("Nothing is typed in yet.")
            return
        desk, one, place, kept = copy.copy(self.desk), seen.sitting, self.place, program.kept
        above = program.site.above
        told = f"The sheet is recorded.{f' {above} gets its summary.' if above else ''}"

        def work() -> object:
            return huddles.typed_in(desk, one, kept.of(place))

        def recorded(_: object) -> None:
            program.back()
            program.tell(told)

        if not (above and program.leaving.patience.of(urgent=False)):
            self.behind(work, recorded, place=place)
            return
        leave = Leave(
            line=RECORD,
            place=place,
            to=above,
            typed="the paper sheet",
            work=work,
            said=lambda _: told,
            again=lambda over: over.say("Taken back: nothing is recorded yet."),
        )
        ask_by_key(self, leave, lambda _: program.back())

    @property
    def _item(self) -> Item | None:
        return self.seen.item(self.chosen) if self.seen else None

    @property
    def _takes_digits(self) -> bool:
        item = self._item
        return self.chosen in {HELD, THERE} or (item is not None and item.kind in NUMBERS)
