"""A program on a real pseudo-terminal: keys in, every byte that the terminal would get out."""

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time
from pathlib import Path
from types import TracebackType
from typing import Self

_DEMO = Path(__file__).with_name("demo.py")
_ENDING = 30.0
_ROOT = _DEMO.parents[2]


class OnTerminal:
    """A program, by default the demo of the kit, on a terminal of its own."""

    def __init__(
        self, *arguments: str, size: tuple[int, int] = (80, 24), program: Path = _DEMO, **environ: str
    ) -> None:
        self._pid, self._end = pty.fork()
        if self._pid == 0:
            fcntl.ioctl(2, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            surroundings = {
                **os.environ, "PYTHONPATH": str(_ROOT), "TERM": "xterm-256color", "COLORTERM": "truecolor",
                "LANG": "C.UTF-8", **environ,
            }  # fmt: skip
            os.execve(sys.executable, [sys.executable, str(program), *arguments], surroundings)  # noqa: S606 - our own demo

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.close(self._end)
        if self._pid:
            os.kill(self._pid, 9)
            os.waitpid(self._pid, 0)

    def kill(self) -> None:
        """End it as a power cut does."""
        os.kill(self._pid, 9)
        os.waitpid(self._pid, 0)
        self._pid = 0

    def type(self, keys: str) -> None:
        os.write(self._end, keys.encode())

    def read(self, *, quiet: float = 0.4, longest: float = 20.0) -> bytes:
        """Read until nothing comes for `quiet` seconds; the first byte may take longer."""
        read, until = b"", time.monotonic() + longest
        while time.monotonic() < until:
            ready, _, _ = select.select([self._end], [], [], quiet if read else longest)
            if not ready:
                break
            try:
                piece = os.read(self._end, 65536)
            except OSError:
                break
            if not piece:
                break
            read += piece
        return read

    def read_until(self, words: bytes, *, longest: float = 20.0) -> bytes:
        """Read until these words have come and it is quiet."""
        read, until = b"", time.monotonic() + longest
        while words not in read and time.monotonic() < until:
            read += self.read(quiet=0.2, longest=1.0)
        return read

    def silence(self, seconds: float) -> bytes:
        """Give what comes in that time, which should be nothing."""
        ready, _, _ = select.select([self._end], [], [], seconds)
        return os.read(self._end, 65536) if ready else b""

    def ended(self) -> int:
        """Wait for the end and give the exit code."""
        until = time.monotonic() + _ENDING
        while (ended := os.waitpid(self._pid, os.WNOHANG))[0] == 0:
            assert time.monotonic() < until, "it goes on and on"
            time.sleep(0.05)
        self._pid, status = 0, ended[1]
        return os.waitstatus_to_exitcode(status)
