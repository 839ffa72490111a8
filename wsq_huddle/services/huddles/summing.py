"""Sums a huddle up from its answers, the problems of its time, and what the nodes below have told."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from wsq_huddle.domain import chains as mornings
from wsq_huddle.domain import summaries
from wsq_huddle.domain.huddles import Huddle
from wsq_huddle.domain.problems import Escalated, Mode, Problem, State
from wsq_huddle.domain.summaries import Problems, Summary
from wsq_huddle.services import chains
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.places import Places
from wsq_huddle.store.reader import Row
from wsq_huddle.store.rows import field_of

if TYPE_CHECKING:
    from .looking import Sitting


FIRST = timedelta(days=7)
"""How far back problems are counted in the first huddle of all."""

Summing = Callable[[Huddle | None], Summary]


def summing(desk: Desk, one: "Sitting", places: Places) -> Summing:
    """Read all that a summary takes besides the huddle's own answers; so that it can be told in one transaction.

    What its own node has told counts as it is told.
    """
    own = _own(desk, one, places)
    tree = places.tree
    if not tree.children(one.node):
        summed = own
    else:
        rows = chains.morning(desk, one.on, places).rows
        told = below(desk, one.node, one.on, places)
        units = mornings.units_below(rows, one.node, below=tree.below(one.node))
        states = mornings.states_below(rows, one.node, below=tree.below(one.node))
        tier = tree.nodes[one.node].tier

        def summed(huddle: Huddle | None) -> Summary:
            return summaries.roll_up(own(huddle), told, tier=tier, units=units, states=states)

    if one.node == desk.node:
        return summed
    return lambda huddle: huddle.summary if huddle is not None and huddle.summary is not None else summed(huddle)


def below(desk: Desk, node: str, on: date, places: Places) -> dict[str, Summary]:
    """What each node directly below one sums up to that day; one that has not begun is not among them."""
    from .looking import sitting  # noqa: PLC0415 - each looks at the other

    found = {}
    for child in places.tree.children(node):
        theirs = sitting(desk, node=child, on=on, places=places)
        huddle = theirs.huddle
        if huddle is not None and huddle.held:
            found[child] = huddle.summary or summing(desk, theirs, places)(huddle)
    return found


def _own(desk: Desk, one: "Sitting", places: Places) -> Summing:
    from .looking import agenda, last_held  # noqa: PLC0415 - each looks at the other

    huddle = one.huddle
    begins = (huddle.opened_at if huddle else None) or (one.planned.planned_at if one.planned else desk.now())
    since = last_held(desk, begins, one.node)
    ended = _ended(desk, one.node, begins)
    until = (huddle.closed_at if huddle else None) or desk.now()
    known = _problems(desk, one.node, ended or begins - FIRST)
    given = sum(row["answer_to"] == one.node and _within(ended, row["answer_at"], until) for row in known)
    fixed = sum(_fixed(row, one.node, ended, until) for row in known)
    problems = _counted(known, one.node, ended, until)
    items = agenda(desk, one, places).items

    def summed(now: Huddle | None) -> Summary:
        return summaries.summarise(
            now.answers if now else (),
            items,
            covers=(since, begins),
            problems=problems,
            given=given,
            fixed=fixed,
            present=now.present if now else None,
            leaders=len(now.leaders) if now else 0,
        )

    return summed


def _ended(desk: Desk, node: str, before: datetime) -> datetime | None:
    """When the last huddle before ended: what came up after that counts in this one, and in no other."""
    sql = (
        "SELECT closed_at, opened_at FROM huddle WHERE node = :node AND opened_at < :before"
        " AND state IN ('open', 'closed') ORDER BY opened_at DESC LIMIT 1"
    )
    row = desk.look().one(sql, node=node, before=before.astimezone(UTC).isoformat())
    return datetime.fromisoformat(row["closed_at"] or row["opened_at"]) if row else None


def _problems(desk: Desk, node: str, since: datetime) -> list[Row]:
    """What has changed of the problems that a node knows of; only the columns that are counted."""
    sql = (
        "SELECT origin, category, state, lapsed, raised_at, closed_at, answer_to, answer_at, hops FROM problem"
        " WHERE changed_at >= :since AND subject IN (SELECT subject FROM problem_path WHERE node = :node)"
    )
    return desk.look().rows(sql, node=node, since=since.astimezone(UTC).isoformat())


def _within(since: datetime | None, at: str | None, until: datetime) -> bool:
    return at is not None and _between(since, datetime.fromisoformat(at), until)


def _between(since: datetime | None, at: datetime, until: datetime) -> bool:
    return (since is None or since < at) and at <= until


def _fixed(row: Row, node: str, since: datetime | None, until: datetime) -> bool:
    """Whether this node said in that time that a problem of its own is fixed."""
    closed = row["state"] == State.CLOSED.value and not row["lapsed"]
    return closed and row["origin"] == node and _within(since, row["closed_at"], until)


def _counted(known: Iterable[Row], node: str, since: datetime | None, until: datetime) -> Problems:
    rows = list(known)
    fresh = [row for row in rows if row["origin"] == node and _within(since, row["raised_at"], until)]
    asked = [
        hop
        for row in rows
        if f'"{node}"' in row["hops"]
        for hop in field_of(Problem, "hops", row)
        if hop.node == node and hop.kind == Escalated.kind and _between(since, hop.at, until)
    ]
    return Problems(
        raised=len(fresh),
        escalated=sum(hop.mode is Mode.ACTION for hop in asked),
        to_know=sum(hop.mode is Mode.AWARENESS for hop in asked),
        by_category=dict(sorted(Counter(str(row["category"]) for row in fresh).items())),
    )
