"""A line that did not leave before the program ended: it is there again, in its form or in its huddle."""

from typing import TYPE_CHECKING, Any

from screens.kept import RAISE
from screens.verbs.asking import VERBS, form_for
from wsq_huddle.services import problems

if TYPE_CHECKING:
    from screens.frame import DeskScreen


def go_on(screen: "DeskScreen[Any]", place: str) -> None:
    """Open what was typed in that place."""
    noun, _, rest = place.partition("/")
    subject, _, verb = rest.partition("/")
    desk = screen.desk
    if noun == "problem" and verb in VERBS:
        screen.aside(lambda: problems.read(desk, subject), lambda problem: screen.ask(form_for(verb, screen, problem)))
    elif noun == "problem" and verb == "decide":
        from screens.verbs.deciding import decide_form  # noqa: PLC0415 - only executives answer in place

        screen.aside(lambda: problems.read(desk, subject), lambda problem: screen.ask(decide_form(screen, problem)))
    elif noun == "problem":
        from screens.problem import ProblemScreen  # noqa: PLC0415 - it asks for verbs, too

        screen.program.push_screen(ProblemScreen(subject))
    elif noun == "pattern":
        from screens.verbs.together import go_on as go_on_together  # noqa: PLC0415 - only above a unit

        go_on_together(screen, place)
    elif noun == RAISE:
        from screens.verbs.raising import raise_in  # noqa: PLC0415 - after the first frame

        raise_in(screen, place)
    elif noun == "huddle":
        from screens.huddle import HuddleScreen  # noqa: PLC0415 - it asks for verbs, too

        if not isinstance(screen, HuddleScreen):
            screen.program.push_screen(HuddleScreen())
    elif noun == "sheet":
        from screens.huddle.sheet import SheetScreen  # noqa: PLC0415 - only who types a sheet in

        if not isinstance(screen, SheetScreen):
            screen.program.push_screen(SheetScreen())
