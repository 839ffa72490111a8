"""The set of commands and their options, as cli.md fixes it; and that none of them costs what it does not need."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperGroup, TyperOption
from typer.main import get_command

from tests.cli.running import Node, imported, ran, started
from wsq_huddle.cli.asked import HELP, OPTIONS
from wsq_huddle.cli.commands import TABLE, app

COMMANDS = {
    "init": {"--node", "--name", "--tier", "--dir", "--timezone", "--rehearsal"},
    "board": {"--wall", "--every"},
    "demo": {"--dir", "--node", "--headless", "--keep"},
    "config show": set(),
    "config check": set(),
    "serve": {"--listen", "--cert", "--key"},
    "invite": {"--name", "--tier", "--lasts", "--spare"},
    "join": {"--code", "--again", "--spare", "--here"},
    "nodes": set(),
    "nodes revoke": set(),
    "nodes rotate": set(),
    "nodes recover": set(),
    "sync": {"--watch"},
    "huddle open": {"--huddle", "--on"},
    "huddle answer": {"--note", "--from", "--huddle", "--on"},
    "huddle attend": {"--leader", "--number", "--huddle", "--on"},
    "huddle recognition": {"--huddle", "--on"},
    "huddle close": {"--plus", "--delta", "--huddle", "--on", "--thanks"},
    "huddle reopen": {"--huddle", "--on"},
    "huddle skip": {"--why", "--huddle", "--on"},
    "huddle show": {"--huddle", "--on"},
    "huddle sheet": {"--huddle", "--on", "--to-fill"},
    "huddle mark": {"--as-held", "--huddle", "--on"},
    "huddle hear": {"--note", "--huddle", "--on"},
    "huddle watch": {"--huddle", "--on"},
    "problem raise": {"--detail", "--category", "--event", "--urgency", "--reference"},
    "problem plan": {"--what", "--owner", "--due"},
    "problem note": set(),
    "problem read": set(),
    "problem see": set(),
    "problem escalate": {"--need", "--tried", "--by", "--mode"},
    "problem acknowledge": set(),
    "problem return": {"--answer", "--not-now", "--to"},
    "problem assign": {"--to", "--need"},
    "problem resolve": {"--remedy"},
    "problem confirm": {"--lesson"},
    "problem reopen": {"--why"},
    "problem correct": {"--text", "--part"},
    "problem withdraw": {"--why"},
    "problem take-over": {"--why"},
    "problem recall": {"--why"},
    "problem list": {"--at", "--state", "--search"},
    "problem patterns": set(),
    "problem join": {"--pattern"},
    "problem show": set(),
    "problem similar": set(),
    "action plan": {"--owner", "--due"},
    "action done": set(),
    "action move": {"--due"},
    "action drop": {"--why"},
    "action list": {"--state"},
    "people list": set(),
    "people pin": {"--pin"},
    "people forget": set(),
    "announce publish": {"--text", "--from", "--to"},
    "announce withdraw": {"--why"},
    "announce read": set(),
    "announce show": set(),
    "announce list": {"--all"},
    "chain": {"--on"},
    "figures": {"--from", "--to"},
    "report": {"--on", "--huddle", "--format", "--after", "--out"},
    "log show": {"--subject", "--limit"},
    "log verify": set(),
    "log export": {"--to"},
    "log rebuild": set(),
    "outbox": {"--refused"},
    "outbox retry": set(),
    "store upgrade": set(),
    "store check": set(),
    "store backup": set(),
    "store restore": set(),
}


def walked() -> Iterator[tuple[str, object]]:
    root = get_command(app)
    assert isinstance(root, TyperGroup)
    for name in TABLE:
        command = root.get_command(None, name)  # type: ignore[arg-type]  # ours needs no context
        if not isinstance(command, TyperGroup):
            yield name, command
            continue
        if command.invoke_without_command:
            yield name, command
        for verb, one in command.commands.items():
            yield f"{name} {verb}", one


def options(command: object) -> set[str]:
    params = getattr(command, "params", [])
    return {one for param in params if isinstance(param, TyperOption) and not param.hidden for one in param.opts}


def test_the_commands_and_their_options_are_those_that_are_promised() -> None:
    assert {name: options(command) for name, command in walked()} == COMMANDS


def test_every_command_says_what_it_does_and_every_option_too() -> None:
    silent = [name for name, command in walked() if not getattr(command, "help", "")]
    for name, command in walked():
        silent += [f"{name} {param.name}" for param in getattr(command, "params", []) if not param.help]

    assert silent == []


def test_the_help_lists_every_command_and_what_every_command_takes() -> None:
    told = ran("--help")

    assert told.code == 0
    assert all(f"\n  {name} " in told.out for name in TABLE)
    assert {words.split()[0] for words, _ in HELP} == {*OPTIONS, "--json"}
    assert all(name in told.out for name in OPTIONS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help(name: str) -> None:
    told = ran(*name.split(), "--help")

    assert told.code == 0
    assert told.out.startswith(f"Usage: wsq-huddle {name} ")
    assert told.err == ""


@pytest.mark.parametrize("name", TABLE)
def test_a_short_h_helps_too_and_no_help_speaks_of_types(name: str) -> None:
    short, long = ran(name, "-h"), ran(name, "--help")

    assert (short.code, short.out) == (0, long.out)
    assert "<str>" not in long.out
    assert "list[str]" not in long.out


def test_the_help_names_what_an_option_takes() -> None:
    help_of_assign = ran("problem", "assign", "-h").out

    assert "Usage: wsq-huddle problem assign [OPTIONS] ID..." in help_of_assign
    assert "--to NODE" in help_of_assign
    assert "--need TEXT" in help_of_assign
    assert "[ITEM] [VALUE]" in ran("huddle", "answer", "-h").out


def test_no_command_has_an_option_of_every_command() -> None:
    taken = {name for _, command in walked() for name in options(command)}

    assert taken.isdisjoint({*OPTIONS, "--json"})


@pytest.mark.parametrize("words", [("--help",), ("problem", "--help"), ("problem", "raise", "--help"), ("--version",)])
def test_help_imports_nothing_that_is_slow(words: tuple[str, ...], tmp_path: Path) -> None:
    assert imported(*words, folder=tmp_path) == set()


@pytest.mark.parametrize(
    "words",
    [
        "problem list",
        "problem similar pumps",
        "chain",
        "huddle show",
        "outbox",
        "nodes",
        "log show",
        "action list",
        "config show",
    ],
)
def test_looking_imports_neither_sqlalchemy_nor_pydantic(unit: Node, words: str) -> None:
    assert imported("--config", str(unit.config), *words.split(), folder=unit.folder) <= {"rich"}
    assert imported("--config", str(unit.config), *words.split(), "--json", folder=unit.folder) == set()


def test_the_three_packages_come_from_one_root(tmp_path: Path) -> None:
    for name in ("wsq_huddle", "screens", "migrations"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('shadowed')\n")
    code = (
        "import pathlib, migrations, screens, wsq_huddle;"
        "print(len({pathlib.Path(one.__file__).parents[1] for one in (migrations, screens, wsq_huddle)}))"
    )

    told = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True)

    assert told.stdout.strip() == "1"
    assert started("--version", folder=tmp_path, environ={"PYTHONPATH": os.fspath(tmp_path)}).code == 0
