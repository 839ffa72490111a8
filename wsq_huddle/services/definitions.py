"""What this node and those above it have declared: agendas, measures, slots, words, numbers to ring."""

from collections.abc import Collection

from wsq_huddle.domain import definitions
from wsq_huddle.domain.definitions import DefinitionSet
from wsq_huddle.store.reader import listed
from wsq_huddle.store.rows import thawed

from .desk import Desk


def sets(
    desk: Desk, *, owners: Collection[str] = (), sorts: Collection[str] = (), earlier: bool = True
) -> tuple[DefinitionSet, ...]:
    """The sets that this node knows of: all, or those of some owners or sorts; without `earlier` only as they are now.

    A hospital has thousands: whoever shows something asks for what it needs.
    """
    where = ["1 = 1"]
    parameters: dict[str, str] = {}
    for column, wanted in (("owner", owners), ("sort", sorts)):
        if wanted:
            names, values = listed(wanted, column)
            where.append(f"{column} IN ({names})")
            parameters |= values
    columns = "owner, sort, edition, definitions" + (", earlier" if earlier else "")
    sql = f"SELECT {columns} FROM definition WHERE {' AND '.join(where)} ORDER BY subject"  # noqa: S608 - our own words
    return tuple(thawed(DefinitionSet, row) for row in desk.look().rows(sql, **parameters))


def line(desk: Desk, node: str | None = None) -> list[str]:
    """From the top of the hospital down to a node, by default this one: whose definitions are in force there."""
    tree = desk.tree()
    key = node or desk.node
    return [*reversed(tree.ancestors(key)), key]


def publish(desk: Desk) -> int:
    """Publish what huddle.toml says and the log does not say yet; gives the number of sorts that changed.

    A spare publishes nothing: what its node declares comes from the computer that the node works on.
    """
    if desk.spare:
        return 0
    declared = desk.settings.definitions()
    known = {one.sort: one for one in sets(desk, owners=[desk.node], earlier=False)}
    stale = [sort for sort, now in declared.items() if _event(desk, known.get(sort), sort, now) is not None]
    if not stale:
        return 0
    with desk.recording() as writing:
        writing.transaction.lock(definitions.subject_of(desk.node, sort) for sort in stale)
        changed = 0
        for sort in stale:
            subject = definitions.subject_of(desk.node, sort)
            event = _event(desk, writing.recorder.state(subject), sort, declared[sort])
            if event is not None:
                writing.recorder.write("", event, subject)
                changed += 1
    return changed


def _event(
    desk: Desk, previous: DefinitionSet | None, sort: str, declared: list[dict[str, object]]
) -> definitions.Published | None:
    return definitions.publish(previous, owner=desk.node, sort=sort, definitions=declared)
