"""Actions: planned work of one node, with a person who answers for it and a day.

planned ──> OPEN ── done ──> DONE
            │  ▲ └─ dropped ──> DROPPED
            └──┘
            moved (to another day)
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from types import MappingProxyType

from wsq_huddle.errors import NotAllowed

from .entries import Told
from .events import Audience, Event, Typed
from .records import record
from .text import clean, one_line

PREFIX = "action-"


class State(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@record(kw_only=True)
class Planned(Event, kind="action.planned", audience=Audience.PARENT):
    """`about` is the subject or item that it was planned for, if any."""

    owner: str
    due: date
    about: str | None = None
    what: Typed = ""


@record(kw_only=True)
class Done(Event, kind="action.done", audience=Audience.PARENT):
    pass


@record(kw_only=True)
class Moved(Event, kind="action.moved", audience=Audience.PARENT):
    due: date


@record(kw_only=True)
class Dropped(Event, kind="action.dropped", audience=Audience.PARENT):
    why: Typed = ""


MOVES: Mapping[State, frozenset[type[Event]]] = MappingProxyType(
    {State.OPEN: frozenset({Done, Moved, Dropped}), State.DONE: frozenset(), State.DROPPED: frozenset()}
)


@record(kw_only=True)
class Action:
    """`moved` counts how often it was put off or brought forward."""

    id: str
    node: str
    what: str
    owner: str
    due: date
    about: str | None
    state: State
    planned_at: datetime
    planned_by: str
    changed_at: datetime
    moved: int = 0
    done_at: datetime | None = None
    why: str | None = None


def subject_of(planned_id: str) -> str:
    return PREFIX + planned_id


def plan(*, what: str, owner: str, due: date, about: str | None = None) -> Planned:
    return Planned(
        owner=_said(one_line(owner), "Say who answers for it."),
        due=due,
        about=about,
        what=_said(what, "Say what is to be done."),
    )


def done(action: Action, *, at_node: str) -> Done:
    _check(action, Done, at_node)
    return Done()


def move(action: Action, *, at_node: str, due: date) -> Moved:
    """Put it on another day."""
    _check(action, Moved, at_node)
    if due == action.due:
        raise NotAllowed("It is due on that day already.")
    return Moved(due=due)


def drop(action: Action, *, at_node: str, why: str) -> Dropped:
    _check(action, Dropped, at_node)
    return Dropped(why=_said(why, "Say why it is dropped."))


def evolve(action: Action | None, told: Told) -> Action | None:  # noqa: PLR0911 - a return a kind
    """The action after one more entry; what does not fit, or comes from another node, changes nothing."""
    event = told.event
    if action is None:
        if not isinstance(event, Planned) or told.subject != subject_of(told.id):
            return None
        return Action(
            id=told.subject,
            node=told.node,
            what=event.what,
            owner=event.owner,
            due=event.due,
            about=event.about,
            state=State.OPEN,
            planned_at=told.at,
            planned_by=told.by,
            changed_at=told.at,
        )
    if type(event) not in MOVES[action.state] or told.node != action.node:
        return action
    action = replace(action, changed_at=told.at)
    match event:
        case Done():
            return replace(action, state=State.DONE, done_at=told.at)
        case Moved(due=due):
            return replace(action, due=due, moved=action.moved + 1)
        case Dropped(why=why):
            return replace(action, state=State.DROPPED, why=why)
        case _:
            return action


def fold(story: Iterable[Told]) -> Action | None:
    """The action as all entries of its subject tell it, in any order, doubled or not."""
    action: Action | None = None
    for told in sorted({entry.hash: entry for entry in story}.values(), key=lambda told: (*told.order, told.hash)):
        action = evolve(action, told)
    return action


def overdue(action: Action, now: datetime, zone: tzinfo = UTC) -> bool:
    """Open, and the day it is due has ended in the node's zone."""
    if action.state is not State.OPEN or action.due == date.max:
        return False
    return now >= datetime.combine(action.due + timedelta(days=1), time.min, zone)


def _check(action: Action, move: type[Event], at_node: str) -> None:
    if action.node != at_node:
        raise NotAllowed("This action belongs to another node.")
    if move not in MOVES[action.state]:
        raise NotAllowed(f"This action is {action.state.value} already.")


def _said(text: str, otherwise: str) -> str:
    said = clean(text)
    if not said:
        raise NotAllowed(otherwise)
    return said
