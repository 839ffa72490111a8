"""The program: one table of commands, each imported only when it is asked for.

`--help` costs Typer and this table; looking costs the reader beside it; SQLAlchemy is paid by what writes.
"""

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from wsq_huddle.cli import refusals
from wsq_huddle.cli.asked import Asked, split, wants_json
from wsq_huddle.errors import HuddleError

NAME = "wsq-huddle"
PLAIN = "--plain"
"""Takes the place of a command: the huddle prompt by prompt."""


def run(arguments: Sequence[str]) -> int:
    """Run one command; gives its exit code and lets no exception out."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a test may put another stream there
    as_json = wants_json(arguments)
    asked = Asked(json=as_json)
    try:
        asked, rest = split(arguments, os.environ)
        return _do(asked, rest)
    except HuddleError as error:
        return refusals.tell(error, as_json=as_json)
    except BrokenPipeError:
        refusals.hush()
        return 0
    except KeyboardInterrupt:
        return refusals.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last place where anything can be said
        return refusals.tell_broken(error, _logs(asked), as_json=as_json)


def _do(asked: Asked, rest: list[str]) -> int:
    if rest == ["--version"]:
        return _tell_version(asked)
    if rest == [PLAIN] or not (rest or _can_draw()):
        return _hold(asked)
    return _run(asked, rest) if rest else _show(asked)


def _can_draw() -> bool:
    """Whether screens may be tried here: not on a terminal that says it is dumb."""
    return os.environ.get("TERM") != "dumb" or not sys.stdin.isatty()


def _run(asked: Asked, rest: list[str]) -> int:
    from wsq_huddle.cli.commands import invoke  # noqa: PLC0415 - the screens open without Typer

    return invoke(NAME, asked, rest)


def _show(asked: Asked) -> int:
    from wsq_huddle.cli import collecting  # noqa: PLC0415 - before Textual, which is most of what is imported

    with collecting.seldom():
        from wsq_huddle.cli.showing import show  # noqa: PLC0415 - Textual

        return show(asked)


def _hold(asked: Asked) -> int:
    from wsq_huddle.cli.plain import hold  # noqa: PLC0415 - only where no screens are drawn

    return hold(asked)


def _tell_version(asked: Asked) -> int:
    import json  # noqa: PLC0415 - one small thing

    from wsq_huddle import __version__  # noqa: PLC0415

    print(json.dumps({"version": __version__}) if asked.json else f"{NAME} {__version__}")  # noqa: T201 - the answer
    return 0


def _logs(asked: Asked) -> Path | None:
    """The folder for reports of this node; None where even that cannot be found out."""
    try:
        from wsq_huddle.config import load  # noqa: PLC0415 - only when something broke

        return load(asked.config).settings.logs
    except Exception:  # noqa: BLE001 - the report goes elsewhere then
        return None
