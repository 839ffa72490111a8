"""What Today reads, in a thread: the day of the node, what people call the others, and who below has told us.

What only those above a unit read is imported when it is read: a unit's Today waits for none of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wsq_huddle.domain.problems import Problem
from wsq_huddle.services import allowed, computers, people, todays
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.places import Places
from wsq_huddle.services.todays import Today

if TYPE_CHECKING:
    from screens.patterns import Apart
    from wsq_huddle.domain.announcements import Announcement
    from wsq_huddle.domain.nodes import Tree
    from wsq_huddle.services.announcements import Told
    from wsq_huddle.services.computers import Replaced
    from wsq_huddle.services.huddles import Sitting
    from wsq_huddle.services.measures import Measure
    from wsq_huddle.services.patterns import Gathered
    from wsq_huddle.services.rollcalls import RollCall
    from wsq_huddle.services.sites import Site
    from wsq_huddle.services.steps import Asked

_HIGH_TIER = 3
_WITHDRAW = frozenset({"withdraw"})


@dataclass(frozen=True)
class Seen:
    """All that Today shows. `names` is what people call the nodes, by key.

    Above a unit there is the roll call, what was announced, the own measures (`measures` at tier 2, from tier 3 on the
    `board`) and, from tier 3 on, the patterns over departments and what is stuck anywhere below.
    """

    node: str
    tier: int
    parent: str | None
    today: Today
    names: Mapping[str, str]
    may: Mapping[str, frozenset[str]]
    calling: "RollCall | None" = None
    measures: "tuple[Asked, ...]" = ()
    board: "tuple[Measure, ...]" = ()
    patterns: "tuple[Gathered, ...]" = ()
    apart: "Apart | None" = None
    """Which of what came up stands in the line of a pattern, and which may join one."""
    stuck: tuple[Problem, ...] = ()
    announced: "tuple[Told, ...]" = ()
    site: "Site | None" = None
    """Who stands in for whom, and the numbers to ring."""
    join: str = ""
    notes: str = ""
    """How to take part by phone, and who takes notes, as [mail] says."""
    leads: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    """Who leads here as a rule, and their deputies, as the roles of [[person]] say."""
    replaced: "Replaced | None" = None
    """At a unit, on the day on which this computer took the place of another."""

    @property
    def over_others(self) -> bool:
        """Whether there are areas below."""
        return self.calling is not None

    def announcement(self, subject: str) -> "Announcement | None":
        return next((one.announcement for one in self.announced if one.announcement.id == subject), None)

    def problem(self, subject: str) -> Problem | None:
        today = self.today
        groups = (today.answers, today.ours, today.came_up, today.waiting)
        return next((one for group in groups for one in group.problems if one.id == subject), None)


def look(desk: Desk) -> Seen:
    places = Places(desk)
    today, tree = todays.today(desk, places), places.tree
    groups = (today.answers, today.ours, today.came_up, today.waiting)
    known = {one.id: one for group in groups for one in group.problems}
    above_unit = bool(tree.children(desk.node))
    among = _patterns(desk) if above_unit else ()
    announced = _announced(desk, tree) if above_unit else ()
    return Seen(
        node=desk.node,
        tier=desk.tier,
        parent=tree.parent(desk.node),
        today=today,
        names={**tree.heard, **{key: node.name for key, node in tree.nodes.items()}},
        may={
            **{key: allowed.may(desk, one, tree) for key, one in known.items()},
            **{one.announcement.id: _WITHDRAW for one in announced},
        },
        calling=_calling(desk, today.sitting, places) if above_unit else None,
        measures=_measures(desk, today.sitting) if 1 < desk.tier < _HIGH_TIER else (),
        board=_board(desk, today.sitting, places) if desk.tier >= _HIGH_TIER else (),
        patterns=among,
        apart=_apart(today, among) if above_unit else None,
        stuck=_stuck(desk) if desk.tier >= _HIGH_TIER else (),
        announced=announced,
        join=desk.settings.mail.join,
        notes=desk.settings.mail.notes,
        leads=people.in_role(desk, people.LEADS),
        covers=people.in_role(desk, people.COVERS),
        replaced=computers.replaced(desk) if desk.tier == 1 else None,
    )


def _announced(desk: Desk, tree: "Tree") -> "tuple[Told, ...]":
    from wsq_huddle.services import announcements  # noqa: PLC0415 - above a unit only

    return announcements.ours(desk, tree)


def _calling(desk: Desk, sitting: "Sitting", places: Places) -> "RollCall":
    from wsq_huddle.services import rollcalls  # noqa: PLC0415 - above a unit only

    return rollcalls.call(desk, sitting, places)


def _measures(desk: Desk, sitting: "Sitting") -> "tuple[Asked, ...]":
    from wsq_huddle.services import steps  # noqa: PLC0415 - above a unit only

    return steps.look(desk, sitting).targets


def _board(desk: Desk, sitting: "Sitting", places: Places) -> "tuple[Measure, ...]":
    from wsq_huddle.services import measures  # noqa: PLC0415 - above a department only

    return measures.board(desk, sitting, places)


def _patterns(desk: Desk) -> "tuple[Gathered, ...]":
    """What has come up from two departments or more."""
    from wsq_huddle.services import patterns  # noqa: PLC0415 - above a unit only

    return tuple(one for one in patterns.listed(desk) if len(one.nodes) > 1)


def _apart(today: Today, among: "tuple[Gathered, ...]") -> "Apart":
    from screens.patterns import apart  # noqa: PLC0415 - above a unit only

    return apart(today.came_up.problems, among)


def _stuck(desk: Desk) -> tuple[Problem, ...]:
    from wsq_huddle.services import problems  # noqa: PLC0415 - above a department only

    return problems.stuck(desk)
