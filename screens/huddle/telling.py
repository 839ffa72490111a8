"""What Enter asks of a line that is not fine: a word and what is missing, a number, or a card for each event."""

from functools import partial
from typing import TYPE_CHECKING

from screens.asks import Ask
from screens.form import Answers, Form
from screens.huddle import cards
from screens.huddle.place import of_line
from wsq_huddle.domain.agendas import Item, Kind, check_answer
from wsq_huddle.services import huddles
from wsq_huddle.services.steps import Asked

if TYPE_CHECKING:
    from screens.huddle.reading import Seen
    from screens.huddle.screen import HuddleScreen

_LONG = 500
_MARKS = {"attention": "attention", "not ready": "not-met"}
_NO, _YES = "no", "yes"


def form_of(screen: "HuddleScreen", seen: "Seen", one: Asked) -> Form:
    """Make the form of a line, with what was typed in it before or what was answered."""
    item = one.item
    if item.kind is Kind.EVENTS:
        return cards.form_of(screen, seen, one)
    place = of_line(seen.sitting.subject, item.key)
    asks = asks_of(item)
    desk, program = screen.desk, screen.program

    def save(answers: Answers) -> None:
        raw, note = said_of(item, answers)
        huddles.answer(desk, seen.sitting, item, raw, note=note)

    def then(_: object) -> None:
        screen.next_line()

    return Form(
        _title(item),
        asks,
        save=save,
        then=then,
        kept=lambda answers: program.kept.keep(place, answers, typed=[ask.name for ask in asks if not ask.choices]),
        draft={**_before(one), **program.kept.of(place)},
        quick=True,
        place=place,
        again="open",
    )


def _title(item: Item) -> str:
    title = item.ask.upper() if len(item.ask) < 40 else item.group.upper() or "TELL"  # noqa: PLR2004 - half a line
    return f"{title}: {item.gloss}" if item.gloss else title


def asks_of(item: Item) -> tuple[Ask, ...]:
    """Say what Enter asks of a line of its kind."""
    note = Ask("note", "What should we know?", "(may stay empty)", limit=_LONG)
    check = partial(check_answer, item)
    match item.kind:
        case Kind.READINESS:
            return (
                Ask("note", "What is missing?", limit=_LONG, must=True),
                Ask("value", "It is", "Tab, Space changes", choices=tuple(_MARKS)),
            )
        case Kind.CHECK:
            return (note, Ask("value", "Is it so?", choices=(_NO, _YES)))
        case Kind.STANDARD:
            hint = f"kept, of {item.sample} looked at" if item.sample else "like 9 of 10"
            return (Ask("value", "How many kept to it?", hint, limit=20, check=check), note)
        case Kind.COUNT | Kind.MEASURE:
            return (
                Ask(
                    "value",
                    "How many?" if item.kind is Kind.COUNT else "Today's value?",
                    item.unit,
                    limit=20,
                    check=check,
                ),
                note,
            )
        case _:
            return (Ask("value", "What is ahead?" if "ahead" in item.key else "What is it?", limit=_LONG),)


def said_of(item: Item, answers: Answers) -> tuple[str, str | None]:
    """Give the raw answer and its note."""
    if item.kind is Kind.READINESS:
        return _MARKS[answers["value"]], answers["note"]
    return answers["value"], answers.get("note")


def _before(one: Asked) -> Answers:
    """What was answered before, as it would be typed."""
    item, answer = one.item, one.answer
    if answer is None:
        return {}
    words = {said: word for word, said in _MARKS.items()}
    value = words.get(answer.value or "", answer.words or answer.value or "")
    if item.kind is Kind.TEXT and not answer.words:
        value = ""
    return {"value": value, "note": answer.note}
