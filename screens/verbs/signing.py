"""Whose name stands under what is entered: asked when the huddle starts, changed at any moment by F4; a PIN if wanted.

A name signs for one slot. It is offered again within that slot, by the same window or the next one, and in no other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from screens.asks import Ask
from screens.form import Answers, Form
from screens.line import text
from wsq_huddle.services import huddles, pins, signing

if TYPE_CHECKING:
    from screens.foot import Offer
    from screens.frame import DeskScreen
    from wsq_huddle.services.desk import Desk

_NAME, _PIN = 80, 64
_NOT_NOW = ("keep", "Not now")


@dataclass(frozen=True)
class _Wanted:
    """Who is to sign; with `asks` they have a PIN, which nobody has typed yet."""

    name: str
    whom: str
    asks: bool


class SignForm(Form):
    """A form of which nothing is kept while it is typed, and none of its words is said again when it is left."""

    @property
    def typed(self) -> str:
        return ""


def sign_form(screen: "DeskScreen[Any]") -> Form:
    """Make the form of F4; whoever leaves `whom` empty signs for themselves, and an empty name is the role."""
    desk = screen.desk
    name, whom = _offered(screen)
    asks = [
        Ask(
            "name",
            "Who signs?",
            f"Enter alone: {desk.role}" if not name else "name or initials",
            limit=_NAME,
            offered=True,
        )
    ]
    if desk.tier > 1:
        asks.append(Ask("whom", "For whom?", "who leads, or nobody", limit=_NAME, offered=True))

    def signed(_: object) -> None:
        screen.program.show_all()
        screen.say(f"{desk.author} signs from now on.")

    return _asking(
        screen,
        "WHO SIGNS FROM NOW ON",
        asks,
        lambda answers: (answers["name"], answers.get("whom", "")),
        {"name": name, "whom": whom},
        signed,
    )


def start_form(screen: "DeskScreen[Any]", then: Callable[[], None]) -> Form:
    """Ask who leads; Enter alone signs as the role. Above a unit another may type for who leads."""
    desk = screen.desk
    name, whom = _offered(screen)
    asks = [Ask("leader", "Who leads?", f"Enter alone: {desk.role}" if not name else "", limit=_NAME, offered=True)]
    if desk.tier > 1:
        asks.append(Ask("types", "Who types?", "may stay empty", limit=_NAME, offered=True))

    def meant(answers: Answers) -> tuple[str, str]:
        leader, types = answers["leader"], answers.get("types", "")
        return (types, leader) if types else (leader, "")

    def start(answers: Answers) -> None:
        leader = signing.person(desk, answers["leader"])
        huddles.open_today(desk, leader=leader or desk.author)

    return _asking(
        screen,
        "START THE HUDDLE",
        asks,
        meant,
        {"leader": whom or name, "types": name if whom else ""},
        lambda _: then(),
        offers=[("next_field", "Start" if len(asks) == 1 else "Next line, last one starts"), _NOT_NOW],
        beside=start,
    )


def pin_form(screen: "DeskScreen[Any]") -> Form:
    """Ask for a PIN of one's own; nothing of it is kept while it is typed."""
    desk = screen.desk
    asks = (
        Ask("name", "Whose PIN?", "your name", limit=_NAME, offered=True, must=True),
        Ask("old", "Old PIN", "if you have one", limit=_PIN, secret=True),
        Ask("pin", "New PIN", "4 characters or more", limit=_PIN, secret=True, must=True),
    )

    def save(answers: Answers) -> str:
        name = signing.person(desk, answers["name"])
        pins.set_pin(desk, name, answers["pin"], old=answers["old"])
        return name

    return SignForm(
        "MY PIN",
        asks,
        save=save,
        then=lambda name: screen.say(f"Whoever signs as {name} on this computer is asked for the PIN from now on."),
        draft={"name": _offered(screen)[0]},
        below=[text("   It keeps your name from being used by mistake. It stays on this computer.")],
        offers=[("next_field", "Next line, last one saves"), _NOT_NOW],
    )


def _asking(  # noqa: PLR0913, PLR0917 - what the forms have in common
    screen: "DeskScreen[Any]",
    title: str,
    asks: list[Ask],
    meant: Callable[[Answers], tuple[str, str]],
    draft: Answers,
    then: Callable[[object], None],
    *,
    offers: "list[Offer] | None" = None,
    beside: Callable[[Answers], None] = lambda _answers: None,
) -> Form:
    """Make a form that signs; who has a PIN is asked for it in a second one, before anything is done."""
    desk = screen.desk

    def save(answers: Answers) -> tuple[_Wanted, Answers]:
        name, whom = meant(answers)
        if signing.asks_pin(desk, name):
            return _Wanted(signing.person(desk, name), whom, asks=True), answers
        signing.sign(desk, name, whom)
        beside(answers)
        return _Wanted(name, whom, asks=False), answers

    def go_on(told: tuple[_Wanted, Answers]) -> None:
        wanted, answers = told
        if wanted.asks:
            screen.ask(_pin_of(screen, wanted, lambda: beside(answers), done))
        else:
            done(None)

    def done(_: object) -> None:
        _remember(screen, desk)
        then(None)

    usual: list[Offer] = [("next_field", "Save" if len(asks) == 1 else "Next line, last one saves"), _NOT_NOW]
    return SignForm(title, asks, save=save, then=go_on, draft=draft, offers=offers or usual)


def _pin_of(
    screen: "DeskScreen[Any]", wanted: _Wanted, beside: Callable[[], None], then: Callable[[object], None]
) -> Form:
    desk = screen.desk

    def save(answers: Answers) -> None:
        signing.sign(desk, wanted.name, wanted.whom, pin=answers["pin"])
        beside()

    ask = Ask("pin", f"PIN of {wanted.name}", limit=_PIN, secret=True, must=True)
    return SignForm("WHO SIGNS FROM NOW ON", [ask], save=save, then=then, offers=[("next_field", "Save"), _NOT_NOW])


def _offered(screen: "DeskScreen[Any]") -> tuple[str, str]:
    """The name that signs now, else the last one of this slot; and whom it signs for."""
    desk, program = screen.desk, screen.program
    name, _, whom = desk.author.partition(" for ")
    if name != desk.role:
        return name, whom
    kept = program.kept.of(_place(program.slot)) if program.slot else {}
    return kept.get("name", ""), kept.get("whom", "") or whom


def _remember(screen: "DeskScreen[Any]", desk: "Desk") -> None:
    """Keep the last name for as long as the slot is the same."""
    kept, place = screen.program.kept, _place(screen.program.slot)
    for other, _ in kept.under("sign/"):
        if other != place:
            kept.forget(other)
    name, _, whom = desk.author.partition(" for ")
    if screen.program.slot and name != desk.role:
        kept.keep(place, {"name": name, "whom": whom}, typed=["name"])


def _place(slot: str) -> str:
    """Where the last name of a slot is kept; what ends like this is no line that somebody is typing."""
    return f"sign/{slot}/at"
