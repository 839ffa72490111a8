"""Frozen dataclasses to plain JSON values and back, by their type hints; what does not fit is `Malformed`."""

import dataclasses
import types
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from .text import clean

LARGEST = 2**53
"""Beyond this a number is not the same in every JSON reader, and in no column."""

PLAIN = frozenset({str, int, bool, float, types.NoneType})
"""What JSON has by itself."""


class Malformed(ValueError):
    """What came is not what its kind says it is; the message names the field."""


def encode(value: object) -> Any:  # noqa: ANN401, PLR0911 - JSON is Any; a branch a shape
    """Turn a value into what `json.dumps` writes; instants become ISO 8601 in UTC."""
    if type(value) in PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, tuple | list):
        return [encode(part) for part in value]
    if isinstance(value, Mapping):
        return {str(key): encode(part) for key, part in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: encode(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value


@cache
def hints(cls: type) -> dict[str, Any]:
    """Type hints of a dataclass with their annotations, worked out once a class."""
    return get_type_hints(cls, include_extras=True)


def decode_fields(cls: type, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Read the fields of `cls` that are in `raw`; unknown keys are left alone, missing ones need a default."""
    read = {}
    for name, hint, needed in _fields(cls):
        if name in raw:
            read[name] = decode(hint, raw[name], name)
        elif needed:
            raise Malformed(f"{name} is missing")
    return read


@cache
def _fields(cls: type) -> tuple[tuple[str, Any, bool], ...]:
    """Name, hint and whether it is needed of each field; worked out once a class."""
    nothing = dataclasses.MISSING
    return tuple(
        (field.name, hints(cls)[field.name], field.default is nothing and field.default_factory is nothing)
        for field in dataclasses.fields(cls)
    )


def decode(hint: Any, value: Any, where: str) -> Any:  # noqa: ANN401, C901, PLR0911 - a branch a shape
    """Read one JSON value as what `hint` says; text is cleaned on the way in."""
    origin = get_origin(hint)
    if hasattr(hint, "__metadata__"):
        return decode(get_args(hint)[0], value, where)
    if origin in (Union, types.UnionType):
        return _decode_union(hint, value, where)
    if origin is tuple:
        inner = get_args(hint)[0]
        return tuple(decode(inner, part, where) for part in _expect(list, value, where))
    if origin is dict or origin is Mapping:
        key_hint, inner = get_args(hint)
        read_key = int if key_hint is int else clean
        return {
            _parse(read_key, key, where): decode(inner, part, where)
            for key, part in _expect(dict, value, where).items()
        }
    if hint is datetime:
        return _instant(value, where)
    if hint is date:
        return _parse(date.fromisoformat, value, where)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _parse(hint, value, where)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return hint(**decode_fields(hint, _expect(dict, value, where)))
    if hint is float and type(value) is int and abs(value) < LARGEST:
        return float(value)
    if hint is Any:
        return value
    found = _expect(hint, value, where)
    if hint in (int, float) and not abs(found) < LARGEST:
        raise Malformed(f"{where} is too large")
    return clean(found) if hint is str else found


def _decode_union(hint: Any, value: Any, where: str) -> Any:  # noqa: ANN401
    if value is None and type(None) in get_args(hint):
        return None
    for part in get_args(hint):
        if part is not type(None):
            try:
                return decode(part, value, where)
            except Malformed:
                continue
    raise Malformed(f"{where} has a value of the wrong kind")


def _expect(kind: Any, value: Any, where: str) -> Any:  # noqa: ANN401
    if type(value) is not kind:
        raise Malformed(f"{where} is not a {kind.__name__}")
    return value


def _instant(value: Any, where: str) -> datetime:  # noqa: ANN401
    found: datetime = _parse(datetime.fromisoformat, value, where)
    if found.tzinfo is None:
        raise Malformed(f"{where} is a time without an offset")
    return found.astimezone(UTC)


def _parse(reader: Any, value: Any, where: str) -> Any:  # noqa: ANN401
    try:
        return reader(_expect(str, value, where))
    except (ValueError, OverflowError) as error:
        raise Malformed(f"{where} cannot be read: {error}") from None
