"""Who gets an entry next: a pure function of audience, author, path and tree."""

from collections.abc import Iterable, Mapping

from .events import Audience
from .nodes import Tree


def peers(audience: Audience, *, author: str, path: Iterable[str], came_from: str | None, tree: Tree) -> frozenset[str]:
    """The neighbours whose feed an entry joins, never the one it came from.

    `path` counts for the audience `path` only: the nodes that may know of the problem, as this node knows it now.
    An entry that came from the parent never goes up again, one from a child never down that way.
    """
    if audience is Audience.PATH:
        return frozenset(hop for key in path if (hop := tree.toward(key)) is not None) - {came_from}
    parent = tree.parent(tree.me)
    up = frozenset({parent} if parent and came_from != parent else ())
    down = frozenset(tree.children(tree.me)) - {came_from}
    below = author == tree.me or tree.me in tree.ancestors(author)
    match audience:
        case Audience.HERE:
            found: frozenset[str] = frozenset()
        case Audience.PARENT:
            found = up if author == tree.me else frozenset()
        case Audience.UP:
            found = up if below else frozenset()
        case Audience.DOWN:
            found = down if author == tree.me or author in tree.ancestors(tree.me) else frozenset()
        case Audience.KIN:
            above = author == tree.me or author in tree.ancestors(tree.me)
            found = (up if below else frozenset()) | (down if above else frozenset())
    return frozenset(found)


def beside(found: Iterable[str], *, author: str, came_from: str | None, spares: Mapping[str, str]) -> frozenset[str]:
    """Those neighbours and the spares of each: what one computer of a node is told or tells, its others are told too.

    `spares` gives the node of each spare among the neighbours. What the node itself wrote reaches its spares whoever
    brought it, also what goes no higher than its parent.
    """
    wide = set(found)
    for peer, node in spares.items():
        if came_from in {node, peer} or (came_from is not None and spares.get(came_from) == node):
            wide |= {node, peer}
        elif node in wide or node == author:
            wide.add(peer)
    return frozenset(wide) - {came_from}
