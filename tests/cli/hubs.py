"""A hub in a process of its own, as `serve` runs it, which ends when the test does."""

import contextlib
import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

from tests.cli.running import PROGRAM, Node, Ran


@dataclass
class Hub:
    """A running hub."""

    node: Node
    url: str
    process: subprocess.Popen[str]

    def end(self, *, kill: bool = False) -> Ran:
        """Stop it, politely or not."""
        self.process.kill() if kill else self.process.terminate()
        out, err = self.process.communicate(timeout=20)
        return Ran(self.process.returncode, out, err)


@contextlib.contextmanager
def serving(node: Node, *words: str) -> Iterator[Hub]:
    """A hub at a free port of this computer."""
    before = ("--config", str(node.config), *(("--now", node.now) if node.now else ()))
    process = subprocess.Popen(
        [*PROGRAM, *before, "serve", "--listen", "127.0.0.1:0", "--tied", "--json", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, process.communicate(timeout=20)[1]
    hub = Hub(node, json.loads(line)["url"], process)
    try:
        yield hub
    finally:
        if process.poll() is None:
            hub.end(kill=True)


def joined(hub: Hub, unit: Node, key: str = "4-west", name: str = "4 West") -> None:
    """Let a unit join a hub."""
    code = hub.node.json("invite", key, "--name", name)["code"]
    unit.do("join", hub.url, "--code", code)
