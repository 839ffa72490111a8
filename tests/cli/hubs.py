"""A hub in a process of its own, as `serve` runs it, started warm, which ends when the test does."""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from tests.cli.running import Node, Ran
from tests.warm import Warm


@dataclass
class Hub:
    """A running hub."""

    node: Node
    url: str
    process: Warm

    def end(self, *, kill: bool = False) -> Ran:
        """Stop it, politely or not."""
        self.process.kill() if kill else self.process.terminate()
        out, err = self.process.communicate(timeout=20)
        return Ran(self.process.wait(), out, err)


@contextlib.contextmanager
def serving(node: Node, *words: str) -> Iterator[Hub]:
    """A hub at a free port of this computer."""
    before = ("--config", str(node.config), *(("--now", node.now) if node.now else ()))
    process = Warm("wsq_huddle", *before, "serve", "--listen", "127.0.0.1:0", "--tied", "--json", *words)
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
