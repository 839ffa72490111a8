"""What comes back: causes of the same kind of event in several departments, or week after week.

The executives hear of a cause only when it recurs (Mihaljevic 2020, BMJ Qual Saf 29:1050): in two departments within a
week, or in three weeks running. Everything else is for the department that had the event.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from .records import record

WEEK = 7
LEAST_AREAS = 2
LEAST_WEEKS = 3

BACK = 5 * WEEK
"""Days that are worth looking at; nobody asks which week it is after the fifth."""


VAGUE = frozenset({"other"})
"""Causes that say nothing: what has only these in common is not the same."""


@record(kw_only=True)
class Told:
    """What one area told on one day: how many events of each kind had each cause."""

    on: date
    area: str
    causes: Mapping[str, Mapping[str, int]]


@record(kw_only=True)
class Recurrence:
    """A cause of one kind of event that recurs: `today` is how many had it in the huddles of the day.

    `areas` had it within the week, in the order in which they first told; `weeks` is how many weeks running.
    """

    kind: str
    cause: str
    today: int
    areas: tuple[str, ...]
    weeks: int


def find(told: Iterable[Told], on: date) -> tuple[Recurrence, ...]:
    """The causes that recur on a day, the one in most areas first."""
    days: dict[tuple[str, str], list[tuple[int, str, int]]] = defaultdict(list)
    for one in told:
        back = (on - one.on).days
        for kind, causes in one.causes.items():
            for cause, number in causes.items():
                if number > 0 and back >= 0 and cause not in VAGUE:
                    days[kind, cause].append((back, one.area, number))
    found = [
        Recurrence(
            kind=kind,
            cause=cause,
            today=sum(number for back, _, number in had if back == 0),
            areas=tuple(dict.fromkeys(area for back, area, _ in sorted(had, reverse=True) if back < WEEK)),
            weeks=_running({back // WEEK for back, _, _ in had}),
        )
        for (kind, cause), had in sorted(days.items())
    ]
    recurring = [one for one in found if len(one.areas) >= LEAST_AREAS or one.weeks >= LEAST_WEEKS]
    return tuple(sorted(recurring, key=lambda one: (-len(one.areas), -one.weeks, one.kind, one.cause)))


def _running(weeks: set[int]) -> int:
    """How many weeks on end, counted back from this one."""
    count = 0
    while count in weeks:
        count += 1
    return count
