"""Figures, digest and claims say the same on PostgreSQL."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from tests.conftest import NewDatabase
from tests.services.hospital import DAY, Clock, at, settings_in
from wsq_huddle.domain.figures import as_json
from wsq_huddle.domain.nodes import Enrolled, subject_of
from wsq_huddle.services import definitions, digests, figures, huddles, problems
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.opening import create_store
from wsq_huddle.store.places import MemoryPlace, Place, PostgresPlace
from wsq_huddle.store.timers import claim, settle


def played(place: Place, folder: Path) -> tuple[object, str, list[bool]]:
    """A morning at Cardiac: what the figures and the digest say, and who gets to send it."""
    clock = Clock(at("07:00"))
    store = create_store(place, "cardiac", clock=clock)
    desk = Desk(store, settings_in(folder, "cardiac"))
    with store.writing() as writing:
        writing.recorder.write(
            "IT", Enrolled(key="cardiac", name="Cardiac", tier=2, parent=None), subject_of("cardiac")
        )
    definitions.publish(desk)
    clock.put("08:00")
    huddles.open_today(desk)
    subjects = [problems.raise_at(desk, title=f"Problem {number}").id for number in range(3)]
    problems.resolve(desk, subjects[0], remedy="done")
    problems.reopen(desk, subjects[0], why="not fixed")
    problems.resolve(desk, subjects[1], remedy="done")
    problems.confirm(desk, subjects[1])
    clock.put("08:18")
    huddles.close(desk, huddles.sitting(desk))
    clock.put("12:00")
    found = as_json(figures.between(desk, DAY, DAY)), digests.digest(desk, after=True).body
    got = []
    for again in (None, timedelta(seconds=30), None):
        with store.writing() as writing:
            got.append(claim(writing.transaction, "huddle-x", "mail-before", timedelta(minutes=3)))
        with store.writing() as writing:
            got.append(claim(writing.transaction, "huddle-x", "mail-before", timedelta(minutes=3)))
            if again:
                settle(writing.transaction, "huddle-x", "mail-before")
        clock.at(clock() + timedelta(minutes=4))
    store.close()
    return (*found, got)


def test_both_databases_count_the_same(postgres: NewDatabase, tmp_path: Path) -> None:
    url = postgres()
    assert urlsplit(url).scheme.startswith("postgresql")
    in_postgres = played(PostgresPlace(url, None, tmp_path / "secrets"), tmp_path / "postgres")
    in_memory = played(MemoryPlace(), tmp_path / "memory")

    assert in_postgres == in_memory
    document = in_postgres[0]
    assert isinstance(document, dict)
    assert document["problems"]["reopened"] == 1
    assert in_postgres[2] == [True, False, True, False, False, False]
