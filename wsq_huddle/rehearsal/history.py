"""Three weeks of believable history, made through the services on a clock that moves from deed to deed.

Nothing is copied between the stores: what one node records reaches the others as entries, page by page. The same seed
tells the same story; ids and keys are new each time.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from wsq_huddle.services import announcements, definitions, huddles
from wsq_huddle.services.desk import Desk

from .acting import act, begin
from .carrying import Carrier
from .cases import CASES, Case, Step
from .catalogue import everyday_cases
from .days import Days, MovingClock
from .hospital import PLACES, TOP, Place
from .plans import PLANS, Plan, carry_out
from .sitting import Held, Sitters

SEED = 20
FIRST = -15
"""The first working day that is told of."""

_SLOTS = {1: "07:15", 2: "08:00", 3: "08:45"}
_MINUTES = {1: (7, 11), 2: (15, 21), 3: (11, 16)}
_WHY = ("two rapid responses", "short of staff, all at the beds", "fire drill at 07:10")


@dataclass(order=True)
class Deed:
    """Something that is done at an instant; what is due at the same one is done in the order it was put down."""

    at: datetime
    number: int
    do: Callable[[], None] = field(compare=False)


class History:
    """Makes the past of a hospital whose nodes have joined each other."""

    def __init__(
        self, desks: Mapping[str, Desk], clock: MovingClock, days: Days, seed: int = SEED, first: int = FIRST
    ) -> None:
        self._desks = desks
        self._clock = clock
        self._days = days
        self._chance = random.Random(seed)  # noqa: S311 - a made-up hospital, no secret
        self._seed = seed
        self._first = first
        self._carrier = Carrier(desks)
        self._deeds: list[Deed] = []
        self._sitters = Sitters()
        self._last: dict[str, str] = {}
        self._plans: dict[str, str] = {}

    @property
    def carrier(self) -> Carrier:
        return self._carrier

    def make(self) -> None:
        """Tell all days before the one of the morning; at the end every store knows what it is to know."""
        self._put(self._first, "06:30", self._publish)
        for day in range(self._first, 0):
            self._huddles_of(day)
            self._put(day, "07:40", lambda: self._carrier.up(1))
            self._put(day, "08:40", lambda: self._carrier.up(2))
            self._put(day, "11:00", self._carrier.down)
        for one in (*CASES, *everyday_cases(self._seed)):
            if one.raised.day >= self._first:
                self._case(one)
        for plan in PLANS:
            if int(plan.steps[0][0].split()[0]) >= self._first:
                self._plan(plan)
        self._put(-1, "14:30", self._announce)
        for deed in sorted(self._deeds):
            self._clock.at = deed.at
            deed.do()
        self._clock.at = self._days.at(-1, "18:00")
        self._carrier.settle()

    def _publish(self) -> None:
        """Every node tells what its huddle.toml says, before the first huddle asks for it."""
        for desk in self._desks.values():
            definitions.publish(desk)
        self._carrier.everywhere()

    def _announce(self) -> None:
        """Say something to all below, for this morning's huddles."""
        desk = self._desks[TOP]
        desk.sign_as("J. Cole", "R. Okafor")
        days = self._days.date(0), self._days.date(3)
        announcements.publish(desk, title="New insulin pen", text=_PENS, begins=days[0], ends=days[1])

    def _put(self, day: int, at: str, do: Callable[[], None]) -> None:
        self._deeds.append(Deed(self._days.at(day, at), len(self._deeds), do))

    def _huddles_of(self, day: int) -> None:
        for place in PLACES:
            slot = place.at or _SLOTS[place.tier]
            luck = self._chance.random()
            if place.tier == 1 and day < -1 and luck < _MISSED:
                continue
            if place.tier == 1 and day < -1 and luck < _SKIPPED:
                self._put(day, slot, lambda place=place: self._skip(place))  # type: ignore[misc]  # bound
                continue
            late = luck > _ON_TIME and day < -1
            after = timedelta(minutes=self._chance.randint(5, 9) if late else self._chance.randint(-1, 2))
            minutes = self._chance.randint(*_MINUTES[place.tier])
            self._put(
                day,
                slot,
                lambda place=place, day=day, after=after, minutes=minutes: self._hold(place, day, after, minutes),  # type: ignore[misc]  # bound
            )

    def _hold(self, place: Place, day: int, after: timedelta, minutes: int) -> None:
        slot = self._clock.at
        held = Held(on=self._days.date(day), planned_at=slot, opened_at=slot + after, minutes=minutes)
        self._sitters.hold(self._desks[place.key], held, self._chance)

    def _skip(self, place: Place) -> None:
        desk = self._desks[place.key]
        desk.sign_as(place.people[0])
        huddles.skip(desk, huddles.sitting(desk), why=self._chance.choice(_WHY))

    def _plan(self, plan: Plan) -> None:
        for when, verb in plan.steps:
            day, at = when.split()
            self._put(int(day), at, lambda verb=verb: self._planned(plan, verb))  # type: ignore[misc]  # bound

    def _planned(self, plan: Plan, verb: str) -> None:
        subject = self._plans.get(plan.what, "")
        self._plans[plan.what] = carry_out(self._desks[plan.node], plan, verb, subject, self._days)

    def _case(self, one: Case) -> None:
        subject: list[str] = []

        def raised() -> None:
            subject.append(begin(self._desks[one.raised.node], one).id)
            self._last[subject[0]] = one.raised.node

        self._put(one.raised.day, one.raised.at, raised)
        for each in one.steps:
            self._put(each.day, each.at, lambda each=each: self._act(subject[0], each))  # type: ignore[misc]  # bound

    def _act(self, subject: str, one: Step) -> None:
        """Do a step, once what it is about has reached who does it."""
        earlier = self._last[subject]
        if earlier != one.node:
            self._carrier.along(earlier, one.node)
        act(self._desks[one.node], subject, one, self._days)
        self._last[subject] = one.node


_PENS = "Pens are blue now. Old ones back to the box by Friday."
_MISSED, _SKIPPED, _ON_TIME = 0.06, 0.1, 0.86
"""Of a hundred huddles of units six are missed, four called off, fourteen late."""
