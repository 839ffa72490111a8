"""What the screens cost, beside a bare Textual app, both on a real pseudo-terminal of 80x24.

    python benchmarks/screens.py [rounds]

First frame, Today with content, memory, rest and a key. Each round runs all programs in turn, so that a busy machine
slows all; medians of seven rounds, ratios within one run, the processor's time beside that of the wall. `import
benchmarks` is never needed: the bare apps are this file as a process of its own.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from terminals import ROOT, Running, keys, ours

ROUNDS, STARTS = 7, 3
REST, LONG = 10.0, 5_000
NOW = "2026-11-30T07:09:00-06:00"
BARE, TABLE = "bare", "table"


def bare() -> None:
    """Run a bare app: one line, nothing else."""
    from textual.app import App, ComposeResult  # noqa: PLC0415 - the process of the bare app only
    from textual.widgets import Static  # noqa: PLC0415

    class Bare(App[None]):
        def compose(self) -> ComposeResult:
            yield Static("the first frame")

    Bare().run()


def table(rows: int) -> None:
    """Run a bare app with a table of as many rows as the list of problems has."""
    from textual.app import App, ComposeResult  # noqa: PLC0415 - as above
    from textual.widgets import DataTable  # noqa: PLC0415

    class Table(App[None]):
        def compose(self) -> ComposeResult:
            yield DataTable(cursor_type="row")

        def on_mount(self) -> None:
            given: DataTable[str] = self.query_one(DataTable)
            given.add_columns("", "what", "who", "when")
            given.add_rows(("A", f"Problem number {at}", "nobody yet", "no plan") for at in range(rows))

    Table().run()


def unit(folder: Path, many: int = 0) -> Path:
    """Make the unit of the drawings on disk, or one with many problems; gives its huddle.toml."""
    from hospitals import OnDisk  # noqa: PLC0415 - not in the processes of the bare apps

    from wsq_huddle.services import problems  # noqa: PLC0415 - after the path

    hospital = OnDisk(folder, quiet=bool(many))
    for number in range(many):
        problems.raise_at(hospital["4-west"], title=f"Problem number {number}", category="other")
    hospital.close()
    return hospital.toml("4-west")


def round_of(config: Path, long: Path, found: dict[str, list[float]], *, at_rest: bool) -> None:
    """Run every program once, and start the two that are compared more often."""
    me = str(Path(__file__))
    for _ in range(STARTS):
        starts(config, found)
    with Running(me, BARE) as running:
        running.until(b"the first frame")
        rest(running, "bare", found, at_rest=at_rest)
    with Running(*ours(config, NOW)) as running:
        running.until(b"Since 1 Nov")
        rest(running, "our", found, at_rest=at_rest)
        keys(running, "our today", found)
    with Running(me, TABLE) as running:
        running.until(b"Problem number 9")
        running.quiet(1.0)
        keys(running, "bare table", found)
    with Running(*ours(long, NOW)) as running:
        running.until(b"Since 1 Nov")
        running.quiet(2.0)
        running.write(b"l")
        running.until(b"[HERE]")
        running.until(b" below")
        running.quiet(1.0)
        keys(running, "our list", found)


def starts(config: Path, found: dict[str, list[float]]) -> None:
    """Start both at once after each other, so that both meet the machine in the same state."""
    with Running(str(Path(__file__)), BARE) as running:
        wall, cpu = running.until(b"the first frame")
        found["bare frame wall"].append(wall)
        found["bare frame cpu"].append(cpu)
    with Running(*ours(config, NOW)) as running:
        # Of line 1, which is drawn; the name of the place alone is in the title of the window before.
        wall, cpu = running.until(b"Mon 30 Nov")
        found["our frame wall"].append(wall)
        found["our frame cpu"].append(cpu)
        wall, cpu = running.until(b"Since 1 Nov")
        found["our content wall"].append(wall)
        found["our content cpu"].append(cpu)


def rest(running: Running, who: str, found: dict[str, list[float]], *, at_rest: bool) -> None:
    """Let it come to rest, then count what it does when nobody does anything."""
    running.quiet(3.0)
    found[f"{who} memory"].append(running.memory)
    if at_rest:
        before, began = running.cpu, time.monotonic()
        sent = b""
        while (left := REST - (time.monotonic() - began)) > 0:
            sent += running.take(left)
        found[f"{who} rest cpu"].append((running.cpu - before) / REST)
        found[f"{who} rest bytes"].append(len(sent) / REST)


LINES = (
    ("first frame, ms", "our frame", "bare frame", 1.3),
    ("Today with content, ms", "our content", "bare frame", 2.0),
    ("memory, MB", "our memory", "bare memory", 2.5),
    ("at rest, ms of processor a second", "our rest cpu", "bare rest cpu", 1.5),
    ("a key on Today, ms", "our today key", "bare table key", 1.5),
    (f"a key in {LONG:,} problems, ms", "our list key", "bare table key", 1.5),
)


def told(found: dict[str, list[float]]) -> None:
    """Print medians and ratios."""
    middle = {name: statistics.median(values) for name, values in found.items()}
    print(f"{'':36} {'ours':>9} {'bare':>9} {'ratio':>7} {'bound':>6}")
    for words, mine, bare_, bound in LINES:
        pairs = [(f"{mine}{kind}", f"{bare_}{kind}", kind) for kind in ("", " wall", " cpu", " paint")]
        for one, other, kind in pairs:
            if one in middle and other in middle:
                ratio = statistics.median(a / b for a, b in zip(found[one], found[other], strict=True))
                print(f"{words + kind:36} {middle[one]:9.2f} {middle[other]:9.2f} {ratio:7.2f} {bound:6.1f}")
    for words, name in (("at rest, a second", "our rest bytes"), ("a key on Today", "our today key bytes"),
                        ("at most", "our today key most"), ("a key in the long list", "our list key bytes"),
                        ("at most", "our list key most")):  # fmt: skip
        print(f"bytes {words}: {middle[name]:.0f}")


def measure(rounds: int) -> None:
    found: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        config, long = unit(Path(folder) / "drawn"), unit(Path(folder) / "long", LONG)
        # Once without counting: what Python compiles is compiled then.
        subprocess.run([sys.executable, "-m", "compileall", "-q", str(ROOT / "screens"), str(ROOT / "wsq_huddle")],  # noqa: S603 - our own folders
                       check=True)  # fmt: skip
        round_of(config, long, defaultdict(list), at_rest=False)
        for _ in range(rounds):
            round_of(config, long, found, at_rest=True)
    told(found)


if __name__ == "__main__":
    match sys.argv[1:]:
        case [what] if what == BARE:
            bare()
        case [what] if what == TABLE:
            table(LONG)
        case [rounds]:
            measure(int(rounds))
        case _:
            measure(ROUNDS)
