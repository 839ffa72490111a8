"""The hubs of the rehearsal: a process each, as IT would start them, and gone when whoever started them is gone."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Protocol

from wsq_huddle.errors import NetworkError

READY_SECONDS = 20.0
_STEP = 0.03
_ENDING = 5.0


def free_ports(count: int) -> list[int]:
    """Ports of this computer that nobody listens on now."""
    sockets: list[socket.socket] = []
    try:
        sockets.extend(socket.create_server(("127.0.0.1", 0)) for _ in range(count))
        return [int(one.getsockname()[1]) for one in sockets]
    finally:
        for one in sockets:
            one.close()


class Program(Protocol):
    """A program that was started: what we need of `subprocess.Popen`."""

    @property
    def pid(self) -> int: ...

    @property
    def stdin(self) -> IO[Any] | None: ...

    def poll(self) -> int | None: ...

    def wait(self, timeout: float | None = None) -> int: ...

    def terminate(self) -> None: ...

    def kill(self) -> None: ...


Launch = Callable[[list[str], dict[str, str], Path], Program]
"""Starts `wsq_huddle` with some words in an environment; what it says goes to a file."""


def launch(words: list[str], environ: dict[str, str], told: Path) -> Program:
    """Start a hub as IT would, but for Ctrl+C: in the screens that is not meant for the hubs."""
    with told.open("wb") as telling:
        return subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-I", "-m", "wsq_huddle", *words],
            stdin=subprocess.PIPE,
            stdout=telling,
            stderr=telling,
            env=environ,
            start_new_session=os.name == "posix",
        )


class HubProcess:
    """One `serve` as a child. Its standard input is a pipe that nobody writes to: it closes with us, however we end."""

    def __init__(self, config: Path, clock: Path, url: str, launch: Launch) -> None:
        self.url = url
        self._log = config.parent / "hub.out"
        self._process = launch(["--config", str(config), "serve", "--tied"], _environment(clock), self._log)

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait(self, seconds: float = READY_SECONDS) -> None:
        """Wait until it answers that it is ready."""
        until = time.monotonic() + seconds
        while not _ready(f"{self.url}/readyz"):
            if self._process.poll() is not None or time.monotonic() > until:
                raise NetworkError(f"The hub at {self.url} did not start: {self._said()}")
            time.sleep(_STEP)

    def stop(self) -> None:
        """Ask it to end; when it does not, end it."""
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
        with suppress(OSError):
            self._process.terminate()

    def ended(self) -> None:
        """Wait until it is gone."""
        try:
            self._process.wait(_ENDING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(_ENDING)

    def _said(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1].removeprefix("wsq-huddle: ") if lines else "it said nothing."


def stop_all(hubs: Iterable[HubProcess]) -> None:
    """End them all at once, then wait for each."""
    known = list(hubs)
    for hub in known:
        hub.stop()
    for hub in known:
        hub.ended()


def _environment(clock: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WSQ_HUDDLE_")}
    return {**kept, "WSQ_HUDDLE_CLOCK": str(clock), "PYTHONUNBUFFERED": "1"}


def _ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own hub on this computer
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP
    except (urllib.error.URLError, OSError):
        return False
