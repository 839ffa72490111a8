"""What people call the places that a problem passes through: told along, because not everybody's tree has them all.

The tree goes up and down and never sideways, so that a support department does not know the unit that asks it. Who
hands a problem over says how the places are called that it names; who is on the path shows that where its own tree
says nothing. A place's own word counts more than what others call it.
"""

from collections.abc import Iterable, Mapping

from wsq_huddle.domain.entries import NAME_LIMIT, Told
from wsq_huddle.domain.nodes import Tree
from wsq_huddle.domain.records import record
from wsq_huddle.domain.text import one_line


@record(kw_only=True)
class Heard:
    """A name for a place, as the entries of one problem say it; `own` when the place said so itself."""

    node: str
    name: str
    own: bool


def names_of(tree: Tree, *nodes: str | None) -> dict[str, str]:
    """What the node of this tree calls the places that its entry names; those it has no name for are left out."""
    called = {node: one_line(tree.called(node))[:NAME_LIMIT].strip() for node in (tree.me, *nodes) if node}
    return {node: name for node, name in called.items() if name and name != node}


def heard_in(told: Told) -> tuple[Heard, ...]:
    """The names that one entry tells, of its author and of those it names itself; whatever else it says is left out."""
    event = told.event
    said: Mapping[str, str] = getattr(event, "names", None) or {}
    if not said:
        return ()
    mentioned = dict.fromkeys((told.node, told.to, getattr(event, "tells", None), *getattr(event, "via", ())))
    found = []
    for node in mentioned:
        name = one_line(said.get(node, "")) if node is not None else ""
        if node is not None and name and len(name) <= NAME_LIMIT:
            found.append(Heard(node=node, name=name, own=node == told.node))
    return tuple(found)


def agreed(heard: Iterable[Heard]) -> tuple[Heard, ...]:
    """One name for each place: its own last word, else what was said of it first; by the key of the place."""
    found: dict[str, Heard] = {}
    for one in heard:
        if one.own or one.node not in found:
            found[one.node] = one
    return tuple(found[node] for node in sorted(found))
