"""Thank you, good catch; what went well and what to change: the words of the units below, and how often further up."""

from datetime import date
from typing import TYPE_CHECKING

from wsq_huddle.domain.agendas import CLOSING
from wsq_huddle.domain.huddles import Huddle
from wsq_huddle.domain.records import record
from wsq_huddle.store.reader import listed
from wsq_huddle.store.rows import field_of

from .desk import Desk
from .places import Places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .huddles import Sitting

_KINDS = tuple(item.key for item in CLOSING)


@record(kw_only=True)
class Said:
    """What was said at the end of a huddle; `kind` is thanks, plus or delta."""

    node: str
    name: str
    kind: str
    text: str


def words(desk: Desk, on: date, places: Places | None = None) -> tuple[Said, ...]:
    """The words of the units directly below, of one day, thanks first; those of departments are only counted."""
    known = places or Places(desk)
    units = [key for key in known.tree.children(desk.node) if not known.tree.children(key)]
    if not units:
        return ()
    names, values = listed(units)
    sql = f'SELECT node, answers FROM huddle WHERE "on" = :day AND node IN ({names}) ORDER BY node, name'  # noqa: S608 - placeholders
    found = [
        Said(node=row["node"], name=known.tree.nodes[row["node"]].name, kind=one.item, text=one.words)
        for row in desk.look().rows(sql, day=on.isoformat(), **values)
        for one in field_of(Huddle, "answers", row)
        if one.item in _KINDS and one.words
    ]
    order = ("thanks", "plus", "delta")
    return tuple(sorted(found, key=lambda one: order.index(one.kind)))


def counts(desk: Desk, one: "Sitting") -> "Mapping[str, int]":
    """In how many huddles of ours and below there was a thank you, something that went well, something to change."""
    from . import huddles  # noqa: PLC0415 - it sums up; each looks at the other

    told = huddles.summary_of(desk, one).spread.said
    return {kind: told.get(kind, 0) for kind in _KINDS}
