"""Close: what goes to the tier above, who was there, what is still without a plan."""

from collections.abc import Iterable
from datetime import datetime

from wsq_huddle.domain.agendas import DELTA, PLUS, THANKS, Item, Line
from wsq_huddle.domain.huddles import Huddle
from wsq_huddle.domain.problems import Hop, Problem, name_of
from wsq_huddle.domain.records import record
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.places import Places
from wsq_huddle.store.rows import thawed


@record(kw_only=True)
class Sent:
    """A problem that left in this huddle, to the place `to`; `hop.delivered_at` says whether it is there."""

    problem: Problem
    hop: Hop
    to: str


@record(kw_only=True)
class Closing:
    """`unsettled` lines have no plan and no help; `answered` of `asked` lines have an answer."""

    sent: tuple[Sent, ...]
    unsettled: int
    answered: int
    asked: int
    present: int | None
    leaders: tuple[str, ...]
    plus: str
    delta: str
    thanks: str


def look(
    desk: Desk,
    places: Places,
    huddle: Huddle | None,
    items: Iterable[Item],
    left: Iterable[Line],
) -> Closing:
    asked = {item.key for item in items if item.asks}
    given = {one.item: one for one in huddle.answers} if huddle else {}
    words = {item.key: given[item.key].words if item.key in given else "" for item in (PLUS, DELTA, THANKS)}
    return Closing(
        sent=_sent(desk, places, huddle.opened_at) if huddle and huddle.opened_at else (),
        unsettled=sum(not line.settled for line in left),
        answered=len(asked & given.keys()),
        asked=len(asked),
        present=huddle.present if huddle else None,
        leaders=huddle.leaders if huddle else (),
        plus=words[PLUS.key],
        delta=words[DELTA.key],
        thanks=words[THANKS.key],
    )


def _sent(desk: Desk, places: Places, since: datetime) -> tuple[Sent, ...]:
    """Problems that this node handed on or told of since the huddle began."""
    sql = (
        "SELECT * FROM problem WHERE changed_at >= :since"
        " AND subject IN (SELECT subject FROM problem_path WHERE node = :node) ORDER BY changed_at, subject"
    )
    found = []
    for row in desk.look().rows(sql, node=desk.node, since=since.isoformat()):
        problem = thawed(Problem, row)
        hop = next((hop for hop in reversed(problem.hops) if hop.node == desk.node and hop.at >= since), None)
        if hop is not None:
            found.append(Sent(problem=problem, hop=hop, to=name_of(places.tree, hop.to)))
    return tuple(found)
