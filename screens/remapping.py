"""Other keys from huddle.toml: what in `[screens.keys]` is no name, no key, or a key that means something else."""

import re
from collections.abc import Iterator, Mapping
from string import ascii_lowercase

from screens.keys import BY_ID, TABLE, Key, Where, spelled, typed
from wsq_huddle.config.complaints import meant

_NAMED = frozenset({
    "space", "enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "pageup", "pagedown", "home", "end",
    "insert", "delete", *(f"f{number}" for number in range(1, 13)),
})  # fmt: skip
_LOST = frozenset({"ctrl+c", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+z"})
"""What terminals turn into something else: a copy, Backspace, Tab, Enter."""
FIXED = frozenset(key.id for key in TABLE if key.where is Where.FIELD) - {"keep"}
"""Enter, Tab and Space in a field: what people type with, everywhere and always."""
_CTRL = re.compile(r"ctrl\+[a-z]")


def wrong(given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong, as names of what was to get another key, and a sentence about each."""
    known = [key.id for key in TABLE if key.keys and key.id != "number" and key.id not in FIXED]
    fine: dict[str, str] = {}
    for name, pressed in given.items():
        if name not in known:
            yield name, _no_name(name, known)
        elif told := next((told for one in _each(pressed) if (told := _no_key(BY_ID[name], one))), ""):
            yield name, told
        else:
            fine[name] = pressed
    for name, pressed in fine.items():
        for one in _each(pressed):
            other = next((key for key in TABLE if _clashes(BY_ID[name], key) and one in _keys_of(key, fine)), None)
            if other is not None:
                yield name, f"{spelled(one)} is the key of {other.id} already; give one of the two another key."


def _no_name(name: str, known: list[str]) -> str:
    if name in BY_ID and not BY_ID[name].keys:
        return "this has no key; it is among all commands."
    if name == "number":
        return "digits only ever type numbers."
    if name in FIXED:
        return f"in a field {spelled(BY_ID[name].keys)} stays what it is."
    return f"there is nothing of that name.{meant(name, known)}"


def _no_key(key: Key, pressed: str) -> str:
    if pressed in _LOST:
        return f"{pressed} does not arrive at programs; take another key."
    if not (pressed in _NAMED or _CTRL.fullmatch(pressed) or (len(pressed) == 1 and pressed in ascii_lowercase)):
        return f'"{pressed}" is no key like n, f6, ctrl+n or space.{meant(pressed, _NAMED)}'
    if typed(key, pressed):
        return "in a field letters only ever type; take an F-key or ctrl and a letter."
    return ""


def _each(pressed: str) -> list[str]:
    return [one.strip() for one in pressed.split(",")]


def _keys_of(key: Key, given: Mapping[str, str]) -> list[str]:
    return _each(given.get(key.id, key.keys)) if key.keys else []


def _clashes(one: Key, other: Key) -> bool:
    """Whether two keys work at the same time: what works everywhere also works in fields and beside lists."""
    fields = {key.where is Where.FIELD for key in (one, other)}
    everywhere = Where.EVERYWHERE in {one.where, other.where}
    return one.id != other.id and (len(fields) == 1 or everywhere)
