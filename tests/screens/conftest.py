"""Hospitals for the tests of the screens, built once for a run and copied: the one of the drawings, a quiet one."""

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.moulds import alone, mould
from tests.screens.hospital import Drawn

if TYPE_CHECKING:
    from tests.screens.department import Department


@pytest.fixture(scope="session")
def drawn_mould(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drawn]:
    with closing(mould(tmp_path_factory, "drawn", Drawn)) as hospital:
        yield hospital


@pytest.fixture(scope="session")
def quiet_mould(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drawn]:
    with closing(mould(tmp_path_factory, "quiet", partial(Drawn, quiet=True))) as hospital:
        yield hospital


@pytest.fixture(scope="session")
def drawn_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hospital of the drawings in files: for programs of their own, to be copied."""
    with alone(tmp_path_factory, "on-disk") as shared:
        folder = shared / "hospital"
        if not folder.exists():
            Drawn(folder, on_disk=True).close()
    return folder


@pytest.fixture(scope="module")
def drawn(drawn_mould: Drawn) -> Iterator[Drawn]:
    """The hospital of the drawings for the tests of a file: they only look."""
    with closing(drawn_mould.copy()) as hospital:
        yield hospital


@pytest.fixture
def busy(drawn_mould: Drawn) -> Iterator[Drawn]:
    """The hospital of the drawings, for one test that does something in it."""
    with closing(drawn_mould.copy()) as hospital:
        yield hospital


@pytest.fixture
def quiet(quiet_mould: Drawn) -> Iterator[Drawn]:
    """A hospital in which nothing has happened yet."""
    with closing(quiet_mould.copy()) as hospital:
        yield hospital


@pytest.fixture(scope="session")
def department_mould(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Department]":
    from tests.screens.department import Department  # noqa: PLC0415 - fifteen units, only for who asks

    with closing(mould(tmp_path_factory, "department", Department)) as hospital:
        yield hospital


@pytest.fixture
def fifteen(department_mould: "Department") -> "Iterator[Department]":
    """Cardiac with fifteen units, Monday 07:50."""
    with closing(department_mould.copy()) as hospital:
        yield hospital
