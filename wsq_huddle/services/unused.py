"""Places below that are in touch but have entered nothing for days: a question for who is above, for nobody else."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from wsq_huddle.domain.chains import State
from wsq_huddle.store.reader import listed

from . import chains
from .desk import Desk
from .places import Places

_BACK = timedelta(days=14)
"""How far back it is looked for a huddle that was planned and of which nothing is there."""

ASKED = frozenset({State.MISSED, State.LATE})
"""Of a huddle that is awaited, or was not held, it is worth knowing whether anything was entered there of late."""

_LAST = (
    "SELECT node, MAX(day) AS day FROM ("
    ' SELECT node, MAX("on") AS day FROM huddle WHERE node IN ({nodes})'
    " AND (opened_at IS NOT NULL OR state = 'skipped') GROUP BY node"
    " UNION ALL SELECT origin AS node, MAX(raised_at) AS day FROM problem WHERE origin IN ({nodes}) GROUP BY origin"
    ") AS used GROUP BY node"
)


def since(desk: Desk, places: Places, nodes: Iterable[str], on: date) -> dict[str, date]:
    """The day of the last entry, for each node that has let a planned huddle of an earlier day go by without one.

    Only where it has been in touch after that huddle: of others nothing is known, and that is said elsewhere.
    """
    contacts = chains.heard(desk)
    asked = [node for node in nodes if node in contacts]
    if not asked:
        return {}
    names, values = listed(asked)
    found = {}
    for row in desk.look().rows(_LAST.format(nodes=names), **values):
        last = _day(desk, str(row["day"]))
        gone_by = _gone_by(places, row["node"], last, on)
        if gone_by is not None and contacts[row["node"]] > gone_by:
            found[str(row["node"])] = last
    return found


def _gone_by(places: Places, node: str, last: date, on: date) -> datetime | None:
    """When the first huddle was over that was planned after the last entry and before today; None if there is none."""
    day = max(last, on - _BACK) + timedelta(days=1)
    while day < on:
        planned = places.of(node).planned(day)
        if planned:
            return max(one.ends_at for one in planned)
        day += timedelta(days=1)
    return None


def _day(desk: Desk, said: str) -> date:
    """A day as a huddle has it, or that of an instant."""
    return desk.local(datetime.fromisoformat(said)).date() if "T" in said else date.fromisoformat(said)
