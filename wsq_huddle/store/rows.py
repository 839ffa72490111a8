"""States to rows and back: a made table has the columns of its noun's class; nested values are JSON in a column."""

import dataclasses
import json
from collections.abc import Mapping
from datetime import date
from enum import Enum
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from wsq_huddle.domain.codec import PLAIN, Reads, encode, hints, reader

T = TypeVar("T")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def flattened(state: object, columns: list[str]) -> dict[str, Any]:
    """The columns of a row from the fields of a state that have the same names."""
    fields = [(name, getattr(state, name)) for name in columns]
    return {name: value if type(value) in PLAIN else _flat(value) for name, value in fields}


def thawed(cls: type[T], row: Mapping[str, Any]) -> T:
    """A state from a row; fields without a column keep their defaults."""
    kind: Any = cls
    names = tuple(name for name in _columns(kind) if name in row)
    found: T = _state(kind, names, tuple(row[name] for name in names))
    return found


def field_of(cls: type[Any], name: str, row: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the field's type
    """One field of a state from a row, where the whole state is not needed."""
    read = _columns(cls)[name]  # type: ignore[arg-type]  # a class is hashable
    return read(row[name], name)


def _flat(value: object) -> Any:  # noqa: ANN401 - what a column takes
    plain = encode(value)
    return plain if type(plain) in PLAIN else _ENCODER.encode(plain)


@lru_cache(maxsize=1_024)
def _state(cls: Any, names: tuple[str, ...], values: tuple[Any, ...]) -> Any:  # noqa: ANN401 - the class of a state
    """A state never changes, and a look reads mostly what the last one has read: the same row is the same state."""
    columns = _columns(cls)
    return cls(**{name: columns[name](value, name) for name, value in zip(names, values, strict=True)})


@cache
def _columns(cls: Any) -> dict[str, Reads]:  # noqa: ANN401 - the class of a state
    """What reads the column of each field; worked out once a class."""
    return {field.name: _column(hints(cls)[field.name]) for field in dataclasses.fields(cls)}


def _column(hint: Any) -> Reads:  # noqa: ANN401 - a type hint
    read, inner = reader(hint), hint
    if get_origin(hint) in (Union, UnionType):
        inner = next(part for part in get_args(hint) if part is not NoneType)
    if inner is bool:
        return lambda value, where: read(None if value is None else bool(value), where)
    if inner in (str, int, float) or (isinstance(inner, type) and issubclass(inner, Enum | date)):
        return read
    return lambda value, where: read(None if value is None else json.loads(value), where)
