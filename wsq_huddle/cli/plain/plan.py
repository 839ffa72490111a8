"""What is our plan? What the earlier questions have left: planned, asked for, or watched."""

from collections.abc import Sequence
from functools import partial

from wsq_huddle.domain import spares
from wsq_huddle.domain.agendas import Line
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import steps

from .asking import ask_for, plan
from .drafts import Draft
from .room import Prompt, Room

NAME = "Plan"
HELP = frozenset({"help", "e"})
_KEPT = "kept"


def head(room: Room) -> Sequence[str]:
    none = "" if open_lines(room) else " Nothing is left to plan."
    return [f"What is our plan?{none}"]


def prompts(room: Room) -> Sequence[Prompt]:
    return [prompt(room, line, "plan") for line in open_lines(room)]


def open_lines(room: Room) -> list[Line]:
    """What has no plan and no help yet."""
    return [line for line in room.now.left if not line.settled]


def prompt(room: Room, line: Line, step: str) -> Prompt:
    """Make the prompt of a line, in Plan or in Help."""
    note = f", {line.note}" if line.note else ""
    if room.spare:
        return Prompt(
            f"{step}:{line.about}",
            f"{line.ask}{note}: {line.why.value}. Enter = we watch it; it is planned on the unit's own computer.",
            partial(_watch, room, line),
            more=("Enter says that you watch it. A plan, and help, are asked for on the unit's own computer.",),
        )
    asks = f", help = ask {room.above} for help" if room.above else ""
    what, need = Draft(room, line, "plan").first("what"), Draft(room, line, "escalate").first("need")
    kept = f' Begun: plan "{what}"; kept = go on with it.' if what else ""
    kept += f' Begun: help "{need}"; help = go on with it.' if need else ""
    return Prompt(
        f"{step}:{line.about}",
        f"{line.ask}{note}: {line.why.value}.{kept} Enter = we watch it, words = what will be done{asks}.",
        partial(_deal, room, line),
        more=("Words are the plan; then you are asked who does it, and by which day.",),
    )


def _deal(room: Room, line: Line, typed: str) -> str:
    word, _, rest = typed.partition(" ")
    if word.casefold().rstrip(":") in HELP:
        if not room.above:
            raise NotAllowed("There is no tier above this one; say what will be done.")
        return ask_for(room, line, rest)
    if typed:
        return plan(room, line, "" if typed.casefold() == _KEPT and Draft(room, line, "plan") else typed)
    return _watch(room, line, "")


def _watch(room: Room, line: Line, typed: str) -> str:
    if typed:
        raise NotAllowed(spares.words(room.desk.name))
    steps.watch(room.desk, room.sitting, line)
    return "We watch it."
