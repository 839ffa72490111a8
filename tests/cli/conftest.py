"""A computer where nothing is set up, a unit on it, and a department with its hub."""

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.cli.hubs import Hub, serving
from tests.cli.running import Node, made, once
from tests.moulds import mould
from tests.services.hospital import Hospital
from wsq_huddle.services import problems


@pytest.fixture(autouse=True)
def _computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No huddle.toml is found by chance, and nothing is signed or timed from outside."""
    for name in ("WSQ_HUDDLE_CONFIG", "WSQ_HUDDLE_AS", "WSQ_HUDDLE_CLOCK", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")


@pytest.fixture(scope="session")
def unit_mould(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """A unit that was just set up; tests work in copies of it."""
    return once(tmp_path_factory, made)


@pytest.fixture(scope="session")
def department_mould(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """A department that was just set up; tests work in copies of it."""
    return once(tmp_path_factory, made, "cardiac", name="Cardiac", tier=2)


@pytest.fixture
def unit(unit_mould: Node, tmp_path: Path) -> Node:
    return unit_mould.copied(tmp_path / "unit")


@pytest.fixture
def department(department_mould: Node, tmp_path: Path) -> Node:
    return department_mould.copied(tmp_path / "department")


@pytest.fixture
def hub(department: Node) -> Iterator[Hub]:
    with serving(department) as found:
        yield found


@pytest.fixture(scope="session")
def hospital_mould(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hospital]:
    keys = ("executive", "cardiac", "4-west", "5-east")
    with closing(mould(tmp_path_factory, "tiers", partial(Hospital, keys=keys))) as made:
        yield made


@pytest.fixture
def hospital(hospital_mould: Hospital) -> Iterator[Hospital]:
    with closing(hospital_mould.copy()) as made:
        yield made


@pytest.fixture
def asked(hospital: Hospital) -> str:
    """A problem for which 4 West asks its department."""
    one = problems.raise_at(hospital["4-west"], title="Two IV pumps missing").id
    problems.escalate(hospital["4-west"], one, need="two pumps", tried="asked 5 East")
    hospital.deliver()
    return one
