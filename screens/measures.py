"""The measures of a node, one line each: value, target, whether it is a real change, and the last ten values."""

from collections.abc import Sequence
from typing import ClassVar

from screens import times
from screens.cells import wrapped
from screens.drawn import WIDEST
from screens.foot import Offer
from screens.frame import DeskScreen
from screens.line import Column, Columns, Line, Said, heading, row, rule, text
from screens.marks import Mark, Tone
from wsq_huddle.domain import agendas
from wsq_huddle.domain.changes import LEAST, Change, Rule, judged
from wsq_huddle.domain.definitions import Direction
from wsq_huddle.services import measures
from wsq_huddle.services.measures import Measure

SHOWN = 10
"""Values that are shown of each."""

_COLUMNS = Columns(
    (Column(2), Column(27, share=1), Column(8, right=True), Column(9), Column(7), Column(12), Column(11, share=3)),
)
_HIGH, _PLAIN = ("_", "▄", "█"), ("_", "-", "^")
_BELOW = 2
_WIDE = 110


class MeasuresScreen(DeskScreen[tuple[Measure, ...]]):
    """All measures. The chosen one is told below: its values with their days, and what is known of a change."""

    KEY: ClassVar[str] = "measures"
    LABEL: ClassVar[str] = "Measures"

    def look(self) -> tuple[Measure, ...]:
        return measures.board(self.desk)

    def show(self, seen: tuple[Measure, ...]) -> None:
        known = [one for one in seen if one.last is not None]
        met = sum(one.mark is agendas.Mark.MET for one in known)
        told = f"{met} of {len(known)} met" if known else "no values yet"
        named = ("", "", "last", "target", "", f"last {SHOWN}")
        head = [heading("MEASURES", told, "* a real change, not chance"),
                row("", [Said(word, Tone.MUTED) for word in named], _COLUMNS)]  # fmt: skip
        drawn = [line_of(one, plain=self.program.plain, wide=self.size.width >= _WIDE) for one in seen]
        self.lines.put([*head, *(drawn or [text("  Our agenda asks for no measure.")])], pinned=len(head))
        self.chose()

    def chose(self) -> None:
        """Tell of the chosen one what its line has no room for."""
        one = next((one for one in self.seen or () if one.item.key == self.chosen), None)
        if one is None:
            return
        width = min(self.size.width, WIDEST) - 2
        said = [*wrapped(_values(one), width)[:1], *wrapped(change_words(one), width)]
        self.below.put([rule(one.item.ask), *(text(words) for words in [*said, *[""] * _BELOW][:_BELOW])])

    def on_resize(self) -> None:
        """Use the width there is."""
        if self.seen is not None:
            self.call_after_refresh(self.show, self.seen)

    def offers(self) -> Sequence[Offer]:
        return [id_ for id_ in ("problems", "chain") if self.program.can(id_)]


def line_of(one: Measure, *, plain: bool, wide: bool) -> Line:
    """Draw one measure; where it is `wide` enough with the values as numbers, too."""
    values = [reading.value for reading in one.readings[-SHOWN:]]
    numbers = "  ".join(reading.shown for reading in one.readings[-SHOWN:]) if wide else ""
    mark = Mark[one.mark.name] if one.last else Mark.NONE
    cells = (mark, one.item.ask, value(one), target(one), change_mark(one.change), spark(values, plain=plain), numbers)
    return row(one.item.key, cells, _COLUMNS)


def spark(values: Sequence[float], *, plain: bool) -> str:
    """Draw values as low, middle and high, the oldest first; what never changed is low."""
    low, reach = min(values, default=0.0), max(values, default=0.0) - min(values, default=0.0)
    steps = _PLAIN if plain else _HIGH
    return "".join(steps[min(2, int(3 * (one - low) / reach)) if reach else 0] for one in values)


def value(one: Measure) -> str:
    """The last value, with its unit where that is short."""
    if one.last is None:
        return "-"
    kept = one.item.kind is agendas.Kind.STANDARD
    return f"{one.last.shown}{'' if kept else one.item.unit if one.item.unit == '%' else ''}"


def target(one: Measure) -> str:
    """The target with its side: `<=5`, `>=90`."""
    item = one.item
    if item.target is None:
        return ""
    sign = {Direction.AT_MOST: "<=", Direction.AT_LEAST: ">="}.get(item.direction, "=") if item.direction else "="
    if item.direction is Direction.AT_MOST and not item.target:
        sign = ""
    unit = "%" if item.kind is agendas.Kind.STANDARD else ""
    return f"{sign}{item.target:g}{unit}"


def change_mark(change: Change | None) -> str:
    return f"*{change.way.value}" if change is not None else ""


def change_words(one: Measure) -> str:
    """Say what is known of a change: never who it comes from."""
    if one.change is None:
        if len(one.readings) < LEAST:
            return f"{LEAST} values are needed to tell a real change from chance; there are {len(one.readings)}."
        if not judged([reading.value for reading in one.readings]):
            return "Most values are the same as the one before: a chart of them would tell nothing of a change."
        return "No real change: the last value is what chance alone gives."
    way = "above" if one.change.way.value == "up" else "below"
    if one.change.rule is Rule.BEYOND:
        return f"A real change: the last value lies {way} what chance alone would give."
    return f"A real change: the last {one.change.count} values all lie {way} the mean."


def _values(one: Measure) -> str:
    """The last values with the day of the first and the last of them."""
    latest = one.readings[-SHOWN:]
    if not latest:
        return "No huddle has given a value yet."
    days = f"{times.full_day(latest[0].on)} to {times.full_day(latest[-1].on)}" if len(latest) > 1 else ""
    since = days or times.full_day(latest[0].on)
    unit = f" {one.item.unit}" if one.item.unit else ""
    return f"{since}: {', '.join(reading.shown for reading in latest)}{unit}"
