"""One link at a time, between processes: `sync` asks whoever runs it, and takes over when that one is gone.

The store is a file with a lock beside it, or a database of PostgreSQL, whose session holds the lock.
"""

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.cli.hubs import Hub, joined, serving
from tests.cli.running import PROGRAM, Node, ran, warmed
from tests.cli.running import made as made_in
from tests.sync.places import eventually
from tests.warm import Warm
from wsq_huddle.config import load
from wsq_huddle.services import senders
from wsq_huddle.services.clocks import machine_clock
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.stores import open_at, place_of
from wsq_huddle.store.locks import link_lock
from wsq_huddle.sync.link import once


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    with serving(made_in(tmp_path / "executive", "executive", name="Executive", tier=3)) as found:
        yield found


@pytest.fixture(params=["file", "postgresql"])
def below(request: pytest.FixtureRequest, hub: Hub, tmp_path: Path) -> Node:
    """A department that has joined, its store in each of the places."""
    node = made_in(tmp_path / "department", "cardiac", name="Cardiac", tier=2)
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres")().replace(":@", "@")  # an empty password is one, too
        text = node.config.read_text(encoding="utf-8").replace("\n[store]\n", f"\n[store]\nurl = '{url}'\n")
        node.config.write_text(text, encoding="utf-8")
        got = ran("--config", str(node.config), "init", "--rehearsal", "--json")
        assert got.code == 0, got.err
        assert got.json["store"] == url
    joined(hub, node, "cardiac", "Cardiac")
    return node


@contextmanager
def sender(node: Node) -> Iterator[Warm]:
    """`sync --watch` in a process of its own, which runs the link and is at rest."""
    found = Warm("wsq_huddle", "--config", str(node.config), "--now", node.now, "sync", "--watch")
    try:
        eventually(lambda: taken(node), 20)
        node.json("sync")
        yield found
    finally:
        found.kill()
        found.communicate()


def taken(node: Node) -> bool:
    """Whether some other process has the lock of the link."""
    lock = link_lock(place_of(load(node.config).settings))
    try:
        return not lock.take()
    finally:
        lock.free()


def sends(node: Node) -> bool | None:
    """Whether a window of this node would say that a program without a window sends."""
    settings = load(node.config).settings
    with closing(open_at(settings, machine_clock)) as store:
        return senders.runs(Desk(store, settings))


def subjects(node: Node) -> list[str]:
    return [one["id"] for one in node.json("problem", "list")]


def test_sync_in_another_process_asks_the_one_that_runs_the_link(hub: Hub, below: Node, tmp_path: Path) -> None:
    assert sends(below) is False
    with sender(below) as running:
        assert taken(below)
        assert sends(below) is True
        assert sends(hub.node) is True, "a hub sends without a window, too"
        subject = below.json("problem", "raise", "while it runs")["id"]
        told = warmed("--config", str(below.config), "--now", below.now, "sync", "--json", folder=tmp_path)

        assert running.poll() is None
    assert sends(below) is False, "of one that was killed the system itself knows"
    assert told.code == 0, told.err
    document = json.loads(told.out)
    assert set(document) == {"peer", "sent", "received", "refused", "waiting", "at"}
    assert (document["peer"], document["waiting"]) == ("executive", 0)
    assert subject in subjects(hub.node)


def test_a_holder_that_hangs_is_given_up_and_one_that_is_killed_is_followed(
    hub: Hub, below: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert once.SECONDS == 30
    with sender(below) as running:
        monkeypatch.setattr(once, "SECONDS", 2.0)
        running.send_signal(signal.SIGSTOP)
        subject = below.json("problem", "raise", "while it hangs")["id"]
        told = below.try_("sync", "--json")
        assert (told.code, told.kind) == (5, "network")
        assert "Another process runs the link" in told.err
        assert subject not in subjects(hub.node)
        assert taken(below)
        running.kill()
        running.wait()
        monkeypatch.setattr(once, "SECONDS", 20.0)
        sent = below.json("sync")

    assert (sent["sent"], sent["waiting"]) == (1, 0)
    assert subject in subjects(hub.node)


def test_sync_takes_over_from_a_holder_that_is_killed_while_it_waits_for_it(
    hub: Hub, below: Node, tmp_path: Path
) -> None:
    with sender(below) as running:
        running.send_signal(signal.SIGSTOP)
        subject = below.json("problem", "raise", "while it hangs")["id"]
        words = [*PROGRAM, "--config", str(below.config), "--now", below.now, "sync", "--json"]
        asking = subprocess.Popen(words, stdout=subprocess.PIPE, cwd=tmp_path, text=True)
        with pytest.raises(subprocess.TimeoutExpired):
            asking.communicate(timeout=3)
        began = time.monotonic()
        running.kill()
        running.wait()
        out, _ = asking.communicate(timeout=20)

    assert time.monotonic() - began < 15
    assert asking.returncode == 0
    assert json.loads(out)["sent"] == 1
    assert subject in subjects(hub.node)
