"""F4: whose name stands under what is entered from now on; above the unit also for whom."""

from typing import TYPE_CHECKING, Any

from screens.form import Answers, Ask, Form

if TYPE_CHECKING:
    from screens.frame import DeskScreen


def sign_form(screen: "DeskScreen[Any]") -> Form:
    """Make the form; whoever leaves `for` empty signs for themselves."""
    program, desk = screen.program, screen.program.desk_now
    name, _, whom = desk.author.partition(" for ")
    asks = [Ask("name", "Who signs?", "name or role", limit=80, must=True)]
    if desk.tier > 1:
        asks.append(Ask("whom", "For whom?", "who leads, or nobody", limit=80))
    else:
        name, whom = desk.author, ""

    def sign(answers: Answers) -> None:
        desk.sign_as(answers["name"], answers.get("whom", ""))

    def signed(_: None) -> None:
        program.show_all()
        screen.say(f"{desk.author} signs from now on.")

    # Nothing is written: what is typed here lives as long as the window.
    return Form(
        "WHO SIGNS FROM NOW ON",
        asks,
        save=sign,
        then=signed,
        draft={"name": name, "whom": whom},
        again="sign",
    )
