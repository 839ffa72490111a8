"""Everything a key does can be done from the command line, and is among all commands by name; nothing is hidden."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Any

import click
from typer.main import get_command

import screens
from screens import keys
from screens.app import HuddleApp
from screens.frame import DeskScreen
from screens.keys import TABLE, Where
from wsq_huddle.cli.asked import HELP
from wsq_huddle.cli.commands import app

COMMANDS: dict[str, tuple[str, ...]] = {
    "help": ("--help",),
    "raise_problem": ("problem raise",),
    "find": ("problem list --search", "problem similar"),
    "sign": ("--as", "--for"),
    "seat": ("demo --node",),
    "fine": (
        "huddle answer",
        "huddle hear",
        "huddle watch",
        "announce read",
        "action done",
        "problem read",
        "problem see",
    ),
    "open": ("problem show", "huddle open", "announce show", "huddle answer --from", "huddle sheet --to-fill"),
    "rest": ("huddle answer",),
    "number": ("huddle answer",),
    "assign": ("problem assign",),
    "chain": ("chain",),
    "withdraw": ("problem withdraw", "announce withdraw"),
    "escalate": ("problem escalate",),
    "filter": ("problem list --state", "problem list --at"),
    "skip": ("huddle skip", "huddle mark"),
    "join": ("problem join",),
    "acknowledge": ("problem acknowledge",),
    "problems": ("problem list",),
    "measures": ("board",),
    "note": ("problem note",),
    "open_again": ("huddle reopen",),
    "plan": ("problem plan", "action plan"),
    "resolve": ("problem resolve",),
    "send_back": ("problem return",),
    "write_out": ("report --out", "huddle sheet"),
    "reopen": ("problem reopen",),
    "confirm": ("problem confirm",),
    "take_over": ("problem take-over",),
    "recall": ("problem recall",),
    "announce": ("announce publish",),
    "correct": ("problem correct",),
    "own_pin": ("people pin",),
    "huddle_here": ("join --here",),
    "figures": ("figures",),
}
"""What does the same from the command line as the key of that id."""

ONLY_HERE = frozenset({
    "command_palette", "quit", "step_back", "step_on", "back", "undo", "tour",
    "up", "down", "page_up", "page_down", "first", "last",
    "next_field", "change_field", "change_word", "field_before", "field_up", "field_down", "keep",
})  # fmt: skip
"""Keys that only move about on the screens; `undo` takes back what has not left, and a command leaves at once."""

UNNAMED = frozenset({"command_palette", "number"})
"""Keys that are not among all commands: one opens them, a number is typed."""


def known_commands(command: Any, name: str = "") -> Iterator[str]:  # noqa: ANN401 - click's own classes
    """Give every command, and every command with each of its options."""
    context = click.Context(command)
    yield name
    yield from (f"{name} {option}" for param in command.params for option in param.opts if option.startswith("--"))
    for word in command.list_commands(context) if hasattr(command, "list_commands") else ():
        yield from known_commands(command.get_command(context, word), f"{name} {word}".strip())


def kinds() -> Iterator[type[Any]]:
    """Give every class of screen, and the program."""
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        importlib.import_module(module.name)
    waiting: list[type[Any]] = [DeskScreen, HuddleApp]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("screens."):
            yield kind


def actions_of(kind: type[Any]) -> set[str]:
    """Give what keys can do there, besides what Textual itself has."""
    found = inspect.getmembers(kind, inspect.isfunction)
    return {
        name.removeprefix("action_")
        for name, function in found
        if name.startswith("action_") and function.__module__.startswith("screens.")
    }


def test_what_each_key_does_can_be_done_from_the_command_line() -> None:
    known = {*known_commands(get_command(app)), "--help", *(words.split()[0].rstrip(",") for words, _ in HELP)}

    assert COMMANDS.keys() | ONLY_HERE == {key.id for key in TABLE}
    assert not COMMANDS.keys() & ONLY_HERE
    assert {command for commands in COMMANDS.values() for command in commands} <= known


def test_whatever_a_screen_can_do_stands_in_the_one_table_of_keys() -> None:
    # `go` opens a screen by its key, `help_quit` is what Ctrl+C says.
    beside = {"go", "help_quit"}
    unknown = {(kind.__name__, action) for kind in kinds() for action in actions_of(kind) - beside - keys.BY_ID.keys()}

    assert unknown == set()


def test_whatever_a_screen_can_do_is_among_all_commands_by_name() -> None:
    there = {action for kind in kinds() for action in actions_of(kind)} & keys.BY_ID.keys()
    named = {key.id for key in TABLE if key.title}

    assert there - UNNAMED <= named
    assert {key.id for key in TABLE if key.where in {Where.EVERYWHERE, Where.OUTSIDE}} - UNNAMED <= named


def test_a_key_that_changes_a_problem_names_its_move() -> None:
    changing = {"assign", "escalate", "acknowledge", "note", "plan", "resolve", "send_back", "reopen", "confirm",
                "take_over", "recall", "correct", "withdraw"}  # fmt: skip

    assert {key.id for key in TABLE if key.move} == changing | {"raise_problem"}
