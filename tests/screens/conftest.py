"""Hospitals for the tests of the screens: the one of the drawings, which nothing may change, and a quiet one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.screens.hospital import Drawn


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drawn]:
    """Make the hospital of the drawings once for the tests of a file: they only look."""
    hospital = Drawn(tmp_path_factory.mktemp("drawn"))
    yield hospital
    hospital.close()


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[Drawn]:
    """Make a hospital in which nothing has happened yet."""
    hospital = Drawn(tmp_path, quiet=True)
    yield hospital
    hospital.close()
