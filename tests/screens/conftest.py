"""Hospitals for the tests of the screens, built once for a process and copied: the one of the drawings, a quiet one."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.screens.hospital import Drawn

if TYPE_CHECKING:
    from tests.screens.department import Department


@pytest.fixture(scope="session")
def drawn_mould(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drawn]:
    hospital = Drawn(tmp_path_factory.mktemp("drawn"))
    yield hospital
    hospital.close()


@pytest.fixture(scope="session")
def quiet_mould(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drawn]:
    hospital = Drawn(tmp_path_factory.mktemp("quiet"), quiet=True)
    yield hospital
    hospital.close()


@pytest.fixture(scope="module")
def drawn(drawn_mould: Drawn) -> Iterator[Drawn]:
    """The hospital of the drawings for the tests of a file: they only look."""
    hospital = drawn_mould.copy()
    yield hospital
    hospital.close()


@pytest.fixture
def busy(drawn_mould: Drawn) -> Iterator[Drawn]:
    """The hospital of the drawings, for one test that does something in it."""
    hospital = drawn_mould.copy()
    yield hospital
    hospital.close()


@pytest.fixture
def quiet(quiet_mould: Drawn) -> Iterator[Drawn]:
    """A hospital in which nothing has happened yet."""
    hospital = quiet_mould.copy()
    yield hospital
    hospital.close()


@pytest.fixture(scope="session")
def department_mould(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Department]":
    from tests.screens.department import Department  # noqa: PLC0415 - fifteen units, only for who asks

    hospital = Department(tmp_path_factory.mktemp("department"))
    yield hospital
    hospital.close()


@pytest.fixture
def fifteen(department_mould: "Department") -> "Iterator[Department]":
    """Cardiac with fifteen units, Monday 07:50."""
    hospital = department_mould.copy()
    yield hospital
    hospital.close()
