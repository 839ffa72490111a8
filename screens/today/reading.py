"""What Today reads, in a thread: the day of the node, and what people call the others."""

from collections.abc import Mapping
from dataclasses import dataclass

from wsq_huddle.services import todays
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.todays import Today


@dataclass(frozen=True)
class Seen:
    """All that Today shows. `names` is what people call the nodes, by key."""

    node: str
    tier: int
    parent: str | None
    today: Today
    names: Mapping[str, str]


def look(desk: Desk) -> Seen:
    tree = desk.tree()
    return Seen(
        node=desk.node,
        tier=desk.tier,
        parent=tree.parent(desk.node),
        today=todays.today(desk),
        names={key: node.name for key, node in tree.nodes.items()},
    )
