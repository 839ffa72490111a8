"""`log`: shown, looked over, taken out, and the tables made again from it."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.cli.running import Node


@pytest.fixture
def busy(unit: Node) -> Node:
    """A unit with some entries."""
    one = unit.json("problem", "raise", "Two IV pumps missing")["id"]
    unit.json("problem", "note", one, "asked 5 East")
    unit.json("huddle", "open")
    unit.json("action", "plan", "spare", "--owner", "Ana R.", "--due", "2026-11-25")
    return unit


def changed(unit: Node, sql: str) -> None:
    """Tamper with the database behind the program's back."""
    with closing(sqlite3.connect(unit.folder / "data/huddle.db")) as connection:
        connection.execute(sql)
        connection.commit()


def test_the_last_entries_are_shown_with_what_they_say(busy: Node) -> None:
    shown = busy.json("log", "show", "--subject", "problem-")

    assert [one["kind"] for one in shown] == ["problem.raised", "problem.noted"]
    assert shown[0]["data"]["title"] == "Two IV pumps missing"
    assert (shown[0]["node"], shown[0]["turn"], shown[1]["turn"]) == ("4-west", 1, None)
    assert [one["kind"] for one in busy.json("log", "show", "--limit", "1")] == ["action.planned"]


def test_a_log_that_nobody_touched_is_sound(busy: Node) -> None:
    found = busy.json("log", "verify")

    assert set(found) == {"entries", "chains", "ok", "faults"}
    assert (found["ok"], found["faults"]) == (True, [])
    (name, chain), *others = found["chains"].items()
    assert name.startswith("4-west/")
    assert chain == {"length": found["entries"], "ok": True}
    assert others == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entry SET head = replace(head, '4 West charge', '5 West charge') WHERE kind = 'problem.raised'",
        "UPDATE entry SET text = replace(text, 'Two', 'Ten') WHERE kind = 'problem.raised'",
        "DELETE FROM entry WHERE kind = 'problem.noted'",
        "UPDATE entry SET seal = replace(replace(seal, 'a', 'b'), '1', '2') WHERE kind = 'problem.noted'",
    ],
)
def test_what_was_changed_or_cut_out_is_found(busy: Node, sql: str) -> None:
    changed(busy, sql)
    told = busy.try_("log", "verify", "--json")

    assert told.code == 6
    assert told.json["ok"] is False
    assert told.json["faults"]
    assert told.err.startswith("wsq-huddle: ")


def test_every_entry_is_taken_out_as_it_was_written(busy: Node) -> None:
    lines = [json.loads(line) for line in busy.do("log", "export").out.splitlines()]
    document = busy.json("log", "export")
    target = busy.folder / "log.jsonl"
    told = busy.json("log", "export", "--to", str(target))

    assert document == lines
    assert [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()] == lines
    assert told == {"file": str(target), "entries": len(lines)}
    assert len(lines) == busy.json("log", "verify")["entries"]
    assert json.loads(lines[-1]["head"])["kind"] == "action.planned"
    again = busy.try_("log", "export", "--to", str(target), "--json")
    assert (again.code, again.kind) == (4, "store")


def test_the_tables_are_the_same_when_they_are_made_again(busy: Node) -> None:
    before = (busy.json("problem", "list"), busy.json("action", "list"), busy.json("huddle", "show"))
    changed(busy, "UPDATE problem SET title = 'wrong'")
    assert busy.try_("store", "check", "--json").code == 6

    assert busy.json("log", "rebuild")["subjects"] >= 3
    assert (busy.json("problem", "list"), busy.json("action", "list"), busy.json("huddle", "show")) == before
    assert busy.json("store", "check") == {"ok": True, "faults": []}
