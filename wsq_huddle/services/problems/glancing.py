"""Problems as a list needs them: the columns that a line shows and no nested value, so that thousands stay quick."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from wsq_huddle.domain.problems import State, Urgency
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.reader import Row
from wsq_huddle.store.reader import listed as placeholders

from .looking import MINE

_COLUMNS = (
    "subject, title, category, urgency, state, origin, holder, what, owner, due, check_in, delivered_at, seen_at,"
    " acknowledged_at, raised_at, changed_at, remedy, resolved_by, disputed, lapsed,"
    " answer_to"
)


@dataclass(frozen=True, slots=True)
class Glance:
    """What a line of a list tells of a problem; instants and days as they are stored, read only where they are shown.

    ISO 8601 in UTC sorts as it is.
    """

    id: str
    title: str
    category: str
    urgency: str
    state: str
    origin: str
    holder: str
    what: str
    owner: str
    due: str
    delivered_at: str
    seen_at: str
    raised_at: str
    changed_at: str
    remedy: str
    resolved_by: str
    disputed: bool
    checks: bool
    lapsed: bool
    handed: bool
    """Whether anybody has handed it to who has it: what was raised there and never left is on no way."""

    @property
    def now(self) -> bool:
        return self.urgency == Urgency.NOW.value

    @property
    def day(self) -> date | None:
        """The day its plan is due or to be checked."""
        return date.fromisoformat(self.due) if self.due else None

    def at(self, instant: str) -> datetime:
        """An instant of this glance: `glance.at(glance.raised_at)`."""
        return datetime.fromisoformat(instant)


def glances(desk: Desk, *, where: str = "all", states: Collection[State] = (), limit: int = 10_000) -> list[Glance]:
    """Problems at a glance, the newest change first.

    `where`: `here` holds this node, `away` was raised or held here and is elsewhere, `all` is all it knows of.
    """
    conditions = ["1 = 1"]
    parameters: dict[str, object] = {"limit": limit}
    if where == "here":
        conditions.append("holder = :node")
    elif where == "away":
        conditions.append(f"holder <> :node AND {MINE}")
    if where != "all":
        parameters["node"] = desk.node
    if states:
        names, values = placeholders([state.value for state in states], "state")
        conditions.append(f"state IN ({names})")
        parameters |= values
    sql = f"SELECT {_COLUMNS} FROM problem WHERE {' AND '.join(conditions)} ORDER BY changed_at DESC LIMIT :limit"  # noqa: S608 - our own words
    return [_glance(row) for row in desk.look().rows(sql, **parameters)]


def glanced(desk: Desk, subjects: Collection[str]) -> list[Glance]:
    """These problems at a glance, in the order of their ids."""
    if not subjects:
        return []
    names, values = placeholders(subjects)
    sql = f"SELECT {_COLUMNS} FROM problem WHERE subject IN ({names})"  # noqa: S608 - placeholders
    found = {row["subject"]: _glance(row) for row in desk.look().rows(sql, **values)}
    return [found[subject] for subject in subjects if subject in found]


def _glance(row: Row) -> Glance:
    return Glance(
        row["subject"],
        row["title"],
        row["category"],
        row["urgency"],
        row["state"],
        row["origin"],
        row["holder"],
        row["what"] or "",
        row["owner"] or "",
        row["due"] or row["check_in"] or "",
        row["delivered_at"] or "",
        row["acknowledged_at"] or row["seen_at"] or "",
        row["raised_at"],
        row["changed_at"],
        row["remedy"] or "",
        row["resolved_by"] or "",
        bool(row["disputed"]),
        bool(row["check_in"] and not row["due"]),
        bool(row["lapsed"]),
        row["holder"] != row["origin"] or row["answer_to"] is not None,
    )
