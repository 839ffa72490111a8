"""Whatever people have typed, every command and page prints words: nothing a terminal, a mail or a sheet acts on."""

import csv
import json
import re
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

import click
import pytest
from typer.main import get_command

from tests.cli.running import Node, Ran, warmed
from tests.screens.poisoned import FORBIDDEN, HOSTILE, Poisoned
from wsq_huddle.cli.commands import app
from wsq_huddle.domain.reports import FORMS
from wsq_huddle.services import announcements, digests, mails, problems

MORNING = "2026-11-30T14:40:00+00:00"
NODES = ("4-west", "cardiac", "executive")
LETTERS = {chr(code) for code in FORBIDDEN}
LINES = {"\n", "\r"}

LOOKS: dict[str, tuple[str, ...]] = {
    "config show": (), "config check": (), "nodes": (), "huddle show": (), "huddle sheet": (),
    "huddle recognition": (), "problem list": ("--at", "all"), "problem show": ("PROBLEM",),
    "problem similar": (HOSTILE[1],), "problem patterns": (), "action list": (), "people list": (),
    "announce list": ("--all",), "announce show": ("ANNOUNCEMENT",), "chain": (), "board": (), "figures": (),
    "log show": ("--limit", "200"), "log verify": (), "log export": (), "outbox": (), "store check": (),
}  # fmt: skip
"""Every command that only looks, with what it is about."""

DOES = frozenset({
    "init", "demo", "serve", "invite", "join", "nodes revoke", "nodes rotate", "nodes recover", "sync",
    "huddle open", "huddle answer", "huddle attend", "huddle close", "huddle reopen", "huddle skip", "huddle mark",
    "huddle hear", "huddle watch", "problem read", "problem see",
    "problem plan", "problem escalate", "problem acknowledge", "problem return", "problem assign", "problem resolve",
    "problem join", "problem raise", "problem note", "problem confirm", "problem reopen", "problem withdraw",
    "problem take-over", "problem recall", "problem correct", "action plan", "action done", "action move",
    "action drop", "people pin", "people forget", "announce publish", "announce withdraw", "announce read",
    "log rebuild", "outbox retry", "store upgrade", "store backup", "store restore", "report",
})  # fmt: skip
"""Every command that changes something or starts something, and `report`, which is tried form by form."""


@pytest.fixture(scope="module")
def poisoned(poisoned_mould: Poisoned) -> Iterator[Poisoned]:
    with closing(poisoned_mould.copy()) as made:
        yield made


@pytest.fixture(scope="module")
def nodes(poisoned: Poisoned, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Node]:
    """The same in folders of their own, marked as rehearsals so that commands can be run that morning."""
    folder = tmp_path_factory.mktemp("folders")
    for key in NODES:
        with poisoned[key].store.place.engine().begin() as connection:
            connection.exec_driver_sql("UPDATE identity SET rehearsal = 1")
    return {key: Node(poisoned.on_disk(folder, key) / key, now=MORNING) for key in NODES}


def only_words(text: str) -> None:
    assert set(text) & LETTERS <= LINES


def commands(command: Any, name: str = "") -> Iterator[str]:  # noqa: ANN401 - click's own classes
    """The name of every command."""
    context = click.Context(command)
    below = command.list_commands(context) if hasattr(command, "list_commands") else []
    if name and (not below or command.invoke_without_command):
        yield name
    for word in below:
        yield from commands(command.get_command(context, word), f"{name} {word}".strip())


def test_every_command_is_tried_here_or_said_to_do_something() -> None:
    assert set(commands(get_command(app))) == LOOKS.keys() | DOES


@pytest.mark.parametrize("key", NODES)
def test_whatever_people_have_typed_a_command_prints_words(
    poisoned: Poisoned, nodes: dict[str, Node], key: str
) -> None:
    names = {
        "PROBLEM": [one.id for one in problems.listed(poisoned[key], limit=200)],
        "ANNOUNCEMENT": [one.id for one in announcements.listed(poisoned[key], over=True)],
    }
    told = ""
    for name, about in LOOKS.items():
        given = [(word,) for word in names.get(about[0], ())[:6]] if about and about[0] in names else [about]
        for words in given:
            for form in ((), ("--json",)):
                ran = nodes[key].try_(*name.split(), *words, *form)
                assert ran.code in {0, 6}, (name, ran.err)
                only_words(ran.out + ran.err)
                told += ran.out
                if form and name != "log export":
                    json.loads(ran.out)

    assert "alert(1)" in told


class Tags(HTMLParser):
    """The tags that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on") or name in {"href", "src"}]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("what", [("huddle",), ("morning",), ("digest",), ("digest", "--after")], ids=" ".join)
def test_whatever_people_have_typed_a_page_is_words_in_all_its_forms(
    nodes: dict[str, Node], tmp_path: Path, what: tuple[str, ...], form: str
) -> None:
    for key in NODES:
        ran: Ran = nodes[key].try_("report", *what, "--format", form)
        if ran.code == 1:
            assert what[0] == "digest"  # a unit has none
            continue
        assert ran.code == 0, ran.err
        only_words(ran.out)
        kept = tmp_path / "page"
        nodes[key].do("report", *what, "--format", form, "--out", str(kept))
        only_words(kept.read_text(encoding="utf-8"))
        if form == "html":
            tags = Tags()
            tags.feed(ran.out)
            assert not tags.seen & {"script", "a", "img", "b", "iframe", "svg"}
        if form == "csv":
            cells = [cell for row in csv.reader(StringIO(ran.out)) for cell in row]
            assert not [cell for cell in cells if cell.lstrip()[:1] in {"=", "@"} or cell[:2] in {"+S", "-c"}]
        if form == "json":
            json.loads(ran.out)
        if form == "markdown":
            assert not re.search(r"(?<!\\)(<script|\]\(|\*\*)", ran.out)


@pytest.mark.parametrize("key", ["cardiac", "executive"])
def test_whatever_people_have_typed_a_mail_has_one_subject_and_words(poisoned: Poisoned, key: str) -> None:
    desk = poisoned[key]
    for after in (False, True):
        mail = digests.digest(desk, after=after)

        only_words(mail.subject + mail.body)
        assert "\n" not in mail.subject
        assert max(map(len, mail.body.splitlines())) <= 72 * 4
    assert mails.due(desk) == []


@pytest.mark.parametrize("key", NODES)
def test_whatever_people_have_typed_the_huddle_prompt_by_prompt_prints_words(nodes: dict[str, Node], key: str) -> None:
    typed = "\n".join(["", "?", HOSTILE[0], "next", *[""] * 40, "!" + HOSTILE[3], "back", *["next"] * 60, "stop"])
    ran = warmed(
        "--config", str(nodes[key].config), "--now", MORNING, "--plain",
        folder=nodes[key].folder, stdin=typed.encode("utf-8", "ignore").decode().replace("\x00", "") + "\n",
    )  # fmt: skip

    only_words(ran.out + ran.err)
    assert ran.code == 0, ran.err
    assert "Traceback" not in ran.err
    assert len(ran.out) > 500
