"""Close: what goes to the tier above, who was there, what is still without a plan."""

from collections.abc import Iterable
from datetime import datetime

from wsq_huddle.domain.agendas import DELTA, PLUS, THANKS, Item, Line
from wsq_huddle.domain.huddles import Huddle
from wsq_huddle.domain.problems import Hop, Problem, name_of
from wsq_huddle.domain.records import record
from wsq_huddle.services import recognitions
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.huddles import Sitting
from wsq_huddle.services.places import Places
from wsq_huddle.services.recognitions import Said
from wsq_huddle.store.rows import thawed

from . import sameness

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days of the week as huddle.toml names them."""


@record(kw_only=True)
class Sent:
    """A problem that left in this huddle, to the place `to`; `hop.delivered_at` says whether it is there."""

    problem: Problem
    hop: Hop
    to: str


@record(kw_only=True)
class Closing:
    """`unsettled` lines have no plan and no help; `answered` of `asked` lines have an answer.

    `review` are the days of the week on which it is asked what went well, `reviews`: today is one. `said` are the words
    of the units below; `unchanged`: for how many days the lines and their answers have been the same, 0 if not long.
    """

    sent: tuple[Sent, ...]
    unsettled: int
    answered: int
    asked: int
    present: int | None
    leaders: tuple[str, ...]
    plus: str
    delta: str
    thanks: str
    review: tuple[str, ...] = ()
    reviews: bool = False
    said: tuple[Said, ...] = ()
    unchanged: int = 0


def look(  # noqa: PLR0913, PLR0917 - what the huddle knows already
    desk: Desk,
    places: Places,
    one: Sitting,
    huddle: Huddle | None,
    items: Iterable[Item],
    left: Iterable[Line],
) -> Closing:
    asked = {item.key for item in items if item.asks}
    given = {one.item: one for one in huddle.answers} if huddle else {}
    complete = bool(asked) and asked <= given.keys()
    words = {item.key: given[item.key].words if item.key in given else "" for item in (PLUS, DELTA, THANKS)}
    slots = desk.settings.huddles
    slot = next((slot for slot in slots if slot.name == one.name), slots[0] if slots else None)
    days = slot.review_days if slot else ()
    return Closing(
        sent=sent_since(desk, places, huddle.opened_at) if huddle and huddle.opened_at else (),
        unsettled=sum(not line.settled for line in left),
        answered=len(asked & given.keys()),
        asked=len(asked),
        present=huddle.present if huddle else None,
        leaders=huddle.leaders if huddle else (),
        plus=words[PLUS.key],
        delta=words[DELTA.key],
        thanks=words[THANKS.key],
        review=days,
        reviews=DAYS[one.on.weekday()] in days,
        said=recognitions.words(desk, one.on, places),
        unchanged=sameness.unchanged(desk, one, asked) if complete else 0,
    )


def sent_since(desk: Desk, places: Places, since: datetime) -> tuple[Sent, ...]:
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
