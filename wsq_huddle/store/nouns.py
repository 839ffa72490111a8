"""Which tables are made from which subjects: one line per noun, and nothing else has to know.

A noun folds the story of a subject to a state, and the state gives rows. A subject of no known noun has no rows; its
entries are kept and passed on all the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Table

from wsq_huddle.domain import actions, announcements, definitions, huddles, nodes, problems
from wsq_huddle.domain.codec import encode
from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.text import words

from .rows import flattened
from .tables import ACTION, ANNOUNCEMENT, DEFINITION, HEARD, HUDDLE, NODE, PROBLEM, PROBLEM_PATH, WORD

_BESIDE = frozenset({"answer_to", "answer_at", "answer_read_at", "told_to"})
_PROBLEM_FIELDS = [str(column.name) for column in PROBLEM.columns if column.name not in {"subject", *_BESIDE}]

LONGEST = 64
"""Letters of a word that the search goes by: PostgreSQL takes no long ones into an index."""

Rows = dict[Table, list[dict[str, Any]]]


@dataclass(frozen=True)
class Noun:
    """How the subjects with one prefix become rows.

    A noun with a holder says more: `position` is the number and the hash that the next turn builds on, `parties` who
    may know once the entry is there that `begins` it, `named` whom each entry brings to them, `arrived` the event by
    which a node confirms a turn that was handed to it; it asks for the state only if it needs it.
    """

    prefix: str
    tables: tuple[Table, ...]
    fold: Callable[[Iterable[Told]], Any]
    rows: Callable[[str, Any], Rows]
    position: Callable[[Any], tuple[int, str | None]] | None = None
    parties: Callable[[Any], frozenset[str]] | None = None
    begins: Callable[[Told], bool] | None = None
    named: Callable[[Told], frozenset[str]] | None = None
    arrived: Callable[[Callable[[], Any], Told, str], Event | None] | None = None


def copied(table: Table) -> Callable[[str, Any], Rows]:
    """Rows of a noun with one table: one row, with the fields of the state."""
    return lambda subject, state: {table: [{"subject": subject, **flattened(state, columns_of(table))}]}


@cache
def columns_of(table: Table) -> list[str]:
    """Names of a table's columns, without `subject`."""
    return [str(column.name) for column in table.columns if column.name != "subject"]


def noun_of(subject: str) -> Noun | None:
    return next((noun for noun in NOUNS if subject.startswith(noun.prefix)), None)


def _looked_for(problem: problems.Problem) -> dict[str, Any]:
    """The columns of a problem that stand beside its fields."""
    answer, told = problem.answer, problem.escalation
    informed = told if told and told.mode is problems.Mode.AWARENESS else None
    alert = problem.alerts[-1] if problem.alerts else None
    # Whoever was told last is the highest: what is alerted goes from tier to tier.
    last = alert if alert and not (informed and informed.at > alert.at) else informed
    return {
        "answer_to": answer.to if answer else None,
        "answer_at": encode(answer.at) if answer else None,
        "answer_read_at": encode(answer.read_at) if answer else None,
        "told_to": last.to if last else None,
    }


def _problem_rows(subject: str, problem: problems.Problem) -> Rows:
    said = (problem.title, problem.detail, problem.what, problem.remedy, problem.lesson)
    found = {word[:LONGEST] for word in words(" ".join(text for text in said if text))}
    return {
        PROBLEM: [{"subject": subject, **flattened(problem, _PROBLEM_FIELDS), **_looked_for(problem)}],
        PROBLEM_PATH: [{"subject": subject, "node": node} for node in sorted(problems.parties(problem))],
        HEARD: [{"subject": subject, "node": one.node, "name": one.name, "own": one.own} for one in problem.heard],
        WORD: [{"subject": subject, "word": word} for word in sorted(found)],
    }


def _position(problem: problems.Problem | None) -> tuple[int, str | None]:
    return (problem.turn + 1, problem.last) if problem else (1, None)


def _arrived(state: Callable[[], problems.Problem | None], told: Told, node: str) -> Event | None:
    if not problems.may_arrive(told, node) or not problems.arrives(state(), told, node):
        return None
    return problems.Arrived(of=told.hash)


NOUNS: tuple[Noun, ...] = (
    Noun(
        problems.PREFIX,
        (PROBLEM, PROBLEM_PATH, HEARD, WORD),
        problems.fold,
        _problem_rows,
        position=_position,
        parties=problems.parties,
        begins=problems.begins,
        named=problems.named,
        arrived=_arrived,
    ),
    Noun(actions.PREFIX, (ACTION,), actions.fold, copied(ACTION)),
    Noun(announcements.PREFIX, (ANNOUNCEMENT,), announcements.fold, copied(ANNOUNCEMENT)),
    Noun("huddle-", (HUDDLE,), huddles.fold, copied(HUDDLE)),
    Noun("definitions-", (DEFINITION,), definitions.fold, copied(DEFINITION)),
    Noun("node-", (NODE,), nodes.fold, copied(NODE)),
)
