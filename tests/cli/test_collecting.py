"""Garbage is looked for seldom while the screens start, and as usual once they stand."""

import gc
import subprocess
import sys
from pathlib import Path

from tests.cli.running import Node
from tests.cli.terminal import LEAVE, Terminal
from wsq_huddle.cli import collecting

USUAL = gc.get_threshold()
# What is left alone, how often the oldest were looked through before that, and how often it is looked now.
TOLD = """
import gc, sys
from pathlib import Path
from wsq_huddle.cli import collecting, program

as_usual, told = collecting.as_usual, Path(sys.argv.pop(1))

def watched():
    before = gc.get_stats()[2]["collections"]
    as_usual()
    told.write_text(f"{before} {gc.get_freeze_count() > 10_000} {gc.get_threshold()}", encoding="utf-8")

collecting.as_usual = watched
sys.exit(program.run(sys.argv[1:]))
"""


def test_the_start_of_the_screens_is_not_interrupted_by_a_look_through_all_objects(unit: Node, tmp_path: Path) -> None:
    told = tmp_path / "told"
    with Terminal("--config", str(unit.config), "--now", unit.now, program=("-I", "-c", TOLD, str(told))) as terminal:
        terminal.until(b"Start")
        # This key is there as soon as the other screens are imported.
        terminal.until(b"All problems")
        terminal.type(LEAVE)
        assert terminal.ended() == 0

    assert told.read_text(encoding="utf-8") == f"0 True {USUAL}"


def test_seldom_lasts_no_longer_than_what_asked_for_it() -> None:
    with collecting.seldom():
        assert gc.get_threshold()[0] > 100 * USUAL[0]

    assert gc.get_threshold() == USUAL


def test_what_was_never_seldom_is_left_as_it_is() -> None:
    code = "import gc; from wsq_huddle.cli import collecting; collecting.as_usual(); print(gc.get_freeze_count())"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout == "0\n"
