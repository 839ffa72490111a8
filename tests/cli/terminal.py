"""A program on a real pseudo-terminal: keys in, every byte that the terminal would get out."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from types import TracebackType
from typing import Self

from tests.cli.running import PROGRAM

LEAVE = b"\x11"
ALTERNATE = b"\x1b[?1049h"
"""What a terminal gets before a full screen is drawn on it."""


class Terminal:
    """A program on a real pseudo-terminal."""

    def __init__(self, *words: str, size: tuple[int, int] = (80, 24), **environ: str) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        surroundings = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **environ}
        self._process = subprocess.Popen(
            [PROGRAM[0], "-X", "faulthandler", *PROGRAM[1:], *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=surroundings,
            start_new_session=True,
        )
        os.close(theirs)
        self.seen = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(timeout=20)
        os.close(self._ours)

    def until(self, words: bytes, seconds: float = 30.0) -> None:
        """Read until the terminal has got these words."""
        ends = time.monotonic() + seconds
        while words not in self.seen:
            assert time.monotonic() < ends, self.seen[-2_000:]
            assert self._read(0.2), self.seen[-2_000:]

    def type(self, keys: bytes) -> None:
        os.write(self._ours, keys)

    def ended(self) -> int:
        """Read to the end and give the exit code."""
        ends = time.monotonic() + 30
        while self._read(0.2) and time.monotonic() < ends:
            pass
        return self._process.wait(timeout=20)

    def _read(self, seconds: float) -> bool:
        """Read a piece; False when the other end is gone."""
        ready, _, _ = select.select([self._ours], [], [], seconds)
        if not ready:
            return True
        try:
            piece = os.read(self._ours, 65_536)
        except OSError:
            return False
        self.seen += piece
        return bool(piece)
