"""Looks a store over: the database itself, its layout, the rows made from the log, and the numbers of the feeds."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wsq_huddle.errors import StoreError

from .copies import fault_in
from .opening import schema_of
from .places import FilePlace, Place
from .schema import HEAD
from .sentences import translated

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from .reader import Reader
    from .store import Store


def unsound(place: Place) -> list[str]:
    """What keeps a store from being opened at all, before anybody tries; empty when nothing does."""
    if isinstance(place, FilePlace) and (fault := fault_in(place.database)) is not None:
        return [f"{place.name}: {fault}"]
    try:
        schema = schema_of(place)
    except StoreError as error:
        return [str(error)]
    return [] if schema is not None else [f"{place.name} holds no wsq-huddle store"]


def check(store: "Store") -> list[str]:
    """What is wrong with a store, in sentences; empty when nothing is. Writes nothing."""
    faults = unsound(store.place)
    if faults:
        return faults
    faults += _feeds(store.look())
    with translated(store.place.name), store.engine.connect() as connection:
        connection.begin()  # the lock: nothing is made while it is compared
        faults += layout(connection)
        if not faults:
            try:
                faults += _made(store, connection)
            except StoreError as error:  # an entry that cannot be read, so that nothing can be made of its subject
                faults.append(str(error))
        connection.rollback()
    return faults


def layout(connection: "Connection") -> list[str]:
    """Where the tables are not those that this program describes."""
    from sqlalchemy import inspect  # noqa: PLC0415 - a check only

    from .tables import TABLES  # noqa: PLC0415

    found = inspect(connection)
    there = set(found.get_table_names())
    faults = [f"the table {name} is missing" for name in sorted(TABLES.keys() - there)]
    for name in sorted(TABLES.keys() & there):
        wanted = {(column.name, bool(column.nullable)) for column in TABLES[name].columns}
        columns = {(column["name"], bool(column["nullable"])) for column in found.get_columns(name)}
        faults += [f"the table {name} differs in {column}" for column, _ in sorted(wanted ^ columns)]
        indexes = {(index.name, *index.columns.keys()) for index in TABLES[name].indexes}
        held = {(index["name"], *index["column_names"]) for index in found.get_indexes(name)}
        faults += [f"the table {name} lacks the index {index[0]}" for index in sorted(indexes - held)]
    return faults


def _made(store: "Store", connection: "Connection") -> Iterator[str]:
    """Make all rows again and compare; the transaction is rolled back afterwards."""
    from .projecting import dump, rebuild  # noqa: PLC0415 - SQLAlchemy, in a check only
    from .transaction import Transaction, lock_store  # noqa: PLC0415

    device = lock_store(connection, HEAD)
    if device is None:
        yield "the store does not say which device it is"
        return
    transaction = Transaction(connection, store.node, store.clock(), device)
    before = dump(transaction)
    rebuild(transaction)
    after = dump(transaction)
    for table, rows in before.items():
        if rows != after[table]:
            wrong = len(set(rows) ^ set(after[table]))
            yield f"{wrong} rows of {table} are not what the log says; `wsq-huddle log rebuild` makes them again"


def _feeds(look: "Reader") -> Iterator[str]:
    sql = (
        "SELECT link_out.peer AS peer, link_out.out_head AS head, count(feed_item.n) AS n, max(feed_item.n) AS last,"
        " min(feed_item.n) AS first FROM link_out LEFT JOIN feed_item"
        " ON feed_item.peer = link_out.peer AND feed_item.epoch = link_out.epoch"
        " GROUP BY link_out.peer, link_out.out_head ORDER BY link_out.peer"
    )
    for row in look.rows(sql):
        if row["n"] != row["head"] or (row["head"] and (row["first"], row["last"]) != (1, row["head"])):
            yield f"the feed to {row['peer']} has {row['n']} items, but its head is {row['head']}"
