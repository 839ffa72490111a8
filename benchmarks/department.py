"""What a key costs a director when 200 problems came up, beside the same screen with ten.

    python benchmarks/department.py [rounds]

Today and Help of a department, with patterns among what came up, on a pseudo-terminal of 80x24. The bound: at most 1.5
times the ten, and 4,096 bytes a key. Both programs run in turn within one run; medians, CPU beside wall time.
"""

import importlib.util
import os
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ROUNDS, FEW, MANY = 5, 10, 200
BOUND, BYTES = 1.5, 4_096
NOW = "2026-11-30T08:07:00-06:00"
# Seven of ten titles are of their own, the others are three patterns.
THINGS = ("Stretcher", "Printer", "Door", "Pump", "Lift", "Phone", "Monitor", "Pump", "Linen", "Pump")
RIGHT = b"\x1b[C"


def pseudo_terminal() -> Any:  # noqa: ANN401 - the benchmark beside this one, whose name a package of ours has
    """The programs on a pseudo-terminal of the other benchmark."""
    spec = importlib.util.spec_from_file_location("screens_benchmark", Path(__file__).with_name("screens.py"))
    assert spec is not None  # noqa: S101 - it lies beside this one
    assert spec.loader is not None  # noqa: S101
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def department(folder: Path, many: int) -> Path:
    """Make a department on disk to which so many problems came up; gives its huddle.toml."""
    sys.path.insert(0, str(ROOT))
    from tests.screens.hospital import MONDAY, Drawn  # noqa: PLC0415 - after the path
    from tests.services.hospital import at, settings_in  # noqa: PLC0415
    from wsq_huddle.domain import problems  # noqa: PLC0415
    from wsq_huddle.domain.problems import PREFIX  # noqa: PLC0415
    from wsq_huddle.services.desk import Desk  # noqa: PLC0415
    from wsq_huddle.store.opening import create_store  # noqa: PLC0415
    from wsq_huddle.store.places import FilePlace, Place  # noqa: PLC0415

    class OnDisk(Drawn):
        def add(self, key: str, place: Place | None = None, **said: str) -> Desk:
            data = self.folder / key / "data"
            settings = settings_in(self.folder, key, **said)
            where = place or FilePlace(data / "huddle.db", data / "secrets")
            self.desks[key] = Desk(create_store(where, key, clock=self.clock, rehearsal=True), settings)
            return self.desks[key]

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
    return folder / "cardiac" / "huddle.toml"


def copied(config: Path, folder: str) -> Path:
    """A copy of a department, to be changed."""
    return Path(shutil.copytree(config.parent, Path(folder) / config.parent.name)) / config.name


def round_of(terminal: Any, config: Path, who: str, found: dict[str, list[float]]) -> None:  # noqa: ANN401 - as above
    """Walk up and down on Today, then in Help; in a copy, because a huddle goes on where it was left."""
    with (
        tempfile.TemporaryDirectory() as folder,
        terminal.Running("-m", "wsq_huddle", "--config", str(copied(config, folder)), "--now", NOW) as running,
    ):
        running.until(b"CAME UP")
        running.quiet(3.0)
        terminal.keys(running, f"{who} today", found)
        end = running._end  # noqa: SLF001 - the other benchmark's
        for key in (b"\x1b[H", b"\r", b"\r", b"\r"):
            os.write(end, key)
            running.quiet(0.6)
        for _ in range(6):
            if b"[HELP]" in running.read[-4_000:]:
                break
            running.read = b""
            os.write(end, RIGHT)
            running.quiet(0.6)
        if b"How can we help" not in running.read:
            raise SystemExit(f"Help never came: {running.read[-2_000:]!r}")
        running.quiet(1.0)
        terminal.keys(running, f"{who} help", found)


def told(found: dict[str, list[float]]) -> None:
    print(f"{'':34} {FEW:>8} {MANY:>8} {'ratio':>7} {'bound':>6}")
    for screen in ("today", "help"):
        for kind in ("paint", "cpu"):
            few, many = found[f"few {screen} key {kind}"], found[f"many {screen} key {kind}"]
            ratio = statistics.median(b / a for a, b in zip(few, many, strict=True))
            bound = BOUND if kind == "paint" else ""
            print(
                f"a key in {screen}, {kind:5} (ms)            {statistics.median(few):8.2f}"
                f" {statistics.median(many):8.2f} {ratio:7.2f} {bound:>6}"
            )
        most = max(found[f"many {screen} key most"])
        print(f"bytes of a key in {screen}, at most: {most:.0f} (at most {BYTES})")


def main(rounds: int) -> None:
    terminal, found = pseudo_terminal(), defaultdict[str, list[float]](list)
    with tempfile.TemporaryDirectory() as folder:
        few, many = department(Path(folder) / "few", FEW), department(Path(folder) / "many", MANY)
        for who, config in (("few", few), ("many", many)):
            round_of(terminal, config, who, defaultdict(list))
        for _ in range(rounds):
            for who, config in (("few", few), ("many", many)):
                round_of(terminal, config, who, found)
    told(found)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS)
