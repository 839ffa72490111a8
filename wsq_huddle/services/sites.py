"""What forms and lines say of places without asking the store at every key: names, who is above, numbers to ring."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta
from string import ascii_lowercase

from wsq_huddle.domain.calendars import stand_in_at
from wsq_huddle.domain.definitions import Calendar, Sort, calendar_of, short, words_of
from wsq_huddle.domain.nodes import Node, State
from wsq_huddle.domain.records import record

from . import definitions, problems, whens
from .desk import Desk
from .standins import StandIn


@record
class Kind:
    """A kind of problem and the letter that chooses it."""

    key: str
    letter: str
    name: str


@record
class Event:
    """A kind of safety event; of one that is `reportable` every tier is told at once."""

    key: str
    name: str
    reportable: bool = False


@record
class Site:
    """The places a node knows of; `others` are those it can hand a problem to, by key, `call` their numbers to ring.

    `people` are the nodes whose people are named on the screens, everybody's where it is None.
    `next_huddle` is when this node meets next, `above_meets` when the tier above does; `hours` are the calendars of
    those for whom somebody stands in.
    """

    node: str = ""
    name: str = ""
    tier: int = 1
    parent: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[Kind, ...] = ()
    events: tuple[Event, ...] = ()
    emergency: str = ""
    next_huddle: datetime | None = None
    above_meets: datetime | None = None
    call: Mapping[str, str] = field(default_factory=dict)
    hours: Mapping[str, Calendar] = field(default_factory=dict)
    people: frozenset[str] | None = None
    quick_hit: timedelta = timedelta(hours=72)
    """How long what has no plan may wait."""
    spare: bool = False
    """This computer is a spare of its node."""

    def name_of(self, key: str) -> str:
        """What people call a node; its key when nobody said."""
        return self.names.get(key, key)

    def person(self, key: str, by: str) -> str:
        """The name of somebody who signed at a node; empty where the screens show the node and not the person."""
        return by if self.people is None or key in self.people else ""

    def signed(self, key: str, by: str) -> str:
        """Where something was entered, and by whom where that is shown: `4 West, Ana R.`, above a unit `4 West`."""
        place = self.name_of(key)
        # Who signs as the role has the place in it already: `4 West charge nurse`.
        who = f"{self.person(key, by)} ".removeprefix(f"{place} ").rstrip(" ")
        return f"{place}, {who}" if who else place

    @property
    def above(self) -> str:
        """The name of the next tier; empty at the top."""
        return self.name_of(self.parent) if self.parent else ""

    def stand_in(self, key: str, at: datetime) -> StandIn | None:
        """Who covers for a node at an instant; None while it works, or when nobody does."""
        covers = stand_in_at(self.hours[key], at) if key in self.hours else None
        if not covers:
            return None
        call = self.hours[key].stand_in_call or self.call.get(covers, "")
        return StandIn(node=covers, name=self.name_of(covers), call=call)

    def ring(self, key: str, at: datetime) -> str:
        """The number to ring to reach a node at an instant: outside its hours that of who stands in."""
        covers = self.stand_in(key, at)
        if covers is not None and covers.call:
            return covers.call
        known = (one.stand_in_call for one in self.hours.values() if one.stand_in == key)
        return self.call.get(key) or next(filter(None, known), "")

    def kind(self, key: str) -> str:
        """What people call a kind of problem."""
        return next((kind.name for kind in self.kinds if kind.key == key), key)


def kinds(desk: Desk) -> tuple[Kind, ...]:
    """The kinds of problem in force here: those of this node, then what the nodes above have added.

    A unit's own word stays as it is; a letter that is taken gives way to a free one.
    """
    found = {one.key: Kind(one.key, one.letter, one.name) for one in desk.settings.categories}
    above = definitions.line(desk)[:-1]
    sets = definitions.sets(desk, owners=above, sorts=(Sort.CATEGORIES,), earlier=False) if above else ()
    for word in words_of(sets, Sort.CATEGORIES, above):
        key = short(word.key)
        if key not in found:
            taken = {kind.letter for kind in found.values()}
            wanted = (word.letter, *word.name.casefold(), *ascii_lowercase)
            letter = next((one for one in wanted if one in ascii_lowercase and one and one not in taken), "")
            found[key] = Kind(key, letter, word.name)
    return tuple(found.values())


def read(desk: Desk) -> Site:
    tree = desk.tree()
    parent = tree.parent(desk.node)
    sets = definitions.sets(desk, sorts=(Sort.PHONES, Sort.WINDOW, Sort.STAND_INS), earlier=False)
    phones = {one.owner: dict(one.definitions[0]) for one in sets if one.sort == Sort.PHONES and one.definitions}
    covered = {one.owner for one in sets if one.sort == Sort.STAND_INS and one.definitions}
    emergency = desk.settings.node.emergency
    for key in reversed(definitions.line(desk)):
        emergency = emergency or str(phones.get(key, {}).get("emergency") or "")
    known = sorted(tree.nodes.values(), key=lambda node: (node.name.casefold(), node.key))
    return Site(
        node=desk.node,
        name=desk.name,
        tier=desk.tier,
        parent=parent,
        names={**tree.heard, **{node.key: node.name for node in known}},
        others={node.key: node.name for node in known if node.key != desk.node and node.state is not State.REVOKED},
        kinds=kinds(desk),
        events=tuple(Event(item.key, item.ask, item.reportable) for item in problems.events(desk)),
        emergency=emergency,
        next_huddle=whens.next_huddle(desk, desk.now()),
        above_meets=whens.next_huddle(desk, desk.now(), parent) if parent in tree.nodes else None,
        call={owner: str(phone["call"]) for owner, phone in phones.items() if phone.get("call")},
        people=_people(desk, known),
        quick_hit=timedelta(hours=desk.settings.rules.quick_hit_hours),
        spare=desk.spare,
        hours={owner: calendar_of([one for one in sets if one.owner == owner], owner) for owner in covered},
    )


def _people(desk: Desk, known: list[Node]) -> frozenset[str] | None:
    """At a unit everybody is named; above it ourselves and our equals, not the people of the units."""
    if desk.tier == 1 or desk.settings.screens.people:
        return None
    return frozenset({desk.node, *(node.key for node in known if node.tier >= desk.tier)})
