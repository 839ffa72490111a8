"""Plays the moments of the morning at the desks of the nodes, wherever nobody else sits and holds the huddle."""

import logging
import random
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from wsq_huddle.domain.huddles import State as Sat
from wsq_huddle.domain.huddles import subject_of
from wsq_huddle.domain.problems import Problem, State
from wsq_huddle.errors import HuddleError
from wsq_huddle.services import huddles, problems, todays
from wsq_huddle.services.desk import Desk

from .acting import act, begin
from .cases import Step
from .days import Days
from .hospital import BY_KEY
from .sitting import MORNING, sit_down, stand_up
from .today import LEAPS, MENDED, TODAY, Moment, decision, moments

log = logging.getLogger(__name__)


class Player:
    """Everybody in the hospital but whoever sits at a screen. What the others do is decided by what is there."""

    def __init__(self, desks: Mapping[str, Desk], days: Days, seed: int) -> None:
        self._desks = desks
        self._days = days
        self._chance = random.Random(seed)  # noqa: S311 - a made-up hospital, no secret
        self._waiting = moments()
        self._sitting: set[str] = set()
        self._subjects: dict[str, str] = {}
        self._acts: Mapping[str, Callable[[Desk, Moment], None]] = {
            "open": self._open,
            "close": self._close,
            "skip": self._skip,
            "raise": self._raise,
            "answers": self._answers,
            "arrivals": self._arrivals,
            "solve": self._solve,
        }

    def due(self, now: datetime) -> Iterator[Moment]:
        """The moments that have come, one after the other; each is told once."""
        while self._waiting and self.at(self._waiting[0]) <= now:
            yield self._waiting.pop(0)

    def at(self, moment: Moment) -> datetime:
        return self._days.at(0, moment.at)

    def resume(self, now: datetime) -> None:
        """Go on with a morning that was left: what is past has been played, what is open is ours to close."""
        self._waiting = [moment for moment in self._waiting if self.at(moment) > now]
        for key, desk in self._desks.items():
            if huddles.sitting(desk).state is Sat.OPEN:
                self._sitting.add(key)

    @property
    def over(self) -> bool:
        """Whether nothing of the morning is left to be played."""
        return not self._waiting

    def next_leap(self, now: datetime) -> datetime:
        """Where the clock goes next when nobody wants to wait; when the morning is over it stays."""
        ahead = (self._days.at(0, at) for at in LEAPS)
        return next((at for at in ahead if at > now), now)

    def closed(self, node: str) -> bool:
        """Whether this morning's huddle of a node is over."""
        subject = subject_of(node, self._days.morning, MORNING)
        row = self._desks[node].look().one("SELECT state FROM huddle WHERE subject = :subject", subject=subject)
        return row is not None and row["state"] == Sat.CLOSED

    def play(self, moment: Moment) -> None:
        """Do what a moment says; what the rules or a person who was quicker do not allow is left."""
        try:
            self._acts.get(moment.what, self._step)(self._desks[moment.node], moment)
        except HuddleError as error:
            log.info("%s at %s is left: %s", moment.what, moment.node, error)

    def _open(self, desk: Desk, moment: Moment) -> None:
        if huddles.sitting(desk).state is Sat.PLANNED:
            self._sitting.add(moment.node)
            sit_down(desk, self._chance)

    def _close(self, desk: Desk, moment: Moment) -> None:
        if moment.node in self._sitting:
            stand_up(desk)

    def _skip(self, desk: Desk, moment: Moment) -> None:
        one = huddles.sitting(desk)
        if one.state is Sat.PLANNED:
            desk.sign_as(BY_KEY[desk.node].people[0])
            huddles.skip(desk, one, why=moment.why)

    def _raise(self, desk: Desk, moment: Moment) -> None:
        if moment.node in self._sitting:
            self._subjects[moment.case] = begin(desk, TODAY[moment.case]).id

    def _step(self, desk: Desk, moment: Moment) -> None:
        subject = self._subjects.get(moment.case)
        step = next(each for each in TODAY[moment.case].steps if each.verb == moment.what)
        if subject is not None:
            act(desk, subject, step, self._days)

    def _answers(self, desk: Desk, moment: Moment) -> None:
        """Read out what came back, and say whether it worked."""
        del moment
        for problem in todays.answers(desk).problems:
            if problem.answer is not None and problem.answer.read_at is None:
                self._do(desk, problem, "read_out")
            if problem.state is State.RESOLVED:
                self._do(desk, problem, "confirm")

    def _arrivals(self, desk: Desk, moment: Moment) -> None:
        """Decide what came up: hand on, pass up, answer; and look at what is only to be known."""
        del moment
        for problem in todays.came_up(desk).problems:
            if problem.holder != desk.node:
                self._do(desk, problem, "see")
            elif problem.acknowledged_at is None or desk.tier > 2:  # noqa: PLR2004 - the executives leave nothing open
                decided = decision(desk.node, desk.tier, problem.category, problem.title)
                self._do(desk, problem, decided.verb, decided.words)

    def _solve(self, desk: Desk, moment: Moment) -> None:
        del moment
        for problem in problems.listed(desk, at="here", state=[State.OPEN]):
            if problem.origin != desk.node:
                self._do(desk, problem, "resolve", {"remedy": MENDED})

    def _do(self, desk: Desk, problem: Problem, verb: str, words: Mapping[str, str] | None = None) -> None:
        by = BY_KEY[desk.node].people[0]
        if desk.tier > 2:  # noqa: PLR2004 - there somebody takes notes for who leads
            by = " for ".join(BY_KEY[desk.node].people[:2])
        try:
            act(desk, problem.id, Step(day=0, at="", node=desk.node, verb=verb, by=by, words=words or {}), self._days)
        except HuddleError as error:
            log.info("%s of %s is left: %s", verb, problem.id, error)
