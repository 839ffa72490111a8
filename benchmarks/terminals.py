"""A program on a pseudo-terminal of 80x24, with what it costs: shared by the benchmarks of the screens."""

import fcntl
import os
import pty
import select
import statistics
import struct
import sys
import termios
import time
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[1]
KEYS = 20
UP, DOWN = b"\x1b[A", b"\x1b[B"
# Today has eleven lines that can be chosen: so many keys down, then as many up.
_TURN = 5


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

    def write(self, key: bytes) -> None:
        os.write(self._end, key)

    def press(self, key: bytes) -> tuple[float, float, int]:
        """Press a key: ms to its paint, ms of the processor, bytes sent."""
        before, began = self.cpu, time.monotonic()
        self.write(key)
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


def ours(config: Path, now: str) -> list[str]:
    """The words that start our program for the node of this huddle.toml."""
    return ["-m", "wsq_huddle", "--config", str(config), "--now", now]


def keys(running: Running, who: str, found: dict[str, list[float]]) -> None:
    """Walk down and up in the list that stands there; keeps the medians, and the most bytes of a key."""
    pressed = [running.press(DOWN if at // _TURN % 2 == 0 else UP) for at in range(KEYS)]
    for name, values in zip(("paint", "cpu", "bytes"), zip(*pressed, strict=True), strict=True):
        found[f"{who} key {name}"].append(statistics.median(values))
    found[f"{who} key most"].append(max(sent for _, _, sent in pressed))


def held_against(found: dict[str, list[float]], screens: tuple[str, ...], sizes: tuple[int, int], most: int) -> None:
    """Print what a key costs in each screen, with few and with many, and the ratio within each round."""
    few, many = sizes
    print(f"{'':34} {few:>8} {many:>8} {'ratio':>7} {'bound':>6}")
    for screen in screens:
        for kind in ("paint", "cpu"):
            small, large = found[f"few {screen} key {kind}"], found[f"many {screen} key {kind}"]
            ratio = statistics.median(b / a for a, b in zip(small, large, strict=True))
            print(
                f"a key in {screen + ', ' + kind + ' (ms)':25} {statistics.median(small):8.2f}"
                f" {statistics.median(large):8.2f} {ratio:7.2f} {1.5 if kind == 'paint' else '':>6}"
            )
        print(f"bytes of a key in {screen}, at most: {max(found[f'many {screen} key most']):.0f} (at most {most})")
