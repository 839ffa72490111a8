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
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_LARGEST = 65_536
_MOST = 64
_STEP = 0.05


class Warm:
    """A program that was started warm, with a pipe to each of its standard streams; used as `Popen` is."""

    def __init__(self, module: str, *words: str, folder: Path = ROOT, environ: Mapping[str, str] | None = None) -> None:
        reading, stdin = os.pipe()
        stdout, writing = os.pipe()
        stderr, complaining = os.pipe()
        self._end, ending = os.pipe()
        asked = {"module": module, "words": words, "folder": str(folder), "environ": dict(environ or os.environ)}
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
    """The process that has imported everything, and forks: one for all processes of a run, ended with the last."""

    def __init__(self) -> None:
        self._started: list[subprocess.Popen[bytes]] = []
        self._one_at_a_time = threading.Lock()
        self._link = self._linked()

    def fork(self, asked: bytes, ends: list[int]) -> int:
        with self._one_at_a_time:
            for _ in range(2):
                with suppress(ConnectionError):
                    socket.send_fds(self._link, [asked], ends)
                    if told := self._link.recv(16):
                        return int(told)
                self._link.close()
                self._link = self._linked()  # it was just ending with the last who had asked it
        raise ConnectionError

    def end(self) -> None:
        self._link.close()
        for process in self._started:
            process.wait()

    def _linked(self) -> socket.socket:
        """Be linked with it; whoever takes its address first starts it."""
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
        address = f"\0wsq-huddle-warm-{run}"
        while True:
            with _socket() as listening, suppress(OSError):
                listening.bind(address)
                listening.listen(_MOST)
                words = [sys.executable, "-m", "tests.warm", str(listening.fileno())]
                self._started.append(subprocess.Popen(words, cwd=ROOT, pass_fds=[listening.fileno()]))
            link = _socket()
            with suppress(ConnectionRefusedError):
                link.connect(address)
                return link
            link.close()
            time.sleep(_STEP)


def _socket() -> socket.socket:
    return socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)


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


def _serve(listening: socket.socket) -> None:
    """Fork whatever is asked for, and tell of each how it ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    woken, waking = os.pipe()
    os.set_blocking(waking, False)
    signal.set_wakeup_fd(waking)
    links = dict([_linked(listening)])
    running: dict[int, int] = {}
    while links:
        ready = select.select([listening.fileno(), woken, *links], [], [])[0]
        if woken in ready:
            os.read(woken, _LARGEST)
            _tell_ended(running)
        if listening.fileno() in ready:
            links.update([_linked(listening)])
        for number in links.keys() & ready:
            words = b""
            ends: list[int] = []
            with suppress(ConnectionError):
                words, ends, _, _ = socket.recv_fds(links[number], _LARGEST, 4)
            if not words:
                links.pop(number).close()
                continue
            pid = os.fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                for end in (woken, waking, ends.pop(), *running.values()):
                    os.close(end)
                for one in (listening, *links.values()):
                    one.close()
                _become(json.loads(words), ends)
            running[pid] = ends.pop()
            for end in ends:
                os.close(end)
            with suppress(ConnectionError):
                links[number].send(str(pid).encode())


def _linked(listening: socket.socket) -> tuple[int, socket.socket]:
    link, _ = listening.accept()
    return link.fileno(), link


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
