"""How are we doing now? Each line: Enter is fine, a number or words tell."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from wsq_huddle.domain.agendas import LISTS, Answer, Card, Item, Kept, Kind, Step, happened
from wsq_huddle.domain.definitions import short
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import huddles, steps
from wsq_huddle.services.steps import Asked

from . import roll_call
from .room import Prompt, Room
from .targets import MARKS, target_words

NAME = "Status"
_FINE = {
    Kind.READINESS: "Enter = fine, words = what is missing",
    Kind.MEASURE: "Enter = no value, or a number",
    Kind.EVENTS: "Enter = none, or how many",
    Kind.STANDARD: "Enter = not looked at, or how many kept to it, like 9 of 10",
    Kind.CHECK: "Enter = yes, or no and why",
    Kind.COUNT: "Enter = none, or how many",
    Kind.TEXT: "Enter = nothing, or words",
}
_NUMBER = re.compile(r"([0-9][0-9.,]*(?:\s*(?:of|/)\s*[0-9]+)?)\s+(\S.*)", re.IGNORECASE)
_KEPT = {"y": Kept.YES, "yes": Kept.YES, "n": Kept.NO, "no": Kept.NO, "": Kept.UNKNOWN}
_SHIFTS = {"": "day", "d": "day", "day": "day", "e": "evening", "evening": "evening", "n": "night", "night": "night"}
_NOT_READY = frozenset({"n", "no", "not", "not ready", "r", "red"})
_ATTENTION = frozenset({"", "a", "attention", "amber"})


def head(room: Room) -> Sequence[str]:
    called = roll_call.head(room) if room.areas else []
    return ["How are we doing now?", *called]


def prompts(room: Room) -> Sequence[Prompt]:
    return [*roll_call.prompts(room), *(_prompt(room, one) for one in asked(room))]


def asked(room: Room) -> list[Asked]:
    """The lines of Status: its own, then whatever else asks for an answer, such as today's values of measures."""
    order = (Step.STATUS, Step.FROM_ABOVE, Step.PLAN, Step.HELP, Step.TARGETS)
    return [one for step in order for one in room.now.asked[step] if one.item.kind not in LISTS]


def shown(answer: Answer) -> str:
    """An answer as it is read out."""
    mark = MARKS[answer.mark] if answer.kind is Kind.READINESS else answer.shown or "no value"
    return f"{mark}, {answer.note}" if answer.note else mark


def _prompt(room: Room, one: Asked) -> Prompt:
    item, answer = one.item, one.answer
    group = f"{item.group}, " if item.group else ""
    gloss = f" ({item.gloss})" if item.gloss else ""
    target = f", {target_words(item)}" if item.target is not None else ""
    hint = f"So far: {shown(answer)}. Enter = as it is" if answer else _FINE.get(item.kind, "Enter = fine")
    return Prompt(
        item.key,
        f"{group}{item.ask}{gloss}{target}. {hint}.",
        partial(_tell, room, one),
        done=answer is not None,
        more=(f"{_FINE.get(item.kind, 'Enter = fine')}.",),
    )


def _tell(room: Room, one: Asked, typed: str) -> str:
    item = one.item
    if not typed:
        if one.answer is None:
            steps.fine(room.desk, room.sitting, [item])
        return ""
    match item.kind:
        case Kind.READINESS:
            return _readiness(room, item, typed)
        case Kind.CHECK:
            return _check(room, item, typed)
        case Kind.TEXT:
            huddles.answer(room.desk, room.sitting, item, typed)
        case _:
            _number(room, item, typed)
            if item.kind is Kind.EVENTS and not item.good:
                _look_into(room, item)
    return ""


def _readiness(room: Room, item: Item, typed: str) -> str:
    if typed.casefold() in {"fine", "ok", "met", "yes", "y"}:
        huddles.answer(room.desk, room.sitting, item, "met")
        return ""
    huddles.answer(room.desk, room.sitting, item, "attention", note=typed)
    said = _mark_of(room.talk.until(f"{item.ask} is: Enter = attention, n = not ready.", _mark_of))
    if said != "attention":
        huddles.answer(room.desk, room.sitting, item, said, note=typed)
    return "It stands in Plan and Help."


def _mark_of(said: str) -> str:
    word = said.casefold()
    if word in _ATTENTION | _NOT_READY:
        return "attention" if word in _ATTENTION else "not-met"
    raise NotAllowed("Enter for attention, n for not ready.")


def _check(room: Room, item: Item, typed: str) -> str:
    word, _, why = typed.partition(" ")
    if word.casefold().rstrip(",.:") in {"yes", "y", "no", "n"}:
        huddles.answer(room.desk, room.sitting, item, word.casefold().rstrip(",.:"), note=why or None)
    else:
        huddles.answer(room.desk, room.sitting, item, "no", note=typed)
    return ""


def _number(room: Room, item: Item, typed: str) -> None:
    """A number, with words beside it if there are any."""
    try:
        huddles.answer(room.desk, room.sitting, item, typed)
    except NotAllowed:
        found = _NUMBER.fullmatch(typed)
        if found is None:
            raise
        huddles.answer(room.desk, room.sitting, item, found[1], note=found[2])


class _Cards:
    """The cards of one kind of event, recorded with every answer that changes one."""

    def __init__(self, room: Room, item: Item) -> None:
        self._room, self._item = room, item
        one = huddles.sitting(room.desk, name=room.sitting.name, on=room.sitting.on)
        answer = one.huddle.answer(item.key, item.step) if one.huddle else None
        self.number = happened(answer) if answer else 0
        self._cards = [*(answer.cards if answer else ())]
        self._did = [*(answer.did if answer else ())]

    def of(self, at: int) -> Card | None:
        """The card of one event; None before anything was told of it."""
        return self._cards[at] if at < len(self._cards) else None

    def keep(self, at: int, card: Card, did: str) -> None:
        self._cards += [Card()] * (at + 1 - len(self._cards))
        self._did += [""] * (at + 1 - len(self._did))
        if (self._cards[at], self._did[at]) != (card, did):
            self._cards[at], self._did[at] = card, did
            huddles.answer(
                self._room.desk, self._room.sitting, self._item, str(self.number), cards=self._cards, did=self._did
            )


def _look_into(room: Room, item: Item) -> None:
    """Ask of each event that nobody has looked into."""
    cards = _Cards(room, item)
    for at in range(cards.number):
        card = cards.of(at)
        if card is None or not card.looked_into:
            called = f"{item.ask}, {at + 1} of {cards.number}" if cards.number > 1 else item.ask
            _card(room, item, called, partial(cards.keep, at))


def _card(room: Room, item: Item, called: str, keep: Callable[[Card, str], None]) -> None:
    talk, causes = room.talk, room.causes().get(short(item.key), ())
    did = talk.ask(f"{called}: what did we do? Enter = nothing yet. No names, no numbers of patients.")
    card = Card(shift="day", acted=bool(did))
    keep(card, did)
    if causes:
        named = ", ".join(f"{at} {name}" for at, (_, name) in enumerate(causes, 1))
        typed = talk.until(f"Likely cause? {named}. Enter = not known yet.", lambda typed: _cause(causes, typed))
        card = replace(card, cause=_cause(causes, typed))
        keep(card, did)
    typed = talk.until("Standard kept? y, n. Enter = not known.", lambda typed: _among(typed, _KEPT, "y, n or Enter"))
    card = replace(card, standard_kept=_KEPT[typed.casefold()])
    keep(card, did)
    words = "Which shift? Enter = day, e = evening, n = night."
    typed = talk.until(words, lambda typed: _among(typed, _SHIFTS, "Enter, e or n"))
    card = replace(card, shift=_SHIFTS[typed.casefold()])
    keep(card, did)
    keep(replace(card, reference=talk.ask("Report number? Enter = none.", names=True) or None), did)


def _cause(causes: Sequence[tuple[str, str]], typed: str) -> str | None:
    if not typed:
        return None
    if typed.isdecimal() and 0 < int(typed) <= len(causes):
        return causes[int(typed) - 1][0]
    found = next((key for key, name in causes if name.casefold() == typed.casefold()), None)
    if found is None:
        raise NotAllowed(f"Type a number from 1 to {len(causes)}, or Enter.")
    return found


def _among(typed: str, known: dict[str, Kept] | dict[str, str], otherwise: str) -> None:
    if typed.casefold() not in known:
        raise NotAllowed(f"Type {otherwise}.")
