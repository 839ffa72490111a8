"""The cards of events: when, whether the standard was kept, the likely cause, what we did; one after the other."""

from typing import TYPE_CHECKING

from screens.asks import Ask
from screens.form import Answers, Form
from screens.huddle.place import of_line
from wsq_huddle.domain.agendas import Card, Item, Kept, happened
from wsq_huddle.domain.definitions import short
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import huddles, steps
from wsq_huddle.services.steps import Asked

if TYPE_CHECKING:
    from screens.huddle.reading import Seen
    from screens.huddle.screen import HuddleScreen

_LONG = 500
_SHIFTS = ("day", "evening", "night")
_KEPT = {"not known": Kept.UNKNOWN, "yes": Kept.YES, "no": Kept.NO}
_NO_CAUSE = "not known yet"
_EMPTY = "(may stay empty)"


def form_of(screen: "HuddleScreen", seen: "Seen", one: Asked, at: int | None = None) -> Form:
    """Make the form of one card; without `at` of the first that nobody has looked into, or of a new one."""
    item, answer = one.item, one.answer
    cards = answer.cards if answer else _raised(screen, one)
    told = happened(answer) if answer else len(cards)
    number = max(1, told)
    which = at if at is not None else next((n for n, card in enumerate(cards) if not card.looked_into), len(cards))
    which = min(which, number - 1)
    card = cards[which] if which < len(cards) else Card()
    did = answer.did[which] if answer and which < len(answer.did) else ""
    causes = seen.causes.get(short(item.key), ())
    place = of_line(seen.sitting.subject, f"{item.key}/{which + 1}")
    program = screen.program

    def save(answers: Answers) -> None:
        _record(screen, seen, one, which, answers)

    def then(_: object) -> None:
        screen.again(lambda now: _go_on(screen, now, item, which))

    asks = (
        *(() if told else (Ask("number", "How many?", "Enter alone = 1", limit=6, number=True),)),
        Ask("did", "What did we do?", _EMPTY, limit=_LONG),
        Ask("cause", "Likely cause", "Space changes", choices=(_NO_CAUSE, *(name for _, name in causes)), one=True),
        Ask("kept", "Standard kept?", choices=tuple(_KEPT)),
        Ask("shift", "Which shift?", choices=_SHIFTS),
        Ask("reference", "Report number", _EMPTY, limit=80),
    )
    return Form(
        f"{item.ask.upper()}" + (f": {which + 1} of {number}" if number > 1 else ""),
        asks,
        save=save,
        then=then,
        kept=lambda answers: program.kept.keep(place, answers, typed=["did", "reference"]),
        draft={
            "did": did,
            "cause": dict(causes).get(card.cause or "", _NO_CAUSE),
            "kept": next(word for word, kept in _KEPT.items() if kept is card.standard_kept),
            "shift": card.shift if card.shift in _SHIFTS else _SHIFTS[0],
            "reference": card.reference or "",
            **program.kept.of(place),
        },
        place=place,
        right="no names, no numbers of patients",
        again="open",
    )


def _raised(screen: "HuddleScreen", one: Asked) -> tuple[Card, ...]:
    """The cards of events that were raised as problems since the last time."""
    return tuple(steps.card(screen.desk, problem) for problem in one.told)


def _record(screen: "HuddleScreen", seen: "Seen", asked: Asked, which: int, answers: Answers) -> None:
    """Record a card with those that were told before; runs in the writing thread."""
    item = asked.item
    one = huddles.sitting(screen.desk, name=seen.sitting.name, on=seen.sitting.on)
    answer = one.huddle.answer(item.key, item.step) if one.huddle else None
    cards = list(answer.cards if answer else _raised(screen, asked))
    did = [*(answer.did if answer else ()), *[""] * len(cards)][: len(cards)]
    cards += [Card()] * (which + 1 - len(cards))
    did += [""] * (which + 1 - len(did))
    number = answers.get("number") or str(max(1, happened(answer) if answer else len(asked.told)))
    if not number.isdecimal():
        raise NotAllowed(f"{item.ask} is a number: 0, 1, 2 ...")
    cause = next((key for key, name in seen.causes.get(short(item.key), ()) if name == answers["cause"]), None)
    cards[which] = Card(
        shift=answers["shift"],
        standard_kept=_KEPT[answers["kept"]],
        cause=cause,
        reference=answers["reference"] or None,
        acted=bool(answers["did"].strip()),
    )
    did[which] = answers["did"]
    most = int(number)
    huddles.answer(screen.desk, one, item, number, cards=cards[:most], did=did[:most])


def _go_on(screen: "HuddleScreen", seen: "Seen", item: Item, which: int) -> None:
    """Ask for the next card; behind the last one go on to the next line."""
    one = next((one for one in seen.asked if one.item.key == item.key), None)
    answer = one.answer if one else None
    if one is not None and answer is not None and which + 1 < happened(answer) and which + 1 >= len(answer.cards):
        screen.ask(form_of(screen, seen, one, which + 1))
    else:
        screen.next_line()
