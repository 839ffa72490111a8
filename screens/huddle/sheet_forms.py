"""What is asked of a line of the paper sheet; what is typed stays on the sheet until all of it is recorded."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from screens import times
from screens.asks import Ask
from screens.form import Answers, Form
from screens.huddle.sheet_lines import Seen, listed
from screens.huddle.telling import asks_of, said_of
from wsq_huddle.domain.agendas import Item, Kind, Step, check_answer, fine
from wsq_huddle.domain.huddles import typed
from wsq_huddle.domain.huddles.typed import HELD, LEADERS, LEADS, THERE
from wsq_huddle.services import whens

if TYPE_CHECKING:
    from screens.huddle.sheet import SheetScreen

_LONG, _NAMES = 500, 400
_EVENTS = (Ask("value", "How many?", limit=6), Ask("note", "What happened?", "(may stay empty)", limit=_LONG))
_LISTED = {
    Step.HELP: (
        Ask("what", "What is wrong?", "empty takes the line away", limit=200),
        Ask("need", "What do we need?", "empty: we solve it here", limit=_LONG),
        Ask("by", "By when?", "10, noon, today, fri", limit=30),
    ),
    Step.PLAN: (
        Ask("what", "What will be done?", "empty takes the line away", limit=_LONG),
        Ask("owner", "Who does it?", limit=80),
        Ask("due", "By which day?", "today, fri, 2 dec", limit=30),
    ),
}
_MARKS = {"not-met": "not ready"}


def form_of(screen: "SheetScreen", seen: Seen, line: str, begun: str = "") -> Form | None:
    """Make the form of a line of the sheet; `begun` is a digit that was typed on it."""
    item, part = seen.item(line), listed(line)
    if item is not None:
        return _item(screen, item, begun)
    if part is not None:
        return _listed(screen, *part)
    return _head(screen, seen, line, begun)


def _head(screen: "SheetScreen", seen: Seen, line: str, begun: str) -> Form | None:
    at = seen.sitting.planned.planned_at.astimezone(screen.now().tzinfo) if seen.sitting.planned else None
    asks = {
        HELD: Ask(HELD, "When was it held?", f"Enter alone = {times.clock(at)}" if at else "like 07:15", limit=10),
        LEADS: Ask(LEADS, "Who led it?", f"Enter alone: {screen.desk.role}", limit=80),
        THERE: Ask(THERE, "How many were there?", limit=6),
        LEADERS: Ask(LEADERS, "Which leaders?", "with commas between", limit=_NAMES),
    }
    if line not in asks:
        return None

    def save(answers: Answers) -> Mapping[str, str]:
        words = answers[line] or (times.clock(at) if line == HELD and at else "")
        typed.check_head(line, words)
        return {line: words}

    return _form(screen, "THE PAPER SHEET", (asks[line],), line, save, {line: begun} if begun else {})


def _item(screen: "SheetScreen", item: Item, begun: str) -> Form:
    said, note = screen.typed, typed.note_of(item)

    def save(answers: Answers) -> Mapping[str, str]:
        raw, told = said_of(item, answers)
        check_answer(item, raw)
        return {item.key: raw or fine(item), note: told or ""}

    before = {"value": _MARKS.get(said.get(item.key, ""), said.get(item.key, "")), "note": said.get(note, "")}
    asks = _EVENTS if item.kind is Kind.EVENTS else asks_of(item)
    title = f"{item.ask}: {item.gloss}" if item.gloss else item.ask
    return _form(screen, title.upper()[:60], asks, item.key, save, {**before, **({"value": begun} if begun else {})})


def _listed(screen: "SheetScreen", step: Step, number: int) -> Form:
    said, at = screen.typed, number or typed.next_number(screen.typed, step)
    names = {part: typed.part_of(step, at, part) for part in typed.LISTS[step]}
    desk = screen.desk

    def save(answers: Answers) -> Mapping[str, str]:
        if not answers["what"]:
            return dict.fromkeys(names.values(), "")
        typed.check_listed(step, [answers[part] for part in names])
        if step is Step.PLAN:
            whens.day(desk, answers["due"])
        elif answers["need"]:
            whens.by(desk, answers["by"])
        return {name: answers[part] for part, name in names.items()}

    checks: Mapping[str, Callable[[str], object]] = {"by": partial(whens.by, desk), "due": partial(whens.day, desk)}
    asks = tuple(replace(ask, check=checks.get(ask.name)) for ask in _LISTED[step])
    before = {part: said.get(name, "") for part, name in names.items()}
    title = "A PROBLEM ON THE SHEET" if step is Step.HELP else "A PLAN ON THE SHEET"
    return _form(screen, title, asks, f"{step.value} {at}", save, before, quick=False)


def _form(  # noqa: PLR0913, PLR0917 - what the three above have in common
    screen: "SheetScreen",
    title: str,
    asks: tuple[Ask, ...],
    line: str,
    save: Callable[[Answers], Mapping[str, str]],
    before: Answers,
    *,
    quick: bool = True,
) -> Form:
    """Make a form whose words go to the sheet; those that are not done with are kept beside it."""
    kept, place = screen.program.kept, f"{screen.place}/{line}"

    def then(said: Mapping[str, str]) -> None:
        kept.forget(place)
        screen.take(said, line)

    return Form(
        title,
        asks,
        save=save,
        then=then,
        kept=lambda answers: kept.keep(place, answers, typed=[ask.name for ask in asks if not ask.choices]),
        draft={**before, **kept.of(place)},
        quick=quick,
        again="open",
    )
