"""A spare PC: a second computer of a node, which shows what the node above knows and takes nobody's turn.

(invited) --spared--> spare --moved here--> the node's own computer
                        |
                        +--ended

What it writes is told apart by its device. It raises, notes, and answers the lines of its own node's huddle, so that
it is of use where the other computer or the network has gone; all else stays with the computer that the node works on.
"""

from collections.abc import Iterable

from . import announcements, huddles, problems
from .entries import Told
from .nodes import Spared

_MARK = "~"
"""Between the key of a node and the device of its spare; no key of a node has it."""

_PROBLEMS = (problems.Raised, problems.Noted, problems.Seen, problems.Alerted)
_HUDDLES = (huddles.Opened, huddles.Answered, huddles.Attended)
KINDS = frozenset(one.kind for one in (*_PROBLEMS, *_HUDDLES, announcements.Read))
"""What a spare writes. None of it takes a turn of a problem that is there already."""

VERBS = frozenset(name for name, event in problems.VERBS.items() if event.kind in KINDS) - {"alert"}
"""The verbs on a problem that is there already that a spare has; alerting is by rule, and rules do not run on it."""


def peer_of(node: str, device: str) -> str:
    """What the node above calls a spare among its neighbours: `4-west~ab12cd34`."""
    return f"{node}{_MARK}{device}"


def is_peer(peer: str) -> bool:
    return _MARK in peer


def node_of(peer: str) -> str:
    """The node that a neighbour is a computer of; that of any other neighbour is itself."""
    return peer.partition(_MARK)[0]


def device_of(peer: str) -> str:
    return peer.partition(_MARK)[2]


def invited_as(node: str) -> str:
    """What a code for a spare of a node stands under: it lets nobody in as the node itself, and no node as a spare."""
    return peer_of(node, "")


def words(name: str) -> str:
    """What somebody is told who asks a spare for more than it may do. `name` is what people call the node."""
    return (
        f"This is a spare of {name}: it raises problems, takes notes and answers, and takes no turn."
        " Huddle here moves the huddle to this computer."
    )


def devices(story: Iterable[Told], parent: str | None) -> frozenset[str]:
    """The devices of a node's spares by the story of the node: nobody but the node above it says which they are."""
    found: set[str] = set()
    for told in sorted(story, key=lambda told: told.order):
        event = told.event
        if not isinstance(event, Spared) or told.node != parent:
            continue
        if event.ended:
            found.discard(event.device)
        else:
            found.add(event.device)
    return frozenset(found)


def refusal(told: Told, begun: Told | None) -> str | None:
    """Why an entry does not count that a spare has written; `begun` is the first entry of its subject."""
    if told.kind not in KINDS:
        return f"a spare takes no turn; {told.kind} is for the computer that the node works on"
    match told.event:
        case problems.Raised() if told.turn != 1 or told.subject != problems.PREFIX + told.id:
            return "a spare raises problems of its own, and nothing else"
        case problems.Alerted() if begun is None or (begun.node, begun.device) != (told.node, told.device):
            return "a spare alerts others of what was raised on it, and of nothing else"
        case huddles.Opened() | huddles.Answered() | huddles.Attended() if not _ours(told):
            return "a spare speaks of the huddles of its own node"
        case _:
            return None


def _ours(told: Told) -> bool:
    place = huddles.parse_subject(told.subject)
    return place is not None and place[0] == told.node
