"""Sums a huddle up from its answers, the problems of its time, and what the nodes below have told."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from wsq_huddle.domain import chains as mornings
from wsq_huddle.domain import summaries
from wsq_huddle.domain.problems import Escalated, Mode, Problem
from wsq_huddle.domain.problems import State as ProblemState
from wsq_huddle.domain.summaries import Problems, Summary
from wsq_huddle.services import chains
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.places import Places
from wsq_huddle.store.rows import thawed

if TYPE_CHECKING:
    from .looking import Sitting


def summarise(desk: Desk, one: "Sitting", places: Places) -> Summary:
    """The summary of one huddle: as its node told it, unless it is ours; without that as it can be worked out here."""
    huddle = one.huddle
    if one.node != desk.node and huddle is not None and huddle.summary is not None:
        return huddle.summary
    own = _own(desk, one, places)
    tree = places.tree
    if not tree.children(one.node):
        return own
    rows = chains.morning(desk, one.on, places).rows
    return summaries.roll_up(
        own,
        below(desk, one.node, one.on, places),
        tier=tree.nodes[one.node].tier,
        units=mornings.units_below(rows, one.node, below=tree.below(one.node)),
        states=mornings.states_below(rows, one.node, below=tree.below(one.node)),
    )


def below(desk: Desk, node: str, on: date, places: Places) -> dict[str, Summary]:
    """What each node directly below one sums up to that day; one that has not begun is not among them."""
    from .looking import sitting  # noqa: PLC0415 - each looks at the other

    found = {}
    for child in places.tree.children(node):
        theirs = sitting(desk, node=child, on=on, places=places)
        if theirs.huddle is not None and theirs.huddle.held:
            found[child] = summarise(desk, theirs, places)
    return found


def _own(desk: Desk, one: "Sitting", places: Places) -> Summary:
    from .looking import agenda, last_held  # noqa: PLC0415 - each looks at the other

    huddle = one.huddle
    begins = (huddle.opened_at if huddle else None) or (one.planned.planned_at if one.planned else desk.now())
    since = last_held(desk, begins, one.node)
    known = _problems(desk, since)
    given = [problem for problem in known if problem.answer and problem.answer.to == one.node]
    return summaries.summarise(
        huddle.answers if huddle else (),
        agenda(desk, one, places).items,
        covers=(since, begins),
        problems=_counted(known, one.node, since),
        given=len(given),
        fixed=sum(problem.origin == one.node and problem.state is ProblemState.CLOSED for problem in known),
        present=huddle.present if huddle else None,
        leaders=len(huddle.leaders) if huddle else 0,
    )


def _problems(desk: Desk, since: datetime | None) -> list[Problem]:
    begins = (since or datetime(1970, 1, 1, tzinfo=UTC)).astimezone(UTC).isoformat()
    rows = desk.look().rows("SELECT * FROM problem WHERE changed_at >= :begins", begins=begins)
    return [thawed(Problem, row) for row in rows]


def _counted(known: Iterable[Problem], node: str, since: datetime | None) -> Problems:
    fresh = [problem for problem in known if problem.origin == node and (since is None or problem.raised_at >= since)]
    asked = [
        hop
        for problem in known
        for hop in problem.hops
        if hop.node == node and hop.kind == Escalated.kind and (since is None or hop.at >= since)
    ]
    return Problems(
        raised=len(fresh),
        escalated=sum(hop.mode is Mode.ACTION for hop in asked),
        to_know=sum(hop.mode is Mode.AWARENESS for hop in asked),
        by_category=dict(sorted(Counter(problem.category for problem in fresh).items())),
    )
