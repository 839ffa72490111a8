"""A spare's screens: keys that it has not are not shown, and a quiet line says what this computer is."""

from typing import TYPE_CHECKING, Any

from screens import keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screens.foot import Offer
    from screens.frame import DeskScreen

_MOVES = frozenset({"raised", "noted"})
_BESIDE = frozenset({"skip", "open_again", "join", "announce"})
REFUSED = frozenset(key.id for key in keys.TABLE if (key.move and key.move not in _MOVES) or key.id in _BESIDE)
"""The keys of what only the computer does that the node works on."""


def left(offers: "Sequence[Offer]") -> "list[Offer]":
    """Leave out what a spare has not."""
    return [offer for offer in offers if (offer if isinstance(offer, str) else offer[0]) not in REFUSED]


def names_refused(words: str) -> bool:
    """Say whether these words of ours name a key that a spare has not: `{plan} plan`."""
    return any(f"{{{key}}}" in words for key in REFUSED)


def banner(screen: "DeskScreen[Any]") -> str:
    """Say what this computer is, and the way out of it, where nothing else is to be said; empty if it is no spare."""
    program = screen.program
    if not program.spare or screen.form is not None:
        return ""
    key = keys.name(keys.BY_ID["huddle_here"], program.keys_given)
    return f"Spare of {screen.desk.name}: it raises, notes and answers. {key} Huddle here"
