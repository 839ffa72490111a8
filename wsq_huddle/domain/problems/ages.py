"""How old, how late: pure functions over a problem and `now`; the numbers are settings, these are their defaults."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from wsq_huddle.domain.records import record

from .events import Mode, Urgency
from .moves import State
from .problem import Problem

QUICK = timedelta(hours=72)
"""A plan that is due on a day, not followed by check-ins, is done within this."""

ANSWER = timedelta(hours=24)
"""Within this who was asked says that they got it."""

ANSWER_NOW = timedelta(minutes=15)
"""The same for a problem that cannot wait."""


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


def quick_until(problem: Problem, within: timedelta = QUICK) -> datetime | None:
    """When a quick hit has had its time; None without a plan, or for one with check-ins."""
    if problem.state is not State.OPEN or problem.planned_at is None or problem.check_in or problem.due is None:
        return None
    return problem.planned_at + within


def answer_wanted_at(problem: Problem) -> datetime | None:
    """By when an answer was wanted from the holder, as long as it has the problem."""
    return problem.ask.by if problem.ask and problem.state is State.OPEN else None


def acknowledge_until(
    problem: Problem, within: timedelta = ANSWER, within_now: timedelta = ANSWER_NOW
) -> datetime | None:
    """When who was asked ought to have said that they got it; None when they have, or nobody was asked."""
    ask = problem.ask
    if ask is None or problem.state is not State.OPEN or ask.acknowledged_at or ask.mode is not Mode.ACTION:
        return None
    return ask.at + (within_now if problem.urgency is Urgency.NOW else within)


def unacknowledged(
    problem: Problem, now: datetime, within: timedelta = ANSWER, within_now: timedelta = ANSWER_NOW
) -> bool:
    moment = acknowledge_until(problem, within, within_now)
    return moment is not None and now >= moment


def _end(day: date, zone: tzinfo) -> datetime:
    """The first moment of the next day; the last day of the calendar has none and ends with itself."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)
