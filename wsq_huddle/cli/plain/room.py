"""What is known of the huddle now, and what a step and a prompt are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from screens import times
from wsq_huddle.domain.huddles import Huddle, State
from wsq_huddle.services import causes, huddles, problems, rollcalls, signing, sites, steps
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.places import Places

from .talk import Talk


@dataclass(frozen=True)
class Prompt:
    """One line of the huddle: `words` ask it, `answer` does what was typed and gives what is said then.

    `done`: it has its answer. One that does not `ask` may stay without, and is not where a huddle goes on.
    """

    key: str
    words: str
    answer: Callable[[str], str]
    done: bool = False
    asks: bool = True
    more: tuple[str, ...] = ()


class Step(Protocol):
    """A step of the huddle."""

    NAME: str

    def head(self, room: "Room") -> Sequence[str]:
        """Give the step's question, and what it tells without asking."""

    def prompts(self, room: "Room") -> Sequence[Prompt]:
        """Give its lines."""


class Room:
    """The huddle as it is now; `look` reads it anew."""

    def __init__(self, desk: Desk, talk: Talk) -> None:
        self.desk, self.talk = desk, talk
        self.site = sites.read(desk)
        self.look()

    def look(self) -> None:
        self.places = Places(self.desk)
        self.sitting = huddles.sitting(self.desk, places=self.places)
        self.now = steps.look(self.desk, self.sitting)
        below = self.places.tree.children(self.desk.node)
        self.areas = rollcalls.call(self.desk, self.sitting, self.places).areas if below else ()

    @property
    def huddle(self) -> Huddle | None:
        return self.sitting.huddle

    @property
    def state(self) -> State:
        return self.sitting.state

    @property
    def above(self) -> str:
        """The name of the next tier; empty at the top."""
        return self.site.above

    @property
    def spare(self) -> bool:
        """Whether this computer is a spare of its node: what it may not do is not asked for."""
        return self.site.spare

    @property
    def role(self) -> str:
        """Who owns what is planned when nobody says a name."""
        return self.desk.author

    def causes(self) -> causes.Causes:
        return causes.by_event(self.desk, self.places)

    def may(self, subject: str) -> frozenset[str]:
        """What we may do with a problem."""
        problem = problems.read(self.desk, subject)
        return problems.may(self.desk, problem)

    def local(self, at: datetime) -> datetime:
        return self.desk.local(at)

    @property
    def today(self) -> date:
        return self.local(self.desk.now()).date()

    def when(self, at: datetime) -> str:
        return times.when(self.local(at), self.local(self.desk.now()))

    def by(self, at: datetime) -> str:
        return times.by(self.local(at), self.local(self.desk.now()))

    def left(self) -> str:
        """The time that is left of it, in words."""
        huddle, planned = self.huddle, self.sitting.planned
        if huddle is None or huddle.opened_at is None or huddle.state is not State.OPEN:
            return ""
        ends = huddle.opened_at + timedelta(minutes=huddle.minutes or 0)
        if planned is not None and huddle.opened_at < planned.ends_at:
            ends = min(ends, planned.ends_at)
        minutes = round((ends - self.desk.now()) / timedelta(minutes=1))
        return f"{minutes} min left." if minutes > 0 else f"{-minutes} min over." if minutes else "The time is over."

    def sign(self, name: str, whom: str = "") -> None:
        """Sign with a name; who has a PIN is asked for it."""
        pin = ""
        if signing.asks_pin(self.desk, name):
            pin = self.talk.secret(f"PIN of {signing.person(self.desk, name)}?")
        signing.sign(self.desk, name, whom, pin=pin)
