"""`invite`, `join`, `nodes`: how a unit comes to its department, and how it is shut out; over real sockets."""

import contextlib
import sqlite3
import stat
from pathlib import Path

import pytest

from tests.cli.hubs import Hub, joined
from tests.cli.running import Node, made, warmed
from tests.cli.terminal import ENTER, Terminal

NODE = {"node", "name", "tier", "parent", "state", "last_contact"}


def test_an_invitation_is_a_code_with_an_end(department: Node) -> None:
    told = department.json("invite", "4-west", "--name", "4 West", "--tier", "1", "--lasts", "12h")
    known = department.json("nodes")

    assert set(told) == {"node", "code", "expires_at"}
    assert (told["node"], told["expires_at"]) == ("4-west", "2026-11-24T19:15:00+00:00")
    assert [set(one) for one in known] == [NODE, NODE]
    assert [(one["node"], one["parent"], one["state"]) for one in known] == [
        ("cardiac", None, "active"),
        ("4-west", "cardiac", "invited"),
    ]
    assert told["code"] not in department.do("log", "export").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("4-west", "--name", "4 West", "--lasts", "soon"), 2),
        (("4-west", "--name", "4 West", "--lasts", "0d"), 2),
        (("4-west", "--name", "4 West", "--lasts", "365d"), 2),
        (("4-west", "--name", "4 West", "--tier", "2"), 1),
        (("cardiac", "--name", "Us"), 1),
        (("4-west",), 2),
        (("4 West", "--name", "4 West"), 1),
        (("4-west\x1b[31m", "--name", "4 West"), 1),
        (("4-west", "--name", "\u202e"), 1),
        (("4-west", "--name", "4 West", "--tier", "0"), 1),
    ],
)
def test_an_invitation_that_cannot_be_is_refused(department: Node, words: tuple[str, ...], code: int) -> None:
    told = department.try_("invite", *words, "--json")

    assert told.code == code
    assert "error" in told.json


def test_on_a_terminal_the_code_is_asked_for(unit: Node) -> None:
    words = ("--config", str(unit.config), "join", "http://127.0.0.1:9", "--code", "-")

    with Terminal(*words) as terminal:
        terminal.until(b"The one-time code, then Enter:")
        terminal.type(b"short" + ENTER)

        assert terminal.ended() == 1
        assert b"This is no code." in terminal.seen


def test_a_unit_joins_with_its_code_once(hub: Hub, unit: Node, tmp_path: Path) -> None:
    code = hub.node.json("invite", "4-west", "--name", "4 West")["code"]
    words = ("--config", str(unit.config), "--now", unit.now, "join", hub.url, "--code", "-", "--json")

    told = warmed(*words, folder=tmp_path, stdin=f"{code}\n")

    assert told.code == 0, told.err
    assert told.json == {"node": "4-west", "parent": "cardiac", "tier": 1}
    assert f'url = "{hub.url}"' in unit.config.read_text(encoding="utf-8")
    assert [(one["node"], one["state"]) for one in unit.json("nodes")] == [("cardiac", "active"), ("4-west", "active")]
    secrets = unit.folder / "data/secrets"
    assert {stat.S_IMODE(one.stat().st_mode) for one in secrets.iterdir()} == {0o600}
    other = made(tmp_path / "other")
    used = other.try_("join", hub.url, "--code", code, "--json")
    assert (used.code, used.kind) == (5, "rejected")
    assert "has been used" in used.err


def test_a_wrong_an_expired_and_a_missing_code_are_told_apart(hub: Hub, unit: Node, tmp_path: Path) -> None:
    code = hub.node.json("invite", "4-west", "--name", "4 West", "--lasts", "1m", now="2026-11-24T07:00:00+00:00")[
        "code"
    ]

    wrong = unit.try_("join", hub.url, "--code", "7F3K-Q2ZD-M4XA-90RT", "--json")
    expired = unit.try_("join", hub.url, "--code", code, "--json")
    none = warmed("--config", str(unit.config), "--now", unit.now, "join", hub.url, "--json", folder=tmp_path)
    short = unit.try_("join", hub.url, "--code", "7F3", "--json")
    both = unit.try_("join", hub.url, "--code", code, "--again", "--json")

    assert (wrong.code, wrong.kind, "not right" in wrong.err) == (5, "rejected", True)
    assert (expired.code, expired.kind, "has expired" in expired.err) == (5, "rejected", True)
    assert (none.code, none.kind, "--code" in none.err) == (2, "usage", True)
    assert (short.code, short.kind) == (1, "not-allowed")
    assert (both.code, both.kind) == (2, "usage")
    assert unit.json("nodes")[0]["node"] == "4-west"


def test_a_hub_that_is_not_there_is_a_network_error(unit: Node) -> None:
    told = unit.try_("join", "http://127.0.0.1:9", "--code", "7F3K-Q2ZD-M4XA-90RT", "--json")
    plain = unit.try_("join", "http://hub.hospital.example:7150", "--code", "7F3K-Q2ZD-M4XA-90RT", "--json")

    assert (told.code, told.kind) == (5, "network")
    assert "127.0.0.1:9" in told.err
    assert (plain.code, plain.kind) == (3, "config")


def test_joining_again_needs_the_name_of_who_confirms_it(hub: Hub, unit: Node, tmp_path: Path) -> None:
    joined(hub, unit)
    before = ("--config", str(unit.config), "--now", unit.now)

    nobody = warmed(*before, "join", hub.url, "--again", "--json", folder=tmp_path)
    confirmed = unit.json("join", hub.url, "--again", "--as", "Ana R.")

    assert (nobody.code, nobody.kind, "--as" in nobody.err) == (2, "usage", True)
    assert confirmed == {"node": "4-west", "parent": "cardiac", "tier": 1}


def test_a_node_that_is_shut_out_gets_nothing_more(hub: Hub, unit: Node) -> None:
    joined(hub, unit)

    revoked = hub.node.json("nodes", "revoke", "4-west")

    assert (revoked["node"], revoked["state"]) == ("4-west", "revoked")
    told = unit.try_("sync", "--json")
    assert (told.code, told.kind) == (5, "rejected")
    assert hub.node.try_("nodes", "revoke", "5-east").code == 1


def test_a_rehearsal_and_a_node_in_earnest_never_join(hub: Hub, tmp_path: Path) -> None:
    earnest = made(tmp_path / "earnest", rehearsal=False)
    code = hub.node.json("invite", "4-west", "--name", "4 West")["code"]
    told = earnest.try_("join", hub.url, "--code", code, "--json")

    assert (told.code, told.kind) == (5, "rejected")


def test_slots_out_of_sequence_are_told_once_the_nodes_know_of_each_other(hub: Hub, unit: Node) -> None:
    joined(hub, unit)
    assert unit.json("config", "check")["ok"]

    late = '\n[[huddle]]\nname = "morning"\nat = "08:10"\nminutes = 10\n'
    unit.config.write_text(unit.config.read_text(encoding="utf-8") + late, encoding="utf-8")
    told = unit.try_("config", "check", "--json")

    assert told.code == 3
    assert "after Cardiac above us begins at 08:00" in told.json["complaints"][0]["message"]
    assert told.json["complaints"][0]["line"] > 0


def test_a_node_renews_its_token_when_it_is_asked(hub: Hub, unit: Node) -> None:
    joined(hub, unit)
    before = {one.name for one in (unit.folder / "data/secrets").glob("*.token")}

    told = hub.node.json("nodes", "rotate", "4-west")
    unit.do("sync")

    assert (told["node"], told["state"]) == ("4-west", "active")
    assert {one.name for one in (unit.folder / "data/secrets").glob("*.token")} != before
    assert unit.json("sync")["waiting"] == 0
    assert hub.node.try_("nodes", "rotate", "5-east").code == 1


def test_a_node_with_nothing_to_take_back_says_so(unit: Node) -> None:
    assert unit.json("nodes", "recover") == {"recovered": 0}


def test_what_others_brought_back_as_ours_is_taken_when_a_named_person_says_so(
    hub: Hub, unit: Node, tmp_path: Path
) -> None:
    joined(hub, unit)
    raised = unit.json("problem", "raise", "Two IV pumps missing")["id"]
    unit.do("sync")
    with contextlib.closing(sqlite3.connect(unit.folder / "data/huddle.db")) as connection, connection:
        # What a store looks like that was begun anew without its keys and reads its feed from the start.
        connection.execute("UPDATE entry SET parked = 1 WHERE subject = ?", (raised,))
        connection.execute("DELETE FROM problem")
        connection.execute(
            "INSERT INTO parked (hash, status, reason, peer, entry_id, subject, kind, head, seal, at)"
            " SELECT hash, 'recover', '', 'cardiac', id, subject, kind, head, seal, at FROM entry WHERE subject = ?",
            (raised,),
        )

    nobody = warmed("--config", str(unit.config), "--now", unit.now, "nodes", "recover", "--json", folder=tmp_path)
    told = unit.json("nodes", "recover", "--as", "T. Berg")

    assert (nobody.code, nobody.kind, "--as" in nobody.err) == (2, "usage", True)
    assert told == {"recovered": 1}
    assert unit.json("problem", "show", raised)["title"] == "Two IV pumps missing"


def test_the_time_of_each_in_the_roll_call_is_told_where_there_are_nodes_below(hub: Hub, unit: Node) -> None:
    assert hub.node.json("config", "check")["roll_call"] is None
    joined(hub, unit)

    told = hub.node.json("config", "check")
    assert (told["ok"], told["roll_call"]) == (True, {"areas": 1, "seconds": 60})
    assert "In the roll call 1 area has 60 s each." in hub.node.do("config", "check").out
