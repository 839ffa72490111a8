"""Folders of demos: each goes with its demo, and one that was killed leaves nothing for longer than the next start."""

import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from wsq_huddle.rehearsal import temporary
from wsq_huddle.rehearsal.temporary import LOCK, PREFIX, clear_left

HOLDS = """
import sys, tempfile
tempfile.tempdir = sys.argv[1]
from pathlib import Path
from wsq_huddle.rehearsal import temporary
temporary._QUICK = Path(sys.argv[1]) / "none"
print(temporary.make().folder, flush=True)
sys.stdin.read()
"""


def holding(place: Path) -> tuple[subprocess.Popen[str], Path]:
    """A process with a demo's folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def ended(process: subprocess.Popen[str], how: signal.Signals) -> None:
    process.send_signal(how)
    process.communicate()


def test_what_a_killed_demo_left_is_cleared_and_one_that_runs_is_not(tmp_path: Path) -> None:
    killed, left = holding(tmp_path)
    (left / "4-west").mkdir()
    ended(killed, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    (kept := tmp_path / f"{PREFIX}kept").mkdir()
    (others := tmp_path / "others").mkdir()
    (others / LOCK).touch()

    runs, folder = holding(tmp_path)
    clear_left(tmp_path)
    there = set(tmp_path.iterdir())
    ended(runs, signal.SIGTERM)

    assert left.name.startswith(PREFIX)
    assert there == {folder, kept, others}


def test_a_folder_goes_when_its_demo_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(temporary, "_QUICK", tmp_path / "none")
    made = temporary.make()
    (made.folder / "cardiac").mkdir()

    assert (made.folder / LOCK).exists()
    made.clear()
    assert not made.folder.exists()
