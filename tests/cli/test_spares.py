"""`invite --spare`, `join --spare`, `join --here`: a second PC beside a unit's, over real sockets."""

import io
import sys
from pathlib import Path

import pytest

from tests.cli.hubs import Hub, joined, serving
from tests.cli.running import Node, made, ran


@pytest.fixture
def spare(tmp_path: Path, hub: Hub, unit: Node) -> Node:
    """A spare of 4 West that has joined, beside the unit."""
    joined(hub, unit)
    beside = made(tmp_path / "spare")
    code = hub.node.json("invite", "4-west", "--spare")["code"]
    told = beside.do("join", hub.url, "--code", code, "--spare")
    assert "This spare of 4 West has joined Cardiac" in told.out
    return beside


def of(node: Node, table: str = "problem") -> set[str]:
    """What problems a computer shows."""
    return {one["title"] for one in node.json(table, "list")}


def test_a_spare_is_set_up_follows_raises_and_answers_without_a_network(hub: Hub, unit: Node, spare: Node) -> None:
    unit.do("problem", "raise", "Two IV pumps missing")
    unit.do("huddle", "open")
    unit.do("sync")
    spare.do("sync")
    assert of(spare) == of(unit) == {"Two IV pumps missing"}
    assert spare.json("huddle", "show") == unit.json("huddle", "show")

    hub.end()
    mine = spare.json("problem", "raise", "The bed of room 4 does not brake")["id"]
    spare.do("problem", "note", mine, "Facilities know")
    spare.do("huddle", "answer", "staff", "met")
    assert spare.try_("sync", "--json").kind == "network"
    with serving(hub.node, "--listen", hub.url.removeprefix("http://")):
        spare.do("sync")
        unit.do("sync")
        assert of(unit) == of(spare) == of(hub.node) | {"Two IV pumps missing"}
        answered = {one["item"]: one["value"] for one in unit.json("huddle", "show")["items"]}
        assert answered["4-west/staff"] == "met"
        assert unit.json("log", "verify")["ok"]
        assert spare.json("log", "verify")["ok"]
        assert hub.node.json("log", "verify")["ok"]


def test_every_turn_on_a_spare_is_refused_with_what_to_do(spare: Node, unit: Node) -> None:
    unit.do("problem", "raise", "Two IV pumps missing")
    unit.do("huddle", "open")
    unit.do("sync")
    spare.do("sync")
    id_ = spare.json("problem", "list")[0]["id"]
    before = spare.do("log", "export").out

    for words in (
        ("problem", "plan", id_, "--what", "Ring", "--owner", "Ana", "--due", "2026-11-30"),
        ("problem", "escalate", id_, "--need", "Pumps"),
        ("problem", "resolve", id_, "--remedy", "Found"),
        ("problem", "withdraw", id_, "--why", "Found"),
        ("huddle", "close"),
        ("huddle", "skip", "--why", "Nobody"),
        ("action", "plan", "Ring", "--owner", "Ana", "--due", "2026-11-30"),
    ):
        told = spare.try_(*words, "--json")
        assert (told.code, told.kind) == (1, "not-allowed"), (words, told.out)
        assert "This is a spare of 4 West" in told.err
        assert "Huddle here moves the huddle to this computer" in told.err
    assert spare.do("log", "export").out == before


def test_a_sheet_is_refused_on_a_spare_before_anything_is_written_or_recorded(
    spare: Node, unit: Node, tmp_path: Path
) -> None:
    form = tmp_path / "form.txt"
    none = spare.try_("huddle", "sheet", "--to-fill", str(form), "--json")
    written = form.exists()
    unit.do("huddle", "sheet", "--to-fill", str(form))
    before = spare.do("log", "export").out
    told = spare.try_("huddle", "answer", "--from", str(form), "--json", now="2026-11-24T10:00:00+00:00")

    assert not written
    assert (none.code, told.code, none.kind, told.kind) == (1, 1, "not-allowed", "not-allowed")
    assert "typed in on the computer that 4 West works on" in told.err
    assert spare.do("log", "export").out == before


def test_without_screens_a_spare_asks_for_nothing_that_it_would_refuse(
    spare: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n" * 3 + "pumps are short\n" + "\n" * 40))
    told = ran("--config", str(spare.config), "--now", spare.now, "--plain").out

    assert "pumps are short" in told
    assert "Enter = we watch it; it is planned on the unit's own computer." in told
    assert "Who does it?" not in told
    assert "closed on the unit's own computer" in told
    assert "The huddle is closed" not in told
    assert told.count("This is a spare of 4 West") == 1
    assert spare.json("huddle", "show")["state"] == "open"


def test_the_huddle_moves_to_the_spare_when_somebody_says_so(hub: Hub, unit: Node, spare: Node) -> None:
    spare.do("problem", "raise", "The bed of room 4 does not brake")
    nameless = spare.try_("join", "--here", "--json")
    told = spare.json("join", "--here", "--as", "Ana R.")

    assert (nameless.code, nameless.kind) == (2, "usage")
    assert told == {"node": "4-west", "parent": "cardiac", "tier": 1}
    spare.do("sync")
    id_ = hub.node.json("problem", "list")[0]["id"]
    spare.do("problem", "plan", id_, "--what", "Ring", "--owner", "Ana", "--due", "2026-11-30")
    spare.do("sync")
    assert hub.node.json("problem", "show", id_)["owner"] == "Ana"
    again = spare.try_("join", "--here", "--as", "Ana R.", "--json")
    assert (again.code, again.kind) == (1, "not-allowed")
    unit.do("problem", "raise", "Written on the computer before")
    assert unit.json("sync")["waiting"] == 0
    assert "Written on the computer before" in of(hub.node)
    assert "spare" not in hub.node.do("nodes").out


def test_without_the_department_the_huddle_stays_where_it_is(hub: Hub, unit: Node, spare: Node) -> None:
    hub.end()
    told = spare.try_("join", "--here", "--as", "Ana R.", "--json")

    assert (told.code, told.kind) == (5, "network")
    assert spare.try_("problem", "raise", "Still here").code == 0
    assert spare.try_("huddle", "close", "--json").kind == "not-allowed"
    assert unit.try_("problem", "raise", "Still here too").code == 0


def test_spares_are_listed_for_people_and_are_no_nodes(hub: Hub, unit: Node, spare: Node) -> None:
    known = hub.node.json("nodes")
    assert [(one["node"], one["state"]) for one in known] == [("cardiac", "active"), ("4-west", "active")]
    drawn = hub.node.do("nodes").out
    assert "a spare of 4 West" in drawn
    peer = next(word for word in drawn.split() if word.startswith("4-west~"))
    assert {one["node"] for one in hub.node.json("chain")["nodes"]} == {"cardiac", "4-west"}

    gone = hub.node.json("nodes", "revoke", peer)
    assert (gone["node"], gone["state"]) == (peer, "revoked")
    assert spare.try_("sync", "--json").kind == "rejected"
    assert unit.json("sync")["refused"] == 0
    assert hub.node.try_("nodes", "revoke", "4-west~00000000", "--json").kind == "not-found"
    assert "spare" not in hub.node.do("nodes").out


def test_words_that_do_not_go_together_are_refused(hub: Hub, unit: Node, tmp_path: Path) -> None:
    joined(hub, unit)
    beside = made(tmp_path / "spare")
    for node, words in (
        (hub.node, ("invite", "4-west", "--spare", "--name", "4 West")),
        (beside, ("join", hub.url, "--spare", "--again")),
        (beside, ("join", hub.url, "--here")),
        (beside, ("join",)),
    ):
        told = node.try_(*words, "--json")
        assert (told.code, told.kind) == (2, "usage"), words
    here = unit.try_("join", "--here", "--as", "Ana R.", "--json")
    assert (here.code, here.kind) == (1, "not-allowed")
    live = unit.try_(
        "join", hub.url, "--code", hub.node.json("invite", "4-west", "--spare")["code"], "--spare", "--json"
    )
    assert (live.code, live.kind) == (1, "not-allowed")
    assert "The node works on this computer" in live.err
