"""The log as it was written: looked at, taken out line by line, and the made tables made anew from it."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from wsq_huddle.domain.codec import Malformed
from wsq_huddle.domain.entries import Entry
from wsq_huddle.domain.entries import read as read_entry
from wsq_huddle.domain.events import Unknown, facts_of, typed_in
from wsq_huddle.domain.records import record
from wsq_huddle.domain.text import spelled
from wsq_huddle.store import verifying
from wsq_huddle.store.reader import Row
from wsq_huddle.store.verifying import Verified

from .desk import Desk

PAGE = 500
_COLUMNS = (
    "arrival, id, subject, kind, audience, node, device, seq, turn, tick, at, hash, head, text, seal, received_at"
)


@record(kw_only=True)
class Written:
    """One entry with what it says. `arrival` is its place in this store; `received_from` the peer it came from.

    `data` holds facts and words; it is empty where the entry cannot be read any more, which `verify` tells of.
    """

    id: str
    arrival: int
    subject: str
    kind: str
    audience: str
    node: str
    device: str
    seq: int
    turn: int | None
    tick: int | None
    by: str
    at: datetime
    hash: str
    received_at: datetime
    received_from: str | None
    parked: bool
    data: dict[str, Any]


def latest(desk: Desk, *, subject: str = "", limit: int = 50) -> list[Written]:
    """The last entries of the log, or of all subjects that begin so; in the order they came to be here."""
    sql = (
        f"SELECT {_COLUMNS}, received_from, parked FROM entry"  # noqa: S608 - our own names
        " WHERE substr(subject, 1, :length) = :subject ORDER BY arrival DESC LIMIT :limit"
    )
    rows = desk.look().rows(sql, length=len(subject), subject=subject, limit=limit)
    return [_written(row) for row in reversed(rows)]


def lines(desk: Desk) -> Iterator[str]:
    """Every entry as one line of JSON with the texts as they were written, in the order they came to be here."""
    last = 0
    sql = "SELECT arrival, head, text, seal, received_at, received_from FROM entry WHERE arrival > :last"
    while rows := desk.look().rows(f"{sql} ORDER BY arrival LIMIT :limit", last=last, limit=PAGE):
        for row in rows:
            last = int(row["arrival"])
            yield spelled(json.dumps(dict(row), ensure_ascii=False, separators=(",", ":")))


def verify(desk: Desk) -> Verified:
    """Look over every entry: its hash, its seal, its place in the chain of its device."""
    return verifying.verify(desk.look(), desk.store.secrets)


def rebuild(desk: Desk) -> int:
    """Drop the made tables and make them again from the log; gives the number of subjects."""
    from wsq_huddle.store.projecting import rebuild as make_anew  # noqa: PLC0415 - SQLAlchemy, only here

    with desk.recording() as writing:
        return make_anew(writing.transaction)


def _written(row: Row) -> Written:
    by, data = "", {}
    try:
        told = read_entry(Entry(row["head"], row["text"], row["seal"]))
    except Malformed:
        pass
    else:
        by, event = told.by, told.event
        data = dict(event.facts) if isinstance(event, Unknown) else facts_of(event) | typed_in(event)
    return Written(
        id=row["id"],
        arrival=row["arrival"],
        subject=row["subject"],
        kind=row["kind"],
        audience=row["audience"],
        node=row["node"],
        device=row["device"],
        seq=row["seq"],
        turn=row["turn"],
        tick=row["tick"],
        by=by,
        at=datetime.fromisoformat(row["at"]),
        hash=row["hash"],
        received_at=datetime.fromisoformat(row["received_at"]),
        received_from=row["received_from"],
        parked=bool(row["parked"]),
        data=data,
    )
