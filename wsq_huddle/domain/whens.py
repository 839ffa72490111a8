"""Reads what people type as a time or a day: `10`, `10:00`, `noon`, `today`, `fri`, `2 dec`, `fri 14:30`.

A time alone is the next one to come; a day alone ends at the usual hour. The day comes before the month, in words.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from wsq_huddle.errors import NotAllowed

from .problems.events import Urgency
from .text import one_line

USUAL = time(16)
"""When an answer is wanted that day if nobody says otherwise."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_TIMES: Mapping[str, time] = {"noon": time(12), "midday": time(12), "midnight": time(23, 59)}
_SOON: Mapping[str, int] = {"today": 0, "tonight": 0, "tomorrow": 1, "tmw": 1}
_FILLERS = frozenset({"by", "at", "on", "until", "till", "the", "next", "of"})
_LAST_HOUR, _LAST_MINUTE, _NOON = 23, 59, 12
_LONG = 40


def read_by(typed: str, *, now: datetime, zone: tzinfo, usual: datetime) -> datetime:
    """By when an answer is wanted, in UTC; nothing typed is the usual time. Raises `NotAllowed` with what would do."""
    words = _words(typed)
    if not words:
        return usual
    local = now.astimezone(zone)
    at, rest = _time_in(words)
    day = _day_in(rest, local.date()) if rest else None
    if (rest and day is None) or (at is None and day is None):
        raise NotAllowed(f"{_quoted(typed)} is no time: write 10, 10:00, noon, today, fri or 2 dec.")
    if day is None and at is not None:
        today = _instant(local.date(), at, zone)
        return today if today > now else _instant(local.date() + timedelta(days=1), at, zone)
    wanted = _instant(day or local.date(), at or USUAL, zone)
    if wanted <= now and at is None:
        wanted = _instant(local.date(), time(_LAST_HOUR, _LAST_MINUTE), zone)
    if wanted <= now:
        raise NotAllowed(f"{_quoted(typed)} is over already.")
    return wanted


def read_day(typed: str, *, today: date, usual: date) -> date:
    """The day something is due; nothing typed is the usual one. Raises `NotAllowed` with what would do."""
    words = _words(typed)
    if not words:
        return usual
    day = _day_in(words, today)
    if day is None:
        raise NotAllowed(f"{_quoted(typed)} is no day: write today, tomorrow, fri or 2 dec.")
    if day < today:
        raise NotAllowed(f"{_quoted(typed)} is over already.")
    return day


def usual_by(urgency: Urgency, *, now: datetime, zone: tzinfo, next_huddle: datetime | None = None) -> datetime:
    """What Enter alone says: the next huddle for what is routine, else 16:00 today, and after that tomorrow's."""
    if urgency is Urgency.ROUTINE and next_huddle is not None:
        return next_huddle
    today = now.astimezone(zone).date()
    at = _instant(today, USUAL, zone)
    return at if at > now else _instant(today + timedelta(days=1), USUAL, zone)


def usual_day(today: date, within: timedelta) -> date:
    """The day a plan is due when nobody says: the one on which a quick hit has had its time."""
    return today + timedelta(days=max(1, -(-within // timedelta(days=1))))


def _words(typed: str) -> list[str]:
    plain = one_line(typed).casefold().replace(",", " ")
    return [word.rstrip(".") for word in plain.split() if word not in _FILLERS]


def _time_in(words: Iterable[str]) -> tuple[time | None, list[str]]:
    """The time among the words, and the words that are left; a bare number is an hour unless a month stands by it."""
    rest = list(words)
    for number, word in enumerate(rest):
        after = rest[number + 1] if number + 1 < len(rest) else ""
        half = after if after in {"am", "pm", "h"} else ""
        alone = word.isdecimal() and not half and any(_month(other) for other in rest)
        at = None if alone else _time(word + half)
        if at is not None:
            return at, rest[:number] + rest[number + 1 + bool(half) :]
    return None, rest


def _time(word: str) -> time | None:
    if word in _TIMES:
        return _TIMES[word]
    half = word[-2:] if word.endswith(("am", "pm")) else ""
    hours, sign, minutes = word.removesuffix(half).removesuffix("h").replace(".", ":").partition(":")
    if not _digits(hours, 2) or (sign and not (_digits(minutes, 2) and len(minutes) > 1)):
        return None
    hour, minute = int(hours), int(minutes or 0)
    if half:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    return time(hour, minute) if hour <= _LAST_HOUR and minute <= _LAST_MINUTE else None


def _day_in(words: list[str], today: date) -> date | None:
    """The day that all the words together name; a weekday is the next one to come, never today."""
    match words:
        case [word] if word in _SOON:
            return today + timedelta(days=_SOON[word])
        case [word] if (weekday := _named(word, _DAYS, _DAY_NAMES)) is not None:
            return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
        case [word]:
            return _iso(word)
        case [first, second]:
            month, number = (_month(second), first) if _month(second) else (_month(first), second)
            return _coming(month, _ordinal(number), today)
        case [weekday, first, second] if _named(weekday, _DAYS, _DAY_NAMES) is not None:
            return _day_in([first, second], today)
        case _:
            return None


def _coming(month: int | None, number: str, today: date) -> date | None:
    """The next time this day of the year comes."""
    if month is None or not _digits(number, 2):
        return None
    for year in range(today.year, today.year + 9):
        try:
            day = date(year, month, int(number))
        except ValueError:
            continue  # 29 February
        if day >= today:
            return day
    return None


def _month(word: str) -> int | None:
    found = _named(word, _MONTHS, _MONTH_NAMES)
    return None if found is None else found + 1


def _named(word: str, short: tuple[str, ...], names: tuple[str, ...]) -> int | None:
    """Which of the names a word begins, by at least its three letters."""
    if word[:3] in short and names[short.index(word[:3])].startswith(word):
        return short.index(word[:3])
    return short.index("sep") if word == "sept" and "sep" in short else None


def _ordinal(word: str) -> str:
    return word[:-2] if word[-2:] in {"st", "nd", "rd", "th"} else word


def _digits(word: str, most: int) -> bool:
    return word.isascii() and word.isdecimal() and len(word) <= most


def _iso(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def _instant(day: date, at: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)


def _quoted(typed: str) -> str:
    said = one_line(typed)
    return f'"{said[:_LONG]}"' if len(said) <= _LONG else f'"{said[:_LONG]}..."'
