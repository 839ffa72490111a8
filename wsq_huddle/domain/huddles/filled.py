"""The paper form as a file: written with a line for each line of the agenda, filled in by anybody, read as a whole.

    # Staff: met, attention or not-met
    staff = not-met | 2 RN short until 19:00

    [help]
    - Two IV pumps missing | two pumps from 5 East | 10:00

What stands behind `|` of an answer is the note. A line that begins with # is a remark; one with nothing behind = was
not answered.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date, time
from typing import TypeVar

from wsq_huddle.domain.agendas import Answer, Item, Kind, Step, check_answer, fine, with_targets
from wsq_huddle.domain.definitions import short
from wsq_huddle.domain.records import record
from wsq_huddle.domain.text import one_line
from wsq_huddle.errors import NotAllowed

Read = TypeVar("Read")

LONGEST = 256 * 1024
"""Characters of a file; a form has a few thousand."""

_CLOCK = re.compile(r"(\d{1,2})[:.h]?(\d{2})", re.ASCII)
_MOST_COMPLAINTS = 20
_HEAD = ("node", "huddle", "on", "held", "leads", "there", "leaders", "close")
_LISTS = {Step.PLAN: ("what", "who", "by when"), Step.HELP: ("what is wrong", "what we need", "by when")}
_SAYS: Mapping[Kind, str] = {
    Kind.READINESS: "met, attention or not-met | what is missing",
    Kind.MEASURE: "a number",
    Kind.EVENTS: "how many | what happened",
    Kind.STANDARD: "9 of 10",
    Kind.CHECK: "yes or no",
    Kind.COUNT: "how many",
    Kind.TEXT: "in your words",
}


@record
class Said:
    """A line of the form: its number in the file, or 0 where there is no file; and its parts."""

    line: int
    parts: tuple[str, ...]

    def part(self, at: int) -> str:
        return self.parts[at] if at < len(self.parts) else ""


@record(kw_only=True)
class Filled:
    """A form that was filled in. `plans` are what, who, by when; `asks` what is wrong, what we need, by when."""

    node: str = ""
    huddle: str = ""
    on: date | None = None
    held: time | None = None
    leads: str = ""
    there: int | None = None
    leaders: tuple[str, ...] = ()
    close: bool = True
    answers: tuple[tuple[int, Item, str, str], ...] = ()
    plans: tuple[Said, ...] = ()
    asks: tuple[Said, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    """Where each line of the head stands."""


def blank(  # noqa: PLR0913 - all that stands at the head of a form
    title: str, *, node: str, huddle: str, on: date, items: Iterable[Item], answers: Iterable[Answer] = ()
) -> str:
    """The form to be filled in; what has an answer already is there with it."""
    asked = [item for item in items if item.asks]
    names = _names(asked)
    given = {(one.item, one.step): one for one in answers}
    lines = [
        f"# {one_line(title)}. Write behind the =, a note behind |. What stays empty was not answered.",
        f"node = {node}",
        f"huddle = {huddle}",
        f"on = {on.isoformat()}",
        "# When it was held, as 07:15; who led; how many were there; leaders with commas between; close it: yes or no",
        "held =",
        "leads =",
        "there =",
        "leaders =",
        "close = yes",
    ]
    for step in Step:
        of_step = [item for item in asked if item.step is step]
        if of_step or step in _LISTS:
            lines += ["", f"[{step.value}]"]
        for item in of_step:
            one = given.get((item.key, item.step))
            value = one_line(one.shown or "") if one else ""
            note = f" | {one_line(one.note)}" if one and one.note and item.kind is not Kind.TEXT else ""
            lines += [
                f"# {one_line(item.ask)}: {_SAYS.get(item.kind, fine(item))}",
                f"{names[item.key]} = {value}{note}",
            ]
            lines[-1] = lines[-1].rstrip()
        if step in _LISTS:
            lines.append(f"# - {' | '.join(_LISTS[step])}")
    return "\n".join(lines) + "\n"


def read(text: str, items: Iterable[Item], answers: Iterable[Answer] = ()) -> Filled:
    """What was filled in; raises `NotAllowed` with every line that is wrong and what would be right."""
    if len(text) > LONGEST:
        raise NotAllowed("This is no form of a huddle: it is too long.")
    return _Reading(items, answers).read(text.removeprefix("\ufeff"))


class _Reading:
    """Reads a form line by line and keeps all complaints until the end."""

    def __init__(self, items: Iterable[Item], answers: Iterable[Answer]) -> None:
        asked = [item for item in items if item.asks]
        self.names = {name: next(one for one in asked if one.key == key) for key, name in _names(asked).items()}
        self.names |= {one.key: one for one in asked}
        self.before = tuple(answers)
        self.wrong: list[str] = []
        self.head: dict[str, Said] = {}
        self.answers: dict[str, tuple[int, Item, str, str]] = {}
        self.lists: dict[Step, list[Said]] = {step: [] for step in _LISTS}

    def read(self, text: str) -> Filled:
        step: Step | None = None
        for number, line in enumerate(text.split("\n"), 1):
            words = one_line(line)
            if not words or words.startswith("#"):
                continue
            if words.startswith("[") and words.endswith("]"):
                step = self._step(number, words[1:-1].strip())
            elif words.startswith("- ") and step in self.lists:
                self.lists[step].append(Said(number, tuple(part.strip() for part in words[2:].split("|"))))
            else:
                self._line(number, words, step)
        filled = self._filled()
        if self.wrong:
            more = len(self.wrong) - _MOST_COMPLAINTS
            told = [*self.wrong[:_MOST_COMPLAINTS], *([f"And {more} more."] if more > 0 else [])]
            raise NotAllowed("Nothing was taken in. " + " ".join(told))
        return filled

    def _complain(self, line: int, name: str, why: object) -> None:
        self.wrong.append(f"Line {line}, {name}: {why}")

    def _step(self, number: int, name: str) -> Step | None:
        if name in frozenset(Step):
            return Step(name)
        self._complain(number, f"[{name[:40]}]", f"the steps are {', '.join(Step)}.")
        return None

    def _line(self, number: int, words: str, step: Step | None) -> None:
        name, equals, said = (part.strip() for part in words.partition("="))
        shown = name[:60] or "this line"
        if not equals:
            self._complain(number, shown, "write what it is about, =, and the answer.")
        elif step is None and name in _HEAD:
            if name in self.head:
                self._complain(number, shown, f"it stands in line {self.head[name].line} already.")
            self.head[name] = Said(number, (said,))
        elif name not in self.names:
            self._complain(number, shown, f"there is no such line in this agenda. It has {', '.join(self._known())}.")
        elif said:
            self._answer(number, self.names[name], said)

    def _known(self) -> list[str]:
        return [name for name in self.names if "/" not in name] or list(self.names)

    def _answer(self, number: int, item: Item, said: str) -> None:
        value, _, note = (said, "", "") if item.kind is Kind.TEXT else said.partition("|")
        if item.key in self.answers:
            self._complain(number, short(item.key), f"it stands in line {self.answers[item.key][0]} already.")
            return
        try:
            check_answer(with_targets([item], self.before)[0], value.strip())
        except NotAllowed as error:
            self._complain(number, short(item.key), error)
            return
        self.answers[item.key] = (number, item, value.strip(), note.strip())

    def _filled(self) -> Filled:
        return Filled(
            node=self._said("node"),
            huddle=self._said("huddle"),
            on=self._of("on", date.fromisoformat, "a day such as 2026-11-24"),
            held=self._of("held", clock, "a time such as 07:15"),
            leads=self._said("leads"),
            there=self._of("there", whole, "a number"),
            leaders=tuple(name for part in self._said("leaders").split(",") if (name := part.strip())),
            close=self._of("close", _yes, "yes or no") is not False,
            answers=tuple(self.answers.values()),
            plans=tuple(self._listed(Step.PLAN, needed=2)),
            asks=tuple(self._listed(Step.HELP, needed=1)),
            lines={name: one.line for name, one in self.head.items()},
        )

    def _said(self, name: str) -> str:
        return self.head[name].part(0) if name in self.head else ""

    def _of(self, name: str, reads: Callable[[str], Read], like: str) -> Read | None:
        said = self._said(name)
        try:
            return reads(said) if said else None
        except ValueError:
            self._complain(self.head[name].line, name, f"this must be {like}.")
            return None

    def _listed(self, step: Step, *, needed: int) -> Iterator[Said]:
        for said in self.lists[step]:
            if any(said.parts):
                missing = [name for at, name in enumerate(_LISTS[step]) if at < needed and not said.part(at)]
                if missing or len(said.parts) > len(_LISTS[step]):
                    self._complain(said.line, step.value, f"write - {' | '.join(_LISTS[step])}.")
                yield said


def _names(items: Iterable[Item]) -> dict[str, str]:
    """What each line is called in the form: its short key, the whole one where two have the same."""
    known = list(items)
    shorts = [short(item.key) for item in known]
    return {item.key: name if shorts.count(name) == 1 and name not in _HEAD else item.key
            for item, name in zip(known, shorts, strict=True)}  # fmt: skip


def clock(text: str) -> time:
    """A time of day as people write it: `07:15`, `7.15`, `715`; raises ValueError."""
    said = _CLOCK.fullmatch(text)
    found = time(int(said[1]), int(said[2])) if said else time.fromisoformat(text)
    return found.replace(second=0, microsecond=0, tzinfo=None)


def whole(text: str) -> int:
    """A number of people; raises ValueError."""
    if not text.isascii() or not text.isdigit() or len(text) > 5:  # noqa: PLR2004 - nobody meets with 100,000
        raise ValueError(text)
    return int(text)


def _yes(text: str) -> bool:
    if text.casefold() not in {"yes", "y", "no", "n"}:
        raise ValueError(text)
    return text.casefold() in {"yes", "y"}
