"""Programs that start warm: a process that has imported everything forks one on a terminal of its own whenever asked.

Each is a process of its own with the real program in it, which can be killed as by a power cut.
"""

import contextlib
import fcntl
import os
import pty
import select
import signal
import socket
import struct
import subprocess
import sys
import termios
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

_ROOT = Path(__file__).parents[2]
_LONGEST = 20.0


class Warm:
    """The process that forks."""

    def __init__(self) -> None:
        self._link, theirs = socket.socketpair()
        surroundings = {**os.environ, "PYTHONPATH": str(_ROOT), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(theirs.fileno())], pass_fds=[theirs.fileno()], env=surroundings
        )
        theirs.close()
        self._one_at_a_time = threading.Lock()

    def start(self, folder: Path, node: str, clock: str) -> "Running":
        """Start the screens of a node."""
        with self._one_at_a_time:
            self._link.sendall(f"{folder}\n{node}\n{clock}".encode())
            told, ends, _, _ = socket.recv_fds(self._link, 100, 1)
        return Running(int(told), ends[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._link.close()
        self._process.wait(_LONGEST)


class Running:
    """One program: keys in, and everything that the terminal got since the last key out."""

    def __init__(self, pid: int, end: int) -> None:
        self._pid, self._end, self._got = pid, end, b""

    def type(self, keys: str) -> None:
        self._got = b""
        os.write(self._end, keys.encode())

    def expect(self, *words: str) -> None:
        """Wait until all these words have come."""
        until = time.monotonic() + _LONGEST
        while missing := [one for one in words if one.encode() not in self._got]:
            assert time.monotonic() < until, f"{missing} did not come, but {self._got[-2000:]!r}"
            self._read(0.5)

    def rest(self, quiet: float = 0.12) -> None:
        """Wait until nothing comes any more."""
        while self._read(quiet):
            pass

    def kill(self) -> None:
        """End it as a power cut does, and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            while True:
                os.kill(self._pid, signal.SIGKILL)
                time.sleep(0.01)
        os.close(self._end)

    def _read(self, longest: float) -> bool:
        ready, _, _ = select.select([self._end], [], [], longest)
        if not ready:
            return False
        try:
            self._got += os.read(self._end, 65536)
        except OSError as ended:
            raise AssertionError(f"it ended by itself, after {self._got[-2000:]!r}") from ended
        return True


def _serve(link: socket.socket) -> None:
    _import_the_rest()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while asked := link.recv(4096):
        folder, node, clock = asked.decode().split("\n")
        pid, end = pty.fork()
        if pid == 0:
            link.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _run(Path(folder), node, clock)
        socket.send_fds(link, [str(pid).encode()], [end])
        os.close(end)


def _run(folder: Path, node: str, clock: str) -> None:
    from tests.screens.hospital import open_on_disk, program  # noqa: PLC0415 - imported by then

    fcntl.ioctl(2, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    program(lambda: open_on_disk(folder, node, clock)).run()
    os._exit(0)


def _import_the_rest() -> None:
    """What the program imports after its first frame."""
    import screens.huddle  # noqa: PLC0415 - so that it is there
    import screens.verbs.again  # noqa: PLC0415
    import screens.verbs.raising  # noqa: PLC0415
    import screens.verbs.signing  # noqa: F401, PLC0415
    import tests.screens.hospital  # noqa: F401, PLC0415 - so that it is there
    import wsq_huddle.store.store  # noqa: F401, PLC0415


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
