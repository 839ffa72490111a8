"""The hospital of the rehearsal: who is below whom, who works there, which number to ring, when they huddle.

executive ─┬─ cardiac ─┬─ 4-west   4-east   ccu   5-east
           ├─ surgery ─┴─ 6-south  recovery
           └─ biomed   (a support department: a node like any other)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

TOP = "executive"
FIRST = "4-west"
"""The node whose screens open when nobody names another."""

EMERGENCY = "5555"


@dataclass(frozen=True, kw_only=True)
class Place:
    """One node. The first of `people` leads its huddle, the second covers; `at` is a slot other than its tier's."""

    key: str
    name: str
    tier: int
    parent: str | None
    call: str
    people: tuple[str, ...]
    at: str = ""


PLACES = (
    Place(key=TOP, name="Executive", tier=3, parent=None, call="7700", people=("J. Cole", "R. Okafor")),
    Place(
        key="cardiac",
        name="Cardiac Services",
        tier=2,
        parent=TOP,
        call="4400",
        people=("S. Lind", "J. Whitfield"),
    ),
    Place(key="surgery", name="Surgery", tier=2, parent=TOP, call="4500", people=("N. Diaz", "H. Moreau")),
    Place(key="biomed", name="Biomed", tier=2, parent=TOP, call="4600", people=("T. Berg", "P. Novak"), at="07:30"),
    Place(
        key="4-west",
        name="4 West",
        tier=1,
        parent="cardiac",
        call="4452",
        people=("Ana R.", "Ben K.", "Lee M."),
    ),
    Place(
        key="4-east",
        name="4 East",
        tier=1,
        parent="cardiac",
        call="4454",
        people=("Mara S.", "Jon P."),
    ),
    Place(key="ccu", name="CCU", tier=1, parent="cardiac", call="4461", people=("Ida F.", "Omar H."), at="07:00"),
    Place(key="5-east", name="5 East", tier=1, parent="cardiac", call="4471", people=("Kim T.", "Noor A."), at="07:00"),
    Place(
        key="6-south",
        name="6 South",
        tier=1,
        parent="surgery",
        call="4562",
        people=("Eva L.", "Sam D."),
    ),
    Place(key="recovery", name="Recovery", tier=1, parent="surgery", call="4570", people=("Ute W.", "Max B.")),
)
"""Parents before their children: in this order they join."""

BY_KEY: Mapping[str, Place] = MappingProxyType({place.key: place for place in PLACES})
UNITS = tuple(place.key for place in PLACES if place.tier == 1)
HUBS = tuple(place.key for place in PLACES if any(other.parent == place.key for other in PLACES))
"""The nodes that others join: each runs a hub."""


def above(key: str) -> list[str]:
    """From the parent of a node up to the top."""
    found: list[str] = []
    parent = BY_KEY[key].parent
    while parent is not None:
        found.append(parent)
        parent = BY_KEY[parent].parent
    return found


def way(start: str, end: str) -> list[str]:
    """The nodes from one to another, both of them with it, over the first that is above both."""
    up, down = [start, *above(start)], [end, *above(end)]
    top = next(key for key in up if key in down)
    return [*up[: up.index(top) + 1], *reversed(down[: down.index(top)])]
