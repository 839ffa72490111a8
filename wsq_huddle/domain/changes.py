"""A real change of a measure, not chance: what a chart of single values and moving ranges (XmR) says of the last one.

Limits at three sigma, sigma being the mean moving range over 1.128: Shewhart (1931); Nelson, J Qual Technol 14 (1982)
172. Two rules: the last value lies beyond a limit, or the last eight lie on one side of the mean (Western Electric,
Statistical Quality Control Handbook, 1956; so used in health care by Provost and Murray, The Health Care Data Guide).
Only the last value is judged: on a board of stable measures each is then marked on one or two days of a hundred.
"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from statistics import fmean

from .records import record

LEAST = 13
"""Fewer values give no limits that hold (NHS Making Data Count)."""

LATEST = 36
"""What is older says nothing about now, and the longer a history the more of it looks like a change."""

IN_A_ROW = 8

_SIGMAS, _D2 = 3, 1.128
_ROUNDING = 1e-9


class Way(StrEnum):
    UP = "up"
    DOWN = "down"


class Rule(StrEnum):
    BEYOND = "beyond"
    """The last value lies beyond a limit."""
    SHIFT = "shift"
    """The last eight lie on one side of the mean; one that lies on it ends a row."""


@record(kw_only=True)
class Limits:
    centre: float
    lower: float
    upper: float


@record(kw_only=True)
class Change:
    """`count` is how many values, the last one with them, lie on its side of the mean."""

    way: Way
    rule: Rule
    count: int


def limits(values: Sequence[float]) -> Limits:
    """The mean and the limits of single values, oldest first; two at least."""
    centre = fmean(values)
    reach = _SIGMAS * fmean(abs(after - before) for before, after in pairwise(values)) / _D2
    return Limits(centre=centre, lower=centre - reach, upper=centre + reach)


def change(values: Sequence[float]) -> Change | None:
    """Say whether the last of these values, oldest first, is a real change; None while it is no more than chance."""
    latest = values[-LATEST:]
    if not judged(latest):
        return None
    known, last = limits(latest), latest[-1]
    side = _row(latest, known.centre)
    way = Way.UP if last > known.centre else Way.DOWN
    if abs(last - known.centre) > (known.upper - known.centre) * (1 + _ROUNDING):
        return Change(way=way, rule=Rule.BEYOND, count=side)
    return Change(way=way, rule=Rule.SHIFT, count=side) if side >= IN_A_ROW else None


def judged(values: Sequence[float]) -> bool:
    """Whether anything can be said of these values.

    Where most are like the one before, as with rare harm, limits would be too narrow: days between events tell more.
    """
    latest = values[-LATEST:]
    return len(latest) >= LEAST and 2 * sum(before == after for before, after in pairwise(latest)) < len(latest)


def _row(values: Sequence[float], centre: float) -> int:
    """How many of the last values lie on the side of the very last."""
    above = values[-1] > centre
    for count, value in enumerate(reversed(values)):
        if value == centre or (value > centre) is not above:
            return count
    return len(values)
