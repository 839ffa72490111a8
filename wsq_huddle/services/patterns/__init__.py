"""Patterns among what came up: look at them, deal with all of one at once, and let a late one join.

Nothing of a pattern is stored: it is found anew in the problems, and what was done with it stands in the story of each
member. So deputies at the same store, a rebuilt table and a new PC see the same one.
"""

from .looking import Deal, Gathered, Member, dealt, find, listed, nearest
from .verbs import acknowledge, assign, escalate, give_back, join, join_all, plan, resolve

__all__ = [
    "Deal",
    "Gathered",
    "Member",
    "acknowledge",
    "assign",
    "dealt",
    "escalate",
    "find",
    "give_back",
    "join",
    "join_all",
    "listed",
    "nearest",
    "plan",
    "resolve",
]
