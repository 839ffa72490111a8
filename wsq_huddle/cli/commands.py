"""The table of commands, and Typer made to fit it: lazy, silent about itself, cheap with words."""

import importlib
from collections.abc import Sequence
from difflib import get_close_matches
from functools import partial
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from wsq_huddle.cli import refusals
from wsq_huddle.cli.asked import HELP, Asked

TABLE: dict[str, tuple[str, str, str]] = {
    "init": ("init", "app", "Set up this computer for a node: its huddle.toml and its store."),
    "demo": ("demos", "app", "A whole hospital on this machine, to try everything."),
    "config": ("configs", "app", "What huddle.toml says, and what is wrong in it."),
    "serve": ("hubs", "app", "The hub for the nodes below, and the link to the node above."),
    "invite": ("nodes", "inviting", "Make a one-time code for a node below."),
    "join": ("nodes", "joining", "Join the node above, with its code."),
    "nodes": ("nodes", "app", "The tree as this node knows it; shut one out."),
    "sync": ("links", "app", "Exchange with the node above."),
    "huddle": ("huddles", "app", "Today's huddle of this node."),
    "problem": ("problems", "app", "Raise problems, solve them, hand them on; look for them."),
    "action": ("actions", "app", "Planned work of this node."),
    "people": ("people", "app", "Who signs here, and their PINs."),
    "announce": ("announcements", "app", "Tell all below something, from a day to a day."),
    "chain": ("chains", "app", "The morning: every node's huddle."),
    "board": ("boards", "app", "What hangs on the wall; --wall shows it big."),
    "figures": ("figures", "app", "How the huddles of a period worked."),
    "report": ("reports", "app", "A huddle, a morning or the digest as a page."),
    "log": ("logs", "app", "Entries, their chain, and the tables made from them."),
    "outbox": ("outboxes", "app", "What has not reached its peer yet, and what a peer refused."),
    "store": ("stores", "app", "Layout, integrity and copies of the store."),
}
"""Every command: its module in `wsq_huddle.cli`, the name of its app there, its line in the help."""

_CODES = (
    "Exit codes: 0 done, 1 the rules say no or no such thing, 2 usage, 3 configuration, 4 store, 5 network or hub,"
    " 6 a check found something, 70 the program failed."
)


_NAMED = {
    name: shown
    for shown, names in {
        "NAME": "name owner leader",
        "NODE": "node to",
        "DAY": "on due begins ends",
        "TIME": "by lasts",
        "FILE": "cert key filled to_fill out file",
        "FOLDER": "dir",
        "NUMBER": "tier count limit every reference",
        "WORD": "category event urgency state mode at as_held part form pattern",
        "ZONE": "timezone",
        "HOST:PORT": "listen",
        "CODE": "code",
        "PIN": "pin",
        "ID": "subject",
    }.items()
    for name in names.split()
}
"""What the value of an option is called in the help, by the option's name; words that people write are TEXT."""


class _Words:
    """Takes what was typed as it is: every parameter here is text. Typer would ask pydantic, 95 ms of CPU a start."""

    def coerce(self, value: Any, param: Any, ctx: object) -> Any:  # noqa: ANN401 - as Typer calls it
        del ctx
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        return value


class _AsTyped:
    """A command whose parameters are texts and flags."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401 - Typer's own class
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]  # of the command beside it
        for param in params:
            vars(param)["get_runtime_param"] = _Words
            if param.param_type_name == "argument":
                param.metavar = param.metavar or param.name.upper()
                vars(param)["display_type_rich"] = _no_type
                vars(param)["get_usage_pieces"] = partial(_in_usage, param)
            elif not param.is_flag:
                param.metavar = param.metavar or _NAMED.get(param.name, "TEXT")
        return params


def _in_usage(argument: Any, ctx: object) -> list[str]:  # noqa: ANN401 - Typer's own class
    del ctx
    return [argument.metavar if argument.required else f"[{argument.metavar}]"]


def _no_type(*, ctx: object) -> None:
    """Say nothing of the type of an argument: its name tells what is meant, and all of them are text."""
    del ctx


class Verb(_AsTyped, TyperCommand):
    """One thing to do."""

    def format_epilog(self, ctx: object, formatter: Any) -> None:  # noqa: ANN401 - Typer's own class
        del ctx
        formatter.write_paragraph()
        formatter.write_text("Options of every command: wsq-huddle --help")


class Group(_AsTyped, TyperGroup):
    """Commands of one noun."""


class Program(_AsTyped, TyperGroup):
    """The table of commands; a command's module is imported when it is asked for."""

    def list_commands(self, ctx: object) -> list[str]:
        del ctx
        return list(TABLE)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401 - Typer's own classes
        if cmd_name not in TABLE:
            near = get_close_matches(cmd_name, TABLE, n=1)
            ctx.fail(f"There is no command {cmd_name}.{f' Did you mean {near[0]}?' if near else ''}")
        module, name, _ = TABLE[cmd_name]
        found: typer.Typer = getattr(importlib.import_module(f"wsq_huddle.cli.{module}"), name)
        return get_command(found)

    def format_options(self, ctx: object, formatter: Any) -> None:  # noqa: ANN401 - Typer's own class
        del ctx
        with formatter.section("Options of every command, before or after it"):
            formatter.write_dl(HELP)
        with formatter.section("Without a command the screens open; instead of them"):
            formatter.write_dl([("--plain", "The huddle prompt by prompt: screen readers, dumb terminals, scripts.")])
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, _, says) in TABLE.items()])


def group(kind: type[Group] = Group) -> typer.Typer:
    """Begin the commands of a noun, or a command that has no others beside it."""
    return typer.Typer(cls=kind, rich_markup_mode=None, add_completion=False)


app = typer.Typer(
    cls=Program,
    rich_markup_mode=None,
    add_completion=False,
    epilog=_CODES,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def program() -> None:
    """Tiered, escalating daily huddles for hospitals. Without a command the screens of this node open."""


def invoke(name: str, asked: Asked, words: Sequence[str]) -> int:
    """Run what the words say; gives the exit code."""
    try:
        command = get_command(app)
        with command.make_context(name, list(words), obj=asked) as context:
            command.invoke(context)
    except typer.Exit as left:
        return left.exit_code
    except typer.Abort:
        return refusals.INTERRUPTED
    except typer.TyperException as error:
        return refusals.tell_usage(_sentence(name, error), as_json=asked.json)
    return 0


def _sentence(name: str, error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else name
    said = error.format_message().rstrip()
    return f"{said}{'' if said.endswith(('.', '?', ')')) else '.'} `{path} --help` tells more."
