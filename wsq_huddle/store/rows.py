"""States to rows and back: a made table has the columns of its noun's class; nested values are JSON in a column."""

import dataclasses
import json
from collections.abc import Mapping
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from wsq_huddle.domain.codec import PLAIN, decode, encode, hints

T = TypeVar("T")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def flattened(state: object, columns: list[str]) -> dict[str, Any]:
    """The columns of a row from the fields of a state that have the same names."""
    return {name: _flat(getattr(state, name)) for name in columns}


def thawed(cls: type[T], row: Mapping[str, Any]) -> T:
    """A state from a row; fields without a column keep their defaults."""
    known = hints(cls)  # type: ignore[arg-type]  # a class is hashable
    fields = {
        field.name: decode(known[field.name], _parsed(known[field.name], row[field.name]), field.name)
        for field in dataclasses.fields(cls)  # type: ignore[arg-type]  # every state is a dataclass
        if field.name in row
    }
    return cls(**fields)


def field_of(cls: type[Any], name: str, row: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the field's type
    """One field of a state from a row, where the whole state is not needed."""
    hint = hints(cls)[name]  # type: ignore[arg-type]  # a class is hashable
    return decode(hint, _parsed(hint, row[name]), name)


def _flat(value: object) -> Any:  # noqa: ANN401 - what a column takes
    if type(value) in PLAIN:
        return value
    plain = encode(value)
    if isinstance(plain, list | dict):
        return _ENCODER.encode(plain)
    return plain


def _parsed(hint: Any, value: Any) -> Any:  # noqa: ANN401 - a type hint and a column's value
    if value is None:
        return None
    if get_origin(hint) in (Union, UnionType):
        hint = next(part for part in get_args(hint) if part is not NoneType)
    if hint is bool:
        return bool(value)
    if hint in (str, int, float) or (isinstance(hint, type) and issubclass(hint, Enum | date)):
        return value
    return json.loads(value)
