"""A huddle as its story tells it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from wsq_huddle.domain.agendas import Answer, Step, kind_of, step_of, tamed
from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.records import record
from wsq_huddle.domain.summaries import Summary

from .events import Answered, AsHeld, Attended, Closed, Marked, Opened, Reopened, Reported, Skipped


class State(StrEnum):
    PLANNED = "planned"
    """The node has written nothing."""
    OPEN = "open"
    CLOSED = "closed"
    SKIPPED = "skipped"


MOVES: Mapping[State, frozenset[type[Event]]] = {
    State.PLANNED: frozenset({Opened, Skipped, Marked}),
    State.OPEN: frozenset({Answered, Attended, Closed, Skipped, Reported}),
    State.CLOSED: frozenset({Answered, Attended, Reopened, Reported}),
    State.SKIPPED: frozenset({Opened, Reopened, Reported}),
}
"""What may happen next. Nobody's morning depends on `Closed`: an open huddle is held as far as it is answered."""


@record(kw_only=True)
class Huddle:
    """One node's meeting in one slot of one day."""

    node: str
    on: date
    name: str
    state: State = State.PLANNED
    planned_at: datetime | None = None
    minutes: int | None = None
    leader: str | None = None
    editions: Mapping[str, int] = field(default_factory=dict)
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    why: str = ""
    """Why it was skipped."""
    answers: tuple[Answer, ...] = ()
    present: int | None = None
    leaders: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    summary: Summary | None = None
    reported: str | None = None
    """The id of the entry that told the summary; the next one corrects it."""
    reported_at: datetime | None = None
    marked: AsHeld | None = None
    marked_by: str | None = None

    @property
    def subject(self) -> str:
        return subject_of(self.node, self.on, self.name)

    @property
    def as_held(self) -> AsHeld | None:
        """What the parent has marked, as long as the node itself has written nothing."""
        return self.marked if self.state is State.PLANNED and self.summary is None else None

    @property
    def held(self) -> bool:
        return self.state in {State.OPEN, State.CLOSED} or self.as_held is AsHeld.PAPER

    @property
    def on_paper(self) -> bool:
        """Whether it was held on paper: typed in afterwards, or marked so by the node above."""
        return self.marked is AsHeld.PAPER

    @property
    def lasted(self) -> timedelta | None:
        """How long it took; None as long as it is open, and of one on paper, which was closed when it was typed in."""
        if self.opened_at is None or self.closed_at is None or self.on_paper or self.closed_at < self.opened_at:
            return None
        return self.closed_at - self.opened_at

    @property
    def attended(self) -> tuple[str, ...]:
        """All who were there by name, leaders first."""
        return tuple(dict.fromkeys((*self.leaders, *self.names)))

    def answer(self, item: str, step: Step | None = None) -> Answer | None:
        """The answer that counts; without a step, the first step in which the item was answered."""
        return next((one for one in self.answers if one.item == item and step in {None, one.step}), None)


def subject_of(node: str, on: date, name: str) -> str:
    return f"huddle-{node}-{on.isoformat()}-{name}"


def parse_subject(subject: str) -> tuple[str, date, str] | None:
    """Node, day and name of a huddle's subject; None when it is another subject."""
    found = _SUBJECT.fullmatch(subject)
    try:
        return (found[1], date.fromisoformat(found[2]), found[3]) if found else None
    except ValueError:
        return None


def state_of(huddle: Huddle | None) -> State:
    return huddle.state if huddle else State.PLANNED


def evolve(huddle: Huddle | None, told: Told) -> Huddle | None:  # noqa: PLR0911 - a branch a kind
    """The huddle after one more entry; what does not fit changes nothing."""
    now = huddle or _planned(told)
    if now is None or not _fits(now, told):
        return huddle
    match told.event:
        case Marked(as_held=as_held):
            return replace(now, marked=as_held, marked_by=told.by)
        case Opened() as opened:
            return _opened(now, opened, told)
        case Answered() as answered:
            return replace(_begun(now, told), answers=_with(now.answers, _answer(answered, told)))
        case Attended(number=number, leaders=leaders, names=names):
            return replace(_begun(now, told), present=number, leaders=leaders, names=names)
        case Skipped(why=why) if now.state is not State.CLOSED:
            return replace(now, state=State.SKIPPED, why=why, closed_at=None)
        case Closed():
            return replace(_begun(now, told), state=State.CLOSED, closed_at=told.at)
        case Reopened():
            return replace(_begun(now, told), state=State.OPEN, closed_at=None, why="")
        case Reported(summary=summary):
            return replace(now, summary=summary, reported=told.id, reported_at=told.at)
        case _:
            return huddle


def fold(story: Iterable[Told]) -> Huddle | None:
    """The huddle as its whole story tells it, in whatever order its entries came.

    Its answers are put together once, at the end: there may be thousands of them.
    """
    huddle: Huddle | None = None
    answers: dict[tuple[str, Step], Answer] = {}
    for told in sorted(story, key=lambda told: (*told.order, told.id)):
        now = (huddle or _planned(told)) if isinstance(told.event, Answered) else None
        if now is not None and isinstance(told.event, Answered) and _fits(now, told):
            huddle, answer = _begun(now, told), _answer(told.event, told)
            answers[answer.item, answer.step] = answer
        else:
            huddle = evolve(huddle, told)
    return replace(huddle, answers=tuple(answers.values())) if huddle and answers else huddle


def _planned(told: Told) -> Huddle | None:
    """The huddle of which nothing is known but its subject; None when the subject is no huddle's."""
    place = parse_subject(told.subject)
    return Huddle(node=place[0], on=place[1], name=place[2]) if place else None


def _fits(now: Huddle, told: Told) -> bool:
    """Whether this may be said by who says it: a mark by others, all else by the node itself."""
    return isinstance(told.event, Marked) != (told.node == now.node)


def _opened(now: Huddle, opened: Opened, told: Told) -> Huddle:
    """A huddle that is opened twice (two PCs, a sheet typed in) began when it first did; the later leader leads.

    What was typed in afterwards is marked as on paper, whoever knew of it before.
    """
    began = opened.held_at or told.at
    first = began if now.opened_at is None else min(now.opened_at, began)
    before = None if now.opened_at is None else now.marked
    return replace(
        now,
        state=State.CLOSED if now.state is State.CLOSED else State.OPEN,
        planned_at=now.planned_at or opened.planned_at,
        minutes=now.minutes or opened.minutes,
        leader=opened.leader or now.leader,
        editions=now.editions or opened.editions,
        opened_at=first,
        why="",
        marked=AsHeld.PAPER if opened.held_at else before,
    )


def _begun(now: Huddle, told: Told) -> Huddle:
    """A huddle that was answered has begun, even where its `opened` has not come (yet)."""
    if now.state is not State.PLANNED and now.opened_at is not None:
        return now
    state = State.OPEN if now.state is State.PLANNED else now.state
    return replace(now, state=state, opened_at=now.opened_at or told.at)


def _answer(answered: Answered, told: Told) -> Answer:
    return Answer(
        item=answered.item,
        step=step_of(answered.step),
        kind=kind_of(answered.item_kind),
        value=answered.value,
        mark=answered.mark,
        words=answered.words,
        note=answered.note,
        numbers=tamed(answered.numbers),
        cards=answered.cards,
        did=answered.did,
        by=told.by,
        at=told.at.astimezone(UTC),
    )


def _with(answers: tuple[Answer, ...], new: Answer) -> tuple[Answer, ...]:
    """The answers with a new one in the place of an earlier one to the same line."""
    same = [(one.item, one.step) == (new.item, new.step) for one in answers]
    if not any(same):
        return (*answers, new)
    return tuple(new if here else one for one, here in zip(answers, same, strict=True))


_SUBJECT = re.compile(r"huddle-(.+)-([0-9]{4}-[0-9]{2}-[0-9]{2})-(.+)")
