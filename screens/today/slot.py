"""The huddle on Today: when it is, how far it has got, and what one can do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from screens import keys, times
from screens.line import Column, Columns, Line, Said, heading, row, text
from screens.marks import Tone
from wsq_huddle.domain.huddles import State
from wsq_huddle.services.huddles import Sitting

if TYPE_CHECKING:
    from screens.today.reading import Seen

_DEPARTMENT = 2

START = "huddle"
"""The id of the line that opens the huddle."""

SHEET = "sheet"
"""The id of the line on which the paper sheet is typed in."""

_ELSEWHERE = "Was it on paper? The sheet is typed in on the unit's own computer."

_COLUMNS = Columns((Column(26, share=1), Column(50, share=1)))
_ON_PAPER = Columns((Column(30), Column(25), Column(20, share=1)), left=1, pointer=29)


@dataclass(frozen=True)
class Slot:
    """The head of Today: two lines. `offer` is what Enter does on the second.

    Where the slot is over and nothing was written of it, `sheet` is the line on which the paper sheet is typed in;
    on a spare `elsewhere` says where that is done.
    `given` are other keys from huddle.toml.
    """

    head: Line
    start: Line
    offer: str
    sheet: Line | None = None
    elsewhere: Line | None = None
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> list[Line]:
        return [self.head, self.start, *(line for line in (self.sheet, self.elsewhere) if line is not None)]


def slot(seen: "Seen", now: datetime, *, given: Mapping[str, str], typed: int = 0, spare: bool = False) -> Slot:
    """Say when the huddle is and what can be done now; `now` is local, `typed` how much of a paper sheet is there.

    `given` are other keys from huddle.toml. On a `spare` no sheet is typed in.
    """
    sitting = seen.today.sitting
    huddle, state = sitting.huddle, sitting.state
    title, words = _title(sitting, now)
    opens = keys.told("{open}", given)
    if state is State.PLANNED or huddle is None:
        offer, said, hint = "Start", "[ Start the huddle ]", f"{opens}, or click"
        words += _looking_back(seen.today.last_held, now) if seen.tier == 1 else _minutes(sitting)
        who = named(("Leads", ", ".join(seen.leads)), ("Covers", ", ".join(seen.covers)))
        words = briefly(words) + who if who and seen.tier == _DEPARTMENT else words
    elif state is State.OPEN:
        offer, said = "Go on", "[ Go on with the huddle ]"
        began = huddle.opened_at.astimezone(now.tzinfo) if huddle.opened_at else now
        hint = f"{opens}, or click.  Open since {times.clock(began)}, {huddle.leader or 'nobody'} leads"
    elif state is State.CLOSED:
        offer, said, hint = "Look at it", "[ Look at the huddle ]", f"{opens}, or click"
    else:
        offer, said, hint = "Start", "[ Start the huddle after all ]", f"{opens}, or click"
    sheet = _sheet(sitting, now, typed)
    return Slot(
        heading(title, words),
        row(START, (said, hint), _COLUMNS),
        offer,
        None if spare else sheet,
        text(_ELSEWHERE) if spare and sheet is not None else None,
        given,
    )


def briefly(words: str) -> str:
    """Say how long the huddle has in fewer words, where more has to stand beside it: `in 10 min, 20 min.`."""
    return " ".join(words.split()).replace(". It has ", ", ")


def named(*told: tuple[str, str]) -> str:
    """Say who does what: `  Leads: J. Whitfield.  Covers: S. Lind.`; nothing of what nobody does."""
    return "".join(f"  {does}: {name}." for does, name in told if name)


def on_paper(slot: Slot) -> list[Line]:
    """Draw the head of a day on which the computer came later than the huddle: first the sheet, then the start."""
    if slot.sheet is None:
        return slot.lines
    title = Said("TODAY'S HUDDLE was on paper", Tone.HEADING)
    first = row(SHEET, (title, slot.sheet.cells[0], keys.told("3 min   {open}", slot.given)), _ON_PAPER)
    return [first, slot.start]


def _sheet(sitting: Sitting, now: datetime, typed: int) -> Line | None:
    planned = sitting.planned
    if sitting.state is not State.PLANNED or planned is None or planned.ends_at > now:
        return None
    if typed:
        return row(SHEET, ("[ Go on with the sheet ]", f"{times.counted(typed, 'lines')} typed in"), _COLUMNS)
    return row(SHEET, ("[ Type in the sheet ]", "3 min, if it was on paper"), _COLUMNS)


def _title(sitting: Sitting, now: datetime) -> tuple[str, str]:
    huddle = sitting.huddle
    planned = sitting.planned.planned_at.astimezone(now.tzinfo) if sitting.planned else None
    at = f"HUDDLE {times.clock(planned)}," if planned else "HUDDLE"
    if sitting.state is State.CLOSED and huddle and huddle.closed_at and huddle.opened_at:
        closed = times.clock(huddle.closed_at.astimezone(now.tzinfo))
        if huddle.on_paper:
            return at, f"on paper at {times.clock(huddle.opened_at.astimezone(now.tzinfo))}, typed in {closed}."
        return at, f"closed {closed}.{times.took(huddle.lasted)}"
    if sitting.state is State.OPEN:
        return at, "open."
    if sitting.state is State.SKIPPED and huddle:
        return at, f"no huddle: {huddle.why}"
    return at, f"{times.until(planned - now)}." if planned else "not planned today."


def _looking_back(last: datetime | None, now: datetime) -> str:
    if last is None:
        return "     The first one held here."
    held = last.astimezone(now.tzinfo)
    days = (now.date() - held.date()).days
    if days <= 1:
        return f"     Last one {times.when(held, now)}."
    return f"     Last one {times.full_day(held.date())}, so we look back {days} days."


def _minutes(sitting: Sitting) -> str:
    return f"     It has {sitting.planned.minutes} min." if sitting.planned else ""
