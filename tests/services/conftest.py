"""The hospital that the tests of the services work in."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.moulds import mould as mould_of
from tests.services.hospital import Hospital
from wsq_huddle.services.desk import Desk


@pytest.fixture(scope="session")
def mould(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hospital]:
    """A hospital that was just set up; tests work in copies of it."""
    with closing(mould_of(tmp_path_factory, "hospital", Hospital)) as made:
        yield made


@pytest.fixture
def hospital(mould: Hospital) -> Iterator[Hospital]:
    with closing(mould.copy()) as made:
        yield made


@pytest.fixture
def unit(hospital: Hospital) -> Desk:
    return hospital["4-west"]


@pytest.fixture
def department(hospital: Hospital) -> Desk:
    return hospital["cardiac"]


@pytest.fixture
def executive(hospital: Hospital) -> Desk:
    return hospital["executive"]
