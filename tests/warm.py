"""Modules run as programs of their own that start warm: forked from a process that has imported the product already.

Importing costs a program a second of computing, and the tests start some hundreds. `Warm` is `python -m MODULE` but
for that second: a process with streams of its own, which can be stopped, killed and waited for. What a start costs
and imports, and that the program starts at all, is shown by those that are not warm (tests/cli/running.py).
"""

import atexit
import functools
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_LARGEST = 65_536


class Warm:
    """A program that was started warm, with a pipe to each of its standard streams; used as `Popen` is."""

    def __init__(self, module: str, *words: str, folder: Path = ROOT) -> None:
        reading, stdin = os.pipe()
        stdout, writing = os.pipe()
        stderr, complaining = os.pipe()
        self._end, ending = os.pipe()
        asked = {"module": module, "words": words, "folder": str(folder), "environ": dict(os.environ)}
        theirs = [reading, writing, complaining, ending]
        self.pid = _forker().fork(json.dumps(asked).encode(), theirs)
        for end in theirs:
            os.close(end)
        self.returncode: int | None = None
        self.stdin = os.fdopen(stdin, "w", encoding="utf-8")
        self.stdout = os.fdopen(stdout, encoding="utf-8")
        self.stderr = os.fdopen(stderr, encoding="utf-8")

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            if not select.select([self._end], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired([str(self.pid)], timeout or 0)
            self.returncode = int(os.read(self._end, 16))
            os.close(self._end)
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def communicate(self, words: str = "", timeout: float | None = None) -> tuple[str, str]:
        """Say something to it and close that stream; gives what it says until it ends."""
        complaints: list[str] = []
        listening = threading.Thread(target=lambda: complaints.append(self.stderr.read()))
        listening.start()
        with suppress(BrokenPipeError), self.stdin:
            self.stdin.write(words)
        said = self.stdout.read()
        listening.join()
        self.wait(timeout)
        self.close()
        return said, complaints[0]

    def close(self) -> None:
        """Let go of its streams."""
        for stream in (self.stdin, self.stdout, self.stderr):
            with suppress(BrokenPipeError):
                stream.close()


class _Forker:
    """The process that has imported everything, and forks."""

    def __init__(self) -> None:
        self._link, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        words = [sys.executable, "-m", "tests.warm", str(theirs.fileno())]
        self._process = subprocess.Popen(words, cwd=ROOT, pass_fds=[theirs.fileno()])
        theirs.close()
        self._one_at_a_time = threading.Lock()

    def fork(self, asked: bytes, ends: list[int]) -> int:
        with self._one_at_a_time:
            socket.send_fds(self._link, [asked], ends)
            return int(self._link.recv(16))

    def end(self) -> None:
        self._link.close()
        self._process.wait()


@functools.cache
def _forker() -> _Forker:
    found = _Forker()
    atexit.register(found.end)
    return found


def _import_all() -> None:
    import wsq_huddle  # noqa: PLC0415 - only in the process that forks

    for module in pkgutil.walk_packages(wsq_huddle.__path__, "wsq_huddle."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    gc.collect()
    gc.freeze()


def _serve(link: socket.socket) -> None:
    """Fork whatever is asked for, and tell of each how it ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    woken, waking = os.pipe()
    os.set_blocking(waking, False)
    signal.set_wakeup_fd(waking)
    running: dict[int, int] = {}
    while True:
        ready = select.select([link.fileno(), woken], [], [])[0]
        if woken in ready:
            os.read(woken, _LARGEST)
            _tell_ended(running)
        if link.fileno() in ready:
            words, ends, _, _ = socket.recv_fds(link, _LARGEST, 4)
            if not words:
                return
            pid = os.fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                for end in (woken, waking, ends.pop(), *running.values()):
                    os.close(end)
                link.close()
                _become(json.loads(words), ends)
            running[pid] = ends.pop()
            for end in ends:
                os.close(end)
            link.send(str(pid).encode())


def _tell_ended(running: dict[int, int]) -> None:
    for pid, end in list(running.items()):
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            with suppress(BrokenPipeError):
                os.write(end, str(os.waitstatus_to_exitcode(status)).encode())
            os.close(running.pop(pid))


def _become(asked: dict[str, Any], streams: list[int]) -> None:
    """Be the program, with all that is its own; ends with it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        os.dup2(streams[number], number)
        os.close(streams[number])
        stream = open(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - to the end
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    os.environ.clear()
    os.environ.update(asked["environ"])
    time.tzset()
    os.chdir(asked["folder"])
    sys.argv = [asked["module"], *asked["words"]]
    runpy.run_module(asked["module"], run_name="__main__", alter_sys=True)
    sys.exit()


if __name__ == "__main__":
    _import_all()
    _serve(socket.socket(fileno=int(sys.argv[1])))
