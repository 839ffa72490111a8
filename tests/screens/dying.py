"""The screens of a node on disk, in a process that dies as by a power cut right after its first commit.

python tests/screens/dying.py FOLDER NODE TIME KIND     the first commit of an entry of that kind
"""

import os
import signal
import sys
from pathlib import Path

from screens.app import HuddleApp
from tests.screens.hospital import open_on_disk, program
from wsq_huddle.domain.entries import Told
from wsq_huddle.services.desk import Desk


def dying(folder: Path, node: str, clock: str, kind: str) -> HuddleApp:
    """Make the program; nothing of it runs between the commit and its end."""

    def die(told: list[Told]) -> None:
        if any(one.kind == kind for one in told):
            os.kill(os.getpid(), signal.SIGKILL)

    def opened() -> Desk:
        desk = open_on_disk(folder, node, clock)
        desk.listen(die)
        return desk

    return program(opened)


if __name__ == "__main__":
    where, who, when, what = sys.argv[1:]
    running = dying(Path(where), who, when, what)
    running.run()
    sys.exit(running.return_code or 0)
