"""Which earlier problems are like this one: shared words, weighted by how rare they are.

Plain arithmetic over words, so that SQLite and PostgreSQL, which only fetch the rows, give the same order.
The weight of a word is the logarithm of all problems over those that have it (Spärck Jones, 1972).
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from .text import words

OTHER = "other"
"""The kind of a problem that nothing speaks for."""

_DIGITS = 6


def rarity(counts: Mapping[str, int], total: int) -> dict[str, float]:
    """The weight of each word from the number of problems it is in, of `total` problems in all."""
    return {word: math.log(1 + total / max(count, 1)) for word, count in counts.items()}


def score(query: Collection[str], candidate: Collection[str], weights: Mapping[str, float]) -> float:
    """How much of what is asked for a candidate has, from 0 to 1; words without a weight count as 1."""
    asked = sorted(set(query))
    whole = math.fsum(weights.get(word, 1.0) for word in asked)
    if whole <= 0:
        return 0.0
    shared = math.fsum(weights.get(word, 1.0) for word in asked if word in candidate)
    return round(shared / whole, _DIGITS)


def ranked(
    query: Collection[str], candidates: Mapping[str, Collection[str]], weights: Mapping[str, float]
) -> list[tuple[str, float]]:
    """Candidates that share a word, best first; the later key first among equals, because ids grow with time."""
    scored = [(key, score(query, candidate, weights)) for key, candidate in candidates.items()]
    scored = [(key, points) for key, points in scored if points > 0]
    return sorted(sorted(scored, reverse=True), key=lambda pair: -pair[1])


def guess_category(title: str, earlier: Iterable[tuple[str, str]]) -> str:
    """The kind of a new problem, from (title, category) of earlier ones: each votes with how like it is.

    The first in the alphabet wins a draw; without a shared word it is `other`.
    """
    known = [(words(past), category) for past, category in earlier]
    counts = Counter(word for past, _ in known for word in past)
    weights = rarity(counts, len(known))
    votes: dict[str, list[float]] = {}
    for past, category in known:
        points = score(words(title) & counts.keys(), past, weights)
        if points > 0:
            votes.setdefault(category, []).append(points)
    return min(votes, key=lambda category: (-round(math.fsum(votes[category]), _DIGITS), category), default=OTHER)
