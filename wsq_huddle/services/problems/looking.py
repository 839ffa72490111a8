"""Looking at problems: cheap reads of the made tables; only the story of one is read from the log."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from wsq_huddle.domain import problems
from wsq_huddle.domain import similar as likeness
from wsq_huddle.domain.problems import Line, Problem, State
from wsq_huddle.domain.text import words
from wsq_huddle.domain.topics import KINDS
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.entries import stored
from wsq_huddle.store.reader import Row
from wsq_huddle.store.reader import listed as placeholders
from wsq_huddle.store.rows import thawed

Weights = dict[str, float]

CANDIDATES = 200
"""Problems that are weighed when similar ones are looked for."""

_CHOOSING = 20
"""Words that candidates are chosen by."""

_LETTERS = 64
"""Letters of a word that the store keeps."""

_UNDER_WAY = frozenset({State.OPEN, State.RESOLVED})
"""The states in which a problem is work for its holder."""

MINE = "subject IN (SELECT subject FROM problem_path WHERE node = :node)"
"""What this node has been told of, in SQL."""


def find(desk: Desk, shortened: str) -> str:
    """The whole id of a problem from a shortened one."""
    return desk.find("problem", problems.PREFIX, shortened)


def read(desk: Desk, subject: str) -> Problem:
    """A problem as it is now, without its story."""
    return desk.read(Problem, "problem", subject)


def stuck(desk: Desk) -> tuple[Problem, ...]:
    """Those that whoever was asked for help has let lie, the oldest first."""
    now = desk.now()
    found = (one for one in listed(desk, state=[State.OPEN]) if problems.stuck(one, now))
    return tuple(sorted(found, key=lambda one: one.held_since))


def story_of(desk: Desk, subject: str) -> tuple[Line, ...]:
    """What happened to a problem, line by line."""
    sql = "SELECT head, text, seal FROM entry WHERE subject = :subject AND NOT parked ORDER BY arrival"
    rows = desk.look().rows(sql, subject=subject)
    return problems.story(stored(subject, row["head"], row["text"], row["seal"]) for row in rows)


def listed(
    desk: Desk, *, at: str = "all", state: Iterable[State] = (), search: str = "", limit: int = 10_000
) -> list[Problem]:
    """Problems, the newest change first; with a search, the best match first.

    `at`: `here` is work that this node holds, nothing that is over; `away` was held or raised here and is elsewhere;
    `all` is everything it knows of, also what is closed or withdrawn.
    """
    states = frozenset(state)
    if search.strip():
        found = (problem for _, problem in _ranked(desk, words(search), limit=CANDIDATES))
        return [one for one in found if (not states or one.state in states) and _is_at(desk, one, at)][:limit]
    where = ["1 = 1"]
    parameters: dict[str, object] = {"limit": limit, "node": desk.node}
    if at == "here":
        where = ["holder = :node"]
        states = (states or _UNDER_WAY) & _UNDER_WAY
    elif at == "away":
        where = ["holder <> :node", MINE]
    else:
        parameters.pop("node")
    if states or at == "here":
        names, values = placeholders(sorted(one.value for one in states), "state")
        where.append(f"state IN ({names})")
        parameters |= values
    sql = f"SELECT * FROM problem WHERE {' AND '.join(where)} ORDER BY changed_at DESC, subject DESC LIMIT :limit"  # noqa: S608 - our own words
    return [thawed(Problem, row) for row in desk.look().rows(sql, **parameters)]


def search(desk: Desk, text: str, *, limit: int = 50) -> list[tuple[float, Problem]]:
    """Problems that share words with a text, best first."""
    return _ranked(desk, words(text), limit=limit)


def similar(desk: Desk, text: str, *, limit: int = 5, besides: str | None = None) -> list[tuple[float, Problem]]:
    """Earlier problems like this one, best first; those that were solved tell how."""
    found = _ranked(desk, likeness.telling(words(text)), limit=limit + 1, weigh=likeness.quieted)
    return [(points, problem) for points, problem in found if points >= likeness.LIKE and problem.id != besides][:limit]


def like(desk: Desk, title: str) -> str:
    """The category that earlier problems with such a title had, or that its words are usual in; else `other`.

    Fast enough for a thread behind the keys: 6 ms among 5,000 problems.
    """
    found = _ranked(desk, words(title), limit=40)
    known = {one.key: KINDS[one.key] for one in desk.settings.categories if one.key in KINDS}
    return likeness.guess_category(title, [(problem.title, problem.category) for _, problem in found], known)


def _is_at(desk: Desk, problem: Problem, at: str) -> bool:
    if at == "here":
        return problem.holder == desk.node and not problem.over
    return at != "away" or (problem.holder != desk.node and desk.node in problem.path)


def _ranked(
    desk: Desk, asked: frozenset[str], *, limit: int, weigh: Callable[[Weights], Weights] = dict
) -> list[tuple[float, Problem]]:
    asked = frozenset(word[:_LETTERS] for word in asked)
    if not asked:
        return []
    look = desk.look()
    names, values = placeholders(sorted(asked))
    counts = {
        str(row["word"]): int(row["n"])
        for row in look.rows(f"SELECT word, COUNT(*) AS n FROM word WHERE word IN ({names}) GROUP BY word", **values)  # noqa: S608 - likewise
    }
    if not counts:
        return []
    total = int((look.one("SELECT COUNT(*) AS n FROM problem") or {"n": 0})["n"])
    # The rarest words choose the candidates: a common one alone would bring half the table.
    rare = sorted(counts, key=lambda word: (counts[word], word))[:_CHOOSING]
    chosen = _words_of(desk, _candidates(desk, rare), values)
    weights = likeness.rarity(counts, total) | {
        word: likeness.rarity({word: 1}, total)[word] for word in asked - counts.keys()
    }
    ranked = likeness.ranked(asked, chosen, weigh(weights))[:limit]
    rows = _rows(desk, [subject for subject, _ in ranked])
    return [(points, thawed(Problem, rows[subject])) for subject, points in ranked if subject in rows]


def _candidates(desk: Desk, rare: Sequence[str]) -> list[str]:
    """The newest problems with the rarest words."""
    found: dict[str, None] = {}
    for word in rare:
        sql = "SELECT subject FROM word WHERE word = :word ORDER BY subject DESC LIMIT :limit"
        found |= dict.fromkeys(str(row["subject"]) for row in desk.look().rows(sql, word=word, limit=CANDIDATES))
        if len(found) >= CANDIDATES:
            break
    return list(found)[:CANDIDATES]


def _words_of(desk: Desk, subjects: Sequence[str], asked: dict[str, str]) -> dict[str, set[str]]:
    """Which of the words asked for each problem has."""
    among, values = placeholders(subjects, "s")
    names = ", ".join(f":{name}" for name in asked)
    sql = f"SELECT subject, word FROM word WHERE subject IN ({among}) AND word IN ({names})"  # noqa: S608 - placeholders
    found: dict[str, set[str]] = {}
    for row in desk.look().rows(sql, **values, **asked):
        found.setdefault(str(row["subject"]), set()).add(str(row["word"]))
    return found


def _rows(desk: Desk, subjects: Sequence[str]) -> dict[str, Row]:
    if not subjects:
        return {}
    names, values = placeholders(subjects)
    sql = f"SELECT * FROM problem WHERE subject IN ({names})"  # noqa: S608 - placeholders
    parameters: dict[str, Any] = dict(values)
    return {str(row["subject"]): row for row in desk.look().rows(sql, **parameters)}
