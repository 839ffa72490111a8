"""What happens, as events: records in the past tense, each with a kind that outlives its class name.

A new kind of event is a class below in the module of its noun; nothing else has to be told of it:

    @record(kw_only=True)
    class Thanked(Event, kind="problem.thanked", audience=Audience.PATH):
        whom: str
        words: Typed = ""

`Typed` fields are what people typed: they travel in an entry's text and can be redacted, so each has the default "".
All other fields are facts and travel in the head: all that `evolve`, routing and figures need.
"""

import dataclasses
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar, get_args, get_origin

from wsq_huddle.errors import NotAllowed

from .codec import decode_fields, encode, hints
from .records import record
from .text import TEXT_LIMIT, TITLE_LIMIT, clean

Typed = Annotated[str, "typed by people"]


class Audience(StrEnum):
    """Who gets to know of an entry; fixed per kind."""

    HERE = "here"
    PARENT = "parent"
    UP = "up"
    DOWN = "down"
    KIN = "kin"
    PATH = "path"


class Event:
    """The base of all kinds; `turns` says that only the holder may write it, as a turn."""

    kind: ClassVar[str]
    version: ClassVar[int]
    audience: ClassVar[Audience]
    turns: ClassVar[bool]

    def __init_subclass__(
        cls, *, kind: str, audience: Audience, turns: bool = False, version: int = 1, **rest: object
    ) -> None:
        super().__init_subclass__(**rest)
        if kind in KINDS:
            raise TypeError(f"{kind} is the kind of {KINDS[kind].__qualname__} already")
        cls.kind, cls.version, cls.audience, cls.turns = kind, version, audience, turns
        KINDS[kind] = cls

    @classmethod
    def upcast(cls, version: int, facts: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG003 - for later versions
        """Bring the facts of an older version up to this one."""
        return facts


KINDS: dict[str, type[Event]] = {}


@record(kw_only=True)
class Unknown:
    """An event that this program does not know (yet): kept and passed on, so that an old program loses nothing."""

    kind: str
    version: int
    facts: Mapping[str, Any]


def facts_of(event: Event) -> dict[str, Any]:
    """The facts of an event as plain JSON values, without what people typed."""
    return {name: encode(getattr(event, name)) for name in _names(type(event), typed=False)}


def typed_in(event: Event) -> dict[str, Any]:
    """What people typed in an event, without empty fields; empty when nobody typed anything."""
    found = {name: encode(getattr(event, name)) for name in _names(type(event), typed=True)}
    return {name: value for name, value in found.items() if value}


def load(kind: str, version: int, facts: Mapping[str, Any], typed: Mapping[str, Any]) -> Event | Unknown:
    """Rebuild an event; one of an unknown kind or a later version is kept as `Unknown`. Raises `Malformed`."""
    cls = KINDS.get(kind)
    if cls is None or version > cls.version:
        return Unknown(kind=kind, version=version, facts=dict(facts))
    current = cls.upcast(version, dict(facts)) if version < cls.version else facts
    names = _names(cls, typed=True)
    both = {name: value for name, value in current.items() if name not in names}
    both |= {name: value for name, value in typed.items() if name in names}
    return cls(**decode_fields(cls, both))


def tidied(event: Event) -> Event:
    """The event with its texts cleaned; raises `NotAllowed` when one of them is too long to be kept."""
    changes: dict[str, Any] = {}
    for name in _names(type(event), typed=True):
        value = getattr(event, name)
        changes[name] = tuple(_tidy(part, name) for part in value) if isinstance(value, tuple) else _tidy(value, name)
    return dataclasses.replace(event, **changes) if changes else event  # type: ignore[type-var]  # every kind is a dataclass


def _tidy(value: str, name: str) -> str:
    tidy = clean(value)
    limit = TITLE_LIMIT if name == "title" else TEXT_LIMIT
    if len(tidy) > limit:
        raise NotAllowed(f"The {name} has {len(tidy):,} characters; {limit:,} is the most. Shorten it, please.")
    return tidy


def _names(cls: type, *, typed: bool) -> tuple[str, ...]:
    return _halves(cls)[typed]


@cache
def _halves(cls: type) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of a kind's facts, and of what people type; worked out once a kind."""
    typed = {name: _is_typed(hint) for name, hint in _fields(cls).items()}
    return tuple(name for name in typed if not typed[name]), tuple(name for name in typed if typed[name])


def _fields(cls: type) -> dict[str, Any]:
    known = hints(cls)
    return {field.name: known[field.name] for field in dataclasses.fields(cls)}


def _is_typed(hint: Any) -> bool:  # noqa: ANN401 - a type hint
    inner = get_args(hint)[0] if get_origin(hint) is tuple else hint
    return bool(inner == Typed)
