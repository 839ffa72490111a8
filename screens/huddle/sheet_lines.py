"""What the paper sheet looks like while it is typed in: its head, every line of the agenda, what else stands on it."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from screens import keys
from screens.cells import wrapped
from screens.huddle.status import group_of
from screens.line import BLANK, Cell, Column, Columns, Line, Said, row, text
from screens.marks import Mark, Tone
from wsq_huddle.domain.agendas import Item, Kind, Step
from wsq_huddle.domain.huddles import typed
from wsq_huddle.domain.huddles.filled import clock
from wsq_huddle.domain.huddles.typed import HELD, LEADERS, LEADS, THERE, Typed
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import huddles
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.huddles import Sitting

RECORD = "sheet"
"""The id of the line that records all of it; on Today, of the line that opens the sheet."""

_COLUMNS = Columns(
    (Column(12), Column(2), Column(24, share=1), Column(27, share=2), Column(12, right=True)), left=1, pointer=11
)
_GROUP = 10
_HEAD = {HELD: "It was held at", LEADS: "Who led it", THERE: "How many were there", LEADERS: "Leaders by name"}
_LISTS = {Step.HELP: ("PROBLEMS", "One more problem"), Step.PLAN: ("PLANS", "One more plan")}
_MORE = "+"


@dataclass(frozen=True)
class Seen:
    """The huddle that the sheet is of, and the lines of its agenda."""

    sitting: Sitting
    items: tuple[Item, ...]

    def item(self, line: str) -> Item | None:
        return next((item for item in self.items if item.key == line), None)


def look(desk: Desk) -> Seen:
    one = huddles.sitting(desk)
    return Seen(one, tuple(item for item in huddles.agenda(desk, one).items if item.asks))


def place_of(one: Sitting) -> str:
    """Where the sheet of a huddle is kept while it is typed in."""
    return f"sheet/{one.subject}"


def listed(line: str) -> tuple[Step, int] | None:
    """Which line of which list this is; its number is 0 for the one that adds another."""
    step, blank, number = line.partition(" ")
    if not blank or step not in {one.value for one in _LISTS}:
        return None
    return Step(step), int(number) if number.isdecimal() else 0


def question(seen: Seen, said: Typed, given: Mapping[str, str]) -> list[Line]:
    """Draw the line that stays: what is asked, and how much of it is typed in."""
    done = sum(item.key in said for item in seen.items)
    right = keys.told("{fine} = fine, next  {open} = tell", given)
    return [text("What does the paper say?", f"{right}  {done} of {len(seen.items)}")]


def first_open(seen: Seen, said: Typed) -> str:
    """The first line that is not typed in yet; the last one when all are."""
    asked = (*_HEAD, *(item.key for item in seen.items))
    return next((line for line in asked if line not in said), RECORD)


def lines(seen: Seen, said: Typed) -> list[Line]:
    """Draw everything that can be typed in, and below it the line that records it."""
    drawn = _group("When, who", [_headed(name, said) for name in _HEAD])
    for name in dict.fromkeys(group_of(item) for item in seen.items):
        drawn += _group(name, [_item(item, said) for item in seen.items if group_of(item) == name])
    for step, (title, more) in _LISTS.items():
        parts = [_part(step, number, said) for number in typed.numbers(said, step)]
        add = (f"{step.value} {_MORE}", Mark.NOTHING, f"[ {more} ]", "", "")
        drawn += _group(title, [*parts, add])
    button = row(RECORD, ("", Mark.NOTHING, "[ Record all of it ]", "nothing is recorded before", ""), _COLUMNS)
    return [*drawn, BLANK, button]


_Row = tuple[str, Cell, str, str, str]


def _group(name: str, rows: Sequence[_Row]) -> list[Line]:
    labels = wrapped(name.upper(), _GROUP)
    told = [Said(label, Tone.HEADING) if label else "" for label in (*labels, *[""] * len(rows))]
    return [row(line, (label, *cells), _COLUMNS) for (line, *cells), label in zip(rows, told, strict=False)]


def _headed(name: str, said: Typed) -> _Row:
    words = said.get(name, "")
    if name == HELD:
        with contextlib.suppress(ValueError):
            words = f"{clock(words.strip()):%H:%M}"
    return name, Mark.DONE if words else Mark.NONE, _HEAD[name], words or _blank_head(name), ""


def _blank_head(name: str) -> str:
    return {HELD: "_:_", THERE: "_"}.get(name, "")


def _item(item: Item, said: Typed) -> _Row:
    target = f"target {item.target:g} {item.unit}".rstrip() if item.target is not None else ""
    mark, words = _answered(item, said)
    return item.key, mark, item.ask, words, target


def _answered(item: Item, said: Typed) -> tuple[Cell, str]:
    note = said.get(typed.note_of(item), "")
    try:
        found = typed.read_item(said, item)
    except NotAllowed:
        return Mark.UNKNOWN, said[item.key]
    if found is None:
        return Mark.NONE, "_" if item.kind not in {Kind.READINESS, Kind.CHECK, Kind.TEXT} else item.gloss
    if item.kind in {Kind.READINESS, Kind.CHECK}:
        return Mark[found.mark.name], note or Mark[found.mark.name].word
    if item.kind is Kind.TEXT:
        return (Mark.DONE, found.words) if found.words else (Mark.NOTHING, "none")
    marked = Mark[found.mark.name] if found.value is not None else Mark.NOTHING
    return Mark.DONE if marked is Mark.NONE else marked, f"{found.value or 'no value'}  {note}".rstrip()


def _part(step: Step, number: int, said: Typed) -> _Row:
    first, second, third = (said.get(typed.part_of(step, number, part), "") for part in typed.LISTS[step])
    mark = Mark.UP if step is Step.HELP and second else Mark.DONE
    return f"{step.value} {number}", mark, first, second, third


def known(said: Mapping[str, str]) -> int:
    """How many lines of a sheet are typed in."""
    return sum(bool(words.strip()) for words in said.values())
