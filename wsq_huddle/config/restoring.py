"""Puts the settings of a node that came back from the node above into huddle.toml, on the computer that replaces one.

Only where huddle.toml is still as `init` wrote it: what somebody has written there counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from wsq_huddle.config.places import NAME
from wsq_huddle.config.reading import read
from wsq_huddle.config.settings import Plain, Settings, plain
from wsq_huddle.config.tables import ROWS
from wsq_huddle.config.writing import replace_file, text_of_new, with_value
from wsq_huddle.errors import ConfigError

_ROWS_OF = {
    "items": "item",
    "measures": "measure",
    "standards": "standard",
    "categories": "category",
    "causes": "cause",
    "people": "person",
}
"""The sorts of definitions that are rows of huddle.toml, and what the rows are called there."""

Sets = Mapping[str, Sequence[Plain]]


def as_written(settings: Settings) -> bool:
    """Whether what is published of these settings is what `init` writes for a node of this tier, name and zone."""
    node = settings.node
    told = {one.name: getattr(node, one.name) for one in fields(node) if getattr(node, one.name)}
    shipped = read(text_of_new(told), settings.home / NAME).settings
    return shipped is not None and shipped.definitions() == settings.definitions()


def put_back(path: Path, settings: Settings, sets: Sets) -> Settings:
    """Write these sets into an existing huddle.toml, all at once or not at all; gives the settings as they are then.

    Raises `ConfigError` where the file cannot be changed, and where this program cannot put all of it into one.
    """
    wanted = {**settings.definitions(), **{sort: list(rows) for sort, rows in sets.items()}}
    try:
        text = _with(path.read_text(encoding="utf-8-sig"), settings, wanted)
        new = read(text, path).settings
        if new is None or not _says(new.definitions(), wanted):
            raise ConfigError(f"{path}: the settings that came back have what this program does not know.")
        replace_file(path, text)
    except OSError as error:
        raise ConfigError(f"{path} cannot be changed: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path}: the settings that came back cannot be written into it. ({error})") from None
    return new


def _says(found: object, wanted: object) -> bool:
    """Whether all that is wanted stands there; an older program has declared less than this one declares."""
    if isinstance(wanted, Mapping):
        inner = found if isinstance(found, Mapping) else {}
        return all(key in inner and _says(inner[key], value) for key, value in wanted.items())
    if isinstance(wanted, list):
        rows = found if isinstance(found, list) else []
        return len(rows) == len(wanted) and all(map(_says, rows, wanted))
    return found == wanted


def _with(text: str, settings: Settings, wanted: Sets) -> str:
    import tomlkit  # noqa: PLC0415 - only writing needs it

    document: Any = tomlkit.parse(text)
    for name in (*_ROWS_OF.values(), "huddle"):
        document.pop(name, None)
    text = str(tomlkit.dumps(document)).rstrip() + "\n"
    (window,) = wanted["window"]
    (phones,) = wanted["phones"] or [{"call": "", "emergency": ""}]
    for table, values in (
        ("node", {"timezone": window["timezone"], **phones}),
        ("window", {key: value for key, value in window.items() if key not in {"timezone", "huddles", "calendar"}}),
        ("calendar", window["calendar"]),
    ):
        now = getattr(settings, table)
        for key, value in values.items():
            if plain(getattr(now, key)) != value:
                text = with_value(text, table, key, value)
    rows = [("huddle", window["huddles"]), *((name, wanted[sort]) for sort, name in _ROWS_OF.items())]
    return text + "".join(_row(name, row, settings.node.tier) for name, found in rows for row in found)


def _row(name: str, row: Plain, tier: int) -> str:
    import tomlkit  # noqa: PLC0415 - only writing needs it

    pairs = [f"{key} = {tomlkit.item(value).as_string()}" for key, value in _told(ROWS[name], row, of=tier)]
    return "\n".join(["", f"[[{name}]]", *pairs, ""])


def _told(table: type, values: Plain, *, of: int) -> Iterable[tuple[str, Any]]:
    """The values that have to be written: what holds without a word is left out."""
    usual = {one.name: one.default for one in fields(table) if one.default is not MISSING}
    for key, value in values.items():
        whole: Any = int(value) if isinstance(value, float) and value.is_integer() else value
        if not (key in usual and whole == plain(usual[key])) and not (key == "tiers" and list(whole) == [of]):
            yield key, whole
