from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.moulds import alone
from tests.sync.places import HUBS, Hospital, hospital, on_postgres


@pytest.fixture
def place(
    request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hospital]:
    """A hospital in files; with `on_both` a second time, with the stores of its hubs on PostgreSQL."""
    if getattr(request, "param", "file") == "postgresql":
        for node in HUBS:
            on_postgres(tmp_path / node, request.getfixturevalue("postgres"))
    with hospital(tmp_path, partial(alone, tmp_path_factory)) as found:
        yield found
