"""Close: what goes up, who was there, thank you; and, when it is closed, where everything is now."""

import copy
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from screens import guarding, times
from screens.foot import Offer
from screens.huddle.part import Part
from screens.huddle.place import of_line
from screens.huddle.sending import goes_up, network
from screens.huddle.thanks import said_below
from screens.huddle.who import Who
from screens.leaving import ask_by_key
from screens.line import BLANK, Column, Columns, Line, row, text
from screens.patience import Leave
from wsq_huddle.services import huddles

if TYPE_CHECKING:
    from screens.huddle.reading import Seen
    from screens.huddle.screen import HuddleScreen

CLOSE, TODAY = "close", "today"
"""The ids of the lines that close the huddle, and go back to Today."""

_AROUND = 7
"""Lines of the screen above and below those of this step, the question among them."""

_COLUMNS = Columns((Column(26, share=1), Column(50, share=1)))


class Close(Part):
    """The last step."""

    KEY: ClassVar[str] = "close"
    NAME: ClassVar[str] = "Close"

    def __init__(self, screen: "HuddleScreen") -> None:
        super().__init__(screen)
        self._who = Who(screen)

    def question(self, seen: "Seen") -> tuple[str, str]:
        huddle = seen.huddle
        if seen.closed and huddle is not None and huddle.closed_at and huddle.opened_at:
            zone = self.screen.now().tzinfo
            closed = times.clock(huddle.closed_at.astimezone(zone))
            if huddle.on_paper:
                return (
                    f"Held on paper {times.clock(huddle.opened_at.astimezone(zone))}, typed in {closed}. Thank you.",
                    "",
                )
            return f"Huddle closed {closed}.{times.took(huddle.lasted)} Thank you.", ""
        closing = seen.look.closing
        words = f"{closing.answered} of {closing.asked} answered"
        if closing.unsettled:
            words = f"{closing.unsettled} {'has' if closing.unsettled == 1 else 'have'} no plan and no help"
        return "What goes up, and who was there?", words

    def lines(self, seen: "Seen") -> Sequence[Line]:
        above = self.screen.program.site.above
        drawn = [BLANK, *goes_up(seen, above, self.screen.now(), self.screen.room)]
        if seen.closed:
            drawn += [BLANK, *network(seen, self.screen)]
        drawn += [BLANK, *self._who.lines(seen), *said_below(seen)]
        if days := seen.look.closing.unchanged:
            drawn.append(text(f"Same lines, same answers for {days} days: is each still worth asking?"))
        if seen.open and self.screen.program.spare:
            return [
                *drawn,
                BLANK,
                text("It counts as held with what is answered."),
                text("It is closed on the unit's own computer."),
            ]
        if seen.open:
            return [*drawn, BLANK, row(CLOSE, ("[ Close the huddle ]", self.told("{open}, or click")), _COLUMNS)]
        if seen.closed:
            goes = "it goes up on its own" if not self.screen.program.spare else "the next huddle has it"
            told = self.told(f"{{raise_problem}} adds it; {goes}.")
            drawn += [BLANK, text(f"Something after the huddle?    {told}")]
            drawn.append(row(TODAY, ("[ Back to Today ]", self.told("{open}, or click")), _COLUMNS))
            return _close_together(drawn, self.screen.size.height - _AROUND)
        return drawn

    def through(self, seen: "Seen") -> bool:
        return seen.closed

    def offers(self, seen: "Seen", line: str) -> Sequence[Offer]:
        if line == CLOSE:
            return [("open", "Close")]
        here: list[Offer] = [("open", "Today")] if line == TODAY else list(self._who.offers(seen, line))
        if seen.closed:
            here += [("write_out", "Print the sheet"), "open_again"]
        return here

    def fine(self, seen: "Seen", line: str) -> None:
        if line in {CLOSE, TODAY}:
            return
        self.left(seen, line)
        self.screen.lines.choose_next()

    def tell(self, seen: "Seen", line: str) -> None:
        if line == TODAY:
            self.screen.action_back()
        elif line != CLOSE:
            self._who.tell(seen, line)
        else:
            self._close(seen)

    def _close(self, seen: "Seen") -> None:
        """Close it; where somebody above is told of it, that can be taken back for some seconds."""
        desk, one, above = copy.copy(self.screen.desk), seen.sitting, self.screen.program.site.above
        leave = Leave(
            line=CLOSE,
            place=of_line(one.subject, CLOSE),
            to=above,
            typed="the huddle's summary",
            work=lambda: huddles.close(desk, one),
            said=lambda _: f"The huddle is closed. {above} gets its summary.",
            again=lambda over: over.say("Taken back: the huddle is open."),
            warning=guarding.leaving(*_words(seen)),
        )
        ask_by_key(self.screen, leave, lambda _: self.screen.again(self._closed))

    def _closed(self, seen: "Seen") -> None:
        if seen.closed:
            self.screen.lines.choose(TODAY)

    def number(self, seen: "Seen", line: str, digit: str) -> None:
        self._who.number(seen, line, digit)

    def erase(self, seen: "Seen", line: str) -> None:
        self._who.erase(seen, line)

    def left(self, seen: "Seen", line: str) -> None:
        self._who.left(seen, line)

    def verb(self, seen: "Seen", line: str, key: str) -> None:
        del line
        if key == "open_again" and seen.closed:
            desk, one = self.screen.desk, seen.sitting
            self.screen.behind(lambda: huddles.reopen(desk, one))


def _close_together(drawn: list[Line], room: int) -> list[Line]:
    """Without the last blank lines where there is not room for all: who closes a huddle has to see where it is now."""
    while len(drawn) > room and BLANK in drawn:
        at = len(drawn) - 1 - drawn[::-1].index(BLANK)
        drawn = [*drawn[:at], *drawn[at + 1 :]]
    return drawn


def _words(seen: "Seen") -> list[str]:
    """All that people wrote into this huddle: it goes up with it."""
    answers = seen.huddle.answers if seen.huddle else ()
    return [text for one in answers for text in (one.words, one.note, *one.did) if text]
