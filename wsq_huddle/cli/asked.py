"""What is asked of every command: which huddle.toml, who signs, what time, and whether a program reads the answer.

These options may stand before or after the command, so they are taken out before the rest is read: an error in the
rest is then told in the form that was asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from wsq_huddle.errors import UsageError

OPTIONS = {"--config": "config", "--as": "author", "--for": "on_behalf", "--now": "now"}
"""Options with a value that every command takes, and the field that keeps it."""

JSON = "--json"

HELP = (
    ("--config PATH", "This huddle.toml, not the one found. [WSQ_HUDDLE_CONFIG]"),
    ("--as NAME", "Who signs; by default the role. [WSQ_HUDDLE_AS]"),
    ("--for NAME", "Whom one writes for."),
    ("--now ISO", "The time, on a store made with init --rehearsal."),
    ("--json", "One JSON document instead of tables."),
)


@dataclass(frozen=True)
class Asked:
    """The options of every command. `config` is None where huddle.toml is to be found."""

    config: Path | None = None
    author: str = ""
    on_behalf: str = ""
    now: str = ""
    json: bool = False
    clock: Path | None = None


def split(arguments: Sequence[str], environ: Mapping[str, str]) -> tuple[Asked, list[str]]:
    """Take the options of every command out of the arguments; after `--` nothing is an option."""
    found: dict[str, str] = {}
    rest: list[str] = []
    waiting = list(arguments)
    json = wants_json(arguments)
    while waiting:
        word = waiting.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *waiting]
            break
        if word == JSON:
            continue
        if name not in OPTIONS:
            rest.append(word)
            continue
        if not equals:
            if not waiting:
                raise UsageError(f"{name} needs a value.")
            value = waiting.pop(0)
        found[OPTIONS[name]] = value
    clock = environ.get("WSQ_HUDDLE_CLOCK", "")
    asked = Asked(
        author=found.get("author", environ.get("WSQ_HUDDLE_AS", "")),
        on_behalf=found.get("on_behalf", ""),
        now=found.get("now", ""),
        json=json,
        clock=Path(clock) if clock else None,
    )
    config = found.get("config", "")
    if "config" in found and not config:
        raise UsageError("--config needs the path of a huddle.toml.")
    return (replace(asked, config=Path(config)) if config else asked), rest


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether a program reads the answer; also known when nothing else could be understood."""
    words = list(arguments)
    return JSON in (words[: words.index("--")] if "--" in words else words)
