"""Line 1: the place, day and time, the time left, the link."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rich.cells import cell_len
from textual.strip import Strip

from screens.drawn import Drawn, Pen
from screens.marks import Mark, Tone

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MINUTE = 60
_WHEN, _LEFT = 29, 49
_LINK = 40
_GAP = "  "


@dataclass(frozen=True, slots=True)
class Heading:
    """What line 1 says. `ends` is when the time of the huddle is over; `left` says something else in its place."""

    place: str = ""
    ends: datetime | None = None
    left: str = ""
    mark: Mark | None = None
    link: str = ""


def day_and_time(now: datetime) -> str:
    """Write a local time as line 1 has it: `Mon 30 Nov 07:09`; day names do not follow the locale of the PC."""
    return f"{_DAYS[now.weekday()]} {now.day} {_MONTHS[now.month - 1]} {now:%H:%M}"


def time_left(ends: datetime, now: datetime) -> str:
    """Write what is left of the huddle: `9 min left`, in the last minute `45 s left`, then `+3 min`, never red."""
    left = (ends - now) // timedelta(seconds=1)
    if left >= _MINUTE:
        # Minutes that have begun count, as on the clock beside it: at 07:16:20 there are 9 left until 07:25.
        return f"{-(-left // _MINUTE)} min left"
    return f"{left} s left" if left > 0 else f"+{-left // _MINUTE} min"


class Head(Drawn):
    """Line 1."""

    DEFAULT_CSS = "Head { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._heading = Heading()
        self._now: datetime | None = None

    def tell(self, heading: Heading, now: datetime) -> None:
        """Say this on line 1; `now` is local."""
        self._heading, self._now = heading, now
        self.redraw()

    def draw(self, pen: Pen, height: int) -> list[Strip]:
        del height
        told, now = self._heading, self._now
        when = "" if now is None else day_and_time(now)
        left = time_left(told.ends, now) if told.ends and now and not told.left else told.left
        link = pen.fit(told.link, min(_LINK, cell_len(told.link)))
        tail = [(pen.glyph(told.mark), told.mark.tone), (" ", Tone.TEXT)] if told.mark else []
        tail.append((link, Tone.TEXT))
        spare = pen.width - 1 - cell_len(link) - (2 if told.mark else 0)
        place, at = _WHEN - 2, _LEFT - _WHEN
        if cell_len(left) > spare - _LEFT - len(left[:1]):
            # What the link says is long: the columns close up, and the place gives way, for nothing else may be cut.
            at = cell_len(when + _GAP)
            place = min(place, max(0, spare - 2 - at - cell_len(left + _GAP)))
        room = max(0, spare - 2 - place - at)
        pieces = [
            (" " + pen.fit(shortened(told.place, place), place) + " ", Tone.HEADING),
            (pen.fit(when, at), Tone.TEXT),
            (pen.fit(left, room), Tone.STRONG),
        ]
        return [pen.strip([*pieces, *tail])]


def shortened(place: str, room: int) -> str:
    """Leave out the last words of a place until it fits: `Cardiac Services huddle`, `Cardiac Services`, `Cardiac`."""
    words = place.split(" ")
    while len(words) > 1 and cell_len(" ".join(words)) > room:
        words.pop()
    return " ".join(words)
