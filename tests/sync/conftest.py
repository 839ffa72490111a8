from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.places import HUBS, Hospital, hospital, on_postgres


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hospital]:
    """A hospital in files; with `on_both` a second time, with the stores of its hubs on PostgreSQL."""
    if getattr(request, "param", "file") == "postgresql":
        for node in HUBS:
            on_postgres(tmp_path / node, request.getfixturevalue("postgres"))
    with hospital(tmp_path) as found:
        yield found
