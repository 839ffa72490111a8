"""What the huddle reads, in a thread: its six steps, who below has told us, the link."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from screens.patterns import Apart, apart
from wsq_huddle.domain.agendas import LISTS, Kind, Line, Step
from wsq_huddle.domain.huddles import Huddle, State
from wsq_huddle.domain.links import Touch
from wsq_huddle.domain.problems import PREFIX, Problem
from wsq_huddle.domain.summaries import HIGH_TIER
from wsq_huddle.services import causes, huddles, links, patterns, people, problems, rollcalls, senders, steps, todays
from wsq_huddle.services.causes import Causes
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.huddles import Sitting
from wsq_huddle.services.links import Link
from wsq_huddle.services.patterns import Gathered
from wsq_huddle.services.places import Places
from wsq_huddle.services.recurrences import House
from wsq_huddle.services.rollcalls import Area, RollCall
from wsq_huddle.services.steps import Asked, Look


@dataclass(frozen=True)
class Seen:
    """All that the huddle shows. `causes` are those of each kind of event, by its short key."""

    node: str
    tier: int
    parent: str | None
    look: Look
    causes: Causes
    link: Link
    calling: RollCall | None
    ours: tuple[Problem, ...]
    waiting: tuple[Problem, ...]
    patterns: tuple[Gathered, ...]
    """What came up in several places below, as one; empty at a unit."""
    apart: Apart
    may: Mapping[str, frozenset[str]]
    """Which verbs this node may use on each problem."""
    covers: tuple[str, ...] = ()
    """Who stands in for who leads here as a rule."""
    sends: bool | None = None
    """Whether something sends without this window, as it was looked at when there was no network after closing."""
    looked_at: datetime | None = None
    house: House | None = None
    """Harm and readiness over all departments; only from tier 3 on."""

    @property
    def sitting(self) -> Sitting:
        return self.look.sitting

    @property
    def huddle(self) -> Huddle | None:
        return self.look.sitting.huddle

    @property
    def open(self) -> bool:
        return self.sitting.state is State.OPEN

    @property
    def closed(self) -> bool:
        return self.sitting.state is State.CLOSED

    @property
    def begun(self) -> bool:
        """Whether lines of this huddle can be answered: also after closing, but not before it was opened."""
        return self.open or self.closed

    @property
    def measures(self) -> tuple[Asked, ...]:
        """What stands in Targets; today's values of them are asked in Status."""
        return tuple(one for one in self.look.targets if one.item.kind is Kind.MEASURE)

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The lines of Status: its own, then whatever else asks for an answer, such as today's values of measures."""
        others = (Step.FROM_ABOVE, Step.PLAN, Step.HELP, Step.TARGETS)
        own = (*self.look.asked[Step.STATUS], *(one for step in others for one in self.look.asked[step]))
        return tuple(one for one in own if one.item.kind not in LISTS)

    @property
    def areas(self) -> tuple[Area, ...]:
        return self.calling.areas if self.calling else ()

    @property
    def new(self) -> tuple[Line, ...]:
        """What Plan shows: all that has no plan and no help, and whatever else came up in this huddle."""
        return tuple(line for line in self.look.left if self._is_new(line))

    def problem(self, subject: str) -> Problem | None:
        """A problem of ours, here or with others."""
        return next((one for one in (*self.ours, *self.waiting) if one.id == subject), None)

    def _is_new(self, line: Line) -> bool:
        if not line.about.startswith(PREFIX) or not line.settled or line.watched:
            return True
        problem, begun = self.problem(line.about), self.huddle.opened_at if self.huddle else None
        return problem is not None and begun is not None and problem.changed_at >= begun

    def left(self, about: str) -> Line | None:
        """The line of Plan and Help about something."""
        return next((line for line in self.look.left if line.about == about), None)

    @property
    def ends(self) -> datetime | None:
        """When the time of this huddle is over: that of its slot, or its minutes where it began later."""
        huddle, planned = self.huddle, self.sitting.planned
        if huddle is None or huddle.opened_at is None:
            return planned.ends_at if planned else None
        own = huddle.opened_at + timedelta(minutes=huddle.minutes or 0)
        if planned is None or huddle.opened_at >= planned.ends_at:
            return own
        return min(own, planned.ends_at)


def look(desk: Desk) -> Seen:
    places = Places(desk)
    one = huddles.sitting(desk, places=places)
    below = bool(places.tree.children(desk.node))
    calling = rollcalls.call(desk, one, places) if below else None
    now = steps.look(desk, one)
    ours, waiting = todays.ours(desk).problems, todays.waiting(desk).problems
    known = (*(up.problem for up in now.came_up), *ours, *waiting)
    among = patterns.listed(desk) if below else ()
    link = links.up(desk)
    lost = one.state is State.CLOSED and link.touch is Touch.NO_NETWORK
    done = {up.problem.id for up in now.came_up if up.dealt is not None}
    return Seen(
        node=desk.node,
        tier=desk.tier,
        parent=places.tree.parent(desk.node),
        look=now,
        causes=causes.by_event(desk, places),
        link=link,
        covers=people.in_role(desk, people.COVERS),
        sends=senders.runs(desk) if lost else None,
        looked_at=desk.now(),
        calling=calling,
        ours=ours,
        waiting=waiting,
        patterns=among,
        apart=apart([up.problem for up in now.came_up], among, done, desk.node),
        may={problem.id: problems.may(desk, problem, places.tree) for problem in known},
        house=_house(desk, one, calling, places),
    )


def _house(desk: Desk, one: Sitting, calling: RollCall | None, places: Places) -> House | None:
    """What the executives see over all departments; none where those below are units."""
    if desk.tier < HIGH_TIER or calling is None or all(area.tier == 1 for area in calling.areas):
        return None
    from wsq_huddle.services import recurrences  # noqa: PLC0415 - above a department only

    return recurrences.look(desk, one.on, calling, places)
