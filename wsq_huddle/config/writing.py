"""Write huddle.toml: a new one from the sample, or one value in an old one; remarks stay as they are.

tomlkit is imported late, because only writing needs it.
"""

import os
import re
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from wsq_huddle.config import places, shipped
from wsq_huddle.config.lines import lines
from wsq_huddle.config.reading import read
from wsq_huddle.config.settings import plain
from wsq_huddle.errors import ConfigError

AGENDA = "# --- The agenda ---"
"""The line of the sample below which everything is made from the tier's own agenda."""

_ITEMS = """\
# Items: the lines of the huddle, in this order.
# step: targets, status, plan or help (from-above for what is read out first).
# kind: readiness, measure, events, standard, check, count, text, actions, problems, roll-call, announcements.
# Of a kind of event with `reportable = true` every tier is told at once when one is raised; of others the next tier."""
_TITLE = re.compile(r"\A(?:#[^\n]*\n)+")
Value = str | int | bool | list[Any]


def write_new(  # noqa: PLR0913 - what a node is called is asked once, here
    folder: Path,
    *,
    key: str,
    name: str,
    tier: int,
    timezone: str,
    dir_given: bool,
    call: str = "",
    emergency: str = "",
    url: str = "",
) -> Path:
    """Write the huddle.toml of a new node into `folder`; an existing one is never overwritten.

    With `dir_given` the store lies beside it in `data`, otherwise in the platform's data folder.
    """
    path = folder.absolute() / places.NAME
    told: dict[str, Value] = {"key": key, "name": name, "tier": tier, "timezone": timezone}
    told.update({name: value for name, value in (("call", call), ("emergency", emergency)) if value})
    text = text_of_new(told)
    if dir_given:
        text = with_value(text, "store", "folder", "data")
    if url:
        text = with_value(text, "link", "url", url)
    wrong = read(text, path).complaints
    if wrong:
        raise ConfigError("\n".join(f"{one.key}: {one.message}" if one.key else one.message for one in wrong))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _create(path, text)
    except FileExistsError:
        raise ConfigError(f"{path} exists already; it was left as it is.") from None
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}.") from None
    return path


def text_of_new(node: Mapping[str, Value]) -> str:
    """What a new node's huddle.toml says, from the values of its `[node]`: the sample, and the agenda of its tier."""
    text = _of_a_node(_sample(), str(node["name"]))
    for one, value in node.items():
        text = with_value(text, "node", one, value)
    return f"{text.partition(AGENDA)[0]}{AGENDA}\n{agenda_text(max(int(str(node['tier'])), 1))}"


def set_link(path: Path, url: str) -> None:
    """Note the address of the node above in an existing huddle.toml."""
    set_value(path, "link", "url", url)


def set_value(path: Path, table: str, key: str, value: Value) -> None:
    """Change one value of a `[table]` in an existing huddle.toml, all at once or not at all."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        tomllib.loads(text)
        changed = with_value(text, table, key, value)
        before, after = (
            {(one.key, one.message) for one in read(content, path).complaints} for content in (text, changed)
        )
        if after - before:
            raise ConfigError("\n".join(f"{one}: {message}" for one, message in sorted(after - before)))
        replace_file(path, changed)
    except OSError as error:
        raise ConfigError(f"{path} cannot be changed: {error.strerror}.") from None
    except ValueError:
        raise ConfigError(
            f"{path} is not a huddle.toml that can be read; `wsq-huddle config check` says why."
        ) from None


def with_value(text: str, table: str, key: str, value: Value) -> str:
    """Set one value in the text: in its place, or where the sample has it as a remark, or below its table."""
    import tomlkit  # noqa: PLC0415 - see above

    places_of = lines(text)
    if (table, key) in places_of:
        document: Any = tomlkit.parse(text)
        document[table][key] = value
        return str(tomlkit.dumps(document))
    written = f"{key} = {tomlkit.item(value).as_string()}"
    rows = text.split("\n")
    if (table,) not in places_of:
        header = next((at for at, row in enumerate(rows) if row.strip() == f"# [{table}]"), None)
        if header is None:
            return f"{text.rstrip()}\n\n[{table}]\n{written}\n"
        rows[header] = f"[{table}]"
    else:
        header = places_of[table,] - 1
    for at in range(header + 1, len(rows)):
        if re.match(rf"#\s*{re.escape(key)}\s*=", rows[at]):
            rows[at] = _with_remark(written, rows[at])
            return "\n".join(rows)
        if re.match(r"\s*#?\s*\[", rows[at]):
            break
    rows.insert(header + 1, written)
    return "\n".join(rows)


def _with_remark(written: str, row: str) -> str:
    """Keep what is said behind a value, in its column: `# key = 1  # why`."""
    remark = re.search(r"\s+(#[^\"']*)$", row[1:])
    return f"{written.ljust(remark.start(1))} {remark[1]}" if remark else written


def agenda_text(tier: int) -> str:
    """The measures, standards and items of a tier's agenda as TOML."""
    agenda = shipped.agenda(tier)
    parts = [
        "# Measures: what the agenda asks for by number. direction is at-most or at-least.",
        *_rows("measure", agenda.measures),
    ]
    if agenda.standards:
        parts += [
            "# Standards: work that is looked at; sample is how many are seen, target the percentage that keep to it.",
            *_rows("standard", agenda.standards),
        ]
    parts += [_ITEMS, *_rows("item", agenda.items)]
    return "\n\n".join(parts) + "\n"


def _rows(table: str, rows: Iterable[Any]) -> list[str]:
    import tomlkit  # noqa: PLC0415 - see above

    told = []
    for row in rows:
        pairs = [
            f"{one.name} = {tomlkit.item(_written(getattr(row, one.name))).as_string()}"
            for one in fields(row)
            if one.name != "tiers" and (one.default is MISSING or getattr(row, one.name) != one.default)
        ]
        told.append("\n".join([f"[[{table}]]", *pairs]))
    return told


def _written(value: object) -> Any:  # noqa: ANN401 - what TOML can hold
    return int(value) if isinstance(value, float) and value.is_integer() else plain(value)


def _sample() -> str:
    try:
        return places.sample().read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"The sample {places.sample()} is missing: install the program again. ({error.strerror})"
        ) from None


def _of_a_node(sample: str, name: str) -> str:
    title = "".join(letter for letter in name if letter.isprintable())
    return _TITLE.sub(lambda _: f"# huddle.toml of {title}, written by `wsq-huddle init`.\n{_ABOUT}", sample, count=1)


_ABOUT = """\
# `wsq-huddle config check` says what is wrong in it, `wsq-huddle config show` what is in force.
# A line that begins with # is a remark; a setting in one shows what holds without it.
"""


def _create(path: Path, text: str) -> None:
    """Write a file that must not exist yet; a half-written one is taken away again."""
    with path.open("x", encoding="utf-8", newline="\n") as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            with suppress(OSError):
                path.unlink()
            raise


def replace_file(path: Path, text: str) -> None:
    """Put a whole new file in the place of the old one, so that no reader ever sees half of it."""
    path = path.resolve()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".huddle-", suffix=".toml")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise
