"""The branch of turns that counts, as it grows: which turn fits at its end, and what each turn does."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.events import Event

from .events import (
    Acknowledged,
    Assigned,
    Confirmed,
    Escalated,
    Lapsed,
    Mode,
    Planned,
    Raised,
    Reopened,
    Resolved,
    Returned,
    TakenOver,
    Withdrawn,
)
from .moves import MOVES, State
from .problem import Answer, Hop

if TYPE_CHECKING:
    from datetime import datetime


class Branch:
    """Built turn by turn; values that `fold` copies into a `Problem`.

    `alerted` are the nodes that any alert has told: they may take over although no turn names them.
    """

    def __init__(self, told: Told, raised: Raised, alerted: frozenset[str]) -> None:
        self.raised, self.raised_told, self.alerted = raised, told, alerted
        self.state, self.origin, self.holder = State.OPEN, told.node, told.node
        self.turn, self.last, self.last_node = 1, told.hash, told.node
        self.turns = {told.hash: 1}
        self.path, self.held = {told.node: None}, {told.node: None}  # in the order in which they came to it
        self.held_since = self.changed_at = told.at
        self.held_turn = 1
        self.hops: list[Hop] = []
        self.asked: int | None = None
        self.handed_by: str | None = None
        self.plan: Planned | None = None
        self.planned_at: datetime | None = None
        self.answer: Answer | None = None
        self.over: dict[str, Any] = {}
        self.lapsed = False
        self._name(raised.tells)

    def fits(self, told: Told) -> bool:
        """Whether a turn may follow: right number, right node, and a move of this state."""
        event = told.event
        if told.turn != self.turn + 1 or told.on != self.last or type(event) not in MOVES[self.state]:
            return False
        match event:
            case TakenOver():
                return told.node != self.holder and (told.node in self.path or told.node in self.alerted)
            case Returned(to=to):
                fitting = to != told.node and to in self.held
            case Escalated(to=to) | Assigned(to=to):
                fitting = to != told.node
            case Reopened():
                fitting = self.state is State.RESOLVED or self.lapsed
            case Withdrawn():
                fitting = told.node == self.origin
            case _:
                fitting = True
        return fitting and told.node == self.holder

    def take(self, told: Told, event: Event) -> None:  # noqa: C901 - a case a kind
        """Let a fitting turn take effect; `event` is the told one with its words corrected."""
        self.turn, self.last, self.last_node = self.turn + 1, told.hash, told.node
        self.turns[told.hash] = self.turn
        self.changed_at = max(self.changed_at, told.at)
        self._acknowledge(told)
        self._name(told.node)
        match event:
            case Planned():
                self.plan, self.planned_at = event, told.at
            case Escalated() | Assigned():
                self._hand(told, event)
            case Returned(to=to, via=via, not_now=not_now, answer=text):
                self._hop(told, Hop(**self._way(told, to)), via)
                self._hold(to, told, by=None, asked=len(self.hops) - 1)
                self.answer = replace(self._answer(told, text, to, solved=False), not_now=not_now)
            case Resolved(remedy=remedy):
                self.state = State.RESOLVED
                self.over = {"remedy": remedy, "resolved_at": told.at, "resolved_by": told.node}
                self.answer = self._answer(told, remedy, self.origin, solved=True)
                if self.holder != self.origin:
                    self._hold(self.origin, told, by=told.node, asked=self.asked)
            case Confirmed(lesson=lesson):
                self._close(State.CLOSED, told, lesson=lesson)
            case Lapsed():
                self.lapsed = True
                self._close(State.CLOSED, told)
            case Withdrawn(why=why):
                self._close(State.WITHDRAWN, told, why=why)
            case Reopened(why=why):
                self.state, self.lapsed, self.over, self.answer = State.OPEN, False, {"why": why}, None
                self.plan = self.planned_at = None
                self._hold(told.node, told, by=self.handed_by, asked=None)
            case TakenOver(why=why):
                self.over["why"] = why
                self._hold(told.node, told, by=self.holder, asked=None)
            case Acknowledged() | _:
                pass

    def _hand(self, told: Told, event: Escalated | Assigned) -> None:
        mode = event.mode if isinstance(event, Escalated) else Mode.ACTION
        tried = event.tried if isinstance(event, Escalated) else ""
        hop = Hop(**{**self._way(told, event.to), "mode": mode, "need": event.need, "tried": tried, "by": event.by})
        self._hop(told, hop, event.via)
        if mode is Mode.ACTION:
            self._hold(event.to, told, by=told.node, asked=len(self.hops) - 1)

    def _way(self, told: Told, to: str) -> dict[str, Any]:
        plain = {"kind": told.kind, "turn": self.turn, "of": told.hash, "node": told.node, "to": to}
        return plain | {"mode": Mode.ACTION, "need": "", "tried": "", "by": None, "signed": told.by, "at": told.at}

    def _hop(self, told: Told, hop: Hop, via: tuple[str, ...]) -> None:
        for node in (told.node, *via, hop.to):
            self._name(node)
        self.hops.append(hop)

    def _hold(self, node: str, told: Told, *, by: str | None, asked: int | None) -> None:
        self.holder, self.held_since, self.held_turn, self.asked = node, told.at, self.turn, asked
        self.handed_by = by if by is not None else self._asker(node)
        if self.handed_by == node:
            self.handed_by = None
        self.held.setdefault(node)
        self._name(node)

    def _asker(self, node: str) -> str | None:
        """Who asked this node last: what came back to it goes on down to them, not up again."""
        asks = (hop for hop in reversed(self.hops) if hop.to == node and hop.kind != Returned.kind)
        return next((hop.node for hop in asks if hop.mode is Mode.ACTION), None)

    def _answer(self, told: Told, text: str, to: str, *, solved: bool) -> Answer:
        return Answer(
            text=text, solved=solved, turn=self.turn, of=told.hash, node=told.node, to=to, signed=told.by, at=told.at
        )

    def _acknowledge(self, told: Told) -> None:
        """Every turn of the holder says that it got what it was handed."""
        if self.asked is None:
            return
        hop = self.hops[self.asked]
        if hop.acknowledged_at is None and hop.to == told.node == self.holder and self.state is State.OPEN:
            self.hops[self.asked] = replace(hop, acknowledged_at=told.at)

    def _close(self, state: State, told: Told, **words: str) -> None:
        self.state = state
        self.over |= {"closed_at": told.at, **words}

    def _name(self, node: str | None) -> None:
        if node is not None:
            self.path.setdefault(node)
