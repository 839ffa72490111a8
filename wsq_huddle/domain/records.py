"""Frozen dataclasses that share their methods and get their `__init__` when somebody first makes one.

`dataclass(frozen=True)` writes and compiles six methods for each class: half a millisecond, for a hundred classes, at
every start. A record is a dataclass in every other way, for `fields`, `replace` and type checkers too.
"""

import sys
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from functools import cache
from typing import Any, TypeVar, dataclass_transform, overload

C = TypeVar("C")


@overload
def record(made: type[C], /) -> type[C]: ...


@overload
def record(*, kw_only: bool) -> Callable[[type[C]], type[C]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(made: type[C] | None = None, /, *, kw_only: bool = False) -> type[C] | Callable[[type[C]], type[C]]:
    """Make a class a record; `kw_only` as for `dataclass`."""

    def make(cls: type[C]) -> type[C]:
        for name, method in _SHARED.items():
            if name not in vars(cls):
                setattr(cls, name, method)
        return dataclass(init=False, eq=False, repr=False, kw_only=kw_only)(cls)

    return make if made is None else make(made)


class _Init:
    """Stands where the `__init__` of a record will be, and writes it when somebody looks for it."""

    def __get__(self, one: object, cls: type) -> Any:  # noqa: ANN401 - a function, or a method of one
        written = _written(cls)
        setattr(cls, "__init__", written)  # noqa: B010 - on the class, where mypy takes it for a mistake
        return written if one is None else written.__get__(one, cls)


def _written(cls: type) -> Any:  # noqa: ANN401 - a function
    mine: tuple[Field[Any], ...] = fields(cls)
    given = {f"_{one.name}": _beginning(one) for one in mine}
    ordered = [one for one in mine if not one.kw_only], [one for one in mine if one.kw_only]
    taken = ["self", *map(_parameter, ordered[0]), *(["*", *map(_parameter, ordered[1])] if ordered[1] else [])]
    body = [f"  _put(self, {one.name!r}, {_value(one)})" for one in mine] or ["  pass"]
    text = f"def make(_put, _missing, {', '.join(given)}):\n def __init__({', '.join(taken)}):\n"
    text += "\n".join(body) + "\n return __init__"
    names: dict[str, Any] = {}
    exec(text, vars(sys.modules[cls.__module__]), names)  # noqa: S102 - from names of fields, as dataclasses do it
    written = names["make"](object.__setattr__, MISSING, *given.values())
    written.__qualname__ = f"{cls.__qualname__}.__init__"
    written.__annotations__ = {one.name: one.type for one in mine} | {"return": None}
    return written


def _beginning(one: Field[Any]) -> Any:  # noqa: ANN401 - a default, what makes one, or nothing
    return one.default if one.default_factory is MISSING else one.default_factory


def _parameter(one: Field[Any]) -> str:
    if one.default_factory is not MISSING:
        return f"{one.name}=_missing"
    return one.name if one.default is MISSING else f"{one.name}=_{one.name}"


def _value(one: Field[Any]) -> str:
    return one.name if one.default_factory is MISSING else f"_{one.name}() if {one.name} is _missing else {one.name}"


def _kept(self: object, name: str, *_: object) -> None:
    raise FrozenInstanceError(f"cannot change {name!r} of {type(self).__name__}")


@cache
def _compared(cls: Any) -> tuple[str, ...]:  # noqa: ANN401 - the class of a record
    return tuple(one.name for one in fields(cls) if one.compare)


def _values(one: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any record
    return tuple([getattr(one, name) for name in _compared(one.__class__)])


def _same(self: object, other: object) -> bool:
    return _values(self) == _values(other) if type(other) is type(self) else NotImplemented


def _hashed(self: object) -> int:
    return hash(_values(self))


def _shown(self: Any) -> str:  # noqa: ANN401 - any record
    parts = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({', '.join(parts)})"


_SHARED: dict[str, Any] = {
    "__init__": _Init(),
    "__setattr__": _kept,
    "__delattr__": _kept,
    "__eq__": _same,
    "__hash__": _hashed,
    "__repr__": _shown,
}
