"""A program on a real pseudo-terminal: keys in, every byte that the terminal would get out."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from contextlib import suppress
from types import TracebackType
from typing import Self

from tests.cli.running import PROGRAM

LEAVE = b"\x11"
SEATS = b"\x1b[20~"
FIRST = b"\x1b[H"
ENTER = b"\r"
ALTERNATE = b"\x1b[?1049h"
"""What a terminal gets before a full screen is drawn on it."""

_PYTHON = PROGRAM[0]


class Terminal:
    """The program on a terminal of its own, which hangs up when the test is through with it."""

    def __init__(
        self, *words: str, size: tuple[int, int] = (80, 24), program: tuple[str, ...] = PROGRAM[1:], **environ: str
    ) -> None:
        self._pid, self._end = pty.fork()
        if self._pid == 0:
            for ignored in (signal.SIGINT, signal.SIGHUP):
                signal.signal(ignored, signal.SIG_DFL)  # as on a terminal, also where the tests run behind
            fcntl.ioctl(2, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            surroundings = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **environ}
            os.execve(_PYTHON, [_PYTHON, "-X", "faulthandler", *program, *words], surroundings)  # noqa: S606 - ours
        self.seen = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.close(self._end)
        if self._pid:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)

    def until(self, words: bytes, seconds: float = 60.0) -> None:
        """Read until the terminal has got these words."""
        ends = time.monotonic() + seconds
        while words not in self.seen:
            assert time.monotonic() < ends, self.seen[-2_000:]
            assert self._read(0.2), self.seen[-2_000:]

    def rest(self, quiet: float = 0.1) -> None:
        """Read until nothing comes for a while."""
        while select.select([self._end], [], [], quiet)[0] and self._read(0.0):
            pass

    def type(self, keys: bytes) -> None:
        os.write(self._end, keys)

    def hang_up(self) -> int:
        """Let the terminal go away, as a closed window or a cut line does; gives how the program ended."""
        os.close(self._end)
        self._end = os.open(os.devnull, os.O_RDWR)
        return self._waited()

    def ended(self, seconds: float = 60.0) -> int:
        """Read to the end and give the exit code."""
        ends = time.monotonic() + seconds
        while self._read(0.2):
            assert time.monotonic() < ends, self.seen[-2_000:]
        return self._waited()

    def _waited(self, seconds: float = 30.0) -> int:
        ends = time.monotonic() + seconds
        while (found := os.waitpid(self._pid, os.WNOHANG))[0] == 0:
            assert time.monotonic() < ends, "it does not end"
            time.sleep(0.02)
        self._pid = 0
        return os.waitstatus_to_exitcode(found[1])

    def _read(self, seconds: float) -> bool:
        """Read a piece; False when the other end is gone."""
        ready, _, _ = select.select([self._end], [], [], seconds)
        if not ready:
            return True
        try:
            piece = os.read(self._end, 65_536)
        except OSError:
            return False
        self.seen += piece
        return bool(piece)
