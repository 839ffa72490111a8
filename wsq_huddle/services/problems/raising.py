"""Raising a problem, and whom it tells in the same breath without asking anything of them.

what is needed now    alerts the next tier, and who stands in for it where it is closed
a safety event        the next tier gets to know; of one that is reportable every tier, at once
after the huddle      the next tier gets to know: nobody reads it out any more
"""

from collections.abc import Callable, Iterator

from wsq_huddle.domain import agendas, problems
from wsq_huddle.domain.agendas import Item, Kind
from wsq_huddle.domain.definitions import Sort, short
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.nodes import Tree
from wsq_huddle.domain.problems import Mode, Problem, Urgency
from wsq_huddle.domain.similar import OTHER
from wsq_huddle.errors import NotFound
from wsq_huddle.services import definitions, standins
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.texts import fact

from .looking import read

SAFETY = "safety"
"""The kind of problem that a safety event is."""


def raise_at(  # noqa: PLR0913 - what people say of a problem
    desk: Desk,
    *,
    title: str,
    detail: str = "",
    category: str = "other",
    urgency: Urgency = Urgency.TODAY,
    reference: str | None = None,
    about: str | None = None,
    event: str = "",
    to_know: bool = False,
) -> Problem:
    """Raise a problem here. One that is needed now alerts the next tier in the same breath.

    `event` is the key of a kind of safety event (`events`); `to_know` tells the next tier of any other problem. To tell
    is a turn of the holder, and on a spare none is taken: there it is raised, and alerts where it is needed now.
    """
    tree = desk.tree()
    kind = event_named(desk, event) if event else None
    if kind is not None:
        category, about = SAFETY, kind.key
        urgency = Urgency.NOW if kind.reportable else urgency
    raised = problems.raise_at(
        tree,
        title=title,
        detail=detail,
        category=fact(category, "kind") or OTHER,
        urgency=urgency,
        reference=fact(reference or "", "reference number") or None,
        about=about,
    )
    above = tree.parent(desk.node)
    covers = standins.node_for(desk, tree, above) if above and urgency is Urgency.NOW else None
    with desk.recording() as writing:
        told = writing.recorder.write(desk.author, raised, problems.PREFIX)
        for verb in _telling(tree, urgency, kind, to_know=to_know, covers=covers, turns=not desk.spare):
            writing.recorder.write(desk.author, verb(writing.recorder.state(told.subject)), told.subject)
    return read(desk, told.subject)


def events(desk: Desk) -> tuple[Item, ...]:
    """The kinds of safety event that this node's huddle asks for; what is welcome, such as good catches, is none."""
    line = definitions.line(desk)
    sets = definitions.sets(desk, owners=line, sorts=(Sort.ITEMS,), earlier=False)
    items = agendas.agenda(sets, line, tier=desk.tier)
    return tuple(item for item in items if item.kind is Kind.EVENTS and not item.good)


def event_named(desk: Desk, key: str) -> Item:
    """The kind of safety event that a key means, long or short."""
    known = events(desk)
    found = [item for item in known if key in {item.key, short(item.key)}]
    if not found:
        among = ", ".join(short(item.key) for item in known) or "none"
        raise NotFound(f"There is no kind of event {key!r} at {desk.name}. There is {among}.")
    return found[0]


def _telling(  # noqa: PLR0913 - all that it goes by
    tree: Tree, urgency: Urgency, kind: Item | None, *, to_know: bool, covers: str | None, turns: bool
) -> Iterator[Callable[[Problem], Event]]:
    """What follows the raising by itself; the highest tier that is told comes last."""
    above = tree.ancestors(tree.me)
    if not above:
        return
    if turns and (kind is not None or (to_know and urgency is not Urgency.NOW)):
        yield lambda problem: problems.escalate(problem, tree, mode=Mode.AWARENESS)
    if urgency is Urgency.NOW:
        tiers = above if kind is not None and kind.reportable else above[:1]
        standing_in = [covers] if covers and covers not in {tree.me, *tiers} else []
        for tier in (*tiers[:1], *standing_in, *tiers[1:]):
            yield lambda problem, tier=tier: problems.alert(problem, tree, to=tier)  # type: ignore[misc]  # bound at once
