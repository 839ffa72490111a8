"""What the migrations make is what the tables describe, on every database."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, UniqueConstraint, inspect

import migrations
from tests.store.writers import raise_one
from wsq_huddle.store import feeds
from wsq_huddle.store.checking import layout
from wsq_huddle.store.migrating import make, migrate
from wsq_huddle.store.opening import make_folder
from wsq_huddle.store.places import FilePlace, Place
from wsq_huddle.store.schema import HEAD, KNOWN
from wsq_huddle.store.store import Store
from wsq_huddle.store.tables import TABLES


def test_every_table_is_as_it_is_described(store: Store) -> None:
    with store.engine.connect() as connection:
        assert layout(connection) == []
        found = inspect(connection)
        assert set(found.get_table_names()) == TABLES.keys() | {"alembic_version"}
        for name, table in TABLES.items():
            assert found.get_pk_constraint(name)["constrained_columns"] == list(table.primary_key.columns.keys())
            assert {column["name"]: kind(column["type"]) for column in found.get_columns(name)} == {
                column.name: kind(column.type) for column in table.columns
            }
            assert {index["name"]: bool(index["unique"]) for index in made_indexes(found, name)} == {
                str(index.name): bool(index.unique) for index in table.indexes
            }
            unique = {tuple(one["column_names"]) for one in found.get_unique_constraints(name)}
            assert unique == {
                tuple(one.columns.keys()) for one in table.constraints if isinstance(one, UniqueConstraint)
            }


def test_a_store_is_made_as_the_migrations_make_it_by_the_first_of_a_process_and_by_all_after_it(place: Place) -> None:
    if isinstance(place, FilePlace):
        make_folder(place.database.parent)
    engine = place.engine()
    made = []
    for way in (migrate, make, make):
        with engine.connect() as connection, connection.begin() as transaction:
            way(connection)
            made.append(described(connection))
            transaction.rollback()
    place.let_go(engine)

    assert made[0] == made[1] == made[2]
    assert len(made[0]["tables"]) == len(TABLES) + 1
    assert made[0]["version"] == [HEAD]


def described(connection: Connection) -> dict[str, Any]:
    """All that a database says of what was made in it."""
    found = inspect(connection)
    tables = found.get_table_names()
    return {
        "tables": tables,
        "columns": {name: [one | {"type": repr(one["type"])} for one in found.get_columns(name)] for name in tables},
        "keys": {name: found.get_pk_constraint(name) for name in tables},
        "unique": {name: found.get_unique_constraints(name) for name in tables},
        "foreign": {name: found.get_foreign_keys(name) for name in tables},
        "indexes": {name: found.get_indexes(name) for name in tables},
        "version": list(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars()),
    }


def kind(column_type: object) -> str:
    """The name by which a type is described on both sides, without the length it has on one of them."""
    name = str(column_type).split("(")[0].split(" COLLATE")[0]
    return {"DOUBLE PRECISION": "FLOAT"}.get(name, name)


def made_indexes(found: object, name: str) -> list[dict[str, object]]:
    """Indexes that somebody made, without those that a constraint brings along."""
    return [index for index in found.get_indexes(name) if not index.get("duplicates_constraint")]  # type: ignore[attr-defined]  # an Inspector, which has no type of its own for rows


def test_the_layouts_that_are_known_are_those_that_there_are_migrations_for() -> None:
    versions = sorted(Path(migrations.__file__).parent.glob("versions/[0-9]*.py"))

    assert [path.name[:4] for path in versions] == list(KNOWN)
    assert KNOWN[-1] == HEAD


def test_the_queries_of_every_day_use_an_index(store: Store) -> None:
    """With a million entries a scan would be felt."""
    raise_one(store)
    if store.engine.dialect.name != "sqlite":
        return
    for sql in DAILY:
        plan = [row["detail"] for row in store.look().rows("EXPLAIN QUERY PLAN " + sql, **PARAMETERS)]
        assert not [step for step in plan if step.startswith("SCAN ") and "INDEX" not in step], (sql, plan)


PARAMETERS = {"a": "x", "b": "y", "n": 1}
DAILY = (
    "SELECT head, text, seal FROM entry WHERE subject IN (:a, :b) AND parked IS 0 ORDER BY arrival",
    "SELECT id, hash FROM entry WHERE id IN (:a, :b)",
    "SELECT seq, hash FROM entry WHERE device = :a AND seq IN (1, 2, 3)",
    "SELECT id, hash, received_from FROM entry WHERE subject = :a ORDER BY arrival",
    "SELECT head FROM entry WHERE hash = :a",
    "SELECT arrival FROM entry WHERE arrival > :n ORDER BY arrival LIMIT 1000",
    "SELECT id FROM entry WHERE device > :a OR (device = :a AND seq > :n) ORDER BY device, seq LIMIT 500",
    "SELECT entry_id FROM feed_item WHERE peer = :a AND epoch = :n AND entry_id IN (:a, :b)",
    feeds.PAGE.replace(":peer", ":a").replace(":epoch", ":n").replace(":after", ":n").replace(":limit", ":n"),
    "SELECT subject, tick FROM subject WHERE subject IN (:a, :b)",
    "SELECT * FROM problem WHERE subject = :a",
    "SELECT * FROM problem WHERE holder = :a AND state = :b ORDER BY changed_at DESC",
    "SELECT * FROM problem WHERE origin = :a AND state = :b ORDER BY changed_at DESC",
    "SELECT * FROM problem WHERE state = :a ORDER BY changed_at DESC",
    "DELETE FROM problem WHERE subject IN (:a, :b)",
    "DELETE FROM problem_path WHERE subject IN (:a, :b)",
    "DELETE FROM word WHERE subject IN (:a, :b)",
    "SELECT subject FROM word WHERE word IN (:a, :b)",
    "SELECT subject FROM problem_path WHERE node = :a",
    "SELECT * FROM action WHERE node = :a AND state = :b ORDER BY due",
    "SELECT name FROM node WHERE key = :a",
    "SELECT DISTINCT kind FROM parked WHERE status = 'parked'",
)
