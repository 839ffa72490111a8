"""Names that were told along with problems: rows made from the log, which never rename what is registered."""

from pathlib import Path

from sqlalchemy import create_engine, inspect

from tests.conftest import NewStore, Ticking
from tests.services.hospital import settings_in
from tests.store.writers import RAISED, Writer, bring, count, raise_one
from wsq_huddle.domain.nodes import Enrolled, subject_of
from wsq_huddle.domain.problems import Assigned
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.migrating import migrate
from wsq_huddle.store.opening import open_store
from wsq_huddle.store.places import FilePlace, MemoryPlace, Place
from wsq_huddle.store.projecting import dump, rebuild
from wsq_huddle.store.store import Store
from wsq_huddle.store.tables import TABLES


def hand_over(store: Store, names: dict[str, str], *, to: str = "4-west", writer: str = "9-north") -> str:
    """A problem from sideways, handed to this store's node; gives its subject."""
    theirs = Writer(writer, device=f"{writer}-{count(store, 'entry'):06}")
    raised = theirs.entry(RAISED)
    subject = bring(store, [raised])[0].id
    assigned = Assigned(to=to, need="a bed", names=names)
    bring(store, [theirs.entry(assigned, f"problem-{subject}", turn=2, on=raised.hash)])
    return f"problem-{subject}"


def heard(store: Store) -> list[tuple[str, str, bool]]:
    rows = store.look().rows("SELECT node, name, own FROM heard ORDER BY subject, node")
    return [(row["node"], row["name"], bool(row["own"])) for row in rows]


def test_what_a_problem_says_of_names_is_made_into_rows_and_made_again_the_same(store: Store) -> None:
    hand_over(store, {"9-north": "9 North", "4-west": "The ward", "elsewhere": "Nowhere"})
    with store.writing() as writing:
        before = dump(writing.transaction)
        rebuild(writing.transaction)
        after = dump(writing.transaction)

    assert heard(store) == [("4-west", "The ward", False), ("9-north", "9 North", True)]
    assert before == after


def test_a_registration_wins_over_a_name_that_was_heard_and_the_own_word_over_that_of_others(
    store: Store, tmp_path: Path
) -> None:
    desk = Desk(store, settings_in(tmp_path, "4-west"))
    above = Writer("cardiac", device="cardiac-9")
    registered = Enrolled(key="5-east", name="5 East", tier=1, parent="cardiac")
    bring(store, [above.entry(registered, subject_of("5-east"))])
    hand_over(store, {"5-east": "Closed"}, writer="5-east")
    hand_over(store, {"9-north": "9 North"})
    hand_over(store, {"9-north": "Not ours"}, to="9-north", writer="8-south")
    hand_over(store, {"4-west": "Somebody else"})

    assert desk.names("5-east") == desk.tree().called("5-east") == "5 East"
    assert desk.names("9-north") == desk.tree().called("9-north") == "9 North"
    assert desk.names("4-west") == desk.tree().called("4-west") == desk.name
    assert desk.names("8-south") == desk.tree().called("8-south") == "8-south"
    assert desk.tree().heard == {"9-north": "9 North"}


def test_of_what_others_say_the_newest_problem_counts(store: Store, tmp_path: Path) -> None:
    desk = Desk(store, settings_in(tmp_path, "4-west"))
    for name in ("8 South", "8 South Cardiac"):
        hand_over(store, {"8-south": name}, to="8-south")

    assert desk.names("8-south") == desk.tree().called("8-south") == "8 South Cardiac"


def first_layout() -> set[str]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        migrate(connection, to="0001")
        found = set(inspect(connection).get_table_names())
    engine.dispose()
    return found


def test_a_store_of_the_first_layout_gets_the_names_from_its_log(
    place: Place, new_store: NewStore, clock: Ticking
) -> None:
    store = new_store(place)
    hand_over(store, {"9-north": "9 North"})
    raise_one(store)
    with store.engine.begin() as connection:
        for name in sorted(TABLES.keys() - first_layout()):
            connection.exec_driver_sql(f"DROP TABLE {name}")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    if isinstance(place, MemoryPlace):
        return  # nobody but the program that made it can open it
    store.close()

    again = open_store(place, "4-west", clock=clock)

    assert heard(again) == [("9-north", "9 North", True)]
    assert raise_one(again).seq == 3  # after the first one, and the arrival of theirs
    assert not isinstance(place, FilePlace) or list(place.database.parent.glob("backups/*0001.db"))
    again.close()
