"""A paper sheet as it is typed in on a screen: words by name, checked as they are typed, taken in as a whole.

`held`, `leads`, `there` and `leaders` are its head; the words of an item stand under its key, its note under the key
with ` note` behind it; its lists under `plan 1 what`, `help 2 need`. No key has a blank in it.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from wsq_huddle.domain.agendas import Checked, Item, Step, check_answer
from wsq_huddle.errors import NotAllowed

from .filled import Filled, Said, clock, whole

Typed = Mapping[str, str]
Read = TypeVar("Read")

HELD, LEADS, THERE, LEADERS = HEAD = ("held", "leads", "there", "leaders")
LISTS: Mapping[Step, tuple[str, ...]] = {Step.HELP: ("what", "need", "by"), Step.PLAN: ("what", "owner", "due")}
"""The lists behind the agenda, with what each of their lines says; what must be there is the first."""

_NEEDED = {Step.HELP: 1, Step.PLAN: 2}
_MISSING = "Say what will be done, and who does it."


def note_of(item: Item) -> str:
    """The name of the note of an item."""
    return f"{item.key} note"


def part_of(step: Step, number: int, part: str) -> str:
    """The name of one part of a line of a list."""
    return f"{step.value} {number} {part}"


def numbers(typed: Typed, step: Step) -> list[int]:
    """The numbers of the lines that a list has, in their order."""
    named = (name.split(" ") for name in typed if name.startswith(f"{step.value} "))
    return sorted({int(parts[1]) for parts in named if len(parts) == 3 and parts[1].isdecimal()})  # noqa: PLR2004 - list, number, part


def next_number(typed: Typed, step: Step) -> int:
    """The number of a new line."""
    return max(numbers(typed, step), default=0) + 1


def read_item(typed: Typed, item: Item) -> Checked | None:
    """What was typed as the answer of a line; None where nothing was. Raises `NotAllowed` with what would be one."""
    return check_answer(item, typed[item.key]) if item.key in typed else None


def check_head(name: str, said: str) -> None:
    """Refuse what is no time, or no number, with what would be one."""
    if said.strip() and name == HELD:
        _of("It was held", clock, said, "a time such as 07:15")
    elif said.strip() and name == THERE:
        _of("Who was there", whole, said, "a number")


def check_listed(step: Step, parts: Iterable[str]) -> None:
    """Refuse a line of a list in which something is missing."""
    said = [part.strip() for part in parts]
    if not all(said[: _NEEDED[step]]):
        raise NotAllowed(_MISSING if step is Step.PLAN else "Say what is wrong.")
    if step is Step.HELP and len(said) > 2 and said[2] and not said[1]:  # noqa: PLR2004 - by when
        raise NotAllowed("Say what you need, or leave the time out.")


def filled(typed: Typed, items: Iterable[Item]) -> Filled:
    """The whole sheet as a form that was filled in; raises `NotAllowed` with the first line that is wrong."""
    asked = [item for item in items if item.asks]
    for item in asked:
        read_item(typed, item)
    return Filled(
        held=_of("It was held", clock, typed.get(HELD, ""), "a time such as 07:15"),
        leads=typed.get(LEADS, "").strip(),
        there=_of("Who was there", whole, typed.get(THERE, ""), "a number"),
        leaders=tuple(name for part in typed.get(LEADERS, "").split(",") if (name := part.strip())),
        answers=tuple((0, item, typed[item.key], typed.get(note_of(item), "")) for item in asked if item.key in typed),
        plans=_listed(typed, Step.PLAN),
        asks=_listed(typed, Step.HELP),
    )


def _listed(typed: Typed, step: Step) -> tuple[Said, ...]:
    lines = []
    for number in numbers(typed, step):
        parts = tuple(typed.get(part_of(step, number, part), "") for part in LISTS[step])
        check_listed(step, parts)
        lines.append(Said(0, parts))
    return tuple(lines)


def _of(what: str, reads: Callable[[str], Read], said: str, like: str) -> Read | None:
    try:
        return reads(said.strip()) if said.strip() else None
    except ValueError:
        raise NotAllowed(f"{what}: this must be {like}.") from None
