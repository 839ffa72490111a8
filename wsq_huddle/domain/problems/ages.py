"""How old, how late: pure functions over a problem and `now`; every number comes from [rules]."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from wsq_huddle.domain.records import record

from .events import Mode, Urgency
from .moves import State
from .problem import Problem

Working = Callable[[datetime, timedelta], datetime]
"""When so much of a node's working time has passed since an instant, as `calendars.working_until` says it."""

STUCK = timedelta(days=3)
"""Who was asked for help and has not answered for longer than this is stuck."""


@record(kw_only=True)
class Ages:
    """Since it was raised, since its holder has it, since anything happened."""

    total: timedelta
    here: timedelta
    quiet: timedelta


def ages(problem: Problem, now: datetime) -> Ages:
    """Ages up to now, or up to its end for a problem that is over; never below zero, clocks being what they are."""
    until = problem.closed_at if problem.over and problem.closed_at else now
    since = (problem.raised_at, problem.held_since, problem.changed_at)
    total, here, quiet = (max(until - moment, timedelta(0)) for moment in since)
    return Ages(total=total, here=here, quiet=quiet)


def overdue_at(problem: Problem, zone: tzinfo = UTC) -> datetime | None:
    """The moment its plan is over its day: the end of the day it is due or to be checked, in the holder's zone."""
    day = problem.due or problem.check_in
    return _end(day, zone) if day and problem.state is State.OPEN else None


def overdue(problem: Problem, now: datetime, zone: tzinfo = UTC) -> bool:
    moment = overdue_at(problem, zone)
    return moment is not None and now >= moment


def quick_hit_until(problem: Problem, within: timedelta) -> datetime | None:
    """When what nobody gave a day is over the time of a quick hit; None for a plan, which has a day of its own."""
    planned = problem.due or problem.check_in
    return None if planned or problem.state is not State.OPEN else problem.held_since + within


def acknowledge_until(problem: Problem, within: Mapping[Urgency, timedelta], working: Working) -> datetime | None:
    """When who was asked ought to have said that they got it; None when they have, or nobody was asked to act.

    The clock runs from the moment it reached them, in their `working` time; for what is needed now it never stands.
    """
    ask = problem.ask
    if ask is None or problem.state is not State.OPEN or ask.mode is not Mode.ACTION or problem.acknowledged_at:
        return None
    since = ask.delivered_at or ask.at
    if problem.urgency is Urgency.NOW:
        return since + within[Urgency.NOW]
    return working(since, within[problem.urgency])


def stuck(problem: Problem, now: datetime) -> bool:
    """Whether it lies with somebody who was asked for help longer than `STUCK`."""
    return problem.state is State.OPEN and problem.ask is not None and now - problem.held_since > STUCK


def _end(day: date, zone: tzinfo) -> datetime:
    """The first moment of the next day; the last day of the calendar has none and ends with itself."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)
