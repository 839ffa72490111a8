"""A computer where nothing is set up, a unit on it, and a department with its hub."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.hubs import Hub, serving
from tests.cli.running import Node, made


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
    return made(tmp_path_factory.mktemp("mould") / "unit")


@pytest.fixture
def unit(unit_mould: Node, tmp_path: Path) -> Node:
    return Node(shutil.copytree(unit_mould.folder, tmp_path / "unit"), unit_mould.now)


@pytest.fixture
def department(tmp_path: Path) -> Node:
    return made(tmp_path / "department", "cardiac", name="Cardiac", tier=2)


@pytest.fixture
def hub(department: Node) -> Iterator[Hub]:
    with serving(department) as found:
        yield found
