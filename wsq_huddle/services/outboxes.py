"""What has not reached its neighbour yet, and what a neighbour refused: nothing is ever dropped without a word."""

from datetime import datetime

from wsq_huddle.domain.records import record
from wsq_huddle.errors import NotFound
from wsq_huddle.store.reader import Row

from .desk import SHORT, Desk

_WAITING = (
    "SELECT item.entry_id AS id, item.peer, item.n, entry.kind, entry.subject, item.queued_at, NULL AS refused"
    " FROM feed_item AS item"
    " JOIN link_out ON link_out.peer = item.peer AND link_out.epoch = item.epoch"
    " JOIN entry ON entry.id = item.entry_id"
    " WHERE item.n > link_out.out_acked ORDER BY item.queued_at, item.peer, item.n LIMIT :limit"
)
_REFUSED = (
    "SELECT refusal.entry_id AS id, refusal.peer, refusal.n, entry.kind, entry.subject, refusal.at AS queued_at,"
    " refusal.reason AS refused"
    " FROM refusal LEFT JOIN entry ON entry.id = refusal.entry_id ORDER BY refusal.at, refusal.peer, refusal.n"
)
MOST = 10_000


@record(kw_only=True)
class Waiting:
    """One entry on its way to a neighbour: number `n` of its feed. `refused` says why it was not taken."""

    id: str
    peer: str
    n: int
    kind: str
    subject: str
    queued_at: datetime
    refused: str | None


def listed(desk: Desk, *, refused: bool = False, limit: int = MOST) -> list[Waiting]:
    """What was refused, then what waits, the oldest first; with `refused` only the former."""
    found = [_waiting(row) for row in desk.look().rows(_REFUSED)]
    if not refused:
        found += [_waiting(row) for row in desk.look().rows(_WAITING, limit=limit)]
    return found


def count(desk: Desk) -> int:
    """How many entries wait for a neighbour; a spare that is switched off is none that anybody waits for."""
    sql = "SELECT COALESCE(SUM(out_head - out_acked), 0) AS n FROM link_out WHERE peer NOT LIKE '%~%'"
    row = desk.look().one(sql)
    return int(row["n"]) if row else 0


def find(desk: Desk, shortened: str) -> Waiting:
    """The refused entry that a shortened id means."""
    if len(shortened) < SHORT:
        raise NotFound(f"{shortened!r} is too short: give at least {SHORT} characters of the id.")
    found = [one for one in listed(desk, refused=True) if one.id.startswith(shortened)]
    if not found:
        raise NotFound(f"Nothing that was refused has the id {shortened}.")
    if len({one.id for one in found}) > 1:
        raise NotFound(f"More than one entry begins with {shortened}: give more of the id.")
    return found[0]


def retry(desk: Desk, shortened: str) -> list[Waiting]:
    """Send what was refused once more, to all who refused it; gives its places in the outbox."""
    from wsq_huddle.store.retrying import send_again  # noqa: PLC0415 - SQLAlchemy, only here

    wanted = find(desk, shortened).id
    with desk.recording() as writing:
        for one in listed(desk, refused=True):
            if one.id == wanted:
                send_again(writing.transaction, one.peer, one.id)
    return [one for one in listed(desk) if one.id == wanted]


def _waiting(row: Row) -> Waiting:
    return Waiting(
        id=row["id"],
        peer=row["peer"],
        n=row["n"],
        kind=row["kind"] or "",
        subject=row["subject"] or "",
        queued_at=datetime.fromisoformat(row["queued_at"]),
        refused=row["refused"],
    )
