"""The questions are a chain: what is not well stands in Plan and Help by itself: to plan, to ask for, to watch."""

import copy
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from rich.cells import cell_len

from screens import guarding, times
from screens.asks import Ask
from screens.form import Answers, Form
from screens.huddle.place import of_line
from screens.huddle.problem_verbs import ask as ask_verb
from screens.line import Line, item
from screens.marks import Mark
from screens.patience import Leave
from screens.urgent import ringing
from screens.verbs.helping import KNOW, WANT, HelpForm, leaves_words
from screens.verbs.planned import plan_form
from wsq_huddle.domain import agendas
from wsq_huddle.domain.problems import PREFIX, Mode
from wsq_huddle.services import problems, steps, whens
from wsq_huddle.services.steps.verbs import title_of

if TYPE_CHECKING:
    from screens.frame import DeskScreen
    from screens.huddle.reading import Seen
    from screens.huddle.screen import HuddleScreen
    from wsq_huddle.services.sites import Site

_LONG = 2000
_EMPTY = "(may stay empty)"
_AROUND = 9
"""Columns before, between and behind the words of a line."""
FREE = "something"
"""The place of a plan that is about no line."""


@runtime_checkable
class Onwards(Protocol):
    """The screen of a huddle, which goes on to the next line."""

    def next_open(self, about: str) -> None: ...


def line_of(screen: "HuddleScreen", seen: "Seen", line: agendas.Line, keys: str, site: "Site | None" = None) -> Line:
    """Draw a line that the earlier questions have left; `keys` says what can be done about it.

    With a `site` what is needed now says whom to ring, as long as nobody has it.
    """
    now = screen.now()
    mark: Mark = Mark.DONE if line.settled else Mark[line.mark.name]
    problem = seen.problem(line.about)
    # Who has it now says more than a plan that we had for it before.
    away = line.asked and problem is not None and problem.holder != seen.node
    planned = line.planned and not away
    told = "planned" if planned else "help asked" if line.asked else "we watch it" if line.watched else keys
    if not line.about.startswith(PREFIX):
        title = title_of(line)
        return item(line.about, mark, title, _where(screen, title, "from Status", told), told)
    where = ""
    if problem is not None:
        raised = problem.raised_at.astimezone(now.tzinfo)
        # Everybody in the room knows where they are: a role needs no place.
        who = times.brief(problem.raised_by).removeprefix(f"{screen.desk.name} ")
        where = f"{who}, {times.when(raised, now)}"
        if rings := ringing(problem, site, now):
            return item(line.about, Mark.NOW, line.ask, rings, "" if told == keys else told)
    return item(line.about, mark, line.ask, _where(screen, line.ask, where, told), told)


def _where(screen: "HuddleScreen", title: str, where: str, told: str) -> str:
    """Give where it comes from, unless the title needs that room: what is wrong matters more."""
    around = sum(cell_len(words) for words in (title, where, told)) + _AROUND
    return where if around <= screen.room else ""


def plan(screen: "HuddleScreen", seen: "Seen", line: agendas.Line | None) -> None:
    """Ask what will be done about a line, or about something else."""
    if line is not None and line.about.startswith(PREFIX):
        _ask_of_problem(screen, "plan", line.about)
        return
    screen.ask(
        plan_form(
            screen,
            place=of_line(seen.sitting.subject, f"plan/{line.about if line else FREE}"),
            title=f"PLAN: {title_of(line)}" if line else "PLAN",
            about=line.about if line else None,
            then=lambda _: screen.next_open(line.about if line else ""),
        )
    )


def help_for(screen: "HuddleScreen", seen: "Seen", line: agendas.Line) -> None:
    """Ask the next tier for help with a line; one of the agenda is raised as a problem in the same breath."""
    if line.about.startswith(PREFIX):
        _ask_of_problem(screen, "escalate", line.about)
    elif not screen.held(line.about):
        screen.ask(_help_form(screen, of_line(seen.sitting.subject, f"help/{line.about}"), line))


def _help_form(
    screen: "DeskScreen[Any]", place: str, line: agendas.Line, given: Mapping[str, str] | None = None
) -> Form:
    """Make the form over a screen: that of the huddle, or where somebody takes it back."""
    program, desk, site = screen.program, copy.copy(screen.desk), screen.program.site

    def save(answers: Answers) -> None:
        known = answers["want"] == KNOW
        by = None if known else whens.by(desk, answers["by"])
        mode = Mode.AWARENESS if known else Mode.ACTION
        steps.ask_for(desk, line, need=answers["need"], tried=answers["tried"], by=by, mode=mode)

    def said(_: object) -> str:
        return f"{site.above} gets it; it stays on our list until it is answered."

    def go_on() -> None:
        if isinstance(screen, Onwards):
            screen.next_open(line.about)

    def then(_: object) -> None:
        screen.say(said(None))
        go_on()

    def wait(answers: Answers) -> None:
        program.leaving.ask(
            Leave(
                line=line.about,
                place=place,
                to=site.above,
                typed=answers["need"] or answers["tried"] or title_of(line),
                work=lambda: save(answers),
                said=said,
                again=lambda over: over.ask(_help_form(over, place, line, answers)),
                warning=guarding.leaving(title_of(line), answers["need"], answers["tried"]),
            )
        )
        go_on()

    now = screen.now()
    alone = times.wanted(whens.usual_by(desk).astimezone(now.tzinfo), now)
    asks = (
        Ask("need", "What do we need?", limit=_LONG),
        Ask("tried", "What have we tried?", _EMPTY, limit=_LONG),
        Ask(
            "by",
            "By when?",
            f"10, noon, today, fri; Enter alone = {alone}",
            limit=30,
            check=partial(whens.by, desk),
        ),
        WANT,
    )
    form = HelpForm(
        f"ASK {site.above.upper()} FOR HELP: {title_of(line)}",
        asks,
        save=save,
        then=then,
        kept=lambda answers: program.kept.keep(place, answers, typed=["need", "tried", "by"]),
        draft={**(given or {}), **program.kept.of(place)},
        place=place,
        waits=wait if program.leaving.patience.usual else None,
        below=leaves_words(screen, urgent=False),
        again="escalate",
    )
    form.look_back(screen, title_of(line))
    return form


def watch(screen: "HuddleScreen", seen: "Seen", line: agendas.Line) -> None:
    """Say that a line has no plan and needs no help."""
    desk, one = screen.desk, seen.sitting
    if not line.settled:
        screen.behind(lambda: steps.watch(desk, one, line))


def _ask_of_problem(screen: "HuddleScreen", verb: str, subject: str) -> None:
    desk = screen.desk
    screen.aside(lambda: problems.read(desk, subject), lambda problem: ask_verb(screen, verb, problem))
