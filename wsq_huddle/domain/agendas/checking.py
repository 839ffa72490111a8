"""What counts as an answer for each kind of line; everything else is refused with what would be one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import field
from decimal import Decimal

from wsq_huddle.domain.records import record
from wsq_huddle.domain.text import clean
from wsq_huddle.errors import NotAllowed

from .answers import HEARD, NOTHING, READ_OUT, WATCH, Mark, Numbers, marked
from .items import Item, Kind


@record(kw_only=True)
class Checked:
    """A raw answer in canonical form; `value` None is said aloud: there is no value today."""

    value: str | None
    mark: Mark = Mark.NONE
    numbers: Numbers = field(default_factory=dict)
    words: str = ""


def check_answer(item: Item, raw: str) -> Checked:
    """Read what was typed as an answer to this line; raises `NotAllowed` with what would be one."""
    return _CHECKS[item.kind](item, clean(raw))


def fine(item: Item) -> str:
    """What Space says: fine, said, heard, none, done."""
    return _FINE[item.kind]


_NUMBER = re.compile(r"[+-]?[0-9]{1,11}(?:[.,][0-9]{1,6})?")
_WHOLE = re.compile(r"[0-9]{1,6}")
_OF = re.compile(r"([0-9]{1,6})\s*(?:of|/)\s*([0-9]{1,6})")
_EMPTY = frozenset({"", "-", "_", "none", "no value"})
_READY = {
    Mark.MET: ("met", "g", "green", "fine", "ok", "ready", "y", "yes"),
    Mark.ATTENTION: ("attention", "a", "amber", "yellow"),
    Mark.NOT_MET: ("not-met", "not met", "r", "red", "not ready", "n", "no"),
    Mark.NONE: ("none", "-", ".", ""),
}
_MARKS = {word: mark for mark, words in _READY.items() for word in words}
_YES, _NO = (
    frozenset({"yes", "y", "true", "met", "done", "fine"}),
    frozenset({"no", "n", "false", "not-met", "not met"}),
)


def _readiness(item: Item, raw: str) -> Checked:
    mark = _MARKS.get(raw.casefold())
    if mark is None:
        raise NotAllowed(f"{item.ask} is met, attention, not-met or none; what is missing goes into the note.")
    return Checked(value=mark.value, mark=mark)


def _measure(item: Item, raw: str) -> Checked:
    typed = raw.removesuffix(item.unit).rstrip("% ").strip()
    if typed.casefold() in _EMPTY:
        return Checked(value=None)
    if not _NUMBER.fullmatch(typed):
        raise NotAllowed(f"{item.ask} is a number{f' in {item.unit}' if item.unit else ''}: 12, 7.5 ...")
    exact = Decimal(typed.replace(",", "."))
    value = int(exact) if exact == exact.to_integral_value() else float(exact)
    shown = str(value) if isinstance(value, int) else format(exact.normalize(), "f")
    return Checked(value=shown, mark=marked(item, {"value": value}), numbers={"value": value})


def _events(item: Item, raw: str) -> Checked:
    number = _whole(item, raw)
    mark = Mark.NONE if item.good else Mark.ATTENTION if number else Mark.MET
    return Checked(value=str(number), mark=mark, numbers={"n": number})


def _count(item: Item, raw: str) -> Checked:
    number = _whole(item, raw)
    return Checked(value=str(number), numbers={"n": number})


def _whole(item: Item, raw: str) -> int:
    typed = "0" if raw.casefold() in {"none", "nothing"} else raw
    if not _WHOLE.fullmatch(typed):
        raise NotAllowed(f"{item.ask} is a number: 0, 1, 2 ...")
    return int(typed)


def _standard(item: Item, raw: str) -> Checked:
    if raw.casefold() in _EMPTY:
        return Checked(value=None)
    if item.sample and _WHOLE.fullmatch(raw):
        raw = f"{raw} of {item.sample}"
    found = _OF.fullmatch(raw.casefold())
    if not found or int(found[2]) == 0:
        raise NotAllowed(f"{item.ask} is how many kept to it of how many looked at: 9 of 10.")
    kept, of = int(found[1]), int(found[2])
    if kept > of:
        raise NotAllowed(f"{item.ask}: {kept} of {of} cannot be; the first number is how many kept to it.")
    numbers = {"kept": kept, "of": of}
    return Checked(value=f"{kept} of {of}", mark=marked(item, numbers), numbers=numbers)


def _check(item: Item, raw: str) -> Checked:
    word = raw.casefold()
    if word in _YES:
        return Checked(value="yes", mark=Mark.MET)
    if word in _NO:
        return Checked(value="no", mark=Mark.NOT_MET)
    raise NotAllowed(f"{item.ask} is yes or no.")


def _text(_: Item, raw: str) -> Checked:
    return Checked(value=NOTHING) if raw.casefold() in _EMPTY else Checked(value=None, words=raw)


def _listed(item: Item, raw: str) -> Checked:
    word = raw.casefold().replace(" ", "-")
    if word not in {HEARD, READ_OUT, WATCH, "said", "done", NOTHING}:
        raise NotAllowed(f"{item.ask} is heard, read-out, done or watch; what was said goes into the note.")
    return Checked(value=word)


_CHECKS: Mapping[Kind, Callable[[Item, str], Checked]] = {
    Kind.READINESS: _readiness,
    Kind.MEASURE: _measure,
    Kind.EVENTS: _events,
    Kind.STANDARD: _standard,
    Kind.CHECK: _check,
    Kind.COUNT: _count,
    Kind.TEXT: _text,
    **dict.fromkeys((Kind.ACTIONS, Kind.PROBLEMS, Kind.ROLL_CALL, Kind.ANNOUNCEMENTS), _listed),
}
_FINE: Mapping[Kind, str] = {
    Kind.READINESS: "met",
    Kind.MEASURE: "none",
    Kind.EVENTS: "0",
    Kind.STANDARD: "none",
    Kind.CHECK: "yes",
    Kind.COUNT: "0",
    Kind.TEXT: "none",
    Kind.ACTIONS: "done",
    Kind.PROBLEMS: READ_OUT,
    Kind.ROLL_CALL: HEARD,
    Kind.ANNOUNCEMENTS: READ_OUT,
}
