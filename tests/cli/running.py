"""Runs commands as people do, on real files: in this process for most tests, in one of their own where that matters."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from tests.moulds import alone
from tests.warm import Warm
from wsq_huddle.cli.program import run

NOW = "2026-11-24T07:15:00+00:00"
SET_UP = "2026-11-01T06:00:00+00:00"
PROGRAM = (sys.executable, "-I", "-m", "wsq_huddle")


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON
        """The one JSON document on stdout; anything beside it is an error."""
        return json.loads(self.out)

    @property
    def kind(self) -> str:
        return str(self.json["error"]["kind"])


@dataclass(frozen=True)
class Node:
    """A node in a folder of its own, a rehearsal unless it was made otherwise."""

    folder: Path
    now: str = NOW

    @property
    def config(self) -> Path:
        return self.folder / "huddle.toml"

    def copied(self, to: Path) -> "Node":
        """The same in another folder, for a test that does something there."""
        return Node(shutil.copytree(self.folder, to), self.now)

    def try_(self, *words: str, now: str | None = None) -> Ran:
        """Run a command at this node."""
        when = self.now if now is None else now
        return ran("--config", str(self.config), *(["--now", when] if when else []), *words)

    def do(self, *words: str, now: str | None = None) -> Ran:
        """Run a command that is to be done."""
        got = self.try_(*words, now=now)
        assert got.code == 0, got.err
        return got

    def json(self, *words: str, now: str | None = None) -> Any:  # noqa: ANN401 - JSON
        """Run a command that is to be done, and give its document."""
        return self.do(*words, "--json", now=now).json


def ran(*words: str) -> Ran:
    """Run a command in this process."""
    out, err = (TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = run(words)
    texts = [stream.buffer.getvalue().decode() for stream in (out, err)]
    return Ran(code, *texts)


def started(
    *words: str,
    folder: Path,
    environ: Mapping[str, str] | None = None,
    stdin: str = "",
    isolated: bool = True,
    before: tuple[str, ...] = (),
) -> Ran:
    """Run a command in a process of its own, in some folder."""
    found = subprocess.run(
        [*before, *(PROGRAM if isolated else (sys.executable, "-m", "wsq_huddle")), *words],
        cwd=folder,
        env={**os.environ, **(environ or {})},
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return Ran(found.returncode, found.stdout, found.stderr)


def warmed(*words: str, folder: Path, stdin: str = "") -> Ran:
    """Run a command in a process of its own that starts warm: where a start is not what the test is about."""
    process = Warm("wsq_huddle", *words, folder=folder)
    out, err = process.communicate(stdin, timeout=300)
    return Ran(process.wait(), out, err)


def unprivileged() -> tuple[str, ...]:
    """What to put before a command so that it may write only where anybody may; root may write everywhere."""
    if os.geteuid() != 0:
        return ()
    found = shutil.which("setpriv")
    assert found is not None, "setpriv (util-linux) is needed to run this test as root"
    return (found, "--bounding-set=-all", "--inh-caps=-all")


def made(folder: Path, key: str = "4-west", *, name: str = "4 West", tier: int = 1, rehearsal: bool = True) -> Node:
    """A new node in a folder."""
    words = ["--node", key, "--name", name, "--tier", str(tier), "--dir", str(folder), "--timezone", "UTC"]
    # Set up on a day of the rehearsal: nobody is blamed for huddles before a node was there, and today is any day.
    got = ran("init", *words, *(["--rehearsal", "--now", SET_UP] if rehearsal else []))
    assert got.code == 0, got.err
    return Node(folder, NOW if rehearsal else "")


def once(folders: pytest.TempPathFactory, make: Callable[..., Node], key: str = "4-west", **how: Any) -> Node:  # noqa: ANN401 - as `make` takes it
    """A node that is made once for a run, by the first process that asks."""
    with alone(folders, f"cli-{key}") as shared:
        folder = shared / "node"
        if not folder.exists():
            make(shared / "making", key, **how).folder.rename(folder)
        return Node(folder)


def imported(*words: str, folder: Path) -> set[str]:
    """The slow libraries that a command has imported when it is done."""
    slow = {"sqlalchemy", "sqlmodel", "pydantic", "textual", "rich", "fastapi", "httpx"}
    code = f"import sys; from wsq_huddle.cli.program import run; run(sys.argv[1:]); print(*({slow} & set(sys.modules)))"
    told = subprocess.run(
        [sys.executable, "-I", "-c", code, *words], capture_output=True, text=True, cwd=folder, check=True
    )
    return set(told.stdout.splitlines()[-1].split())
