"""Which tables are made from which subjects: one line per noun, and nothing else has to know.

A noun folds the story of a subject to a state, and the state gives rows. A subject of no known noun has no rows; its
entries are kept and passed on all the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Table

from wsq_huddle.domain import actions, nodes, problems
from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.text import words

from .rows import flattened
from .tables import ACTION, NODE, PROBLEM, PROBLEM_PATH, WORD

Rows = dict[Table, list[dict[str, Any]]]


@dataclass(frozen=True)
class Noun:
    """How the subjects with one prefix become rows.

    A noun with a holder says more: `position` is the number and the hash that the next turn builds on, `parties` who
    may know, `arrived` the event by which a node confirms a turn that was handed to it.
    """

    prefix: str
    tables: tuple[Table, ...]
    fold: Callable[[Iterable[Told]], Any]
    rows: Callable[[str, Any], Rows]
    position: Callable[[Any], tuple[int, str | None]] | None = None
    parties: Callable[[Any], frozenset[str]] | None = None
    arrived: Callable[[Any, Told, str], Event | None] | None = None


def copied(table: Table) -> Callable[[str, Any], Rows]:
    """Rows of a noun with one table: one row, with the fields of the state."""
    return lambda subject, state: {table: [{"subject": subject, **flattened(state, columns_of(table))}]}


@cache
def columns_of(table: Table) -> list[str]:
    """Names of a table's columns, without `subject`."""
    return [str(column.name) for column in table.columns if column.name != "subject"]


def noun_of(subject: str) -> Noun | None:
    return next((noun for noun in NOUNS if subject.startswith(noun.prefix)), None)


def _problem_rows(subject: str, problem: problems.Problem) -> Rows:
    said = (problem.title, problem.detail, problem.what, problem.remedy, problem.lesson)
    found = words(" ".join(text for text in said if text))
    return {
        PROBLEM: [{"subject": subject, **flattened(problem, columns_of(PROBLEM))}],
        PROBLEM_PATH: [{"subject": subject, "node": node} for node in sorted(problems.parties(problem))],
        WORD: [{"subject": subject, "word": word} for word in sorted(found)],
    }


def _position(problem: problems.Problem | None) -> tuple[int, str | None]:
    return (problem.turn + 1, problem.last) if problem else (1, None)


def _arrived(problem: problems.Problem | None, told: Told, node: str) -> Event | None:
    if problem is None or not problems.arrives(problem, told, node):
        return None
    return problems.Arrived(of=told.hash)


NOUNS: tuple[Noun, ...] = (
    Noun(
        problems.PREFIX,
        (PROBLEM, PROBLEM_PATH, WORD),
        problems.fold,
        _problem_rows,
        position=_position,
        parties=problems.parties,
        arrived=_arrived,
    ),
    Noun(actions.PREFIX, (ACTION,), actions.fold, copied(ACTION)),
    Noun("node-", (NODE,), nodes.fold, copied(NODE)),
)
