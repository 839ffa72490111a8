"""Who stands in for a node outside its days and hours, as people are told it: a name, and the number to ring."""

from wsq_huddle.domain.calendars import stand_in_at
from wsq_huddle.domain.definitions import Sort, calendar_of
from wsq_huddle.domain.nodes import State, Tree
from wsq_huddle.domain.records import record

from . import definitions
from .desk import Desk


@record(kw_only=True)
class StandIn:
    """The node that covers for another one now; `call` is empty where it has told no number."""

    node: str
    name: str
    call: str = ""

    @property
    def words(self) -> str:
        """Say it in a few words: `Nursing supervisor stands in, ring 4400`."""
        return f"{self.name} stands in{f', ring {self.call}' if self.call else ''}"


def node_for(desk: Desk, tree: Tree, node: str) -> str | None:
    """The node that covers for another one now, if that is a place that can be told; None while it works itself."""
    sets = definitions.sets(desk, owners=[node], sorts=[Sort.WINDOW], earlier=False)
    covers = stand_in_at(calendar_of(sets, node), desk.now())
    known = tree.nodes.get(covers) if covers else None
    return known.key if known is not None and known.state is not State.REVOKED and known.key != node else None


def beyond(desk: Desk, tree: Tree) -> list[str]:
    """Who may be told after this node was: the tiers above it, who stands in for any of them; itself comes first."""
    line = [desk.node, *tree.ancestors(desk.node)]
    sets = definitions.sets(desk, owners=line, sorts=[Sort.STAND_INS], earlier=False)
    covers = [str(said.get("node")) for one in sets for said in one.definitions]
    return list(dict.fromkeys([*line, *covers]))
