"""Figures of how the huddles work: counted per node, with medians, never ranked.

A figure is a question to those whose work it is. What nothing was counted of has no figure (None), never 0 %; more
problems raised is never worse. `meanings` defines each of them.
"""

from .counting import (
    ALL_BUT,
    ENOUGH,
    Answers,
    Case,
    Figures,
    Huddles,
    Part,
    Place,
    Problems,
    Tally,
    ask_up,
    count,
    count_huddles,
    count_problems,
    median,
    silent,
    tally,
)
from .meanings import MEANINGS, Meaning, meaning
from .showing import as_json

__all__ = [
    "ALL_BUT",
    "ENOUGH",
    "MEANINGS",
    "Answers",
    "Case",
    "Figures",
    "Huddles",
    "Meaning",
    "Part",
    "Place",
    "Problems",
    "Tally",
    "as_json",
    "ask_up",
    "count",
    "count_huddles",
    "count_problems",
    "meaning",
    "median",
    "silent",
    "tally",
]
