"""One answer for many: the verbs for a pattern or for all below a heading, with the forms that one problem has.

ask_together(screen, "assign", pattern)      the form; all of it waits, leaves and is taken back as one
take_all(screen, problems)                   got it, for all of them
join(screen, problem, pattern)               a late one gets what the others got
"""

import copy
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from screens import guarding, patterns, times
from screens.form import Answers, Form
from screens.leaving import ask_by_key
from screens.line import Line, text
from screens.patience import Leave
from screens.verbs.answers import AnswerForm, answer_of
from screens.verbs.asking import LEAVING, VERBS, fitted
from screens.verbs.helping import KNOW
from screens.verbs.naming import NodeForm, node_named
from wsq_huddle.domain.problems import Mode, Problem, Urgency
from wsq_huddle.services import patterns as services
from wsq_huddle.services import whens
from wsq_huddle.services.patterns import Gathered

if TYPE_CHECKING:
    from screens.frame import DeskScreen
    from wsq_huddle.services.desk import Desk

Subjects = Collection[str]

_FORMS: Mapping[str, type[Form]] = {"assign": NodeForm, "give_back": AnswerForm}
_PLACE = "pattern/"
_CHECK = "check on"


def go_on(screen: "DeskScreen[Any]", place: str) -> None:
    """Open again what was typed about a pattern in that place."""
    key, _, verb = place.removeprefix(_PLACE).rpartition("/")
    desk = screen.desk
    if verb not in _RECORD:
        from screens.pattern import PatternScreen  # noqa: PLC0415 - it asks for verbs, too

        screen.program.push_screen(PatternScreen(key))
        return
    screen.aside(lambda: services.find(desk, key), lambda one: screen.ask(form_together(verb, screen, one)))


def ask_together(screen: "DeskScreen[Any]", verb: str, one: Gathered, then: Callable[[], None] = lambda: None) -> None:
    """Open the form of a verb for all of a pattern that wait, or take them all on."""
    line = patterns.id_of(one)
    if screen.held(line) or any(screen.held(subject) for subject in one.waiting):
        return
    if verb == "acknowledge":
        take_all(screen, one.waiting, then)
    else:
        screen.ask(form_together(verb, screen, one, then=then))


def take_all(screen: "DeskScreen[Any]", subjects: Subjects, then: Callable[[], None] = lambda: None) -> None:
    """Say of each that we have it."""
    desk, count = screen.desk, times.counted(len(subjects), "problems")

    def told(_: object) -> None:
        screen.say(f"Got it: {count}. Those who asked see that we have it.")
        then()

    screen.behind(lambda: services.acknowledge(desk, subjects), told)


def join(screen: "DeskScreen[Any]", problem: Problem, one: Gathered, then: Callable[[], None] = lambda: None) -> None:
    """Do with a late one what was done with its pattern."""
    if one.deal is None or screen.held(problem.id):
        return
    desk = copy.copy(screen.desk)
    gets = _gets(screen, one, [problem])
    leave = Leave(
        line=problem.id,
        place=f"problem/{problem.id}/join",
        to=gets,
        typed=one.deal.text or problem.title,
        work=lambda: services.join(desk, problem.id, key=one.key),
        said=lambda _: f"Joined {one.name}.",
        again=lambda over: over.say("Taken back: it has not joined."),
        urgent=problem.urgency is Urgency.NOW,
    )

    def joined(_: object) -> None:
        if not screen.program.leaving.waits(problem.id):
            screen.say(f"Joined {one.name}.")
        then()

    ask_by_key(screen, leave, joined)


def join_all(screen: "DeskScreen[Any]", one: Gathered, then: Callable[[], None] = lambda: None) -> None:
    """Do with all that wait again what was done with the pattern before."""
    line = patterns.id_of(one)
    if one.deal is None or screen.held(line):
        return
    desk, count = copy.copy(screen.desk), times.counted(len(one.late), "problems")
    gets = _gets(screen, one, [member.problem for member in one.members if member.waiting])
    leave = Leave(
        line=line,
        place=f"{_PLACE}{one.key}/join",
        to=gets,
        typed=one.deal.text or one.name,
        work=lambda: services.join_all(desk, one.key),
        said=lambda _: f"Joined {one.name}: {count}.",
        again=lambda over: over.say("Taken back: nothing has joined."),
    )

    def joined(_: object) -> None:
        if not screen.program.leaving.waits(line):
            screen.say(f"Joined {one.name}: {count}.")
        then()

    ask_by_key(screen, leave, joined)


def form_together(
    verb: str,
    screen: "DeskScreen[Any]",
    one: Gathered,
    *,
    then: Callable[[], None] = lambda: None,
    given: Mapping[str, str] | None = None,
) -> Form:
    """Make the form: what is said in it goes to each that waits, in its own story."""
    program, told, subjects = screen.program, VERBS[verb], one.waiting
    place, desk, first = f"{_PLACE}{one.key}/{verb}", copy.copy(screen.desk), patterns.by_when(one)
    asks = tuple(fitted(ask, screen, first) for ask in told.asks)
    typed = [ask.name for ask in asks if not ask.choices]
    count = times.counted(len(subjects), "problems")
    said = f"{one.name}: {_DONE[verb]}, {count}."

    def record(answers: Answers) -> object:
        return _RECORD[verb](desk, subjects, answers)

    def recorded(_: object) -> None:
        screen.say(said)
        then()

    def wait(answers: Answers) -> None:
        leave = Leave(
            line=patterns.id_of(one),
            place=place,
            to=_to(verb, screen, one, answers),
            typed=next((words for name in typed if (words := answers[name])), one.name),
            work=lambda: record(answers),
            said=lambda _: said,
            again=lambda over: over.ask(
                form_together(verb, over, one, then=then if over is screen else lambda: None, given=answers)
            ),
            urgent=first.urgency is Urgency.NOW,
            warning=guarding.leaving(*(answers[name] for name in typed)),
        )
        program.leaving.ask(leave)
        then()

    leaves = verb in LEAVING and program.leaving.patience.of(urgent=first.urgency is Urgency.NOW) > 0
    form = _FORMS.get(verb, Form)(
        f"{told.title.format(above=program.site.above.upper())}: {one.name}, {count}",
        asks,
        save=record,
        then=recorded,
        kept=lambda answers: program.kept.keep(place, answers, typed=typed),
        draft={**(given or {}), **program.kept.of(place)},
        quick=verb == "give_back",
        below=_below(verb, screen, one),
        again=told.key,
        place=place,
        waits=wait if leaves else None,
    )
    if isinstance(form, NodeForm):
        form.others = program.site.others
    return form


def _gets(screen: "DeskScreen[Any]", one: Gathered, problems: Collection[Problem]) -> str:
    """Who gets what others of the pattern got: the same place, or each that asked; nobody if it was planned here."""
    site, deal = screen.program.site, one.deal
    if deal is None or deal.verb == "plan":
        return ""
    if deal.verb in {"assign", "escalate"}:
        return site.name_of(deal.to)
    back = deal.verb == "give_back"
    asked = dict.fromkeys((problem.handed_by or problem.origin) if back else problem.origin for problem in problems)
    return ", ".join(site.name_of(key) for key in asked)


def _below(verb: str, screen: "DeskScreen[Any]", one: Gathered) -> list[Line]:
    """Who gets what is typed here."""
    waiting = [member for member in one.members if member.waiting]
    names = ", ".join(dict.fromkeys(screen.program.site.name_of(member.problem.origin) for member in waiting))
    if verb == "plan":
        return [text(f"   All of it has the same plan: {names}.")]
    return [text(f"   One answer for all: {names}. Each has it in its own story.")]


def _to(verb: str, screen: "DeskScreen[Any]", one: Gathered, answers: Answers) -> str:
    """Who gets it, by name."""
    site = screen.program.site
    if verb == "assign":
        return site.name_of(node_named(answers["to"], site.others))
    if verb == "escalate":
        return site.above
    back = verb == "give_back"
    waiting = [member.problem for member in one.members if member.waiting]
    asked = dict.fromkeys((problem.handed_by or problem.origin) if back else problem.origin for problem in waiting)
    return ", ".join(site.name_of(key) for key in asked)


def _plan(desk: "Desk", subjects: Subjects, typed: Answers) -> object:
    day = whens.day(desk, typed.get("due", ""))
    due, check_in = (None, day) if typed.get("check") == _CHECK else (day, None)
    owner = typed.get("owner", "") or desk.author
    return services.plan(desk, subjects, what=typed.get("what", ""), owner=owner, due=due, check_in=check_in)


def _escalate(desk: "Desk", subjects: Subjects, typed: Answers) -> object:
    only_told = typed.get("want") == KNOW
    by = None if only_told else whens.by(desk, typed.get("by", ""), urgency=Urgency.TODAY)
    mode = Mode.AWARENESS if only_told else Mode.ACTION
    need, tried = typed.get("need", ""), typed.get("tried", "")
    return services.escalate(desk, subjects, need=need, tried=tried, by=by, mode=mode)


def _assign(desk: "Desk", subjects: Subjects, typed: Answers) -> object:
    nodes = desk.tree().nodes
    to = node_named(typed.get("to", ""), {key: node.name for key, node in nodes.items() if key != desk.node})
    by = whens.by(desk, typed.get("by", ""), urgency=Urgency.TODAY)
    return services.assign(desk, subjects, to=to, need=typed.get("need", ""), by=by)


def _give_back(desk: "Desk", subjects: Subjects, typed: Answers) -> object:
    answer, not_now = answer_of(typed)
    return services.give_back(desk, subjects, answer=answer, not_now=not_now)


def _resolve(desk: "Desk", subjects: Subjects, typed: Answers) -> object:
    return services.resolve(desk, subjects, remedy=typed.get("remedy", ""))


_RECORD: Mapping[str, Callable[["Desk", Subjects, Answers], object]] = {
    "plan": _plan,
    "escalate": _escalate,
    "assign": _assign,
    "give_back": _give_back,
    "resolve": _resolve,
}
_DONE = {
    "plan": "planned",
    "escalate": "passed up",
    "assign": "handed on",
    "give_back": "sent back",
    "resolve": "solved",
}
