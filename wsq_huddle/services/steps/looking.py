"""One look at a whole huddle: all six steps, and which of them are done."""

from collections.abc import Mapping
from datetime import UTC, datetime, time

from wsq_huddle.domain.agendas import Line, Step
from wsq_huddle.domain.problems import Problem
from wsq_huddle.domain.records import record
from wsq_huddle.services import huddles, todays
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.huddles import Sitting
from wsq_huddle.services.places import Places

from . import asking, closing, helping, last_time
from .asking import Asked
from .closing import Closing
from .helping import CameUp
from .last_time import LastTime


@record(kw_only=True)
class Look:
    """The six steps. `asked` has the lines of every step that ask for a value, `targets` and `status` those of two.

    `left` is what Status and Targets leave to plan or to ask help for; `ours` and `waiting` what stands there besides;
    `back` is when the last huddle that was held began.
    """

    sitting: Sitting
    back: datetime | None
    last_time: LastTime
    asked: Mapping[Step, tuple[Asked, ...]]
    left: tuple[Line, ...]
    ours: tuple[Problem, ...]
    waiting: tuple[Problem, ...]
    came_up: tuple[CameUp, ...]
    closing: Closing

    @property
    def targets(self) -> tuple[Asked, ...]:
        return self.asked[Step.TARGETS]

    @property
    def status(self) -> tuple[Asked, ...]:
        return self.asked[Step.STATUS]

    @property
    def done(self) -> frozenset[Step]:
        """The steps with nothing left to do; one with nothing in it is done by itself."""
        settled = all(line.settled for line in self.left)
        helped = all(one.dealt is not None for one in self.came_up)
        found = {step for step, lines in self.asked.items() if all(line.done for line in lines)}
        found -= {Step.PLAN} if not settled else set()
        found -= {Step.HELP} if not (settled and helped) else set()
        found -= {Step.FROM_ABOVE} if self.last_time.done < self.last_time.count else set()
        return frozenset(found)


def look(desk: Desk, one: Sitting) -> Look:
    """Work out every line of a huddle of this node."""
    places = Places(desk)
    huddle = one.huddle
    begun = huddle.opened_at if huddle else None
    since = begun or datetime.combine(one.on, time.min, desk.zone).astimezone(UTC)
    items = huddles.agenda(desk, one, places).items
    back = huddles.last_held(desk, begun or desk.now())
    left = helping.left(desk, huddle, items, since, back or since)
    standing = {line.about for line in left}
    return Look(
        sitting=one,
        back=back,
        last_time=last_time.look(desk, places, since=since, on=one.on, begun=begun),
        asked=asking.look(desk, huddle, items),
        left=left,
        ours=tuple(problem for problem in todays.ours(desk).problems if problem.id not in standing),
        waiting=tuple(problem for problem in todays.waiting(desk).problems if problem.id not in standing),
        came_up=helping.came_up(desk, places, begun),
        closing=closing.look(desk, places, one, huddle, items, left),
    )
