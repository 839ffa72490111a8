"""What the huddles of the three weeks answered: made up from a seed, mostly fine, as days on a ward are."""

import random
from dataclasses import dataclass

from wsq_huddle.domain.agendas import Card, Item, Kept, Kind
from wsq_huddle.domain.definitions import short


@dataclass(frozen=True)
class Said:
    """An answer as it is typed: with a note, and for events what is known of each."""

    raw: str
    note: str = ""
    cards: tuple[Card, ...] = ()
    did: tuple[str, ...] = ()


_MISSING = {
    "methods": ("two orders not signed", "new protocol not known on the late"),
    "equipment": ("one pump away", "bed alarm 12 dead", "monitor in repair"),
    "supplies": ("linen short", "gloves size M low", "blood tubes late"),
    "staff": ("one RN short until noon", "no aide on the late", "one new colleague"),
}
_USUAL = {
    "home-by-11": (14, 38),
    "sick-leave": (5, 8),
    "agency-hours": (180, 260),
    "hand-hygiene": (86, 97),
    "length-of-stay": (4, 5),
    "patients-boarding": (5, 12),
    "surgery-starts": (80, 93),
    "beds-open": (93, 99),
    "complaints": (0, 5),
    "pressure-injuries": (0, 2),
}
"""From and to of a measure's values; what counts harm is mostly none."""
_FALLS = {1: (0, 0, 0, 1, 1, 2), 2: (1, 2, 2, 3, 4), 3: (3, 4, 5, 6, 9)}

_CAUSES = {
    "fall": ("toileting", "toileting", "getting-up", "bed-alarm"),
    "pressure-injury": ("turning", "surface"),
    "medication": ("wrong-time", "mix-up", "pump"),
    "staff-hurt": ("lifting", "sharps"),
    "good-catch": ("label", "order", "equipment"),
}
_DID = {
    "fall": "hourly rounds until Friday",
    "pressure-injury": "turning plan at the bed",
    "medication": "second look at the pump",
    "staff-hurt": "lift moved closer",
    "good-catch": "thanked in the huddle",
}
_OFTEN = {"fall": 0.16, "pressure-injury": 0.07, "medication": 0.1, "staff-hurt": 0.05, "good-catch": 0.2}
_AHEAD = (
    "none",
    "two transfers before noon",
    "water off 22:00 to 02:00",
    "new pumps training at 14:00",
    "inspection on the floor above",
    "one admission from the night list",
)
_FINE = {Kind.ACTIONS: "done", Kind.PROBLEMS: "heard", Kind.ROLL_CALL: "heard", Kind.CHECK: "yes"}


def answered(  # noqa: PLR0911 - a return a kind
    item: Item, chance: random.Random, *, tier: int
) -> Said:
    """What is said to one line of a tier's huddle."""
    key = short(item.key)
    match item.kind:
        case Kind.READINESS:
            return _ready(key, chance)
        case Kind.MEASURE:
            return Said(str(_value(key, chance, tier)))
        case Kind.EVENTS:
            return _event(key, chance)
        case Kind.STANDARD:
            return Said(f"{chance.choice((8, 9, 9, 10, 10))} of 10")
        case Kind.COUNT:
            return Said(str(chance.randint(0, 4)))
        case Kind.TEXT:
            return Said(chance.choice(_AHEAD))
        case kind:
            return Said(_FINE.get(kind, "read-out"))


def _ready(key: str, chance: random.Random) -> Said:
    luck = chance.random()
    if luck < 0.86 or key not in _MISSING:  # noqa: PLR2004 - most mornings are fine
        return Said("met")
    return Said("attention" if luck < 0.97 else "not-met", note=chance.choice(_MISSING[key]))  # noqa: PLR2004 - as above


def _value(key: str, chance: random.Random, tier: int) -> int:
    if key == "falls":
        return chance.choice(_FALLS[tier])
    lowest, highest = _USUAL.get(key, (0, 0))
    if not highest:
        return int(chance.random() < 0.1)  # noqa: PLR2004 - harm is rare
    return chance.randint(lowest, highest)


def _event(key: str, chance: random.Random) -> Said:
    if chance.random() >= _OFTEN.get(key, 0.0):
        return Said("0")
    looked_into = chance.random() < 0.7  # noqa: PLR2004 - most events are looked into by the next huddle
    card = Card(
        shift=chance.choice(("early", "late", "night")),
        standard_kept=chance.choice((Kept.YES, Kept.NO, Kept.UNKNOWN)),
        cause=chance.choice(_CAUSES[key]) if looked_into else None,
        acted=looked_into,
    )
    return Said("1", cards=(card,), did=(_DID[key],) if looked_into else ())
