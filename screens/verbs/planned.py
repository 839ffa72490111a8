"""What the verbs of an action ask: planned, put on another day, dropped; done asks nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from screens import times
from screens.asks import Ask
from screens.form import Answers, Form
from wsq_huddle.domain.actions import Action, State
from wsq_huddle.services import actions
from wsq_huddle.services import whens as asked

if TYPE_CHECKING:
    from screens.frame import DeskScreen
    from wsq_huddle.services.desk import Desk

_LONG = 2000


@dataclass(frozen=True)
class Verb:
    """What a verb asks of an action that is there; `done` says that it was recorded."""

    title: str
    asks: tuple[Ask, ...]
    record: Callable[["Desk", str, Answers], Action]
    done: str
    key: str = ""


VERBS: Mapping[str, Verb] = {
    "done": Verb("DONE", (), lambda desk, subject, _: actions.done(desk, subject), "Done."),
    "move": Verb("ANOTHER DAY", (Ask("due", "Which day?", "tomorrow, fri, 2 dec", limit=30, must=True),),
        lambda desk, subject, typed: actions.move(desk, subject, due=asked.day(desk, typed.get("due", ""))),
        "Put on another day.", "plan"),
    "drop": Verb("DROP", (Ask("why", "Why?", limit=_LONG, must=True),),
        lambda desk, subject, typed: actions.drop(desk, subject, why=typed.get("why", "")), "Dropped.",
        "withdraw"),
}  # fmt: skip


def may(action: Action, here: str) -> frozenset[str]:
    """The verbs that this node may use on an action now."""
    return frozenset(VERBS) if action.node == here and action.state is State.OPEN else frozenset()


def place_of(verb: str, subject: str) -> str:
    return f"action/{subject}/{verb}"


def form_for(
    verb: str, screen: "DeskScreen[Any]", action: Action, *, then: Callable[[Action], None] | None = None
) -> Form:
    """Make the form of a verb with what was typed in it before; `then` follows when it is recorded."""
    told, desk = VERBS[verb], screen.desk
    return _form(
        screen,
        f"{told.title}: {action.what}",
        tuple(replace(ask, check=partial(asked.day, desk)) if ask.name == "due" else ask for ask in told.asks),
        place_of(verb, action.id),
        lambda answers: perform(verb, desk, action.id, answers),
        told.done,
        then,
        told.key,
    )


def perform(verb: str, desk: "Desk", subject: str, answers: Mapping[str, str] | None = None) -> Action:
    """Record a verb with what was typed; runs in the writing thread and raises what the rules say."""
    return VERBS[verb].record(desk, subject, dict(answers or {}))


def plan_form(
    screen: "DeskScreen[Any]",
    *,
    place: str,
    title: str = "PLAN",
    about: str | None = None,
    then: Callable[[Action], None] | None = None,
) -> Form:
    """Make the form of a new action with its draft in `place`; `about` is the line of the agenda that it is for."""
    desk = screen.desk
    usual = times.day(asked.usual_day(desk))
    asks = (
        Ask("what", "What will be done?", limit=_LONG, must=True),
        Ask("owner", "Who does it?", "Enter alone = who signs", limit=80),
        Ask(
            "due",
            "By which day?",
            f"today, fri, 2 dec; Enter alone = {usual}",
            limit=30,
            check=partial(asked.day, desk),
        ),
    )

    def record(answers: Answers) -> Action:
        due = asked.day(desk, answers["due"])
        return actions.plan(desk, what=answers["what"], owner=answers["owner"] or desk.author, due=due, about=about)

    return _form(screen, title, asks, place, record, "Planned.", then, "plan")


def _form(  # noqa: PLR0913, PLR0917 - what the two above have in common
    screen: "DeskScreen[Any]",
    title: str,
    asks: tuple[Ask, ...],
    place: str,
    record: Callable[[Answers], Action],
    done: str,
    then: Callable[[Action], None] | None,
    key: str,
) -> Form:
    kept = screen.program.kept

    def recorded(action: Action) -> None:
        screen.say(done)
        if then is not None:
            then(action)

    return Form(
        title,
        asks,
        save=record,
        then=recorded,
        kept=lambda answers: kept.keep(place, answers, typed=[ask.name for ask in asks]),
        draft=kept.of(place),
        place=place,
        again=key,
    )
