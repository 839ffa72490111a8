"""The answer of the executives, typed in place under the list: one line, which goes back, solves it, or is our plan.

Enter sends it back; Tab changes between sent back, solved and planned here. What leaves waits as all answers do.
"""

import copy
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from screens import guarding
from screens.asks import Ask
from screens.field import Choice
from screens.form import Answers, Form
from screens.line import text
from screens.patience import Leave
from screens.problem_lines import brief_place
from screens.verbs.asking import done, perform, place_of
from wsq_huddle.domain.problems import Problem, Urgency

if TYPE_CHECKING:
    from screens.app import HuddleApp
    from screens.foot import Offer
    from screens.frame import DeskScreen

DECIDE = "decide"
"""The place of the draft, beside those of the verbs."""

BACK, SOLVED, PLAN = "send back", "solved", "plan here"
_VERBS = {BACK: ("give_back", "answer"), SOLVED: ("resolve", "remedy"), PLAN: ("plan", "what")}
_LONG = 2000


class DecideForm(Form):
    """One line and what it is; Tab changes that, from either of them, and line 23 says what Enter does.

    `who` sees it: what leaves `later`, a plan of our own at once.
    """

    who = later = ""

    def action_change_field(self) -> None:
        for choice in self.query(Choice):
            choice.action_turn(1)

    def changed(self) -> None:
        offers = _offers(self.answers["is"])
        if offers != self.offers:
            self.offers = offers
            when = "at once" if self.answers["is"] == PLAN else self.later
            self.below.put([text(f"  {self.who} {when}.")])
            cast("HuddleApp", self.app).show_bars()


def _offers(chosen: str) -> "tuple[Offer, ...]":
    return (("next_field", chosen.capitalize()), ("change_field", "Send back, solved, plan here"), "keep")


def decide_form(
    screen: "DeskScreen[Any]",
    problem: Problem,
    *,
    then: Callable[[Problem], None] | None = None,
    given: Mapping[str, str] | None = None,
) -> Form:
    """Make the form for a problem that is ours to decide; `then` goes on once it waits or is recorded."""
    program, place = screen.program, place_of(DECIDE, problem.id)
    # Who signs later does not sign for what was decided before.
    desk = copy.copy(screen.desk)
    site, urgent = program.site, problem.urgency is Urgency.NOW
    asks = (
        Ask("words", "Answer:", limit=_LONG, must=True),
        Ask("is", "", choices=(BACK, SOLVED, PLAN)),
    )

    def save(answers: Answers) -> tuple[str, Problem]:
        verb, name = _VERBS[answers["is"]]
        return verb, perform(verb, desk, problem.id, {name: answers["words"]})

    def told(result: tuple[str, Problem]) -> str:
        return done(result[0], screen, result[1])

    def recorded(result: tuple[str, Problem]) -> None:
        screen.say(told(result))
        go_on(result[1])

    def go_on(changed: Problem) -> None:
        if then is not None:
            then(changed)

    def wait(answers: Answers) -> None:
        if answers["is"] == PLAN:
            # A plan of our own goes to nobody.
            screen.behind(lambda: save(answers), recorded, place=place)
            return
        program.leaving.ask(
            Leave(
                line=problem.id,
                place=place,
                to=site.name_of(problem.handed_by or problem.origin),
                typed=answers["words"],
                work=lambda: save(answers),
                said=told,
                again=lambda over: over.ask(
                    decide_form(over, problem, then=then if over is screen else None, given=answers)
                ),
                urgent=urgent,
                warning=guarding.leaving(answers["words"]),
            )
        )
        go_on(problem)

    leaves = program.leaving.patience.of(urgent=urgent) > 0
    who, later = _who(screen, problem), program.leaving.after(urgent=urgent)
    form = DecideForm(
        f"ANSWER: {problem.title}",
        asks,
        save=save,
        then=recorded,
        kept=lambda answers: program.kept.keep(place, answers, typed=["words"]),
        draft={**(given or {}), **program.kept.of(place)},
        below=[text(f"  {who} {later}.")],
        offers=_offers(BACK),
        quick=True,
        again="open",
        place=place,
        waits=wait if leaves else None,
    )
    form.who, form.later = who, later
    return form


def _who(screen: "DeskScreen[Any]", problem: Problem) -> str:
    """Say who sees it: who asked, and where it was raised."""
    site = screen.program.site
    names = dict.fromkeys(
        brief_place(site.name_of(key)) for key in (problem.handed_by, problem.origin) if key and key != site.node
    )
    return f"{' and '.join(names) or 'Everybody on its way'} see{'' if len(names) > 1 else 's'} it"
