"""The arithmetic of a day's slots: whether one stays in the window and after another, and what a roll call leaves each.

For what settings declare and what nodes have published alike; days and time zones are the business of `calendars`.
"""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Protocol

SHORT_ROLL_CALL = 20
"""Seconds for an area below which a roll call is only a reading of names."""

DAY = 24 * 60


class Timed(Protocol):
    """A slot of a day, wherever it was written: it begins at a time and takes so many minutes."""

    @property
    def at(self) -> time: ...
    @property
    def minutes(self) -> int: ...


class Open(Protocol):
    """The protected time of a day."""

    @property
    def opens(self) -> time: ...
    @property
    def closes(self) -> time: ...


def minutes_of(at: time) -> int:
    """Minutes since midnight."""
    return at.hour * 60 + at.minute


def clock(minutes: int) -> str:
    """Minutes since midnight as people write them."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def end_of(slot: Timed) -> int:
    """When a slot is over, in minutes since midnight; more than `DAY` for one that runs past it."""
    return minutes_of(slot.at) + slot.minutes


def leaves(slot: Timed, window: Open) -> bool:
    """Whether a slot begins before the window opens, or ends after it has closed."""
    return minutes_of(slot.at) < minutes_of(window.opens) or end_of(slot) > minutes_of(window.closes)


def too_early(slot: Timed, before: Timed) -> bool:
    """Whether a slot begins while the one before it in the sequence still goes on."""
    return minutes_of(slot.at) < end_of(before)


def roll_call_seconds(minutes: int, areas: int, *, most: int, percent: int) -> int:
    """Seconds for each area: its part of `percent` of the slot, and never more than `most`."""
    return min(most, minutes * 60 * percent // 100 // max(areas, 1))


def step_over(begins: datetime, ends: datetime, at: int, steps: int, percent: Mapping[int, int]) -> datetime:
    """When a step of a huddle ought to be over, so that those behind it have their time too.

    Steps are counted from 0 and share the huddle evenly, but for those with a `percent` of their own.
    """
    others = (100 - sum(percent.values())) / max(1, steps - len(percent))
    passed = sum(percent.get(step, others) for step in range(at + 1))
    return begins + (ends - begins) * min(1.0, passed / 100)
