"""`problem patterns`, and one answer for many: several ids or a pattern, over real sockets."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.hubs import Hub, joined, serving
from tests.cli.running import Node, made
from tests.moulds import alone

PATTERN = {"key", "name", "category", "since", "until", "nodes", "origins", "members", "waiting", "deal"}
EQUIPMENT = ("--category", "equipment")


@pytest.fixture(scope="session")
def raised(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A department and two units which ask it for pumps, made once for a run: their folder, what they ask."""
    with alone(tmp_path_factory, "cli-pumps") as shared:
        told = shared / "told.json"
        if not told.exists():
            units = made(shared / "all" / "4-west"), made(shared / "all" / "5-east", "5-east", name="5 East")
            with serving(made(shared / "all" / "cardiac", "cardiac", name="Cardiac", tier=2)) as hub:
                joined(hub, units[0])
                joined(hub, units[1], "5-east", "5 East")
                pumps = [up(units[0], "Two IV pumps missing"), up(units[1], "IV pump gone")]
            told.write_text(json.dumps({"folder": str(shared / "all"), "url": hub.url, "pumps": pumps}))
        return dict(json.loads(told.read_text()))


@pytest.fixture
def hub(raised: dict[str, Any], tmp_path: Path) -> Iterator[Hub]:
    """The department, at an address of its own."""
    folder = shutil.copytree(raised["folder"], tmp_path / "all")
    with serving(Node(folder / "cardiac")) as found:
        for config in folder.glob("*/huddle.toml"):
            config.write_text(config.read_text().replace(raised["url"], found.url))
        yield found


@pytest.fixture
def units(hub: Hub) -> tuple[Node, Node]:
    beside = hub.node.folder.parent
    return Node(beside / "4-west"), Node(beside / "5-east")


def up(unit: Node, title: str) -> str:
    subject = str(unit.json("problem", "raise", title, *EQUIPMENT)["id"])
    unit.do("problem", "escalate", subject, "--need", "a pump")
    unit.do("sync")
    return subject


@pytest.fixture
def pumps(raised: dict[str, Any]) -> list[str]:
    """The problems for which the units ask."""
    return list(raised["pumps"])


def patterns(hub: Hub) -> Any:  # noqa: ANN401 - JSON
    return hub.node.json("problem", "patterns")


def test_the_same_trouble_of_two_units_is_listed_with_its_members(hub: Hub, pumps: list[str]) -> None:
    (found,) = patterns(hub)

    assert set(found) == PATTERN
    assert (found["key"], found["name"]) == ("equipment/pump", "PUMPS")
    assert sorted(found["nodes"]) == sorted(found["origins"]) == ["4-west", "5-east"]
    assert sorted(found["members"]) == sorted(found["waiting"]) == sorted(pumps)
    assert found["deal"] is None
    assert "PUMPS" in hub.node.do("problem", "patterns").out


def test_one_answer_reaches_each_unit(hub: Hub, pumps: list[str], units: tuple[Node, Node]) -> None:
    told = hub.node.json("problem", "return", *pumps, "--answer", "rent comes at 10, asked Mr Miller")
    for unit in units:
        unit.do("sync")

    assert [one["holder"] for one in told["problems"]] == ["4-west", "5-east"]
    assert [warning["field"] for warning in told["warnings"]] == ["answer"]
    for unit, subject in zip(units, pumps, strict=True):
        story = unit.json("problem", "show", subject)["story"]
        (answer,) = [line["data"]["answer"] for line in story if line["kind"] == "problem.returned"]
        assert answer == "rent comes at 10, asked Mr Miller"


def test_the_key_of_a_pattern_stands_for_what_waits_of_it(hub: Hub, pumps: list[str], units: tuple[Node, Node]) -> None:
    hub.node.do("problem", "plan", "equipment/pump", "--what", "count", "--owner", "S. Lind", "--due", "2026-11-26")
    late = up(units[1], "Pump lent out, not back")
    (found,) = patterns(hub)

    assert (found["waiting"], found["deal"]["verb"]) == ([late], "plan")
    assert len(found["members"]) == len(pumps) + 1
    assert hub.node.json("problem", "join", late)["owner"] == "S. Lind"
    refused = hub.node.try_("problem", "resolve", "equipment/pump", "--remedy", "found")
    assert (refused.code, refused.err) == (1, "wsq-huddle: Nothing of equipment/pump waits here any more.\n")


def test_nothing_is_recorded_when_one_of_them_says_no(hub: Hub, pumps: list[str]) -> None:
    hub.node.do("problem", "return", pumps[1], "--answer", "take ours")

    refused = hub.node.try_("problem", "resolve", *pumps, "--remedy", "found", "--json")

    assert (refused.code, refused.kind) == (1, "not-allowed")
    assert "Nothing was recorded. 5 East, IV pump gone: 5 East holds this problem." in refused.err
    assert hub.node.json("problem", "show", pumps[0])["state"] == "open"


def test_one_id_is_answered_as_ever(hub: Hub, pumps: list[str]) -> None:
    told = hub.node.json("problem", "resolve", pumps[0], "--remedy", "found")
    several = hub.node.try_("problem", "return", *pumps, "--answer", "x", "--to", "4-west")

    assert (told["id"], told["state"], told["warnings"]) == (pumps[0], "resolved", [])
    assert (several.code, several.err.count("--to")) == (2, 1)


def test_a_unit_has_no_patterns_of_its_own(unit: Node) -> None:
    assert unit.json("problem", "patterns") == []
    assert unit.do("problem", "patterns").out == "No patterns.\n"
    assert unit.try_("problem", "join", "abcd", "--pattern", "x").code == 1
