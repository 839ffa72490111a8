"""What a definition says, read leniently: an odd one of a later program never breaks a morning."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, time
from enum import StrEnum
from typing import Any

from wsq_huddle.domain.records import record
from wsq_huddle.domain.text import one_line

Said = Mapping[str, Any]
"""One definition as it was declared: plain JSON, with whatever keys a later program may have added."""

EVERY_DAY = frozenset(range(7))


@record
class Defined:
    """One definition in force, with the key that cannot collide: `<owner>/<key>`."""

    key: str
    owner: str
    said: Said


class Direction(StrEnum):
    """On which side of its target a measure should be."""

    AT_MOST = "at-most"
    AT_LEAST = "at-least"


@record(kw_only=True)
class Measure:
    key: str
    name: str
    unit: str = ""
    target: float | None = None
    direction: Direction | None = None


@record(kw_only=True)
class Standard:
    """Standard work that is looked at: `sample` times a huddle, kept in `target` per cent of them."""

    key: str
    name: str
    target: float | None = None
    sample: int | None = None


@record(kw_only=True)
class Slot:
    """A huddle as it is planned; one that is not `protected` is no part of the morning chain."""

    name: str
    at: time
    minutes: int
    days: frozenset[int] = frozenset()
    """Days of the week, Monday 0; empty means the calendar's."""
    protected: bool = True


@record(kw_only=True)
class Window:
    """The protected time of the morning."""

    opens: time = time(7)
    closes: time = time(9)


@record(kw_only=True)
class Calendar:
    """When a node works, in its own time zone; the same time in `begins` and `ends` is round the clock."""

    zone: str = "UTC"
    days: frozenset[int] = EVERY_DAY
    begins: time = time(0)
    ends: time = time(0)
    """May lie past midnight: 19:00 to 07:00 is a night."""
    closed: frozenset[date] = frozenset()
    stand_in: str | None = None
    """The node that covers outside these days and hours."""
    stand_in_call: str = ""
    """The number to ring then; empty where it is the one that the node that covers has told itself."""


@record(kw_only=True)
class Word:
    """A category, a cause, a person, a number to ring: a key, a name, and all else that was declared."""

    key: str
    name: str
    letter: str = ""
    event: str = ""
    """For a cause: the short key of its kind of event."""
    said: Said = field(default_factory=dict)


def read_measure(one: Defined) -> Measure:
    return Measure(
        key=one.key,
        name=text(one.said, "name") or short(one.key),
        unit=text(one.said, "unit"),
        target=number(one.said.get("target")),
        direction=_DIRECTIONS.get(text(one.said, "direction").lower()),
    )


def read_standard(one: Defined) -> Standard:
    sample = number(one.said.get("sample"))
    return Standard(
        key=one.key,
        name=text(one.said, "name") or short(one.key),
        target=number(one.said.get("target")),
        sample=int(sample) if sample is not None and sample >= 1 else None,
    )


def read_slot(said: object) -> Slot | None:
    """The planned huddle, or None when its time cannot be read."""
    if not isinstance(said, Mapping) or (at := moment(said.get("at"))) is None:
        return None
    minutes = number(said.get("minutes"))
    return Slot(
        name=text(said, "name") or "morning",
        at=at,
        minutes=int(minutes) if minutes is not None and 1 <= minutes <= _DAY_MINUTES else 15,
        days=days(said.get("days")),
        protected=said.get("protected") is not False,
    )


def read_window(said: Said) -> Window | None:
    opens, closes = moment(said.get("opens")), moment(said.get("closes"))
    return Window(opens=opens, closes=closes) if opens and closes and opens < closes else None


def read_calendar(said: Said) -> Calendar:
    """The calendar of a node from its window's definition, which carries `timezone` and `calendar`."""
    inner = said.get("calendar")
    inner = inner if isinstance(inner, Mapping) else {}
    closed = inner.get("closed")
    return Calendar(
        zone=text(said, "timezone") or text(inner, "timezone") or "UTC",
        days=days(inner.get("days")) or EVERY_DAY,
        begins=moment(inner.get("begins")) or time(0),
        ends=moment(inner.get("ends")) or time(0),
        closed=frozenset(on for one in closed if (on := day(one))) if isinstance(closed, list | tuple) else frozenset(),
        stand_in=text(inner, "stand_in") or None,
        stand_in_call=text(inner, "stand_in_call"),
    )


def read_word(one: Defined) -> Word:
    return Word(
        key=one.key,
        name=text(one.said, "name") or short(one.key),
        letter=text(one.said, "letter")[:1].lower(),
        event=short(text(one.said, "event")),
        said=one.said,
    )


def full(owner: str, key: str) -> str:
    """The key as others know it: `falls` of 4-west is `4-west/falls`; a key with an owner stays."""
    return key if "/" in key or not key else f"{owner}/{key}"


def short(key: str) -> str:
    """The site's word in a key: `fall` for `4-west/fall`."""
    return key.rpartition("/")[2]


def tiers(said: Said) -> tuple[int, ...]:
    """The tiers a definition is meant for; none named: all tiers from its owner down."""
    named = said.get("tiers")
    return tuple(one for one in named if type(one) is int) if isinstance(named, list | tuple) else ()


def text(said: Said, name: str) -> str:
    """A text of a definition, on one line; empty when it is something else."""
    value = said.get(name)
    return one_line(value) if isinstance(value, str) else ""


def number(value: object) -> float | None:
    """A finite number of a believable size, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < _LARGEST else None


def moment(value: object) -> time | None:
    """A time of day like `07:15`, or None."""
    try:
        read = time.fromisoformat(value.strip()) if isinstance(value, str) else value
    except ValueError:
        return None
    return read.replace(tzinfo=None) if isinstance(read, time) else None


def day(value: object) -> date | None:
    """A day like `2026-12-25`, or None."""
    try:
        read = date.fromisoformat(value.strip()) if isinstance(value, str) else value
    except ValueError:
        return None
    return read if isinstance(read, date) else None


def days(value: object) -> frozenset[int]:
    """Days of the week, Monday 0: from `["mon", "tue"]`; what is no day is left out."""
    parts = value if isinstance(value, list | tuple) else ()
    return frozenset(_DAYS.index(part[:3].lower()) for part in parts if isinstance(part, str) and _is_day(part))


def _is_day(name: str) -> bool:
    return name[:3].lower() in _DAYS


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_MINUTES = 24 * 60
_LARGEST = 1e12
_DIRECTIONS = {
    **dict.fromkeys(("at-least", "up", "higher", "more", ">="), Direction.AT_LEAST),
    **dict.fromkeys(("at-most", "down", "lower", "fewer", "<="), Direction.AT_MOST),
}
