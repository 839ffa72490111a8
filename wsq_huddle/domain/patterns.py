"""The same trouble in several places: problems of one kind that speak of the same thing within a few days.

Problems belong together by a word that says what they are about (`pump`), or by two broad ones (`bed alarm`); what
only says how it goes (`missing`, `short`) makes no pattern, and a word counts for little in a title that is about
something else. The widest pattern is taken first, a problem is in one at the most, and the same problems give the same
patterns in whatever order they came. The work grows with the number of words, not with pairs of problems.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from itertools import combinations

from .records import record
from .similar import rarity, score
from .topics import BROAD, LITTLE, STATES, said

WITHIN = timedelta(days=7)
"""How far apart the first and the last of a pattern may be raised."""

LEAST = 2
"""Places in which it has to be."""

_SHARE = 0.19
"""How much of what a title says its word must be, by weight, to put it into the pattern of that word."""

_AMONG = 200
"""Problems that a word is weighed among at least: in a few, the word of a pattern would seem a common one."""


@record(kw_only=True)
class Case:
    """A problem as patterns see it: `node` is the place it counts for, which may be the department of its origin."""

    id: str
    origin: str
    category: str
    title: str
    raised_at: datetime
    node: str


@record(kw_only=True)
class Pattern:
    """`members`, oldest first, are of one kind; `nodes` are the places they count for, `origins` those who raised them.

    `key` stays as long as the pattern goes on, so a late one has the key of those before it.
    """

    key: str
    name: str
    category: str
    members: tuple[str, ...]
    nodes: tuple[str, ...]
    origins: tuple[str, ...]
    since: datetime
    until: datetime
    anchor: tuple[str, ...] = field(default=(), repr=False)


@record
class _Read:
    """A case with the words of its title: as they are compared, and as they were typed."""

    case: Case
    said: Mapping[str, str]


def find(cases: Iterable[Case], *, least: int = LEAST, within: timedelta = WITHIN) -> tuple[Pattern, ...]:
    """The patterns among some problems, the one in most places first; a doubled problem counts once."""
    kinds: dict[str, list[_Read]] = defaultdict(list)
    for case in sorted({case.id: case for case in cases}.values(), key=lambda case: (case.raised_at, case.id)):
        kinds[case.category].append(_Read(case, said(case.title)))
    found = [one for category, read in sorted(kinds.items()) for one in _of_a_kind(category, read, least, within)]
    return tuple(sorted(found, key=lambda one: (-len(one.nodes), -len(one.members), one.key)))


def nearest(title: str, category: str, patterns: Iterable[Pattern]) -> Pattern | None:
    """The pattern of its kind that a problem is like, by the words it goes by; the one in most places among equals."""
    words = said(title).keys()
    fitting = [one for one in patterns if one.category == category and words >= set(one.anchor)]
    return min(fitting, key=lambda one: (-len(one.nodes), -len(one.members), one.key), default=None)


def _of_a_kind(category: str, read: Sequence[_Read], least: int, within: timedelta) -> Iterator[Pattern]:
    counts = Counter(word for one in read for word in one.said if word not in LITTLE)
    weights = rarity(counts, max(len(read), _AMONG)) | dict.fromkeys(LITTLE, 0.0)
    weights |= {word: weights[word] / 2 for word in BROAD if word in weights}
    buckets: dict[tuple[str, ...], list[_Read]] = defaultdict(list)
    for one in read:
        for anchor in _anchors(one.said):
            if score(one.said, anchor, weights) >= _SHARE:
                buckets[anchor].append(one)
    taken: set[str] = set()
    times: Counter[str] = Counter()
    for anchor in sorted(buckets, key=lambda anchor: _rank(anchor, buckets[anchor])):
        free = [one for one in buckets[anchor] if one.case.id not in taken]
        for run in _runs(free, within):
            if len({one.case.node for one in run}) >= least:
                taken |= {one.case.id for one in run}
                key = f"{category}/{'-'.join(anchor)}"
                times[key] += 1
                yield _pattern(key if times[key] == 1 else f"{key}/{times[key]}", category, anchor, run)


def _rank(anchor: tuple[str, ...], read: Sequence[_Read]) -> tuple[int, int, int, tuple[str, ...]]:
    """In most places first; then what says most about its members: two broad words before none."""
    return (-len({one.case.node for one in read}), -len(read), -len(anchor), anchor)


def _runs(read: Sequence[_Read], within: timedelta) -> Iterator[list[_Read]]:
    """Parts of a row of problems, newest first, of which each is no longer than that."""
    rest = list(read)
    while rest:
        newest = rest[-1].case.raised_at
        run = [one for one in rest if newest - one.case.raised_at <= within]
        yield run
        rest = rest[: len(rest) - len(run)]


def _pattern(key: str, category: str, anchor: tuple[str, ...], run: Sequence[_Read]) -> Pattern:
    cases = [one.case for one in run]
    return Pattern(
        key=key,
        name=" ".join(_usual(word, run) for word in sorted(anchor, key=lambda word: _place(word, run))).upper(),
        category=category,
        members=tuple(case.id for case in cases),
        nodes=tuple(dict.fromkeys(case.node for case in cases)),
        origins=tuple(dict.fromkeys(case.origin for case in cases)),
        since=cases[0].raised_at,
        until=cases[-1].raised_at,
        anchor=anchor,
    )


def _usual(word: str, run: Sequence[_Read]) -> str:
    """The word as most of them typed it; in the plural among equals."""
    typed = Counter(one.said[word].casefold() for one in run)
    return min(typed, key=lambda form: (-typed[form], -len(form), form))


def _place(word: str, run: Sequence[_Read]) -> tuple[int, str]:
    """Where the first title has the word, so that two stand in their usual order."""
    return (list(run[0].said).index(word), word)


def _anchors(words: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """What a title could be grouped by: each word that says what it is about, and each pair of broader ones."""
    broad = sorted(word for word in words if word in BROAD)
    little = sorted(word for word in words if word in LITTLE and word in STATES)
    yield from ((word,) for word in words if word not in BROAD and word not in LITTLE)
    yield from combinations(broad, 2)
    yield from ((one, other) for one in broad for other in little)
