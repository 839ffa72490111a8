"""Rows made from states: written whenever a subject's story grows, and all anew by a rebuild."""

import contextlib
import json
import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import Connection, Table, delete, select
from sqlalchemy.exc import DBAPIError, OperationalError

from .nouns import NOUNS, noun_of
from .tables import ENTRY
from .transaction import Transaction, deletion, insert_all, parts

log = logging.getLogger(__name__)

UNFIT = (DBAPIError, ArithmeticError, LookupError, TypeError, ValueError)


def project(transaction: Transaction, states: Mapping[str, Any], *, new: AbstractSet[str] = frozenset()) -> None:
    """Replace the rows of subjects by those of their states; one delete and one insert per table.

    A `new` subject has no rows to take away.

    A subject whose rows the database does not take is left without, and said so in the log file: it must not keep a
    page of others out for ever.
    """
    try:
        with _to_go_on(transaction.connection):
            _replace(transaction, states, new)
    except UNFIT as error:
        if _of_the_machine(error):
            raise
        for subject, state in states.items():
            _replace_alone(transaction, subject, state)


def _to_go_on(connection: Connection) -> contextlib.AbstractContextManager[object]:
    """A savepoint where an error ends the transaction; on SQLite it ends a statement, and the next try begins anew."""
    return contextlib.nullcontext() if connection.dialect.name == "sqlite" else connection.begin_nested()


def _replace_alone(transaction: Transaction, subject: str, state: Any) -> None:  # noqa: ANN401 - of whichever noun
    try:
        with transaction.connection.begin_nested():
            _replace(transaction, {subject: state})
    except UNFIT as error:
        if _of_the_machine(error):
            raise
        log.error("no rows can be made of %s: %s", subject, type(error).__name__)  # noqa: TRY400 - it may hold texts
        with transaction.connection.begin_nested():
            _replace(transaction, {subject: None})


def _of_the_machine(error: Exception) -> bool:
    """A full disk, a lost connection: not the row's fault, and the end of the transaction.

    PostgreSQL counts a value that is too long for an index (class 54) among these; it is not.
    """
    return isinstance(error, OperationalError) and not str(getattr(error.orig, "sqlstate", "")).startswith("54")


def _replace(transaction: Transaction, states: Mapping[str, Any], new: AbstractSet[str] = frozenset()) -> None:
    fresh: dict[Table, list[dict[str, Any]]] = defaultdict(list)
    stale: dict[Table, list[str]] = defaultdict(list)
    for subject, state in sorted(states.items()):
        noun = noun_of(subject)
        for table in noun.tables if noun and subject not in new else ():
            stale[table].append(subject)
        for table, rows in noun.rows(subject, state).items() if noun and state is not None else ():
            fresh[table].extend(rows)
    for table, subjects in stale.items():
        for part in parts(subjects):
            transaction.connection.execute(deletion(table), {"subjects": part})
    for table, rows in fresh.items():
        insert_all(transaction.connection, table, rows)


def rebuild(transaction: Transaction) -> int:
    """Drop all made rows and make them again from the log; gives the number of subjects."""
    for noun in NOUNS:
        for table in noun.tables:
            transaction.connection.execute(delete(table))
    count = 0
    for subjects in _subjects(transaction):
        stories = transaction.stories(subjects)
        project(transaction, {subject: _state(subject, stories[subject]) for subject in subjects})
        transaction.forget(subjects)
        count += len(subjects)
    return count


def dump(transaction: Transaction) -> dict[str, list[str]]:
    """All made rows as sorted JSON lines, table by table: what a rebuild must give again, byte for byte."""
    found: dict[str, list[str]] = {}
    for noun in NOUNS:
        for table in noun.tables:
            rows = transaction.connection.execute(select(table)).mappings()
            found[table.name] = sorted(json.dumps(dict(row), sort_keys=True) for row in rows)
    return found


def _state(subject: str, story: list[Any]) -> Any:  # noqa: ANN401 - the state of whichever noun
    noun = noun_of(subject)
    return noun.fold(story) if noun and story else None


def _subjects(transaction: Transaction) -> Iterator[list[str]]:
    last = ""
    while True:
        query = select(ENTRY.c.subject).where(ENTRY.c.subject > last, ENTRY.c.parked.is_(False))
        found = list(transaction.connection.scalars(query.distinct().order_by(ENTRY.c.subject).limit(500)))
        if not found:
            return
        yield found
        last = found[-1]
