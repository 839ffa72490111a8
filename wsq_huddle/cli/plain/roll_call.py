"""The roll call in Status: each area below in its fixed order, with what it told us."""

from collections.abc import Sequence
from functools import partial

from screens import times
from wsq_huddle.domain.agendas import Mark
from wsq_huddle.domain.chains import State
from wsq_huddle.services import rollcalls
from wsq_huddle.services.rollcalls import Area

from .room import Prompt, Room
from .targets import MARKS

_NEEDS = "needs"


def head(room: Room) -> Sequence[str]:
    told = sum(area.told for area in room.areas)
    return [f"Roll call: {told} of {len(room.areas)} told us. Type needs to hear what one of them needs."]


def prompts(room: Room) -> Sequence[Prompt]:
    return [
        Prompt(
            f"roll-call:{area.node}",
            f"{area.name}: {words(room, area)} Enter = heard.",
            partial(_hear, room, area),
            done=area.heard,
            more=("Enter: heard. needs: what it is not well with, and asks us for. Words stand beside it as a note.",),
        )
        for area in room.areas
    ]


def words(room: Room, area: Area) -> str:
    """What an area told us, or the number to ring."""
    if not area.told:
        return _silent(area)
    told = f"told us {room.when(area.told_at)}" if area.told_at else _as_it_is(area)
    if area.why:
        told += f", no huddle: {area.why}"
    ready = [f"{key} {MARKS[mark]}" for key, mark in area.ready.items() if mark in {Mark.ATTENTION, Mark.NOT_MET}]
    told += ". All ready." if area.all_ready else f". {', '.join(ready).capitalize()}." if ready else "."
    happened = ", ".join(times.counted(one.n, one.name.lower()) for one in area.happened)
    told += f" {happened.capitalize()}." if happened else ""
    if met := area.targets.met + area.targets.not_met:
        told += f" {area.targets.met} of {met} targets met."
    if area.came_up:
        told += f" {area.came_up} came up, {area.still_here} still here."
    return told


def _as_it_is(area: Area) -> str:
    if area.state is State.OPEN:
        return f"is open, {area.answered[0]} of {area.answered[1]} answered"
    return "marked" if area.as_held else "no huddle"


def _silent(area: Area) -> str:
    covers = area.stand_in
    number = covers.call if covers else area.call
    ring = f" Ring {number}." if number else ""
    if area.closed:
        return f"closed{f', {covers.name} stands in' if covers else ''}.{ring}"
    if area.state is State.UNKNOWN:
        return f"no word; may have held it.{ring}"
    if area.unused_since is not None:
        return f"no huddle; not used since {times.full_day(area.unused_since)}.{ring}"
    return f"{'no huddle' if area.state is State.MISSED else 'not yet'}.{ring}"


def _hear(room: Room, area: Area, typed: str) -> str:
    if typed.casefold() == _NEEDS:
        _tell_needs(room, area)
        typed = room.talk.ask(f"{area.name}: Enter = heard.", "Words stand beside it as a note.")
    if typed or not area.heard:
        rollcalls.hear(room.desk, room.sitting, area.node, note=typed)
    return ""


def _tell_needs(room: Room, area: Area) -> None:
    needs = rollcalls.needs(room.desk, area.node, room.sitting.on)
    room.talk.say(
        *(f"{line.ask}: {line.why.value}{f', {line.note}' if line.note else ''}." for line in needs.lines),
        *(f"{one.title}. {one.ask.need if one.ask else ''}".rstrip() for one in needs.problems),
        *([] if needs.lines or needs.problems else ["It asks for nothing."]),
    )
