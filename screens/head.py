"""Line 1: the place, day and time, the time left, the link."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from textual.strip import Strip

from screens.drawn import Drawn, Pen
from screens.marks import Mark, Tone

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MINUTE = 60
_WHEN, _LEFT = 29, 49


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
        mark = f"{pen.glyph(told.mark)}" if told.mark else ""
        link = pen.fit(told.link, min(30, len(told.link)))
        spare = pen.width - 1 - len(link) - (2 if mark else 0)
        pieces = [
            (" " + pen.fit(told.place, _WHEN - 2) + " ", Tone.HEADING),
            (pen.fit(when, _LEFT - _WHEN), Tone.TEXT),
            (pen.fit(left, max(0, spare - _LEFT)), Tone.STRONG),
        ]
        if mark and told.mark:
            pieces += [(mark, told.mark.tone), (" ", Tone.TEXT)]
        return [pen.strip([*pieces, (link, Tone.TEXT)])]
