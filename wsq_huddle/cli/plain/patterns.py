"""Patterns in Help: what came up in several places is answered or handed on once, and each gets it in its own story."""

from collections.abc import Sequence
from functools import partial

from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import patterns
from wsq_huddle.services.patterns import Gathered

from .asking import certain, place_meant
from .room import Prompt, Room

_WORDS = ("got it", "solved", "answer", "hand")


def prompts(room: Room) -> Sequence[Prompt]:
    """The patterns of which something waits here; whoever goes on deals with them one by one."""
    if not room.areas:
        return []
    return [_prompt(room, one) for one in patterns.listed(room.desk) if len(one.waiting) > 1]


def _prompt(room: Room, one: Gathered) -> Prompt:
    places, all_of_them = ", ".join(one.places), ", ".join(_WORDS)
    return Prompt(
        f"pattern:{one.key}",
        f"Pattern: {one.name}, in {places}, {len(one.waiting)} wait. Enter = one by one, or {all_of_them} for all.",
        partial(_deal, room, one),
        asks=False,
        more=("What you say here, each of them gets in its own story.",),
    )


def _deal(room: Room, one: Gathered, typed: str) -> str:
    if not typed:
        return ""
    said = typed.casefold()
    word = next((word for word in _WORDS if said == word or said.startswith((f"{word} ", f"{word}:"))), "")
    rest = typed[len(word) :].lstrip(": ").strip()
    desk, subjects, all_of_them = room.desk, one.waiting, f"all {len(one.waiting)}"
    match word:
        case "got it":
            patterns.acknowledge(desk, subjects)
            return "All of them see that you have it."
        case "solved":
            remedy = rest or room.talk.ask("What solved it?")
            return certain(room, all_of_them, lambda: patterns.resolve(desk, subjects, remedy=remedy))
        case "answer":
            answer = rest or room.talk.ask("What is the answer?")
            return certain(room, all_of_them, lambda: patterns.give_back(desk, subjects, answer=answer))
        case "hand":
            to = place_meant(room, rest or room.talk.ask(f"To which area? {', '.join(room.site.others.values())}."))
            need = room.talk.ask("What do we need from them?")
            return certain(room, room.site.name_of(to), lambda: patterns.assign(desk, subjects, to=to, need=need))
        case _:
            raise NotAllowed(f"Begin with {', '.join(_WORDS)}; Enter goes through them one by one.")
