"""How are we doing now? At a unit line by line; above it the roll call of those below comes first."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from screens import keys, times
from screens.foot import Offer
from screens.huddle.answering import NUMBERS, Typed, all_fine, record
from screens.huddle.departments import Departments
from screens.huddle.part import Part
from screens.huddle.rollcall import RollCallLines
from screens.huddle.targets import target_words
from screens.huddle.telling import form_of
from screens.line import Cell, Column, Columns, Line, Said, row
from screens.marks import Mark, Tone
from wsq_huddle.domain.agendas import Answer, Item, Kind, fine, happened, looked_into, reason
from wsq_huddle.domain.summaries import HIGH_TIER
from wsq_huddle.services.steps import Asked

if TYPE_CHECKING:
    from screens.huddle.reading import Seen
    from screens.huddle.screen import HuddleScreen

_COLUMNS = Columns(
    (Column(12), Column(2), Column(18, share=1), Column(33, share=2), Column(12, right=True)), left=1, pointer=11
)
_GROUP = 10
_NO_NUMBER = "This line takes no number: {fine} says it is fine, {open} opens it."
_FINE = {
    Kind.READINESS: "Fine, next",
    Kind.CHECK: "Yes, next",
    Kind.TEXT: "Nothing, next",
}


class Status(Part):
    """The third step."""

    KEY: ClassVar[str] = "status"
    NAME: ClassVar[str] = "Status"

    def __init__(self, screen: "HuddleScreen") -> None:
        super().__init__(screen)
        self._typed = Typed(screen)
        self._calling = Departments(screen) if screen.desk.tier >= HIGH_TIER else RollCallLines(screen)

    def question(self, seen: "Seen") -> tuple[str, str]:
        if seen.areas:
            return self._calling.question(seen)
        done = sum(one.done for one in seen.asked)
        right = self.told("{fine} = fine, next  {open} = not fine")
        return "How are we doing now?", f"{right}  {done} of {len(seen.asked)}"

    def head(self, seen: "Seen") -> list[Line]:
        return self._calling.head(seen) if seen.areas else super().head(seen)

    def lines(self, seen: "Seen") -> Sequence[Line]:
        called = self._calling.lines(seen)
        return [*called, *self._own(seen)]

    def below(self, seen: "Seen", line: str) -> Sequence[Line]:
        return self._calling.below(seen, line)

    def whole(self, seen: "Seen") -> int:
        return self._calling.whole(seen)

    def standing(self, seen: "Seen", line: str) -> str:
        return self._calling.standing(seen, line)

    def through(self, seen: "Seen") -> bool:
        return self._calling.through(seen) and all(one.done for one in seen.asked)

    def offers(self, seen: "Seen", line: str) -> Sequence[Offer]:
        if self._calling.has(seen, line):
            return self._calling.offers(seen, line)
        one = _of(seen, line)
        item = one.item if one else None
        if item is None or not seen.begun:
            return [("fine", "Next")]
        fine_word = "As told, next" if one and one.told else _FINE.get(item.kind, "None, next")
        here: list[Offer] = [("fine", fine_word), ("open", "Tell")]
        if item.kind in NUMBERS:
            here.append("number")
        return [*here, "rest"]

    def fine(self, seen: "Seen", line: str) -> None:
        if self._calling.has(seen, line):
            self._calling.fine(seen, line)
            return
        one = _of(seen, line)
        if one is not None and seen.begun:
            if self._typed.of(seen, one.item):
                self._count(seen, one)
                return
            self._make_fine(seen, one)
        self.screen.next_line()

    def tell(self, seen: "Seen", line: str) -> None:
        if self._calling.has(seen, line):
            self._calling.tell(seen, line)
            return
        one = _of(seen, line)
        if one is None or not seen.begun:
            return
        if self._typed.of(seen, one.item):
            self._count(seen, one)
        else:
            self.screen.ask(form_of(self.screen, seen, one))

    def rest(self, seen: "Seen", line: str) -> None:
        one = _of(seen, line)
        if one is None or not seen.begun:
            return
        self.left(seen, line)
        group = [other for other in seen.asked if group_of(other.item) == group_of(one.item) and not other.done]
        all_fine(self.screen, seen, [other.item for other in group if not self._typed.of(seen, other.item)])
        at = next(place for place, other in enumerate(seen.asked) if other.item.key == line)
        around = (*seen.asked[at:], *seen.asked[:at])
        left = [other for other in around if group_of(other.item) != group_of(one.item) and not other.done]
        if left:
            self.screen.lines.choose(left[0].item.key)
        else:
            self.screen.next_step()

    def number(self, seen: "Seen", line: str, digit: str) -> None:
        one = _of(seen, line)
        if one is not None and one.item.kind in NUMBERS and seen.begun:
            self._typed.add(seen, one.item, digit)
            self.screen.redraw()
        elif one is not None and seen.begun:
            self.screen.say(keys.told(_NO_NUMBER, self.screen.program.keys_given))

    def erase(self, seen: "Seen", line: str) -> None:
        one = _of(seen, line)
        if one is not None:
            self._typed.erase(seen, one.item)
            self.screen.redraw()

    def left(self, seen: "Seen", line: str) -> None:
        one = _of(seen, line)
        if one is not None and seen.begun and not self._typed.waits(seen, one.item):
            self._typed.finish(seen, one.item)

    def _count(self, seen: "Seen", one: Asked) -> None:
        """Let a typed number count and go on, unless a second one belongs to it."""
        self._typed.finish(seen, one.item)
        if self._typed.waits(seen, one.item):
            self.screen.redraw()
        else:
            self.screen.next_line()

    def _make_fine(self, seen: "Seen", one: Asked) -> None:
        """Say that a line is fine; what was not ready and is now is said anew, other answers stay as they are."""
        if one.answer is None:
            all_fine(self.screen, seen, [one.item])
        elif one.item.kind is Kind.READINESS and one.answer.value != fine(one.item):
            record(self.screen, seen, one.item, fine(one.item))

    def verb(self, seen: "Seen", line: str, key: str) -> None:
        if self._calling.has(seen, line):
            self._calling.verb(seen, line, key)

    def _own(self, seen: "Seen") -> list[Line]:
        drawn: list[Line] = []
        for name in dict.fromkeys(group_of(one.item) for one in seen.asked):
            group = [one for one in seen.asked if group_of(one.item) == name]
            label = _label(name, group, seen.look.back, self.screen.now())
            for at, one in enumerate(group):
                drawn.append(self._line(seen, one, label[at] if at < len(label) else ""))
        return drawn

    def _line(self, seen: "Seen", one: Asked, label: str) -> Line:
        item, answer = one.item, one.answer
        told: Cell = Said(label, Tone.HEADING) if label else ""
        if typed := self._typed.of(seen, item):
            return row(item.key, (told, Mark.NONE, item.ask, f"{typed}_", _target(item)), _COLUMNS)
        if answer is None and one.told:
            titles = ", ".join(f'"{problem.title}"' for problem in one.told)
            return row(item.key, (told, str(len(one.told)), item.ask, titles, "told since"), _COLUMNS)
        if answer is None:
            return row(item.key, (told, Mark.NONE, item.ask, _blank(item), _target(item)), _COLUMNS)
        value, words = _value(item, answer)
        if isinstance(value, str) and len(value) > 1:
            return row(item.key, (told, f"{value} {item.ask}", "", words, _right(seen, item, answer)), _COLUMNS)
        return row(item.key, (told, value, item.ask, words, _right(seen, item, answer)), _COLUMNS)


def group_of(item: Item) -> str:
    return item.group or ("Measures" if item.kind is Kind.MEASURE else "")


def _of(seen: "Seen", line: str) -> Asked | None:
    return next((one for one in seen.asked if one.item.key == line), None)


def _blank(item: Item) -> str:
    """What stands where nothing was said yet: where a number goes, or what is meant."""
    if item.kind is Kind.STANDARD:
        return f"_ of {item.sample}" if item.sample else "_ of _"
    return "_" if item.kind in NUMBERS else item.gloss


def _label(name: str, group: Sequence[Asked], since: datetime | None, now: datetime) -> list[str]:
    """The name of a group in its narrow column, a line for each word that does not fit; what is looked back to."""
    words: list[str] = []
    for word in name.split():
        shown = word.upper() if len(word) > 1 else word
        if words and len(words[-1]) + 1 + len(shown) <= _GROUP:
            words[-1] += f" {shown}"
        else:
            words.append(shown)
    if since is not None and any(one.item.kind is Kind.EVENTS for one in group):
        held = since.astimezone(now.tzinfo)
        days = (now.date() - held.date()).days
        words += [f"since {times.DAYS[held.weekday()]}", f"{held.day} {times.MONTHS[held.month - 1]}",
                  times.clock(held)]  # fmt: skip
        words += [f"{days} days"] if days > 1 else []
    return words


def _value(item: Item, answer: Answer) -> tuple[Cell, str]:
    """The answer at the head of its line, and the words behind it."""
    match item.kind:
        case Kind.READINESS | Kind.CHECK:
            return Mark[answer.mark.name], answer.note
        case Kind.EVENTS:
            return str(happened(answer)), _cards(answer)
        case Kind.COUNT:
            return answer.value or "0", answer.note
        case Kind.MEASURE | Kind.STANDARD:
            if answer.value is None:
                return Mark.NOTHING, answer.note or ("no value" if item.kind is Kind.MEASURE else "not looked at")
            unit = f" {item.unit}" if item.unit and item.kind is Kind.MEASURE else ""
            return Mark[answer.mark.name], f"{answer.value}{unit}  {answer.note}".rstrip()
        case _:
            return (Mark.DONE, answer.words or answer.note) if answer.words else (Mark.NOTHING, answer.note)


def _cards(answer: Answer) -> str:
    """The first card of an event in words; the others are counted."""
    if not answer.cards:
        return answer.note
    card = answer.cards[0]
    told = [f"standard kept: {card.standard_kept.value}"]
    told += [f"cause: {card.cause}"] if card.cause else []
    told += [f"{len(answer.cards) - 1} more"] if len(answer.cards) > 1 else []
    return "  ".join(told)


def _target(item: Item) -> str:
    return f"target {target_words(item)}" if item.target is not None else ""


def _right(seen: "Seen", item: Item, answer: Answer) -> str:
    """What follows from an answer: a plan, a look into it, or its target."""
    if item.kind is Kind.EVENTS:
        number_of, into = happened(answer), looked_into(answer)
        if not number_of or item.good:
            return ""
        return "looked into" if into >= number_of else f"{number_of - into} to look at"
    if reason(answer):
        line = seen.left(item.key)
        if line is None or not line.settled:
            return "needs a plan"
        return "planned" if line.planned else "help asked" if line.asked else "we watch it"
    return _target(item)
