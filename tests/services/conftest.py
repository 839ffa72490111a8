"""The hospital that the tests of the services work in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.hospital import Hospital
from wsq_huddle.services.desk import Desk


@pytest.fixture
def hospital(tmp_path: Path) -> Iterator[Hospital]:
    made = Hospital(tmp_path)
    yield made
    made.close()


@pytest.fixture
def unit(hospital: Hospital) -> Desk:
    return hospital["4-west"]


@pytest.fixture
def department(hospital: Hospital) -> Desk:
    return hospital["cardiac"]


@pytest.fixture
def executive(hospital: Hospital) -> Desk:
    return hospital["executive"]
