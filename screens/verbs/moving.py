"""Huddle here: a named person moves the huddle to this computer, which is a spare."""

from typing import TYPE_CHECKING, Any

from screens.asks import Ask
from screens.form import Answers
from screens.line import text
from screens.verbs.signing import SignForm
from wsq_huddle.config.places import NAME
from wsq_huddle.services import declared, exchanges, signing

if TYPE_CHECKING:
    from screens.form import Form
    from screens.frame import DeskScreen

_NAME, _PIN = 80, 64


def here_form(screen: "DeskScreen[Any]") -> "Form":
    """Ask who says so; the other computer is shut out by it, so nothing is done without a name."""
    desk = screen.desk

    def save(answers: Answers) -> None:
        signing.sign(desk, answers["name"], pin=answers["pin"])
        exchanges.move_here(desk)
        # Else this computer would publish what the unit had declared when it became a spare.
        declared.bring_back(desk, desk.settings.home / NAME)

    def then(_: object) -> None:
        screen.program.told_of_entry()
        screen.say(f"{desk.name} huddles here now. The other computer is shut out.")

    asks = (
        Ask("name", "Who says so?", "your name", limit=_NAME, must=True),
        Ask("pin", "Your PIN", "if you have one", limit=_PIN, secret=True),
    )
    above = screen.program.site.above or "the node above"
    return SignForm(
        "HUDDLE HERE",
        asks,
        save=save,
        then=then,
        draft={"name": desk.author} if desk.named else {},
        below=[
            text(f"   It moves while {above} can be reached."),
            text("   The other computer is shut out, and still sends what it has."),
        ],
        offers=[("next_field", "Next line, last one moves the huddle"), ("keep", "Not now")],
    )
