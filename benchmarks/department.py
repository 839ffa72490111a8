"""What a key costs a director when 200 problems came up, beside the same screen with ten.

    python benchmarks/department.py [rounds]

Today and Help of a department, with patterns among what came up, on a pseudo-terminal of 80x24. The bound: at most 1.5
times the ten, and 4,096 bytes a key. Both programs run in turn within one run; medians, CPU beside wall time.
"""

import shutil
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from hospitals import OnDisk
from terminals import Running, held_against, keys, ours

from tests.screens.hospital import MONDAY
from tests.services.hospital import at
from wsq_huddle.domain import problems
from wsq_huddle.domain.problems import PREFIX

ROUNDS, FEW, MANY = 5, 10, 200
BYTES = 4_096
NOW = "2026-11-30T08:07:00-06:00"
# Seven of ten titles are of their own, the others are three patterns.
THINGS = ("Stretcher", "Printer", "Door", "Pump", "Lift", "Phone", "Monitor", "Pump", "Linen", "Pump")
RIGHT = b"\x1b[C"


def department(folder: Path, many: int) -> Path:
    """Make a department on disk to which so many problems came up; gives its huddle.toml."""
    hospital = OnDisk(folder, quiet=True)
    west = hospital["4-west"]
    tree = west.tree()
    # In one transaction: each of its own would be 400 waits for the disk.
    with west.recording() as writing:
        for number in range(many):
            thing = f"{THINGS[number % len(THINGS)]} {number} out of order"
            raised = problems.raise_at(tree, title=thing, category="equipment")
            subject = writing.recorder.write(west.author, raised, PREFIX).subject
            asks = problems.escalate(
                writing.recorder.state(subject), tree, need="another one", tried="asked around", by=at("12:00", MONDAY)
            )
            writing.recorder.write(west.author, asks, subject)
    hospital.deliver()
    hospital.close()
    return hospital.toml("cardiac")


def copied(config: Path, folder: str) -> Path:
    """A copy of a department, to be changed."""
    return Path(shutil.copytree(config.parent, Path(folder) / config.parent.name)) / config.name


def round_of(config: Path, who: str, found: dict[str, list[float]]) -> None:
    """Walk up and down on Today, then in Help; in a copy, because a huddle goes on where it was left."""
    with tempfile.TemporaryDirectory() as folder, Running(*ours(copied(config, folder), NOW)) as running:
        running.until(b"CAME UP")
        running.quiet(3.0)
        keys(running, f"{who} today", found)
        for key in (b"\x1b[H", b"\r", b"\r", b"\r"):
            running.write(key)
            running.quiet(0.6)
        while b"[HELP]" not in running.read:
            running.read = b""
            running.write(RIGHT)
            running.until(b"]")  # the step that is open
            running.quiet(0.6)
        running.until(b"How can we help")
        running.quiet(1.0)
        keys(running, f"{who} help", found)


def main(rounds: int) -> None:
    found = defaultdict[str, list[float]](list)
    with tempfile.TemporaryDirectory() as folder:
        few, many = department(Path(folder) / "few", FEW), department(Path(folder) / "many", MANY)
        for who, config in (("few", few), ("many", many)):
            round_of(config, who, defaultdict(list))
        for _ in range(rounds):
            for who, config in (("few", few), ("many", many)):
                round_of(config, who, found)
    held_against(found, ("today", "help"), (FEW, MANY), BYTES)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS)
