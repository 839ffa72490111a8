from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.places import Hospital, hospital


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Hospital]:
    with hospital(tmp_path) as found:
        yield found
