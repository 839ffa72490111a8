"""A computer where nothing is set up, and a unit on it."""

from pathlib import Path

import pytest

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


@pytest.fixture
def unit(tmp_path: Path) -> Node:
    return made(tmp_path / "unit")
