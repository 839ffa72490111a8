"""The wall view: big, turning its pages by itself, read from across the room. No free text, no names of people.

`wsq-huddle board --wall` shows it where nobody types. Only what has changed is sent: nothing between two turns.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import ClassVar

from textual.app import ComposeResult

from screens import times
from screens.app import HuddleApp
from screens.bigness import big
from screens.frame import DeskScreen
from screens.line import BLANK, Cell, Column, Columns, Line, Said, heading, row, text
from screens.marks import Mark, Tone
from screens.morning import state_words
from wsq_huddle.domain.agendas import Mark as Told
from wsq_huddle.domain.chains import State
from wsq_huddle.services import boards
from wsq_huddle.services.boards import Board, Measured, Since

Page = Sequence[Line]

_HALVES = Columns((Column(37, share=1), Column(37, share=1)), left=4)
_THIRDS = Columns((Column(25, share=1), Column(25, share=1), Column(25, share=1)), left=4)
_BLOCK = Columns((Column(12), Column(60, share=1)), left=4)
_MEASURE = Columns((Column(3), Column(30, share=1), Column(14), Column(24)), left=4)
_CHAIN = Columns((Column(34, share=1), Column(9), Column(30)), left=4)
_MARKS = {Told.MET: Mark.MET, Told.ATTENTION: Mark.ATTENTION, Told.NOT_MET: Mark.NOT_MET, Told.NONE: Mark.NONE}
_MOST = 10
"""Measures, and huddles of the morning, that one page has room for."""

_WIDE, _HIGH = 120, 40
_HALF, _THIRD, _WORDS = 54, 35, 30
"""Cells on a screen of that width: half of it, a third of it; and of words beside a time."""

_KINDS = 4
"""Kinds of harm on one page."""


class WallScreen(DeskScreen[Board]):
    """The wall of one node. It offers no key but those to leave: nobody stands at it."""

    LABEL: ClassVar[str] = "Wall"
    every: ClassVar[float] = 15
    """Seconds that a page stays."""

    def __init__(self) -> None:
        super().__init__()
        self._at = 0

    def compose(self) -> ComposeResult:
        yield self.head_line
        yield self.steps
        yield self.lines
        yield self.notice_line

    def on_mount(self) -> None:
        self.set_interval(self.every, self._turn)

    def look(self) -> Board:
        return boards.board(self.desk)

    def show(self, seen: Board) -> None:
        pages = list(pages_of(seen, self.now(), plain=self.program.plain, size=self._twice))
        self._at %= len(pages)
        dots = " ".join("#" if at == self._at else "." for at in range(len(pages)))
        self.lines.put([*pages[self._at], BLANK, text("", Said(dots, Tone.MUTED))])

    def lasting(self) -> str:
        """Say nothing: what somebody types at another screen, or has not sent there, does not belong on a wall."""
        return ""

    @property
    def _twice(self) -> int:
        """Twice as big where twice as much fits."""
        return 2 if self.size.width >= _WIDE and self.size.height >= _HIGH else 1

    def on_resize(self) -> None:
        if self.seen is not None:
            self.show(self.seen)

    def _turn(self) -> None:
        self._at += 1
        if self.seen is not None:
            self.show(self.seen)


class WallApp(HuddleApp):
    """The program of a wall: whoever finds a keyboard there can leave, and nothing else."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action == "quit" and super().check_action(action, parameters)


def pages_of(seen: Board, now: datetime, *, plain: bool, size: int = 1) -> Iterator[Page]:
    """Make the pages that have something to say; the morning always has."""
    told = f"huddle of {times.full_day(seen.told_on)}" if seen.told_on else ""
    if any(ready.mark is not Told.NONE for ready in seen.ready):
        yield _ready(seen, told, plain=plain, size=size)
    for begin in range(0, len(seen.measured), _MOST):
        yield _measures(seen, seen.measured[begin : begin + _MOST], told, plain=plain, size=size)
    for begin in range(0, len(seen.since), _KINDS):
        yield _days(seen, seen.since[begin : begin + _KINDS], plain=plain, size=size)
    if seen.tally.raised:
        yield _problems(seen, plain=plain, size=size)
    yield _morning(seen, now, plain=plain, size=size)


def _ready(seen: Board, told: str, *, plain: bool, size: int = 1) -> Page:
    lines = [heading("HOW READY ARE WE?", told)]
    for ready in seen.ready:
        mark = _MARKS[ready.mark]
        # The tone colours the ground; the shape in its middle tells the same without colours.
        empty, shape = (Said(f"{glyph:^10}", mark.tone) for glyph in ("", mark.glyph(plain=plain)))
        lines += [
            BLANK,
            *[row("", (empty, ""), _BLOCK)] * (size - 1),
            row("", (empty, Said(ready.name.upper(), Tone.STRONG)), _BLOCK),
            row("", (shape, mark.word), _BLOCK),
            *[row("", (empty, ""), _BLOCK)] * size,
        ]
    return lines


def _measures(seen: Board, some: Sequence[Measured], told: str, *, plain: bool, size: int = 1) -> Page:
    marked = seen.targets.met + seen.targets.not_met
    lines = [heading("OUR TARGETS", told), BLANK]
    if marked:
        lines += _beside((big(f"{seen.targets.met}/{marked}", plain=plain, size=size),), _HALVES)
        lines += [row("", ("of the targets met",), _HALVES), BLANK]
    for one in some:
        value = Said(one.value or "no value yet", Tone.STRONG if one.value else Tone.MUTED)
        lines.append(row("", (_MARKS[one.mark], one.name, value, one.target), _MEASURE))
    return lines


def _days(seen: Board, some: Sequence[Since], *, plain: bool, size: int = 1) -> Page:
    lines = [heading("DAYS SINCE THE LAST", "as our huddles told")]
    for begin in range(0, len(some), 2):
        pair = some[begin : begin + 2]
        numbers = [_without(seen, one) for one in pair]
        lines += [BLANK, *_beside(_all_big(numbers, plain=plain, size=size, most=_HALF), _HALVES)]
        lines.append(row("", [Said(one.name.upper(), Tone.STRONG) for one in pair], _HALVES))
        lines.append(row("", [f"{one.count or 'none'} this month" for one in pair], _HALVES))
    return lines


def _without(seen: Board, one: Since) -> str:
    """The days; with a plus where none ever was told in what was looked through."""
    if one.days is not None:
        return str(one.days)
    return f"{(seen.on - seen.counted_from).days}+" if seen.counted_from else "-"


def _problems(seen: Board, *, plain: bool, size: int = 1) -> Page:
    tally, since = seen.tally, seen.tally.since
    numbers = [str(one) for one in (tally.raised, tally.answered, tally.fixed)]
    lines = [heading("OUR PROBLEMS", f"since {since.day} {times.MONTHS[since.month - 1]}"), BLANK, BLANK]
    lines += _beside(_all_big(numbers, plain=plain, size=size, most=_THIRD), _THIRDS)
    lines += [BLANK, row("", [Said(word, Tone.STRONG) for word in ("RAISED", "ANSWERED", "FIXED")], _THIRDS)]
    if tally.answer_days is not None:
        lines += [BLANK, BLANK, row("", (f"An answer took {tally.answer_days:.1f} days.",), _HALVES)]
    return lines


def _morning(seen: Board, now: datetime, *, plain: bool, size: int = 1) -> Page:
    lines = [heading("THIS MORNING", times.full_day(seen.on))]
    ours = seen.row
    if ours is not None and ours.planned_at is not None:
        at = ours.planned_at.astimezone(now.tzinfo)
        shapes, words = big(times.clock(at), plain=plain, size=size), state_words(ours, now)
        # The words stand beside the whole time, in its middle, however wide it is.
        beside = Columns((Column(len(shapes[0]) + 1), Column(_WORDS, share=1)), left=4)
        middle = len(shapes) // 2
        said = [f"our huddle: {words}" if at == middle else "" for at in range(len(shapes))]
        lines += [BLANK, *_beside((shapes, said), beside), BLANK]
    rows = [one for one in seen.morning.rows if ours is None or one.node != ours.node]
    for one in rows[:_MOST]:
        planned = times.clock(one.planned_at.astimezone(now.tzinfo)) if one.planned_at else ""
        lines.append(row("", (one.name, planned, state_words(one, now)), _CHAIN))
    if len(rows) > _MOST:
        held = sum(one.state in {State.HELD, State.OPEN} for one in rows)
        lines.append(row("", (f"{held} of {len(rows)} have met",), _CHAIN))
    return lines


def _all_big(numbers: Sequence[str], *, plain: bool, size: int, most: int) -> list[tuple[str, ...]]:
    """Write numbers that stand side by side, smaller where one of them would not be whole."""
    drawn = [big(one, plain=plain, size=size) for one in numbers]
    if size > 1 and any(len(one[0]) > most for one in drawn):
        return _all_big(numbers, plain=plain, size=size - 1, most=most)
    return drawn


def _beside(shapes: Sequence[Sequence[str]], columns: Columns) -> list[Line]:
    """Put what is several lines high side by side."""
    return [row("", [_strong(words) for words in side], columns) for side in zip_longest(*shapes, fillvalue="")]


def _strong(words: str) -> Cell:
    return Said(words, Tone.STRONG)
