"""Frozen dataclasses to plain JSON values and back, by their type hints; what does not fit is `Malformed`."""

import dataclasses
import types
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from .text import clean

LARGEST = 2**53
"""Beyond this a number is not the same in every JSON reader, and in no column."""

EARLIEST, LATEST = datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)

PLAIN = frozenset({str, int, bool, float, types.NoneType})
"""What JSON has by itself."""


class Malformed(ValueError):
    """What came is not what its kind says it is; the message names the field."""


def encode(value: object) -> Any:  # noqa: ANN401 - JSON is Any
    """Turn a value into what `json.dumps` writes; instants become ISO 8601 in UTC."""
    kind: Any = type(value)
    return value if kind in PLAIN else _encoder(kind)(value)


@cache
def _encoder(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401, PLR0911 - a class; a branch a shape
    """What turns values of one class into JSON ones, worked out once a class."""
    if issubclass(kind, Enum):
        return lambda value: value.value
    if issubclass(kind, datetime):
        return lambda value: value.astimezone(UTC).isoformat()
    if issubclass(kind, date):
        return date.isoformat
    if issubclass(kind, tuple | list):
        return lambda value: [encode(part) for part in value]
    if issubclass(kind, Mapping):
        return lambda value: {str(key): encode(part) for key, part in value.items()}
    if dataclasses.is_dataclass(kind):
        names = tuple(field.name for field in dataclasses.fields(kind))
        return lambda value: {name: encode(getattr(value, name)) for name in names}
    return lambda value: value


@cache
def hints(cls: type) -> dict[str, Any]:
    """Type hints of a dataclass with their annotations, worked out once a class."""
    return get_type_hints(cls, include_extras=True)


Reads = Callable[[Any, str], Any]
"""Reads one JSON value; told where it stands, for the message when it does not fit."""


def decode_fields(cls: type, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Read the fields of `cls` that are in `raw`; unknown keys are left alone, missing ones need a default."""
    read = {}
    for name, reads, needed in _fields(cls):
        if name in raw:
            read[name] = reads(raw[name], name)
        elif needed:
            raise Malformed(f"{name} is missing")
    return read


@cache
def _fields(cls: type) -> tuple[tuple[str, Reads, bool], ...]:
    """Name, reader and whether it is needed of each field; worked out once a class."""
    nothing = dataclasses.MISSING
    return tuple(
        (field.name, reader(hints(cls)[field.name]), field.default is nothing and field.default_factory is nothing)
        for field in dataclasses.fields(cls)
    )


@cache
def reader(hint: Any) -> Reads:  # noqa: ANN401, C901, PLR0911 - a branch a shape
    """What reads a JSON value as what `hint` says, worked out once a hint; text is cleaned on the way in."""
    origin = get_origin(hint)
    if hasattr(hint, "__metadata__"):
        return reader(get_args(hint)[0])
    if origin in (Union, types.UnionType):
        return _of_several(get_args(hint))
    if origin is tuple:
        part = reader(get_args(hint)[0])
        return lambda value, where: tuple([part(one, where) for one in _expect(list, value, where)])
    if origin is dict or origin is Mapping:
        return _of_pairs(*get_args(hint))
    if hint is datetime:
        return _instant
    if hint is date:
        return lambda value, where: _parse(date.fromisoformat, value, where)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda value, where: _parse(hint, value, where)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return lambda value, where: hint(**decode_fields(hint, _expect(dict, value, where)))
    if hint is Any:
        return lambda value, _where: value
    if hint is str:
        return lambda value, where: clean(_expect(str, value, where))
    if hint in (int, float):
        return lambda value, where: _number(hint, value, where)
    return lambda value, where: _expect(hint, value, where)


def _of_several(hints_: tuple[Any, ...]) -> Reads:
    empty = type(None) in hints_
    readers = [reader(hint) for hint in hints_ if hint is not type(None)]

    def reads(value: Any, where: str) -> Any:  # noqa: ANN401 - JSON
        if value is None and empty:
            return None
        for read in readers:
            try:
                return read(value, where)
            except Malformed:
                continue
        raise Malformed(f"{where} has a value of the wrong kind")

    return reads


def _of_pairs(key_hint: Any, hint: Any) -> Reads:  # noqa: ANN401 - type hints
    key, inner = int if key_hint is int else clean, reader(hint)
    return lambda value, where: {
        _parse(key, name, where): inner(part, where) for name, part in _expect(dict, value, where).items()
    }


def _number(kind: type, value: Any, where: str) -> Any:  # noqa: ANN401 - JSON
    if kind is float and type(value) is int and abs(value) < LARGEST:
        return float(value)
    if not abs(_expect(kind, value, where)) < LARGEST:
        raise Malformed(f"{where} is too large")
    return value


def _expect(kind: Any, value: Any, where: str) -> Any:  # noqa: ANN401 - JSON
    if type(value) is not kind:
        raise Malformed(f"{where} is not a {kind.__name__}")
    return value


def _instant(value: Any, where: str) -> datetime:  # noqa: ANN401 - JSON
    found: datetime = _parse(datetime.fromisoformat, value, where)
    if found.tzinfo is None:
        raise Malformed(f"{where} is a time without an offset")
    return in_calendar(found)


def in_calendar(instant: datetime) -> datetime:
    """An instant in UTC, a year from the ends of the calendar at least: a zone or some days more must not end it."""
    try:
        return min(max(instant.astimezone(UTC), EARLIEST), LATEST)
    except OverflowError:
        return EARLIEST if instant.year < LATEST.year else LATEST


def _parse(reader: Any, value: Any, where: str) -> Any:  # noqa: ANN401 - JSON
    try:
        return reader(_expect(str, value, where))
    except (ValueError, OverflowError) as error:
        raise Malformed(f"{where} cannot be read: {error}") from None
