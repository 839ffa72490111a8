"""Holds huddles from their opening to their close: what the people in them would type, in one breath."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from wsq_huddle.domain import agendas
from wsq_huddle.domain import huddles as rules
from wsq_huddle.domain.calendars import Planned
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.huddles import Huddle, State
from wsq_huddle.services import announcements, huddles, steps
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.huddles import Sitting

from .hospital import BY_KEY
from .readings import answered

if TYPE_CHECKING:
    from wsq_huddle.services.huddles.looking import Agenda
    from wsq_huddle.store.store import Writing

MORNING = "morning"
MINUTES = {1: 10, 2: 20, 3: 15}
THANKS = (
    "M. Ito saw the wrong pump label",
    "night team kept the corridor clear",
    "porters came twice without a call",
)
THANKED = 0.2
"""How often somebody is thanked."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """When a huddle was to be, when it began, and how many minutes it took."""

    on: date
    planned_at: datetime
    opened_at: datetime
    minutes: int

    def ended(self, before: int = 0) -> datetime:
        """When it was closed, or so many minutes before that."""
        return self.opened_at + timedelta(minutes=self.minutes - before)


class Sitters:
    """Those who hold the huddles of the past: each node's agenda is looked up once, it does not change meanwhile."""

    def __init__(self) -> None:
        self._agendas: dict[str, Agenda] = {}

    def hold(self, desk: Desk, slot: Held, chance: random.Random) -> None:
        """Hold a huddle of the past in one transaction, which lets its time run from the opening to the close."""
        people = BY_KEY[desk.node].people
        desk.sign_as(people[0])
        planned = Planned(name=MORNING, on=slot.on, planned_at=slot.planned_at, minutes=MINUTES[desk.tier])
        one = Sitting(desk.node, slot.on, MORNING, planned, None)
        if desk.node not in self._agendas:
            self._agendas[desk.node] = huddles.agenda(desk, one)
        asked = self._agendas[desk.node]
        with desk.recording() as writing:
            table = _Table(desk, writing, one)
            table.at(slot.opened_at)
            table.say(
                lambda huddle: rules.open_at(
                    huddle,
                    at_node=desk.node,
                    on=slot.on,
                    name=MORNING,
                    planned_at=slot.planned_at,
                    minutes=planned.minutes,
                    leader=people[0],
                    editions=asked.editions,
                )
            )
            table.at(slot.ended(before=2))
            for verb in answering(desk, asked.items, chance):
                table.say(verb)
            table.at(slot.ended())
            table.say(lambda huddle: rules.close(huddle, at_node=desk.node))
            summary = huddles.summary_of(desk, replace(one, huddle=table.huddle))
            table.say(lambda huddle: rules.report(huddle, summary, at_node=desk.node))


class _Table:
    """A huddle that is being held within one transaction."""

    def __init__(self, desk: Desk, writing: "Writing", one: Sitting) -> None:
        self._desk = desk
        self._writing = writing
        self._subject = one.subject

    @property
    def huddle(self) -> Huddle | None:
        found: Huddle | None = self._writing.recorder.state(self._subject)
        return found

    def at(self, instant: datetime) -> None:
        self._writing.transaction.now = instant

    def say(self, verb: Callable[[Huddle | None], Event | None]) -> None:
        event = verb(self.huddle)
        if event is not None:
            self._writing.recorder.write(self._desk.author, event, self._subject)


def answering(
    desk: Desk, items: tuple[agendas.Item, ...], chance: random.Random
) -> Iterator[Callable[[Huddle | None], Event]]:
    """What is said to each line, who was there, and now and then a thank you."""
    for item in items:
        said = answered(item, chance, tier=desk.tier)
        yield lambda huddle, item=item, said=said: rules.answer(  # type: ignore[misc]  # bound
            huddle, item, said.raw, at_node=desk.node, note=said.note, cards=said.cards, did=said.did
        )
    number, leaders = chance.randint(5, 9), BY_KEY[desk.node].people[:1]
    yield lambda huddle: rules.attend(huddle, at_node=desk.node, number=number, leaders=leaders)
    if chance.random() < THANKED:
        thanks = chance.choice(THANKS)
        yield lambda huddle: rules.answer(huddle, agendas.THANKS, thanks, at_node=desk.node)


def sit_down(desk: Desk, chance: random.Random) -> None:
    """Open this morning's huddle and answer all its lines."""
    leader = BY_KEY[desk.node].people[0]
    desk.sign_as(leader)
    huddles.open_today(desk, leader=leader)
    one = huddles.sitting(desk)
    for told in announcements.for_us(desk, one.on, desk.tree()):
        steps.announce(desk, one, told.id)
    items = huddles.agenda(desk, one).items
    with desk.recording() as writing:
        table = _Table(desk, writing, one)
        for verb in answering(desk, items, chance):
            table.say(verb)


def stand_up(desk: Desk) -> None:
    """Close this morning's huddle; the tiers above are told what it came to."""
    one = huddles.sitting(desk)
    if one.state is State.OPEN:
        desk.sign_as(BY_KEY[desk.node].people[0])
        huddles.close(desk, one)
