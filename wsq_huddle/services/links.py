"""The links to the neighbours, as the screens tell of them: in touch, no network, or not accepted; and what waits.

Cheap enough for every look: two tables with a row for each neighbour.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from wsq_huddle.domain.links import Touch, touch_at
from wsq_huddle.domain.records import record

from .desk import Desk

if TYPE_CHECKING:
    from wsq_huddle.store.reader import Row

_LINKS = (
    "SELECT link.peer, link.role, link.state, link.last_contact, link.trouble, link.clock_offset,"
    " link_out.out_head, link_out.out_acked,"
    " (SELECT COUNT(*) FROM refusal WHERE refusal.peer = link.peer) AS refused"
    " FROM link LEFT JOIN link_out ON link_out.peer = link.peer WHERE link.role IN ('parent', 'child')"
)


@record(kw_only=True)
class Link:
    """One neighbour. `waiting` is what it has not got yet, `refused` what it did not accept, `why` a sentence for IT.

    `clock_offset`: by how many seconds its clock is ahead of ours.
    """

    touch: Touch
    peer: str = ""
    name: str = ""
    last_contact: datetime | None = None
    waiting: int = 0
    refused: int = 0
    why: str = ""
    clock_offset: float = 0.0


def up(desk: Desk) -> Link:
    """The link to the node above."""
    row = desk.look().one(f"{_LINKS} AND link.role = 'parent'")
    return _link(desk, row) if row else Link(touch=Touch.ALONE)


def down(desk: Desk) -> tuple[Link, ...]:
    """The links to the nodes below that are not shut out."""
    rows = desk.look().rows(f"{_LINKS} AND link.role = 'child' AND link.state <> 'revoked' ORDER BY link.peer")
    return tuple(_link(desk, row) for row in rows)


def astray(desk: Desk) -> list[str]:
    """The neighbours whose clock is too far from ours, a sentence each: the times on entries mislead people then.

    Order never goes by clocks, so nothing else is wrong; IT can set them.
    """
    most = timedelta(minutes=desk.settings.rules.clock_minutes)
    return [
        f"The clock of {one.name} is {abs(one.clock_offset) / 60:.0f} min"
        f" {'ahead of' if one.clock_offset > 0 else 'behind'} ours. Ask IT to set the one that is wrong."
        for one in (up(desk), *down(desk))
        if timedelta(seconds=abs(one.clock_offset)) > most
    ]


def _link(desk: Desk, row: "Row") -> Link:
    last = datetime.fromisoformat(row["last_contact"]) if row["last_contact"] else None
    _, _, why = str(row["trouble"] or "").partition(": ")
    touch = touch_at(desk.now(), last, trouble=bool(row["trouble"]) or row["state"] != "active")
    if touch is Touch.NOT_ACCEPTED:
        why = why or _WHY.get(row["state"], "The node above does not let us in.")
    return Link(
        touch=touch,
        peer=row["peer"],
        name=desk.names(row["peer"]),
        last_contact=last,
        waiting=(row["out_head"] or 0) - (row["out_acked"] or 0),
        refused=row["refused"],
        why=why,
        clock_offset=row["clock_offset"] or 0.0,
    )


_WHY = {
    "revoked": "This node was shut out; IT can let it in again with a new code.",
    "fenced": "Another computer took this node's place; IT can say which one counts.",
    "diverged": "The two ends of this link do not have the same entries; IT has to look.",
}
