"""A computer that takes the place of another one gets the node's own settings back, over real sockets."""

from pathlib import Path

import pytest

from tests.cli.hubs import Hub, joined
from tests.cli.running import Node, made
from wsq_huddle.config import load
from wsq_huddle.config.writing import set_value


@pytest.fixture
def own(hub: Hub, unit: Node) -> Node:
    """A unit that works at Cardiac with settings of its own."""
    joined(hub, unit)
    set_value(unit.config, "node", "call", "4711")
    set_value(unit.config, "window", "opens", "06:45")
    unit.do("sync")
    return unit


def declared(node: Node) -> object:
    return load(node.config).settings.definitions()


def published(hub: Hub) -> int:
    """How many editions of the unit's settings the department has."""
    lines = hub.node.do("log", "export").out.splitlines()
    return sum('"definitions.published"' in line and '"4-west"' in line for line in lines)


def test_a_new_computer_has_the_settings_of_the_old_one_and_goes_on_with_them(
    hub: Hub, own: Node, tmp_path: Path
) -> None:
    new = made(tmp_path / "new")
    code = hub.node.json("invite", "4-west", "--name", "4 West")["code"]

    told = new.do("join", hub.url, "--code", code).out
    new.do("sync")
    before = published(hub)
    new.do("huddle", "open")
    new.do("sync")

    assert f"The settings of the other computer are in {new.config} now." in " ".join(told.split())
    assert declared(new) == declared(own)
    assert 'call = "4711"' in new.config.read_text(encoding="utf-8")
    assert published(hub) == before
    assert new.json("log", "verify")["ok"]


def test_what_somebody_wrote_into_the_new_file_counts(hub: Hub, own: Node, tmp_path: Path) -> None:
    new = made(tmp_path / "new")
    set_value(new.config, "node", "call", "5000")
    set_value(new.config, "window", "opens", "06:50")
    written = declared(new)
    code = hub.node.json("invite", "4-west", "--name", "4 West")["code"]

    told = new.do("join", hub.url, "--code", code).out

    assert "has settings of its own, and they count here" in " ".join(told.split())
    assert declared(new) == written != declared(own)


def test_a_spare_has_them_too_and_moves_the_huddle_with_the_newest(hub: Hub, own: Node, tmp_path: Path) -> None:
    spare = made(tmp_path / "spare")
    code = hub.node.json("invite", "4-west", "--spare")["code"]
    spare.do("join", hub.url, "--code", code, "--spare")
    assert declared(spare) == declared(own)
    set_value(own.config, "node", "emergency", "2222")
    own.do("sync")
    spare.do("sync")

    spare.do("join", "--here", "--as", "Ana Ruiz")

    assert declared(spare) == declared(own)
    assert load(spare.config).settings.node.emergency == "2222"
