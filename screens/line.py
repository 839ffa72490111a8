"""What a list is made of: lines of cells in columns, headings, details, rules and text, as plain values.

At 80 columns: 3 in front (`>` marks the chosen line), mark 2, what 26, who and answer 36, when 12, 1 behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from functools import lru_cache

from rich.cells import cell_len
from textual.strip import Strip

from screens.cells import cut, harmless
from screens.drawn import Pen
from screens.marks import Mark, Tone

_MARGIN = 1
_DESIGNED_FOR = 80


class Kind(StrEnum):
    """What a line is in its list."""

    ITEM = auto()
    HEADING = auto()
    DETAIL = auto()
    TEXT = auto()
    RULE = auto()


@dataclass(frozen=True, slots=True)
class Said:
    """Words with a tone of their own."""

    text: str
    tone: Tone = Tone.STRONG


Cell = str | Mark | Said


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its width at 80, on which side its text stands, its share of what a wider terminal adds.

    At the right, words shorter than `least` begin where words of that length would, so that they line up. One that
    `yields` moves to the right where the words before it are longer than their column, as far as it stays whole.
    """

    width: int
    right: bool = False
    share: int = 0
    least: int = 0
    yields: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a line, from `left` on; `pointer` is where `>` stands on the chosen one."""

    columns: tuple[Column, ...]
    left: int = 3
    pointer: int = 1


STANDARD = Columns((Column(2), Column(26, share=1), Column(36, share=2, yields=True), Column(12, right=True, least=9)))
DETAIL = Columns((Column(62, share=1), Column(12, right=True)), left=5)
FACT = Columns((Column(9), Column(55, share=1), Column(12, right=True)), left=3)
PROSE = Columns((Column(66, share=1), Column(12, right=True)), left=1)
_CHOSEN = Columns(PROSE.columns, left=1, pointer=0)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list. It can be chosen if it has an id, which stays the same when the list is shown again."""

    cells: tuple[Cell, ...] = ()
    id: str = ""
    columns: Columns = STANDARD
    kind: Kind = Kind.ITEM


def item(line_id: str, mark: Mark | str, what: str, who: Cell = "", when: Cell = "") -> Line:
    """Make a line of the usual four columns; with an empty id it cannot be chosen."""
    return Line((mark, what, who, when), line_id)


def row(line_id: str, cells: Sequence[Cell], columns: Columns) -> Line:
    """Make a line with columns of its own, such as those of the roll call."""
    return Line(tuple(cells), line_id, columns)


def heading(title: str, words: str = "", right: Cell = "", *, line_id: str = "") -> Line:
    """Make the head of a group: the title stands out, `words` follow it, `right` stands at the right."""
    return Line((title, words, right), line_id, _CHOSEN if line_id else PROSE, Kind.HEADING)


def detail(words: Cell, right: Cell = "") -> Line:
    """Make a line that belongs to the one above it."""
    return Line((words, right), "", DETAIL, Kind.DETAIL)


def fact(label: str, words: Cell, right: Cell = "") -> Line:
    """Make a line with a label at its left: `tried   float pool empty`."""
    return Line((label, words, right), "", FACT, Kind.DETAIL)


def text(words: Cell = "", right: Cell = "") -> Line:
    """Make a line of prose; `cells.wrapped` breaks what is longer."""
    return Line((words, right), "", PROSE, Kind.TEXT)


def rule(title: str = "", right: str = "", *, double: bool = False) -> Line:
    """Make a line across the screen, with a title and a word at the right if there are any."""
    return Line((title, right, "=" if double else ""), kind=Kind.RULE)


BLANK = text()

_WORTH = 8
"""Cells for which words leave their column, where the title beside them is not whole all the same."""

_BESIDE = 33
"""Columns of the words before a note that stands at the right of a line."""


def noted(line: Line, words: str) -> Line:
    """The line with other words at its right; those before them make room."""
    *before, _ = line.cells
    if before and isinstance(before[-1], str):
        before[-1] = cut(harmless(before[-1]), _BESIDE)
    return replace(line, cells=(*before, Said(words, Tone.ATTENTION)))


def drawn(line: Line, pen: Pen, *, chosen: bool = False) -> Strip:
    """Draw a line; cells flow over empty ones beside them, and what does not fit ends with dots."""
    if line.kind is Kind.RULE:
        return _rule(line, pen)
    shown = [_shown(cell, pen) for cell in line.cells]
    tones = [_tone(line, at) for at in range(len(line.cells))]
    begins = _places(line.columns, pen.width)
    if line.kind is Kind.HEADING:
        gap = 1 if shown[0].endswith((",", ".", ":")) else 2
        begins = (begins[0], begins[0] + cell_len(shown[0]) + gap, begins[-1])
        columns: tuple[Column, ...] = (Column(0), Column(0), line.columns.columns[-1])
    else:
        columns = line.columns.columns
    edge = pen.width - _MARGIN
    placed: list[tuple[int, str, Tone]] = []
    for at in reversed(range(min(len(shown), len(columns)))):
        words = shown[at]
        if not words:
            continue
        begin = begins[at]
        if columns[at].right:
            wanted = max(columns[at].width, edge - _taken(shown, begins, at))
            words = cut(words, wanted, dots=pen.dots)
            begin = min(edge, begin + columns[at].width) - max(columns[at].least, cell_len(words))
        elif columns[at].yields:
            begin = _yielded(begin, _taken(shown, begins, at) + 1, edge - 1 - cell_len(words))
        words = cut(words, edge - begin, dots=pen.dots)
        placed.append((begin, words, tones[at]))
        edge = begin - 1
    return _laid(line, pen, placed[::-1], chosen=chosen)


def _laid(line: Line, pen: Pen, placed: list[tuple[int, str, Tone]], *, chosen: bool) -> Strip:
    ground = Tone.CHOSEN if chosen else Tone.TEXT
    pieces: list[tuple[str, Tone]] = []
    used = 0
    pointer = line.columns.pointer if chosen else None
    for begin, words, tone in placed:
        if pointer is not None and begin > pointer:
            pieces.append((" " * (pointer - used) + ">", ground))
            used, pointer = pointer + 1, None
        if begin > used:
            pieces.append((" " * (begin - used), ground))
            used = begin
        keeps = tone in {Tone.MET, Tone.ATTENTION, Tone.NOT_MET}
        pieces.append((words, tone if keeps or not chosen else ground))
        used += cell_len(words)
    if pointer is not None:
        pieces.append((" " * (pointer - used) + ">", ground))
        used = pointer + 1
    if chosen:
        pieces.append((" " * (pen.width - used), ground))
    return pen.strip(pieces)


def _rule(line: Line, pen: Pen) -> Strip:
    title, right, double = (_shown(cell, pen) for cell in line.cells)
    tail = f" {right} {pen.rule(3)}" if right else ""
    if not title:
        return pen.strip([(pen.rule(pen.width - cell_len(tail), double=bool(double)) + tail, Tone.MUTED)])
    head = cut(title, pen.width - 5 - cell_len(tail), dots=pen.dots)
    line_between = pen.rule(max(0, pen.width - 4 - cell_len(head) - cell_len(tail)))
    return pen.strip(
        [
            (pen.rule(2) + " ", Tone.MUTED),
            (head, Tone.HEADING),
            (" " + line_between, Tone.MUTED),
            (tail, Tone.MUTED),
        ]
    )


def _shown(cell: Cell, pen: Pen) -> str:
    if isinstance(cell, Mark):
        return pen.glyph(cell)
    words = cell.text if isinstance(cell, Said) else cell
    # Nothing wider than the screen is measured: a text of 10,000 characters costs no more than its beginning.
    return harmless(words[: pen.width * 8])


def _tone(line: Line, at: int) -> Tone:
    cell = line.cells[at]
    if isinstance(cell, (Mark, Said)):
        return cell.tone
    if line.kind is Kind.HEADING and at == 0:
        return Tone.HEADING
    return Tone.MUTED if line.kind is Kind.DETAIL else Tone.TEXT


def _yielded(begin: int, wanted: int, furthest: int) -> int:
    """Give the cell from which words stay whole and leave the most room; they stay in line where that is little."""
    return min(wanted, furthest) if begin < wanted <= furthest or furthest >= begin + _WORTH < wanted else begin


def _taken(shown: list[str], begins: tuple[int, ...], at: int) -> int:
    """Give the cell up to which the last words before column `at` would like to reach, with a blank behind."""
    for before in reversed(range(at)):
        if shown[before]:
            return begins[before] + cell_len(shown[before]) + 1
    return begins[0]


@lru_cache(maxsize=64)
def _places(columns: Columns, width: int) -> tuple[int, ...]:
    """Give the cell that each column begins at, in a line of `width` cells."""
    spare = max(0, width - _DESIGNED_FOR)
    shares = sum(column.share for column in columns.columns)
    places: list[int] = []
    place = columns.left
    for column in columns.columns:
        places.append(place)
        place += column.width + (spare * column.share // shares if shares else 0)
    return tuple(places)
