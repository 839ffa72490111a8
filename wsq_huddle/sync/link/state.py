"""What the screens say of the link: in touch, no network, or not accepted, and how much waits to be sent."""

from dataclasses import dataclass
from datetime import datetime

from wsq_huddle.domain.links import Touch, touch_at
from wsq_huddle.store.store import Store

__all__ = ["LinkState", "Touch", "state_of"]


@dataclass(frozen=True)
class LinkState:
    """`since` when it has been so; `why` a sentence, `code` its name; `waiting` what is not with the parent yet.

    `clock_offset`: by how many seconds the parent's clock is ahead of ours.
    """

    touch: Touch
    since: datetime | None = None
    last_contact: datetime | None = None
    why: str = ""
    code: str = ""
    waiting: int = 0
    clock_offset: float = 0.0


def state_of(store: Store) -> LinkState:
    """The state as the store has it: for whoever does not run the link itself."""
    row = store.look().one(
        "SELECT link.last_contact, link.trouble, link.state, link.clock_offset, link_out.out_head, link_out.out_acked"
        " FROM link LEFT JOIN link_out ON link_out.peer = link.peer WHERE link.role = 'parent'"
    )
    if row is None:
        return LinkState(Touch.ALONE)
    last = datetime.fromisoformat(row["last_contact"]) if row["last_contact"] else None
    waiting = (row["out_head"] or 0) - (row["out_acked"] or 0)
    touch = touch_at(store.clock(), last, trouble=bool(row["trouble"]))
    code, _, why = str(row["trouble"] or "").partition(": ")
    return LinkState(touch, last, last, why, code, waiting, row["clock_offset"] or 0.0)
