"""Announcements: what an area tells all below it, from one day to another, and where it has been read out.

published ──> OUT ── withdrawn ──> WITHDRAWN
              │ ▲
              └─┘ read (in a huddle of each node below)
"""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from wsq_huddle.errors import NotAllowed

from .entries import Told
from .events import Audience, Event, Typed
from .nodes import State as NodeState
from .nodes import Tree
from .records import record
from .text import clean, one_line

PREFIX = "announcement-"


class State(StrEnum):
    OUT = "out"
    WITHDRAWN = "withdrawn"


@record(kw_only=True)
class Published(Event, kind="announcement.published", audience=Audience.DOWN):
    """`begins` and `ends` are the first and the last day on which it is read out."""

    begins: date
    ends: date
    title: Typed = ""
    text: Typed = ""


@record(kw_only=True)
class Withdrawn(Event, kind="announcement.withdrawn", audience=Audience.DOWN):
    why: Typed = ""


@record(kw_only=True)
class Read(Event, kind="announcement.read", audience=Audience.UP):
    """It was read out here; `huddle` is the subject of the huddle, if it was in one."""

    huddle: str | None = None


_WHILE_OUT: tuple[type[Event], ...] = (Read, Withdrawn)
MOVES: Mapping[State, frozenset[type[Event]]] = MappingProxyType(
    {State.OUT: frozenset(_WHILE_OUT), State.WITHDRAWN: frozenset()}
)


@record(kw_only=True)
class Announcement:
    """`read` says when it was first read out, by node."""

    id: str
    node: str
    title: str
    text: str
    begins: date
    ends: date
    state: State
    published_at: datetime
    published_by: str
    read: dict[str, datetime] = field(default_factory=dict)
    withdrawn_at: datetime | None = None
    why: str | None = None


@record(kw_only=True)
class Reach:
    """In how many units below it was read out, of how many; `others` are the nodes between, of `of_others`."""

    units: int
    of: int
    others: int = 0
    of_others: int = 0


def subject_of(published_id: str) -> str:
    return PREFIX + published_id


def publish(tree: Tree, *, title: str, begins: date, ends: date, today: date, text: str = "") -> Published:  # noqa: PLR0913 - the form people fill in
    """Announce something to all below the node of this tree."""
    if not tree.children(tree.me):
        raise NotAllowed("There is nobody below to announce it to.")
    said = one_line(title)
    if not said:
        raise NotAllowed("Say what is announced.")
    if ends < begins:
        raise NotAllowed("The last day is before the first one.")
    if ends < today:
        raise NotAllowed("The last day is over already.")
    return Published(begins=begins, ends=ends, title=said, text=clean(text))


def withdraw(announcement: Announcement, *, at_node: str, why: str) -> Withdrawn:
    """Take it back: it is not read out any more."""
    if announcement.node != at_node:
        raise NotAllowed("Another area announced this and may withdraw it.")
    _check(announcement, Withdrawn)
    said = clean(why)
    if not said:
        raise NotAllowed("Say why it is withdrawn.")
    return Withdrawn(why=said)


def read(announcement: Announcement, tree: Tree, *, huddle: str | None = None) -> Read:
    """Say that it was read out at the node of this tree."""
    if announcement.node not in tree.ancestors(tree.me):
        raise NotAllowed("This was not announced to us.")
    _check(announcement, Read)
    if tree.me in announcement.read:
        raise NotAllowed("This was read out here already.")
    return Read(huddle=huddle)


def evolve(announcement: Announcement | None, told: Told) -> Announcement | None:
    """The announcement after one more entry; one of another kind or from another node changes nothing."""
    event = told.event
    if announcement is None:
        if not isinstance(event, Published) or told.subject != subject_of(told.id):
            return None
        return Announcement(
            id=told.subject,
            node=told.node,
            title=event.title,
            text=event.text,
            begins=event.begins,
            ends=event.ends,
            state=State.OUT,
            published_at=told.at,
            published_by=told.by,
        )
    match event:
        case Withdrawn(why=why) if told.node == announcement.node and announcement.state is State.OUT:
            return replace(announcement, state=State.WITHDRAWN, withdrawn_at=told.at, why=why)
        case Read() if told.node not in {announcement.node, *announcement.read}:
            # Where the withdrawal had not arrived by then it was read out all the same.
            return replace(announcement, read=announcement.read | {told.node: told.at})
        case _:
            return announcement


def fold(story: Iterable[Told]) -> Announcement | None:
    """The announcement as all entries of its subject tell it, in any order, doubled or not."""
    announcement: Announcement | None = None
    for told in sorted({entry.hash: entry for entry in story}.values(), key=lambda told: (*told.order, told.hash)):
        announcement = evolve(announcement, told)
    return announcement


def in_force(announcement: Announcement, on: date) -> bool:
    """Whether it is to be read out on a day."""
    return announcement.state is State.OUT and announcement.begins <= on <= announcement.ends


def reach(announcement: Announcement, tree: Tree) -> Reach:
    """How far it has got; units are the nodes below that have none below themselves."""
    below = [key for key in tree.below(announcement.node) - {announcement.node} if _takes_part(tree, key)]
    units = [key for key in below if not tree.children(key)]
    others = [key for key in below if tree.children(key)]
    return Reach(
        units=sum(key in announcement.read for key in units),
        of=len(units),
        others=sum(key in announcement.read for key in others),
        of_others=len(others),
    )


def _takes_part(tree: Tree, key: str) -> bool:
    return tree.nodes[key].state is NodeState.ACTIVE


def _check(announcement: Announcement, move: type[Event]) -> None:
    if move not in MOVES[announcement.state]:
        raise NotAllowed("This announcement is withdrawn already.")
