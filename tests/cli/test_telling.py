"""How commands answer people: nothing that was typed is ever interpreted."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.running import Node, ran, started
from wsq_huddle.cli.telling import shortened

HOSTILE = (
    "[bold red]not bold[/] [/] [link=http://x]x[/link] :warning:",
    "\x1b[31mred\x1b[2J\x9b5nC1 \x1b]52;c;ZXZpbA==\x07",
    "bidi \u202eevil\u202c \u2066in\u2069 \u200emark\u200f",
    "emoji 👩\u200d⚕️ 字字字 e\u0301\u0301",
    "x" * 200,
    "{'a': [true]} %s %(id)s {0} ' \" ; -- DROP TABLE problem",
)
FORBIDDEN = {chr(code) for code in (*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x202E, 0x2066, 0x200E)}


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_is_shown_as_it_is_and_never_acts_on_the_terminal(unit: Node, text: str) -> None:
    words = ("raise", text, "--detail", f"{text}\nand more", "--as", text[:150])
    subject = unit.json("problem", *words)["id"]

    for look in (("problem", "show", subject), ("problem", "list"), ("log", "show"), ("problem", "similar", text)):
        shown = unit.do(*look)
        assert FORBIDDEN.isdisjoint(shown.out), look
    listed = unit.do("problem", "list").out.replace("\n", "")
    for word in ("[bold", "[/]", "%(id)s", "DROP"):
        assert (word in text) <= (word in listed)


def test_ten_thousand_characters_are_kept_and_shown(unit: Node) -> None:
    told = unit.json("problem", "raise", "long", "--detail", "ä" * 10_000)

    assert told["detail"] == "ä" * 10_000
    assert unit.do("problem", "show", told["id"]).out.count("ä") >= 10_000


@pytest.mark.parametrize("words", [("--title", "x" * 201), ("--detail", "x" * 10_001)])
def test_what_is_too_long_is_refused_before_anything_is_written(unit: Node, words: tuple[str, str]) -> None:
    option, text = words
    told = unit.try_("problem", "raise", *([text] if option == "--title" else ["t", option, text]), "--json")

    assert (told.code, told.kind) == (1, "not-allowed")
    assert unit.json("problem", "list") == []


def test_an_error_never_carries_what_a_terminal_would_act_on(unit: Node) -> None:
    told = unit.try_("problem", "show", "\x1b[31mred\x1b[2J")

    assert told.code == 1
    assert FORBIDDEN.isdisjoint(told.err)


def test_json_is_one_document_and_stdout_holds_nothing_else(unit: Node) -> None:
    subject = unit.json("problem", "raise", "one")["id"]

    for words in (("problem", "show", subject), ("chain",), ("outbox",), ("nodes",), ("config", "show")):
        told = unit.do(*words, "--json")
        assert told.out.count("\n") == 1
        assert told.err == ""


def test_where_the_other_end_takes_only_ascii_json_is_ascii(unit: Node) -> None:
    unit.json("problem", "raise", "Wäsche fehlt 字")
    environ = {"PYTHONIOENCODING": "ascii", "LANG": "C"}
    words = ("--config", str(unit.config), "problem", "list")

    told = started(*words, "--json", folder=unit.folder, environ=environ, isolated=False)
    assert told.out.isascii()
    assert json.loads(told.out)[0]["title"] == "Wäsche fehlt 字"
    assert started(*words, folder=unit.folder, environ=environ, isolated=False).code == 0


@given(st.lists(st.uuids().map(lambda one: f"problem-{one}"), unique=True))
def test_shortened_ids_mean_one_each(ids: list[str]) -> None:
    short = shortened(ids, "problem-")

    assert set(short) == set(ids)
    for whole, mine in short.items():
        assert len(mine) >= 8
        assert [one for one in ids if one.removeprefix("problem-").startswith(mine)] == [whole]


def test_an_empty_list_says_what_is_not_there(unit: Node) -> None:
    assert unit.do("problem", "list").out == "No problems.\n"
    assert unit.do("outbox").out == "Everything has arrived.\n"


def test_the_help_of_nothing_needs_no_set_up() -> None:
    assert ran("problem", "raise", "--help").code == 0
