"""What a node declares for itself and all below it: its agenda, measures, standards, slots, words and people.

(declared in huddle.toml) --published--> edition 1 --published--> edition 2 ...

An owner's set of one sort is replaced whole. In force at a node: all ancestors' from the top, then its own.
"""

from .reading import (
    Calendar,
    Defined,
    Direction,
    Measure,
    Said,
    Slot,
    Standard,
    Window,
    Word,
    full,
    number,
    short,
    text,
    tiers,
)
from .sets import (
    DefinitionSet,
    Published,
    Sort,
    calendar_of,
    editions_of,
    evolve,
    fold,
    in_force,
    measures_of,
    publish,
    slots_of,
    standards_of,
    subject_of,
    window_of,
    words_of,
)

__all__ = [
    "Calendar",
    "Defined",
    "DefinitionSet",
    "Direction",
    "Measure",
    "Published",
    "Said",
    "Slot",
    "Sort",
    "Standard",
    "Window",
    "Word",
    "calendar_of",
    "editions_of",
    "evolve",
    "fold",
    "full",
    "in_force",
    "measures_of",
    "number",
    "publish",
    "short",
    "slots_of",
    "standards_of",
    "subject_of",
    "text",
    "tiers",
    "window_of",
    "words_of",
]
