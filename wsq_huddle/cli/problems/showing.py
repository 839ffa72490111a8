"""The commands of a problem, and a problem as they show it: as JSON that others rely on, or drawn for people."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from typer import Argument, Context

from wsq_huddle.cli.commands import group
from wsq_huddle.cli.guarding import warned
from wsq_huddle.cli.telling import facts, local, shortened, table, tell
from wsq_huddle.domain.codec import encode
from wsq_huddle.domain.definitions import short
from wsq_huddle.domain.problems import PREFIX, Line, Problem
from wsq_huddle.services import problems, sites
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.standins import StandIn

app = group()

Id = Annotated[str, Argument(help="The problem; at least 4 characters of its id.", metavar="ID")]
Shown = dict[str, Any]
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$")

FIELDS = (
    "id", "title", "detail", "category", "urgency", "state", "origin", "holder", "path", "turn", "raised_at",
    "raised_by", "owner", "due", "reference", "escalation", "delivered_at", "acknowledged_at", "remedy", "disputed",
)  # fmt: skip


@app.callback()
def problem() -> None:
    """Raise problems, solve them, hand them on; look for them."""


def shown(one: Problem) -> Shown:
    """A problem as `problem list --json` prints it."""
    found: Shown = {name: encode(getattr(one, name)) for name in FIELDS}
    found["due"] = encode(one.due or one.check_in)
    hop = one.escalation
    found["escalation"] = {"mode": hop.mode, "tried": hop.tried, "need": hop.need, "by": hop.by} if hop else None
    return found


def told(line: Line) -> Shown:
    """One entry of the story as `problem show --json` prints it."""
    return {"turn": line.turn, "kind": line.kind, "at": line.at, "node": line.node, "by": line.by, "data": line.data}


def answer_with(context: Context, desk: Desk, one: Problem, *, typed: Mapping[str, str] | None = None) -> None:
    """Print a problem with its story; after text was typed, also what in it may identify a patient."""
    story = problems.story_of(desk, one.id)
    covers = _stand_in(desk, one)
    document = {**shown(one), "stand_in": covers, "story": [told(line) for line in story]}
    if typed is not None:
        document["warnings"] = warned(typed)
    tell(context, document, lambda: _draw(desk, one, covers, story))


def answer_with_all(
    context: Context, desk: Desk, found: Sequence[Problem], *, typed: Mapping[str, str] | None = None
) -> None:
    """Print what became of several problems; of one it is the same as ever."""
    if len(found) == 1:
        answer_with(context, desk, found[0], typed=typed)
        return
    document: Shown = {"problems": [shown(one) for one in found]}
    if typed is not None:
        document["warnings"] = warned(typed)
    tell(context, document, lambda: draw_list(desk, found, "No problems."))


def draw_list(desk: Desk, found: Sequence[Problem], empty: str) -> None:
    ids = shortened([one.id for one in found], PREFIX)
    table(
        ("id", "title", "kind", "urgency", "state", "with", "due", "changed"),
        [
            (ids[one.id], one.title, short(one.category), one.urgency, one.state,
             desk.names(one.holder), _day(desk, one), local(one.changed_at, desk.zone))
            for one in found
        ],
        empty=empty,
    )  # fmt: skip


def _stand_in(desk: Desk, one: Problem) -> StandIn | None:
    """Who covers for the holder of a problem, outside its days and hours."""
    return None if one.over else sites.read(desk).stand_in(one.holder, desk.now())


def _draw(desk: Desk, one: Problem, covers: StandIn | None, story: Sequence[Line]) -> None:
    hop = one.escalation
    facts(
        {
            "id": one.id,
            "title": one.title,
            "detail": one.detail,
            "kind": f"{short(one.category)}, {one.urgency.value}",
            "state": one.state.value + (", disputed" if one.disputed else ""),
            "with": desk.names(one.holder) + (f"; {covers.words}" if covers else ""),
            "path": ", ".join(desk.names(key) for key in one.path),
            "raised": f"{local(one.raised_at, desk.zone)} by {one.raised_by}, {desk.names(one.origin)}",
            "plan": one.what,
            "owner": one.owner,
            "due": one.due or one.check_in,
            "reference": one.reference,
            "asked for": hop.need if hop else "",
            "wanted by": local(hop.by, desk.zone) if hop else "",
            "delivered": local(one.delivered_at, desk.zone),
            "acknowledged": local(one.acknowledged_at, desk.zone),
            "remedy": one.remedy,
        }
    )
    table(
        ("turn", "what", "when", "where", "who", "said"),
        [
            (line.turn, line.kind.partition(".")[2], local(line.at, desk.zone), desk.names(line.node), line.by,
             "; ".join(f"{name}: {_said(desk, text)}" for name, text in line.data.items() if _worth_saying(name, text)))
            for line in story
        ],
        empty="",
    )  # fmt: skip


def _day(desk: Desk, one: Problem) -> object:
    """The day of the plan; without one, by when an answer is wanted."""
    wanted = one.escalation.by if one.escalation and not one.over else None
    return one.due or one.check_in or local(wanted, desk.zone)


def _said(desk: Desk, text: str) -> str:
    """A word of an entry; an instant in the time of this node."""
    return local(datetime.fromisoformat(text), desk.zone) if _INSTANT.match(text) else text


def _worth_saying(name: str, value: object) -> bool:
    """Whether people want to see a part of an entry: a word, and no hash of another one."""
    return name != "of" and isinstance(value, str) and bool(value)
