"""What is wrong in huddle.toml: where, and what to do about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from wsq_huddle.errors import ConfigError


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Complaint:
    """One thing that is wrong. `line` is 0 where no line can be named; `key` is dotted, rows count from 1."""

    file: str
    line: int
    key: str
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.key}: {self.message}" if self.key else f"{where}: {self.message}"


Where = tuple[str | int, ...]
"""A place in the file: `("huddle", 0, "at")` is the key `at` of the first `[[huddle]]`."""


def dotted(path: Where) -> str:
    """Write a place as people say it: `huddle.1.at` for the first huddle."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


class Complaints:
    """The complaints about one file, collected so that all are told at once."""

    def __init__(self, file: str, lines: Mapping[Where, int] | None = None) -> None:
        self.file = file
        self.lines = {} if lines is None else lines
        self.found: list[Complaint] = []
        self.kept: dict[str, list[int]] = {}

    def _place(self, path: Where) -> Where:
        """Where a row stands in the file, when rows that were wrong have been left out before it."""
        table, *rest = path or ("",)
        kept = self.kept.get(str(table), [])
        if rest and isinstance(rest[0], int) and rest[0] < len(kept):
            return (table, kept[rest[0]], *rest[1:])
        return path

    def line(self, path: Where) -> int:
        """The line of a place, or of the table around it when the place is not written down."""
        path = self._place(path)
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return 0

    def error(self, path: Where, message: str, severity: Severity = Severity.ERROR) -> None:
        self.found.append(Complaint(self.file, self.line(path), dotted(self._place(path)), message, severity))

    def warning(self, path: Where, message: str) -> None:
        self.error(path, message, Severity.WARNING)

    def about(self, table: str) -> bool:
        """Whether a table was complained about already, so that what follows from it is not said as well."""
        return any(one.key.partition(".")[0] == table for one in self.found)

    def sorted(self) -> list[Complaint]:
        return sorted(self.found, key=lambda one: one.line)


def refuse(complaints: Iterable[Complaint]) -> None:
    """Raise all errors at once, one to a line; warnings alone pass."""
    errors = [str(one) for one in complaints if one.severity is Severity.ERROR]
    if errors:
        raise ConfigError("\n".join(errors))


def meant(word: str, known: Iterable[str]) -> str:
    """Find the known word that was probably meant, as ` Did you mean x?`; empty when none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - needed only when something is wrong

    by_lower = {name.lower(): name for name in known}
    near = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return f" Did you mean {by_lower[near[0]]}?" if near else ""
