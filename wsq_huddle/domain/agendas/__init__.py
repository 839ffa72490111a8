"""What a huddle asks, step by step, what counts as an answer, and what it leaves to do.

from-above --> targets --> status --> plan --> help
                             |         ^        ^
                             +---------+--------+    not met, not ready, not looked into: a line there by itself
"""

from .answers import (
    HEARD,
    NOTHING,
    READ_OUT,
    WATCH,
    Answer,
    Card,
    Kept,
    Mark,
    happened,
    looked_into,
    marked,
    remarked,
    tamed,
    with_targets,
)
from .checking import Checked, check_answer, fine
from .items import (
    CLOSING,
    DELTA,
    LISTS,
    PLUS,
    THANKS,
    TODAY,
    Item,
    Kind,
    Step,
    agenda,
    find,
    kind_of,
    listed,
    read_item,
    step_of,
    target_of,
)
from .lines import Line, Why, lines, reason

__all__ = [
    "CLOSING",
    "DELTA",
    "HEARD",
    "LISTS",
    "NOTHING",
    "PLUS",
    "READ_OUT",
    "THANKS",
    "TODAY",
    "WATCH",
    "Answer",
    "Card",
    "Checked",
    "Item",
    "Kept",
    "Kind",
    "Line",
    "Mark",
    "Step",
    "Why",
    "agenda",
    "check_answer",
    "find",
    "fine",
    "happened",
    "kind_of",
    "lines",
    "listed",
    "looked_into",
    "marked",
    "read_item",
    "reason",
    "remarked",
    "step_of",
    "tamed",
    "target_of",
    "with_targets",
]
