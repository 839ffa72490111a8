"""Read the text of a huddle.toml into Settings, with all complaints at once and where each value came from."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from wsq_huddle.config import complaints, shipped, tables
from wsq_huddle.config.checks import check_settings
from wsq_huddle.config.complaints import Complaint, Complaints, Where, dotted, meant
from wsq_huddle.config.lines import lines
from wsq_huddle.config.settings import Settings
from wsq_huddle.config.values import HIGHEST_TIER, Wrong

FROM_ENVIRONMENT = ("store", "hub", "link", "screens")
"""Tables about the machine; their keys may also come from the environment, as `WSQ_HUDDLE_HUB_LISTEN`."""

_SWITCHES = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True)
class Read:
    """What came of reading: no settings where there is an error, or where the file has no `[node]`.

    `origins` has a line for every setting: `default`, `<file>:<line>` or `environment <name>`.
    """

    settings: Settings | None
    complaints: list[Complaint]
    origins: dict[str, str] = field(default_factory=dict)
    has_node: bool = False
    lines: Mapping[Where, int] = field(default_factory=dict)


def read(content: bytes | str, path: Path, environ: Mapping[str, str] | None = None) -> Read:
    """Read settings from the content of a file; nothing in it makes this raise."""
    file = str(path)
    try:
        text = _decoded(content)
        raw = tomllib.loads(text)
        found = Complaints(file, lines(text))
    except RecursionError:
        return Read(None, [Complaint(file, 1, "", "brackets are nested too deeply to be read.")])
    except tomllib.TOMLDecodeError as error:
        return Read(None, [_unreadable(file, text, str(error))])
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Read(None, [Complaint(file, line, "", "this is not UTF-8; save the file as UTF-8 text.")])
    except ValueError:  # Python refuses to read numbers of thousands of digits
        return Read(None, [Complaint(file, 1, "", "a number in this file is too long to be read.")])
    return _Reader(raw, path, environ or {}, found).read()


def _decoded(content: bytes | str) -> str:
    text = content.decode("utf-8-sig") if isinstance(content, bytes) else content.removeprefix("\ufeff")
    return text.replace("\r\n", "\n")


def _unreadable(file: str, text: str, told: str) -> Complaint:
    place = re.search(r"\(at line (\d+), column (\d+)\)", told)
    line = int(place[1]) if place else text.rstrip("\n").count("\n") + 1
    where = f" (column {place[2]})" if place else " (at the end of the file)"
    reason = told.partition(" (at ")[0].rstrip(".")
    hint = 'Texts stand in "quotes", lists in [brackets], a remark begins with #.'
    return Complaint(file, line, "", f"this line cannot be read: {reason}{where}. {hint}")


@cache
def _readers(table: type) -> dict[str, Any]:
    hints = get_type_hints(table, include_extras=True)
    return {one.name: hints[one.name].__metadata__[0] for one in fields(table)}


class _Reader:
    def __init__(self, raw: dict[str, Any], path: Path, environ: Mapping[str, str], found: Complaints) -> None:
        self.raw = raw
        self.path = path
        self.environ = environ
        self.found = found
        self.origins: dict[str, str] = {}
        self.kept: dict[str, list[int]] = {}

    def read(self) -> Read:
        self._unknown_tables()
        single = {name: self._single(name) for name in tables.SINGLE}
        node, calendar = single["node"], single["calendar"]
        tier = node.tier if isinstance(node, tables.Node) else 1
        days = calendar.days if isinstance(calendar, tables.Calendar) else tables.Calendar().days
        at, minutes = shipped.slot(tier)
        more: dict[str, dict[str, Any]] = {
            "huddle": {"name": "morning", "at": at, "minutes": minutes, "days": days},
            "item": {"tiers": (tier,)},
        }
        rows = {name: self._rows(name, more.get(name, {})) for name in tables.ROWS}
        settings = self._settings(single, rows, more)
        self.found.kept = self.kept
        check_settings(settings, self.found)
        told = self.found.sorted()
        wrong = any(one.severity is complaints.Severity.ERROR for one in told)
        return Read(None if wrong else settings, told, self.origins, "node" in self.raw, self.found.lines)

    def _settings(
        self, single: dict[str, Any], rows: dict[str, tuple[Any, ...]], more: dict[str, dict[str, Any]]
    ) -> Settings:
        """Put it together; for what is wrong something else stands in, so that the rest can be checked."""
        if "node" not in self.raw:
            self.found.error((), "there is no [node] here: write one with `wsq-huddle init`.")
        whole = {name: table() if single[name] is None else single[name] for name, table in _OPTIONAL.items()}
        agenda = {"item": rows["item"], "measure": rows["measure"], "standard": rows["standard"]}
        node = single["node"] or _SOMEBODY
        if "item" not in self.raw:
            brought = shipped.agenda(node.tier)
            agenda["item"] = brought.items
            agenda["measure"] = _completed(rows["measure"], brought.measures)
            agenda["standard"] = _completed(rows["standard"], brought.standards)
        if "huddle" not in self.raw and single["node"] is not None:
            rows["huddle"] = (self._table(("huddle", 0), tables.Huddle, {}, more["huddle"]),)
        return Settings(
            home=self.path.absolute().parent,
            node=node,
            huddles=rows["huddle"],
            items=agenda["item"],
            measures=agenda["measure"],
            standards=agenda["standard"],
            own_categories=rows["category"],
            own_causes=rows["cause"],
            people=rows["person"],
            **whole,
        )

    def _unknown_tables(self) -> None:
        known = [*tables.SINGLE, *tables.ROWS]
        for name in self.raw:
            if name not in known:
                place = (
                    f"no table is called [{name}]" if isinstance(self.raw[name], dict) else "no setting has this name"
                )
                self.found.error((name,), f"{place}.{meant(name, known)}")

    def _single(self, name: str) -> Any:  # noqa: ANN401 - one of tables.SINGLE
        raw = self.raw.get(name, {})
        if not isinstance(raw, dict):
            row = isinstance(raw, list) and raw and isinstance(raw[0], dict)
            self.found.error((name,), f"write [{name}] with single brackets." if row else f"write a table [{name}].")
            return None
        if name == "node" and name not in self.raw:
            return None
        if name in FROM_ENVIRONMENT:
            raw = {**raw, **dict(self._from_environment(name))}
        return self._table((name,), tables.SINGLE[name], raw, {})

    def _from_environment(self, name: str) -> Iterator[tuple[str, str | bool]]:
        readers = _readers(tables.SINGLE[name])
        for key in readers:
            variable = f"WSQ_HUDDLE_{name}_{key}".upper()
            told = self.environ.get(variable)
            if told is not None and key != "keys":
                self.origins[f"{name}.{key}"] = f"environment {variable}"
                switch = readers[key].__name__ == "read_switch"
                yield key, _SWITCHES.get(told.lower(), told) if switch else told

    def _rows(self, name: str, more: dict[str, Any]) -> tuple[Any, ...]:
        raw = self.raw.get(name, [])
        if not isinstance(raw, list) or not all(isinstance(row, dict) for row in raw):
            self.found.error((name,), f"write [[{name}]] with double brackets, once for each.")
            return ()
        table = tables.ROWS[name]
        read_rows = [self._table((name, number), table, row, more) for number, row in enumerate(raw)]
        self.kept[name] = [number for number, row in enumerate(read_rows) if row is not None]
        return tuple(row for row in read_rows if row is not None)

    def _table(self, path: Where, table: type, raw: dict[str, Any], more: dict[str, Any]) -> Any:  # noqa: ANN401 - an instance of `table`
        """Read one table; None where something in it is wrong or missing."""
        readers, taken = _readers(table), dict(more)
        sound = True
        for key in raw:
            if key not in readers:
                self.found.error((*path, key), f"there is no such key in [{path[0]}].{_hint(key, table)}")
        for one in fields(table):
            place = (*path, one.name)
            if one.name in raw:
                sound &= self._take(place, readers[one.name], raw[one.name], taken)
            elif one.name in more or not _required(one):
                self.origins[dotted(place)] = "default"
            else:
                self.found.error(place, f"this is missing; write it below [{path[0]}].")
                sound = False
        return table(**taken) if sound else None

    def _take(self, place: Where, reader: Any, value: object, taken: dict[str, Any]) -> bool:  # noqa: ANN401 - one of values.read_*
        told = self.origins.get(dotted(place), "")
        try:
            taken[str(place[-1])] = reader(value)
        except Wrong as wrong:
            if told:
                variable = told.removeprefix("environment ")
                self.found.found.append(Complaint("environment", 0, variable, str(wrong)))
            else:
                self.found.error(place, str(wrong))
            return False
        self.origins.setdefault(dotted(place), f"{self.path}:{self.found.line(place)}")
        return True


_SOMEBODY = tables.Node(key="somebody", name="Somebody", tier=HIGHEST_TIER, timezone="UTC")
_OPTIONAL = {name: table for name, table in tables.SINGLE.items() if name != "node"}


def _required(one: "Field[Any]") -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _hint(key: str, table: type) -> str:
    """What was meant: a key of this table, or the same key where it belongs."""
    near = meant(key, _readers(table))
    if near:
        return near
    homes = [name for name, other in {**tables.SINGLE, **tables.ROWS}.items() if key in _readers(other)]
    return f" It belongs to [{homes[0]}]." if len(homes) == 1 else f" It has: {', '.join(_readers(table))}."


def _completed(rows: tuple[Any, ...], brought: tuple[Any, ...]) -> tuple[Any, ...]:
    keys = {one.key for one in rows}
    return rows + tuple(one for one in brought if one.key not in keys)
