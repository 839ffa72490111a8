"""What a key of the huddle costs on the line: the rows that change, not the screen; nothing at rest."""

from pathlib import Path

from tests.screens.hospital import Drawn
from tests.screens.pty_run import OnTerminal

HOSPITAL = Path(__file__).with_name("hospital.py")


def test_space_costs_at_most_4_kb_and_rest_costs_nothing(tmp_path: Path) -> None:
    Drawn(tmp_path, quiet=True, on_disk=True).close()
    with OnTerminal(str(tmp_path), "4-west", "07:16", program=HOSPITAL) as terminal:
        terminal.read_until(b"Start the huddle")
        for key in ("\r", "\r", "\x1b[C"):
            terminal.type(key)
            terminal.read(quiet=0.5, longest=6)
        costs = []
        for _ in range(4):
            terminal.type(" ")
            costs.append(len(terminal.read(quiet=0.6, longest=5)))

        assert 0 < max(costs) < 4096, costs
        assert terminal.silence(3) == b""
