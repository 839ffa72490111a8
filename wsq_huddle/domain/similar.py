"""Which earlier problems are like this one: shared words, weighted by how rare they are.

Plain arithmetic over words, so that SQLite and PostgreSQL, which only fetch the rows, give the same order.
The weight of a word is the logarithm of all problems over those that have it (Spärck Jones, 1972).
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from .topics import BROAD, LITTLE, said

OTHER = "other"
"""The kind of a problem that nothing speaks for."""

_DIGITS = 6

_QUIET = 0.25
"""What a word such as `short` or `missing` weighs: a quarter errs least on the labelled list."""

_VOTES = 3

LIKE = 0.34
"""How like a problem an earlier one must be to be called similar, and to have a vote about its kind."""

_USUAL = 0.6
"""What the usual words of a kind weigh against an earlier problem of this site."""


def rarity(counts: Mapping[str, int], total: int) -> dict[str, float]:
    """The weight of each word from the number of problems it is in, of `total` problems in all."""
    return {word: math.log(1 + total / max(count, 1)) for word, count in counts.items()}


def telling(asked: Collection[str]) -> frozenset[str]:
    """The words by which a title may be like another: a bare number is no likeness, unless there is nothing else."""
    return frozenset(word for word in asked if not word.isdigit()) or frozenset(asked)


def quieted(weights: Mapping[str, float]) -> dict[str, float]:
    """The same weights, but little of those that only say how it goes: `2 RN short` is about nurses."""
    return {word: weight * _QUIET if word in LITTLE else weight for word, weight in weights.items()}


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


def guess_category(
    title: str, earlier: Iterable[tuple[str, str]], known: Mapping[str, Collection[str]] = MappingProxyType({})
) -> str:
    """The kind of a new problem, from (title, category) of earlier ones: each votes with how like it is.

    What only says how it goes (`missing`, `short`) has no vote. `known` are the usual words of each kind, for before
    anybody has raised anything: they count for less than an earlier problem of this site. The first in the alphabet
    wins a draw; without a word in common it is `other`.
    """
    past = [(_topics(said_before), category) for said_before, category in earlier]
    counts = Counter(word for topics, _ in past for word in topics)
    asked = _topics(title)
    weights = rarity({word: counts[word] for word in asked}, len(past))
    weights |= {word: weights[word] / 2 for word in asked & BROAD}
    votes: dict[str, list[float]] = {}
    for topics, category in past:
        points = score(asked, topics, weights)
        if points >= LIKE:
            votes.setdefault(category, []).append(points)
    for category, usual in known.items():
        points = _USUAL * score(asked, usual, dict.fromkeys(asked & BROAD, 0.5))
        if points > 0:
            votes.setdefault(category, []).append(points)
    return min(votes, key=lambda category: (-round(_together(votes[category]), _DIGITS), category), default=OTHER)


def _together(points: list[float]) -> float:
    """What the votes for a kind come to: the most like it count, not how many there are of a kind."""
    return math.fsum(sorted(points)[-_VOTES:])


def _topics(title: str) -> frozenset[str]:
    return frozenset(said(title)) - LITTLE
