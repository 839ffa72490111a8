"""The whole morning without a screen: played over HTTP from the first huddle to the last answer, and counted."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.problems import Assigned, Confirmed, Escalated, Resolved, Returned
from wsq_huddle.errors import NetworkError, NotAllowed
from wsq_huddle.services import chains, problems
from wsq_huddle.services.chains import Morning
from wsq_huddle.services.clocks import write_clock
from wsq_huddle.services.desk import Desk

from .building import USUAL, Tale
from .counting import Counted, count
from .demo import Hospital, open_hospital
from .hospital import BY_KEY, TOP
from .hubs import Launch, launch
from .today import ENDS

Say = Callable[[str], None]

_LOOK = 0.01
_LONGEST = 20.0
_SAID = {
    "huddle.opened": "opens its huddle",
    "huddle.closed": "closes its huddle",
    "huddle.skipped": "has no huddle today",
    "problem.raised": 'raises "{title}"',
    "problem.planned": 'plans "{title}"',
    "problem.acknowledged": 'got it: "{title}"',
    "problem.escalated": 'asks {to} for help: "{title}"',
    "problem.assigned": 'hands "{title}" to {to}',
    "problem.returned": 'sends "{title}" back to {to} with an answer',
    "problem.resolved": 'has solved "{title}"; {to} says whether it worked',
    "problem.confirmed": 'says yes, fixed: "{title}"',
}


@dataclass(frozen=True)
class Hop:
    """One hand-over, and how long it took from the commit here to the commit there, in seconds of this machine."""

    problem: str
    start: str
    end: str
    seconds: float

    def as_json(self) -> dict[str, Any]:
        return {"problem": self.problem, "from": self.start, "to": self.end, "seconds": round(self.seconds, 3)}


@dataclass(frozen=True)
class Played:
    """What a morning came to, as the executives' node sees it and as all stores together say."""

    morning: Morning
    escalated: int
    answered: int
    confirmed: int
    counted: Counted
    hops: tuple[Hop, ...]

    def as_json(self) -> dict[str, Any]:
        """The document of `demo --headless --json`."""
        return {
            **self.morning.as_json(),
            "escalated": self.escalated,
            "answered": self.answered,
            "confirmed": self.confirmed,
            "lost": self.counted.lost,
            "doubled": self.counted.doubled,
            "hops": [hop.as_json() for hop in self.hops],
        }


def play(
    folder: Path | None = None,
    *,
    keep: bool = False,
    say: Say = lambda _line: None,
    tale: Tale = USUAL,
    launch: Launch = launch,
) -> Played:
    """Play a morning from start to confirmed; each moment waits until the one before has got where it goes."""
    with open_hospital(folder, keep=keep, say=say, tale=replace(tale, whole=True), launch=launch) as hospital:
        if hospital.player.over:
            raise NotAllowed(f"The morning of {hospital.folder} is over. Name another folder, or leave --dir out.")
        hospital.wires.run()
        witness = _Witness(hospital, say)
        player, days = hospital.player, hospital.days
        last = ""
        for moment in player.due(days.at(0, ENDS)):
            if last and last != moment.node:
                witness.wait()
            last = moment.node
            write_clock(hospital.clock, player.at(moment))
            player.play(moment)
        witness.wait()
        write_clock(hospital.clock, days.at(0, ENDS))
        return witness.told()


class _Witness:
    """Sees what is recorded at every desk, and when it is where it was to go."""

    def __init__(self, hospital: Hospital, say: Say) -> None:
        self._hospital = hospital
        self._say = say
        self._desks: Mapping[str, Desk] = hospital.desks
        self._on_the_way: dict[str, tuple[str, str, str, float]] = {}
        self._hops: list[Hop] = []
        self._answered: set[str] = set()
        self._numbers = {Escalated.kind: 0, Confirmed.kind: 0}
        for desk in self._desks.values():
            desk.listen(lambda told, desk=desk: self._heard(desk, told))  # type: ignore[misc]  # bound

    def _heard(self, desk: Desk, told: list[Told]) -> None:
        for one in told:
            if one.node == desk.node:
                self._seen(desk, one)

    def _seen(self, desk: Desk, one: Told) -> None:
        problem = problems.read(desk, one.subject) if one.kind.startswith("problem.") else None
        to: str | None = None
        match one.event:
            case Escalated() | Assigned() | Returned() as handed:
                to = handed.to
            case Resolved() if problem is not None:
                to = problem.origin
        if one.kind in self._numbers:
            self._numbers[one.kind] += 1
        if isinstance(one.event, Returned | Resolved) and to != desk.node:
            self._answered.add(one.subject)
        if to is not None and to != desk.node:
            self._on_the_way[one.id] = (one.subject, desk.node, to, time.monotonic())
        if one.kind in _SAID:
            sentence = _SAID[one.kind].format(title=problem.title if problem else "", to=BY_KEY[to].name if to else "")
            self._say(f"{_local(desk, one.at)}  {desk.name:<17} {sentence}")

    def wait(self) -> None:
        """Wait until everything is where it goes; look often, because the time of each hop is told."""
        until, quiet = time.monotonic() + _LONGEST, 0
        while quiet < 2:  # noqa: PLR2004 - an arrival is confirmed the other way
            self._look()
            quiet = quiet + 1 if not self._on_the_way and not self._hospital.wires.waiting() else 0
            if time.monotonic() > until:
                raise NetworkError("The hubs of the demo do not answer any more; their logs are in its folder.")
            time.sleep(_LOOK)

    def _look(self) -> None:
        for entry_id, (subject, start, end, since) in list(self._on_the_way.items()):
            if self._desks[end].look().one("SELECT id FROM entry WHERE id = :id", id=entry_id) is not None:
                del self._on_the_way[entry_id]
                self._hops.append(Hop(subject, start, end, time.monotonic() - since))

    def _counted(self) -> Counted:
        """Count the entries; a hub may look at the rules of time meanwhile, and what is on its way is not lost."""
        counted = count(self._desks)
        if counted.lost or counted.disagreeing:
            self.wait()
            counted = count(self._desks)
        return counted

    def told(self) -> Played:
        return Played(
            morning=chains.morning(self._desks[TOP]),
            escalated=self._numbers[Escalated.kind],
            answered=len(self._answered),
            confirmed=self._numbers[Confirmed.kind],
            counted=self._counted(),
            hops=tuple(self._hops),
        )


def _local(desk: Desk, at: datetime) -> str:
    return desk.local(at).strftime("%H:%M")
