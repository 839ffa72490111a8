"""What are today's targets? Nothing is asked but a change."""

from collections.abc import Sequence
from functools import partial

from wsq_huddle.domain.agendas import Item, Kind, Mark, Step, target_of
from wsq_huddle.domain.definitions import Direction
from wsq_huddle.services import huddles
from wsq_huddle.services.steps import Asked

from .room import Prompt, Room

NAME = "Targets"
_SIGNS = {Direction.AT_MOST: "at most ", Direction.AT_LEAST: "at least "}
MARKS = {Mark.MET: "met", Mark.ATTENTION: "attention", Mark.NOT_MET: "not met", Mark.NONE: ""}


def head(room: Room) -> Sequence[str]:
    none = "" if _measures(room) else " There are no measures yet; IT adds them to huddle.toml."
    return [f"What are today's targets?{none}"]


def prompts(room: Room) -> Sequence[Prompt]:
    return [
        Prompt(
            one.item.key + ":",
            f"{one.item.ask}: {target_words(one.item) or 'no target'}{_last(one)}. Enter = as it is.",
            partial(_change, room, one.item),
            asks=False,
            more=("A number is today's target.",),
        )
        for one in _measures(room)
    ]


def target_words(item: Item) -> str:
    """A target in words: `target at most 0`."""
    if item.target is None:
        return ""
    sign = _SIGNS.get(item.direction, "") if item.direction else ""
    return f"target {sign}{item.target:g}{f' {item.unit}' if item.unit else ''}"


def _measures(room: Room) -> list[Asked]:
    return [one for one in room.now.asked[Step.TARGETS] if one.item.kind is Kind.MEASURE]


def _last(one: Asked) -> str:
    changed = ", changed for today" if one.changed else ""
    return f"{changed}, last value {one.last.shown}" if one.last else changed


def _change(room: Room, item: Item, typed: str) -> str:
    if not typed:
        return ""
    huddles.answer(room.desk, room.sitting, target_of(item), typed)
    return "Changed for today."
