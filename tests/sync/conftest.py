from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.places import HUBS, Hospital, hospital, on_postgres


@pytest.fixture(scope="session")
def moulds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("moulds")


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path, moulds: Path) -> Iterator[Hospital]:
    """A hospital in files; with `on_both` a second time, with the stores of its hubs on PostgreSQL."""
    if getattr(request, "param", "file") == "postgresql":
        for node in HUBS:
            on_postgres(tmp_path / node, request.getfixturevalue("postgres"))
    with hospital(tmp_path, moulds) as found:
        yield found
