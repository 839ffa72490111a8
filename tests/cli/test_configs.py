"""`config`: complaints as sentences with file, line and key."""

import pytest

from screens.remapping import wrong
from tests.cli.running import Node


def test_every_setting_says_where_it_came_from(unit: Node) -> None:
    shown = unit.json("config", "show")["settings"]

    assert shown["node.key"]["value"] == "4-west"
    assert shown["node.key"]["from"].startswith(f"{unit.config}:")
    assert shown["rules.late_minutes"] == {"value": 3, "from": "default"}
    assert "node.key" in unit.do("config", "show").out


def test_what_is_right_is_said_so(unit: Node) -> None:
    assert unit.json("config", "check") == {"file": str(unit.config), "ok": True, "complaints": [], "roll_call": None}
    assert unit.do("config", "check").out == f"{unit.config} is right.\n"


@pytest.mark.parametrize(
    ("wrong", "key", "says"),
    [
        ("[rules]\nlate_minuts = 3\n", "rules.late_minuts", "Did you mean late_minutes?"),
        ("[rules]\nlate_minutes = 'three'\n", "rules.late_minutes", ""),
        ("[rulez]\nlate_minutes = 3\n", "rulez", "Did you mean rules?"),
        ('[[huddle]]\nname = "morning"\nat = "11:00"\nminutes = 10\nprotected = true\n', "huddle", "window"),
        ("[rules\n", "", ""),
    ],
)
def test_what_is_wrong_is_told_with_file_line_and_key(unit: Node, wrong: str, key: str, says: str) -> None:
    right = '[node]\nkey = "4-west"\nname = "4 West"\ntier = 1\ntimezone = "UTC"\n[store]\nfolder = "data"\n'
    unit.config.write_text(right + wrong, encoding="utf-8")

    told = unit.try_("config", "check", "--json")
    assert told.code == 3
    assert told.json["ok"] is False
    first = told.json["complaints"][0]
    assert first["file"] == str(unit.config)
    assert first["line"] > 0
    assert first["key"].startswith(key)
    assert says in first["message"]
    assert told.err.startswith("wsq-huddle: ")

    other = unit.try_("problem", "list", "--json")
    assert (other.code, other.kind) == (3, "config")
    assert f"{unit.config}:{first['line']}: " in other.err
    assert "Traceback" not in other.err


@pytest.mark.parametrize(
    ("given", "key", "says"),
    [
        ("raise_problm = 'f6'", "raise_problm", "Did you mean raise_problem?"),
        ("note = 'e'", "note", "e is the key of escalate already"),
        ("note = 'v'\nplan = 'v'", "note", "v is the key of plan already"),
        ("note = 'control+n'", "note", "is no key like"),
        ("next_field = 'f8'", "next_field", "Enter stays what it is"),
        ("keep = 'n'", "keep", "letters only ever type"),
        ("quit = 'q'", "quit", "letters only ever type"),
        ("command_palette = 'f7,b'", "command_palette", "letters only ever type"),
        ("note = '7'", "note", "is no key like"),
        ("note = 'ctrl+2'", "note", "is no key like"),
        ("note = 'f6, ctrl+m'", "note", "ctrl+m does not arrive"),
        ("note = 'f6,e'", "note", "e is the key of escalate already"),
        ("keep = 'f1'", "keep", "F1 is the key of help already"),
        ("figures = 'v'", "figures", "among all commands"),
        ("number = 'n'", "number", "digits only ever type numbers"),
        ("note = 'ctrl+m'", "note", "does not arrive"),
    ],
)
def test_another_key_is_checked_by_name_and_for_clashes(unit: Node, given: str, key: str, says: str) -> None:
    text = unit.config.read_text(encoding="utf-8")
    unit.config.write_text(f"{text}\n[screens.keys]\n{given}\n", encoding="utf-8")

    told = unit.try_("config", "check", "--json")
    assert told.code == 3
    found = next(one for one in told.json["complaints"] if one["key"] == f"screens.keys.{key}")
    assert says in found["message"]
    assert found["line"] > text.count("\n")
    assert unit.try_("problem", "list").code == 0


def test_keys_that_change_places_and_those_that_fields_have_too_are_no_clash(unit: Node) -> None:
    with unit.config.open("a", encoding="utf-8") as file:
        file.write("\n[screens.keys]\nnote = 'p, f12'\nplan = 'n'\nkeep = 'f12'\nraise_problem = 'f2,ctrl+r'\n")

    assert unit.json("config", "check")["complaints"] == []


@pytest.mark.parametrize("lost", ["ctrl+c", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+z"])
def test_what_terminals_turn_into_something_else_is_no_key(lost: str) -> None:
    assert [name for name, said in wrong({"note": lost}) if "does not arrive" in said] == ["note"]


def test_a_key_that_was_not_understood_takes_none_away() -> None:
    assert [name for name, _ in wrong({"escalate": "control+x", "note": "e"})] == ["escalate", "note"]
