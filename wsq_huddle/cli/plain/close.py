"""Close: who was there, thank you, and what goes up; then where everything is."""

from collections.abc import Sequence
from functools import partial

from wsq_huddle.domain import agendas
from wsq_huddle.domain.agendas import Item
from wsq_huddle.domain.huddles import State
from wsq_huddle.domain.links import Touch
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import huddles, links

from .room import Prompt, Room
from .talk import OPEN, Stopped, Turned

NAME = "Close"
_ON_A_SPARE = "It counts as held with what is answered; it is closed on the unit's own computer. Enter = leave it open."


def head(room: Room) -> Sequence[str]:
    closing = room.now.closing
    asked = f"{closing.answered} of {closing.asked} answered."
    if closing.unsettled:
        asked += f" {closing.unsettled} {'has' if closing.unsettled == 1 else 'have'} no plan and no help."
    sent = [f"Sent to {one.to}: {one.problem.title}." for one in closing.sent]
    same = f"Same lines, same answers for {closing.unchanged} days: is each still worth asking?"
    return ["Who was there, and what goes up?", asked, *sent, *([same] if closing.unchanged else [])]


def prompts(room: Room) -> Sequence[Prompt]:
    closing = room.now.closing
    there = "not counted" if closing.present is None else str(closing.present)
    led = ", ".join(closing.leaders) or (room.huddle.leader if room.huddle else "") or room.desk.author
    words: list[tuple[Item, str]] = [(agendas.THANKS, closing.thanks)]
    if closing.reviews:
        words += [(agendas.PLUS, closing.plus), (agendas.DELTA, closing.delta)]
    goes = f"{room.above} gets the summary" if room.above else "The summary stays here"
    return [
        Prompt("present", f"How many were there? Enter = {there}.", partial(_count, room), asks=False),
        Prompt("leaders", f"Who led? Names with a comma. Enter = {led}.", partial(_led, room), asks=False),
        *(
            Prompt(
                item.key, f"{_sentence(item.ask)} Enter = {said or 'nothing'}.", partial(_say, room, item), asks=False
            )
            for item, said in words
        ),
        Prompt("close", _ON_A_SPARE, _stay, asks=False)
        if room.spare
        else Prompt(
            "close",
            f"{goes}. Enter = close the huddle, open = go to what has no answer yet, stop = leave it open.",
            partial(_close, room),
            asks=False,
        ),
    ]


def closed(room: Room) -> list[str]:
    """Say where everything is: with the tier above, on its way, or safe on this computer."""
    link = links.up(room.desk)
    if link.touch is Touch.ALONE:
        return ["The huddle is closed. Thank you."]
    above = room.above or link.name
    things = f"{link.waiting} thing{'' if link.waiting == 1 else 's'} to send"
    if link.touch is Touch.IN_TOUCH:
        told = f"{things}; {above} is in touch." if link.waiting else f"{above} has everything."
    else:
        told = f"{things}. They are safe on this computer and go by themselves when there is a network."
        if number := room.site.call.get(link.peer, ""):
            told += f" If it is urgent, ring {above}, {number}."
    return ["The huddle is closed. Thank you.", told]


def _sentence(ask: str) -> str:
    return ask if ask.endswith("?") else f"{ask}?"


def _count(room: Room, typed: str) -> str:
    if typed:
        if not typed.isdecimal():
            raise NotAllowed("How many were there? A number.")
        huddles.attend(room.desk, room.sitting, number=int(typed), leaders=room.now.closing.leaders)
    return ""


def _led(room: Room, typed: str) -> str:
    names = [name.strip() for name in typed.split(",") if name.strip()]
    if any(name.isdecimal() for name in names):
        raise NotAllowed("Who led? Names, not a number.")
    if names:
        number = max(room.now.closing.present or 0, len(names))
        huddles.attend(room.desk, room.sitting, number=number, leaders=names)
    return ""


def _say(room: Room, item: Item, typed: str) -> str:
    if typed:
        huddles.answer(room.desk, room.sitting, item, typed)
    return ""


def _stay(typed: str) -> str:
    raise Turned(OPEN) if typed.casefold() == OPEN else Stopped


def _close(room: Room, typed: str) -> str:
    if typed.casefold() == OPEN:
        raise Turned(OPEN)
    if typed.casefold() not in {"", "y", "yes", "close"}:
        raise NotAllowed("Enter closes the huddle; stop leaves it open.")
    if room.state is not State.CLOSED:
        huddles.close(room.desk, room.sitting)
    return ""
