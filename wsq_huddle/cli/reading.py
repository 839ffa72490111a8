"""What people type after an option, understood or refused in a sentence."""

import contextlib
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

import typer

from wsq_huddle.config.complaints import meant
from wsq_huddle.domain.whens import read_by, read_day
from wsq_huddle.errors import NotAllowed, UsageError

T = TypeVar("T")


def day(text: str, option: str, zone: ZoneInfo) -> date:
    """A day, `2026-11-24`; of a time it is the day at this node."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return _instant(text, option, zone, "2026-11-24").astimezone(zone).date()


def coming_day(text: str, option: str, zone: ZoneInfo, now: datetime) -> date:
    """A day as `day` reads it, or one to come in words: `today`, `tomorrow`, `fri`, `2 dec`."""
    try:
        return day(text, option, zone)
    except UsageError as error:
        with contextlib.suppress(NotAllowed):
            return read_day(text or "-", today=now.astimezone(zone).date(), usual=date.max)
        raise UsageError(f"{str(error).removesuffix('.')}, today, tomorrow, fri or 2 dec.") from None


def moment(text: str, option: str, zone: ZoneInfo, now: datetime) -> datetime:
    """An instant in UTC; without an offset it is this node's time, and a day alone is its last minute.

    One to come may be said in words: `10:00`, `noon`, `fri`, `fri 14:30`.
    """
    try:
        found = datetime.combine(date.fromisoformat(text), time(23, 59), zone)
    except ValueError:
        try:
            found = _instant(text, option, zone, "2026-11-24T17:00")
        except UsageError as error:
            with contextlib.suppress(NotAllowed):
                return read_by(text or "-", now=now, zone=zone, usual=now)
            raise UsageError(f"{str(error).removesuffix('.')}, 10:00, noon or fri.") from None
    return found.astimezone(UTC)


def _instant(text: str, option: str, zone: ZoneInfo, like: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(f"{option}: {text!r} is no date or time like {like}.") from None


def number(text: str, option: str) -> int:
    """A whole number that is not below 0."""
    if not text.isascii() or not text.isdigit() or len(text) > 9:  # noqa: PLR2004 - what anybody can mean
        raise UsageError(f"{option}: {text!r} is no whole number like 1.")
    return int(text)


def one_of(text: str, option: str, known: Iterable[T]) -> T:
    """One of the words that an option takes, as the value it stands for."""
    words = {str(getattr(one, "value", one)): one for one in known}
    if text not in words:
        raise UsageError(f"{option}: {text!r} is none of {', '.join(words)}.{meant(text, words)}")
    return words[text]


def ask(given: str, option: str, question: str, *, default: str = "", hidden: bool = False) -> str:
    """What was given, else what a person at the terminal says; where nobody is there, the option is named."""
    if given:
        return given
    if not sys.stdin.isatty():
        if default:
            return default
        raise UsageError(f"{question} Say it with {option}.")
    said: str = typer.prompt(question, default=default or None, hide_input=hidden, err=True)
    return said.strip()
