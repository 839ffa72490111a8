"""In which line of huddle.toml each key stands.

tomllib gives values without places, so this reads the text a second time, only for places. It is only ever given text
that tomllib has accepted, so it need not find faults.
"""

import re
import tomllib
from collections.abc import Callable, Mapping

from wsq_huddle.config.complaints import Where

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRINGS = (
    re.compile(r'"""(?:\\.|[^\\])*?"{3,5}', re.DOTALL),
    re.compile(r"'''.*?'{3,5}", re.DOTALL),
    re.compile(r'"(?:\\.|[^"\\])*"'),
    re.compile(r"'[^']*'"),
)
_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SCALAR = re.compile(r"[^,\]}#\n]*")


def lines(text: str) -> Mapping[Where, int]:
    """Map every table, row and key to its line, counted from 1."""
    return _Scanner(text).scan()


def _unquoted(key: str) -> str:
    return str(tomllib.loads(f"key = {key}")["key"])


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Where, int] = {}
        self.rows: dict[Where, int] = {}
        self._counted_to = 0
        self._line = 1

    def scan(self) -> Mapping[Where, int]:
        table: Where = ()
        self._space()
        while self.at < len(self.text):
            if self.text.startswith("[[", self.at):
                table = self._header(2, self._row)
            elif self.text[self.at] == "[":
                table = self._header(1, self._table)
            else:
                self._pair(table)
            self._space()
        return self.found

    def _line_here(self) -> int:
        self._line += self.text.count("\n", self._counted_to, self.at)
        self._counted_to = self.at
        return self._line

    def _space(self) -> None:
        self._take(_SPACE)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match.group()

    def _string(self) -> str:
        return next(filter(None, map(self._take, _STRINGS)), "")

    def _keys(self) -> tuple[str, ...]:
        """Read `a . "b c" . d` up to what ends it."""
        keys: list[str] = []
        while self.at < len(self.text):
            self._space()
            quoted = self.text[self.at : self.at + 1] in {'"', "'"}
            keys.append(_unquoted(self._string()) if quoted else self._take(_BARE))
            self._space()
            if self.text[self.at : self.at + 1] != ".":
                break
            self.at += 1
        return tuple(keys)

    def _header(self, brackets: int, settle: Callable[[tuple[str, ...]], Where]) -> Where:
        line = self._line_here()
        self.at += brackets
        path = settle(self._keys())
        self.at += brackets
        self.found.setdefault(path, line)
        return path

    def _table(self, keys: tuple[str, ...]) -> Where:
        """`[huddle.x]` after `[[huddle]]` belongs to the last row."""
        path: Where = ()
        for key in keys:
            path = (*path, key)
            if path in self.rows:
                path = (*path, self.rows[path])
        return path

    def _row(self, keys: tuple[str, ...]) -> Where:
        rows = (*self._table(keys[:-1]), keys[-1])
        self.rows[rows] = self.rows.get(rows, -1) + 1
        self.found.setdefault(rows, self._line_here())
        return (*rows, self.rows[rows])

    def _pair(self, table: Where) -> None:
        line = self._line_here()
        before = self.at
        keys = self._keys()
        for end in range(1, len(keys) + 1):
            self.found.setdefault((*table, *keys[:end]), line)
        self.at += 1  # the equals sign
        self._value((*table, *keys))
        if self.at == before:  # cannot be in valid TOML; a scanner that stands still would hang
            self.at = len(self.text)

    def _value(self, path: Where) -> None:
        self._space()
        opening = self.text[self.at : self.at + 1]
        if opening == "[":
            self._each("]", path)
        elif opening == "{":
            self._each("}", path)
        elif opening in {'"', "'"}:
            self._string()
        else:
            self._take(_SCALAR)

    def _each(self, closing: str, path: Where) -> None:
        """Read what stands between brackets: values of an array, or pairs of an inline table."""
        self.at += 1
        number = 0
        self._space()
        while self.at < len(self.text) and self.text[self.at] != closing:
            before = self.at
            if closing == "]":
                self.found.setdefault((*path, number), self._line_here())
                self._value((*path, number))
            else:
                self._pair(path)
            number += 1
            self._space()
            if self.text[self.at : self.at + 1] == ",":
                self.at += 1
                self._space()
            if self.at == before:
                self.at = len(self.text)
        self.at += 1
