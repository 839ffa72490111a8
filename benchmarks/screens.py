"""What the screens cost, beside a bare Textual app, both on a real pseudo-terminal of 80x24.

    python benchmarks/screens.py [rounds]

First frame, Today with content, memory, rest and a key. Each round runs all programs in turn, so that a busy machine
slows all; medians of seven rounds, ratios within one run, the processor's time beside that of the wall. `import
benchmarks` is never needed: the bare apps are this file as a process of its own.
"""

import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections import defaultdict
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[1]
ROUNDS, STARTS = 7, 3
KEYS, REST, LONG = 20, 10.0, 5_000
UP, DOWN = b"\x1b[A", b"\x1b[B"
# Today has eleven lines that can be chosen: so many keys down, then as many up.
_TURN = 5
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


class Running:
    """A program on a pseudo-terminal, with what it costs."""

    def __init__(self, *words: str) -> None:
        self._began = time.monotonic()
        self.pid, self._end = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(2, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            surroundings = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8",
                            "PYTHONPATH": str(ROOT)}  # fmt: skip
            os.execve(sys.executable, [sys.executable, *words], surroundings)  # noqa: S606 - our own programs
        self.read = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self._end)

    def until(self, words: bytes, longest: float = 60.0) -> tuple[float, float]:
        """Read until these words have come; gives the wall's and the processor's time since the start, in ms."""
        while words not in self.read:
            if not self.take(longest):
                raise SystemExit(f"{words!r} never came: {self.read[-2000:]!r}")
        return (time.monotonic() - self._began) * 1_000, self.cpu

    def take(self, longest: float) -> bytes:
        ready, _, _ = select.select([self._end], [], [], longest)
        piece = os.read(self._end, 65_536) if ready else b""
        self.read += piece
        return piece

    def quiet(self, seconds: float = 0.25) -> bytes:
        """Give what comes until it has been quiet for so long."""
        read = b""
        while piece := self.take(seconds):
            read += piece
        return read

    def press(self, key: bytes) -> tuple[float, float, int]:
        """Press a key: ms to its paint, ms of the processor, bytes sent."""
        before, began = self.cpu, time.monotonic()
        os.write(self._end, key)
        first = self.take(5.0)
        painted = (time.monotonic() - began) * 1_000
        rest = self.quiet(0.1)
        return painted, self.cpu - before, len(first) + len(rest)

    @property
    def cpu(self) -> float:
        """The time of the processor so far, all threads, in ms; from the scheduler, which counts nanoseconds."""
        spent = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            try:
                spent += int((task / "schedstat").read_text().split()[0])
            except (FileNotFoundError, ProcessLookupError):
                continue
        return spent / 1e6

    @property
    def memory(self) -> float:
        """The resident memory, in MB."""
        told = Path(f"/proc/{self.pid}/status").read_text()
        return int(told.partition("VmRSS:")[2].split()[0]) / 1_024


def unit(folder: Path, many: int = 0) -> Path:
    """Make the unit of the drawings on disk, or one with many problems; gives its huddle.toml."""
    sys.path.insert(0, str(ROOT))
    from tests.screens.hospital import Drawn  # noqa: PLC0415 - after the path
    from tests.services.hospital import settings_in  # noqa: PLC0415
    from wsq_huddle.services import problems  # noqa: PLC0415
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

    hospital = OnDisk(folder, quiet=bool(many))
    for number in range(many):
        problems.raise_at(hospital["4-west"], title=f"Problem number {number}", category="other")
    hospital.close()
    return folder / "4-west" / "huddle.toml"


def ours(config: Path) -> list[str]:
    return ["-m", "wsq_huddle", "--config", str(config), "--now", NOW]


def round_of(config: Path, long: Path, found: dict[str, list[float]], *, at_rest: bool) -> None:
    """Run every program once, and start the two that are compared more often."""
    me = str(Path(__file__))
    for _ in range(STARTS):
        starts(config, found)
    with Running(me, BARE) as running:
        running.until(b"the first frame")
        rest(running, "bare", found, at_rest=at_rest)
    with Running(*ours(config)) as running:
        running.until(b"Since 1 Nov")
        rest(running, "our", found, at_rest=at_rest)
        keys(running, "our today", found)
    with Running(me, TABLE) as running:
        running.until(b"Problem number 9")
        running.quiet(1.0)
        keys(running, "bare table", found)
    with Running(*ours(long)) as running:
        running.until(b"Since 1 Nov")
        running.quiet(2.0)
        os.write(running._end, b"l")  # noqa: SLF001 - our own
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
    with Running(*ours(config)) as running:
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


def keys(running: Running, who: str, found: dict[str, list[float]]) -> None:
    pressed = [running.press(DOWN if at // _TURN % 2 == 0 else UP) for at in range(KEYS)]
    for name, values in zip(("paint", "cpu", "bytes"), zip(*pressed, strict=True), strict=True):
        found[f"{who} key {name}"].append(statistics.median(values))
    found[f"{who} key most"].append(max(sent for _, _, sent in pressed))


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
