"""The verbs of problems inside the huddle: the same forms as everywhere, then on to the next line."""

from typing import TYPE_CHECKING, Any

from screens.verbs.asking import AT_ONCE, done, form_for, perform
from wsq_huddle.domain.problems import Problem

if TYPE_CHECKING:
    from screens.frame import DeskScreen

VERBS = {
    "plan": "plan",
    "escalate": "escalate",
    "acknowledge": "acknowledge",
    "resolve": "resolve",
    "assign": "assign",
    "send_back": "give_back",
    "confirm": "confirm",
    "reopen": "reopen",
    "withdraw": "withdraw",
    "note": "note",
    "recall": "ask_recall",
}
"""What the domain calls what a key does."""


def ask(screen: "DeskScreen[Any]", verb: str, problem: Problem, *, onwards: bool = True) -> None:
    """Open the form of a verb, or do at once what asks nothing; then go on to the next line."""

    def then(changed: Problem) -> None:
        del changed
        if onwards:
            screen.lines.choose_next()

    if verb != "note" and screen.held(problem.id):
        return
    if verb in AT_ONCE:
        desk = screen.desk

        def told(changed: Problem) -> None:
            screen.say(done(verb, screen, changed))
            then(changed)

        screen.behind(lambda: perform(verb, desk, problem.id), told)
    else:
        screen.ask(form_for(verb, screen, problem, then=then))


def open_problem(screen: "DeskScreen[Any]", subject: str) -> None:
    """Open one problem with its story."""
    from screens.problem import ProblemScreen  # noqa: PLC0415 - it shows the huddle's problems and others

    screen.program.push_screen(ProblemScreen(subject))
