"""What this node and those above it have declared: agendas, measures, slots, words, numbers to ring."""

from wsq_huddle.domain import definitions
from wsq_huddle.domain.definitions import DefinitionSet
from wsq_huddle.store.rows import thawed

from .desk import Desk


def sets(desk: Desk) -> tuple[DefinitionSet, ...]:
    """All sets that this node knows of, its own, those of its ancestors and those below."""
    rows = desk.look().rows("SELECT owner, sort, edition, definitions, earlier FROM definition ORDER BY subject")
    return tuple(thawed(DefinitionSet, row) for row in rows)


def line(desk: Desk, node: str | None = None) -> list[str]:
    """From the top of the hospital down to a node, by default this one: whose definitions are in force there."""
    tree = desk.tree()
    key = node or desk.node
    return [*reversed(tree.ancestors(key)), key]


def publish(desk: Desk) -> int:
    """Publish what huddle.toml says and the log does not say yet; gives the number of sorts that changed."""
    declared = desk.settings.definitions()
    known = {one.sort: one for one in sets(desk) if one.owner == desk.node}
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
