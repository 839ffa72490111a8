"""What each verb of a problem asks, and what is recorded of the answers; what leaves the node waits a moment.

screen.ask(form_for("escalate", screen, problem))     a form, with what was typed in it before
perform("acknowledge", desk, problem.id)              at once, in the writing thread
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from screens import guarding, times
from screens.asks import Ask
from screens.form import Answers, Form
from screens.line import Line, fact, text
from screens.patience import Leave
from screens.verbs.answers import ASKS as ANSWER_ASKS
from screens.verbs.answers import AnswerForm, answer_of
from screens.verbs.helping import KNOW, WANT, HelpForm, asked_of_us, leaves_words
from screens.verbs.naming import NodeForm, node_named
from wsq_huddle.domain import whens
from wsq_huddle.domain.problems import Mode, Problem, Urgency
from wsq_huddle.services import problems
from wsq_huddle.services import whens as asked

if TYPE_CHECKING:
    from screens.frame import DeskScreen
    from wsq_huddle.services.desk import Desk

AT_ONCE = frozenset({"acknowledge"})
"""Verbs that ask nothing."""

LEAVING = frozenset({"escalate", "give_back", "resolve", "assign"})
"""Verbs that hand it to others: they can be taken back for some seconds; `_NEW` hand it to who may not know it."""
_ENDING = frozenset({"confirm", "reopen", "withdraw"})
"""Verbs that tell those who had it what became of it, if anybody else did; they can be taken back likewise."""
_NEW = frozenset({"escalate", "assign"})

_FORMS: Mapping[str, type[Form]] = {"assign": NodeForm, "escalate": HelpForm, "give_back": AnswerForm}
_LONG = 2000
_EMPTY = "(may stay empty)"


@dataclass(frozen=True)
class Verb:
    """What a verb asks. `key` is the id of the key that opens the form, `done` says that it was recorded."""

    key: str
    title: str
    asks: tuple[Ask, ...]
    record: Callable[["Desk", str, Answers], Problem]
    done: str


def place_of(verb: str, subject: str) -> str:
    """Where the draft of a form is kept."""
    return f"problem/{subject}/{verb}"


def form_for(
    verb: str,
    screen: "DeskScreen[Any]",
    problem: Problem,
    *,
    then: Callable[[Problem], None] | None = None,
    given: Mapping[str, str] | None = None,
) -> Form:
    """Make the form of a verb with what was typed in it before, or with what is `given`.

    When it is recorded the screen says so and `then` follows; without `then` the screen is shown again by itself.
    """
    program = screen.program
    told, place = VERBS[verb], place_of(verb, problem.id)
    # Who signs later does not sign for what was asked before.
    desk = copy.copy(screen.desk)
    offered = asked_of_us(problem, program.site.node, screen.now()) if verb == "escalate" else {}
    asks = tuple(fitted(ask, screen, problem, offered.get("by", "")) for ask in told.asks)
    if verb == "give_back" and problem.handed_by is None:
        asks = (*asks, _to_whom(screen, problem))
    typed = [ask.name for ask in asks if not ask.choices]

    def recorded(changed: Problem) -> None:
        screen.say(done(verb, screen, changed))
        if then is not None:
            then(changed)

    def wait(answers: Answers) -> None:
        program.leaving.ask(
            Leave(
                line=problem.id,
                place=place,
                to=_to(verb, screen, problem, answers),
                typed=next((words for name in typed if (words := answers[name])), problem.title),
                work=lambda: perform(verb, desk, problem.id, answers),
                said=lambda changed: done(verb, screen, changed),
                again=lambda over: over.ask(
                    form_for(verb, over, problem, then=then if over is screen else None, given=answers)
                ),
                urgent=_urgent(problem),
                warning=guarding.leaving(problem.title if verb in _NEW else "", *(answers[name] for name in typed)),
            )
        )
        if then is not None:
            then(problem)

    form = _FORMS.get(verb, Form)(
        f"{told.title.format(above=program.site.above.upper())}: {problem.title}",
        asks,
        save=lambda answers: perform(verb, desk, problem.id, answers),
        then=recorded,
        kept=lambda answers: program.kept.keep(place, answers, typed=typed),
        draft={**(given or {}), **program.kept.of(place)},
        offered=offered,
        right=program.kept.words_besides(place),
        quick=verb == "give_back",
        below=_below(verb, screen, problem),
        again=told.key,
        place=place,
        waits=wait if _leaves(verb, screen, problem) else None,
    )
    if isinstance(form, NodeForm):
        form.others = screen.program.site.others
    if isinstance(form, HelpForm):
        form.look_back(screen, problem.title, problem.id)
    return form


def _leaves(verb: str, screen: "DeskScreen[Any]", problem: Problem) -> bool:
    """Whether it goes to somebody else, and may be taken back before it does."""
    patience, site = screen.program.leaving.patience, screen.program.site
    leaves = verb in LEAVING or (verb in _ENDING and bool(_besides(screen, problem)))
    return leaves and patience.of(urgent=_urgent(problem)) > 0 and bool(site.above or site.others)


def _besides(screen: "DeskScreen[Any]", problem: Problem) -> list[str]:
    """The others that were handed it or told of it, the one that gave the answer last."""
    answered = [problem.answer.node] if problem.answer is not None else []
    told = (*(hop.to for hop in problem.hops), *(alert.to for alert in problem.alerts), *answered)
    return [key for key in told if key != screen.program.site.node]


def _to(verb: str, screen: "DeskScreen[Any]", problem: Problem, answers: Answers) -> str:
    """Who gets it, by name; the rules have allowed it by then."""
    site = screen.program.site
    if verb == "assign":
        return site.name_of(node_named(answers["to"], site.others))
    if verb == "give_back":
        return answers.get("to") or site.name_of(problem.handed_by or problem.origin)
    if verb == "resolve" and problem.origin != site.node:
        return site.name_of(problem.origin)
    if verb in _ENDING:
        return site.name_of(_besides(screen, problem)[-1])
    return site.above or "Everybody on its way"


def _urgent(problem: Problem) -> bool:
    return problem.urgency is Urgency.NOW


def perform(verb: str, desk: "Desk", subject: str, answers: Mapping[str, str] | None = None) -> Problem:
    """Record a verb with what was typed; runs in the writing thread and raises what the rules say."""
    return VERBS[verb].record(desk, subject, dict(answers or {}))


def done(verb: str, screen: "DeskScreen[Any]", problem: Problem) -> str:
    """Say that it was recorded, and who has it now."""
    holder = screen.program.site.name_of(problem.holder)
    return VERBS[verb].done.format(holder=holder, above=screen.program.site.above or holder)


def _escalate(desk: "Desk", subject: str, typed: Answers) -> Problem:
    only_told = typed.get("want") == KNOW
    now = problems.read(desk, subject)
    by = None if only_told else asked.by(desk, typed.get("by", ""), urgency=now.urgency)
    mode = Mode.AWARENESS if only_told else Mode.ACTION
    need, tried = typed.get("need", ""), typed.get("tried", "")
    return problems.escalate(desk, subject, need=need, tried=tried, by=by, mode=mode)


def _assign(desk: "Desk", subject: str, typed: Answers) -> Problem:
    tree = desk.tree()
    to = node_named(typed.get("to", ""), {key: node.name for key, node in tree.nodes.items() if key != desk.node})
    by = asked.by(desk, typed.get("by", ""), urgency=problems.read(desk, subject).urgency)
    return problems.assign(desk, subject, to=to, need=typed.get("need", ""), by=by)


def _plan(desk: "Desk", subject: str, typed: Answers) -> Problem:
    day = asked.day(desk, typed.get("due", ""))
    checks = typed.get("check") == _CHECK
    due, check_in = (None, day) if checks else (day, None)
    owner = typed.get("owner", "") or desk.author
    return problems.plan(desk, subject, what=typed.get("what", ""), owner=owner, due=due, check_in=check_in)


def _give_back(desk: "Desk", subject: str, typed: Answers) -> Problem:
    to = typed.get("to", "")
    held = {key: desk.names(key) for key in problems.read(desk, subject).held} if to else {}
    answer, not_now = answer_of(typed)
    back = next((key for key in held if held[key] == to), None)
    return problems.give_back(desk, subject, answer=answer, to=back, not_now=not_now)


_DONE, _CHECK = "done by", "check on"
_BY = Ask("by", "By when?", "10, noon, today, fri", limit=30)
_NEED = Ask("need", "What do we need?", limit=_LONG)

VERBS: Mapping[str, Verb] = {
    "acknowledge": Verb("acknowledge", "GOT IT", (), lambda desk, subject, _: problems.acknowledge(desk, subject),
        "Got it. Those who asked see that we have it."),
    "plan": Verb("plan", "PLAN", (
        Ask("what", "What will be done?", limit=_LONG, must=True),
        Ask("owner", "Who does it?", limit=80),
        Ask("due", "By which day?", limit=30),
        Ask("check", "That day it is", "Space changes", choices=(_DONE, _CHECK)),
    ), _plan, "Planned."),
    "escalate": Verb("escalate", "ASK {above} FOR HELP", (
        _NEED,
        Ask("tried", "What have we tried?", _EMPTY, limit=_LONG),
        _BY,
        WANT,
    ), _escalate, "{above} gets it; it stays on our list until it is answered."),
    "give_back": Verb("send_back", "SEND BACK", ANSWER_ASKS, _give_back, "Sent back: {holder} gets the answer."),
    "assign": Verb("assign", "HAND TO", (
        Ask("to", "To whom?", "a few letters of the name", limit=80, must=True),
        Ask("need", "What do we need?", limit=_LONG, must=True),
        _BY,
    ), _assign, "Handed to {holder}."),
    "resolve": Verb("resolve", "SOLVED", (Ask("remedy", "What solved it?", limit=_LONG, must=True),),
        lambda desk, subject, typed: problems.resolve(desk, subject, remedy=typed.get("remedy", "")),
        "Solved. {holder} says whether it worked."),
    "confirm": Verb("confirm", "YES, FIXED", (Ask("lesson", "What did we learn?", _EMPTY, limit=_LONG),),
        lambda desk, subject, typed: problems.confirm(desk, subject, lesson=typed.get("lesson", "")),
        "Fixed, and closed."),
    "reopen": Verb("reopen", "NOT FIXED", (Ask("why", "What is still wrong?", limit=_LONG, must=True),),
        lambda desk, subject, typed: problems.reopen(desk, subject, why=typed.get("why", "")),
        "Open again, here."),
    "withdraw": Verb("withdraw", "NO LONGER NEEDED", (Ask("why", "Why not?", limit=_LONG, must=True),),
        lambda desk, subject, typed: problems.withdraw(desk, subject, why=typed.get("why", "")),
        "Taken back: no longer needed."),
    "take_over": Verb("take_over", "TAKE OVER", (Ask("why", "Why do we take it over?", limit=_LONG, must=True),),
        lambda desk, subject, typed: problems.take_over(desk, subject, why=typed.get("why", "")),
        "Taken over: we have it now."),
    "note": Verb("note", "NOTE", (Ask("text", "What should we know?", limit=_LONG, must=True),),
        lambda desk, subject, typed: problems.note(desk, subject, text=typed.get("text", "")),
        "Noted."),
    "ask_recall": Verb("recall", "ASK FOR IT BACK", (Ask("why", "Why do we want it back?", limit=_LONG, must=True),),
        lambda desk, subject, typed: problems.ask_recall(desk, subject, why=typed.get("why", "")),
        "{holder} is asked to give it back."),
}  # fmt: skip
"""By the names that `problems.may` has for them."""


def fitted(ask: Ask, screen: "DeskScreen[Any]", problem: Problem, wanted: str = "") -> Ask:
    """The ask with what holds here: what Enter alone means, and what is no answer; `wanted` stands in the time."""
    now = screen.now()
    if ask.name == "by":
        alone = times.wanted(_usual(screen, problem).astimezone(now.tzinfo), now)
        check = partial(asked.by, screen.desk)
        return replace(ask, hint=f"{ask.hint}; {'empty' if wanted else 'Enter alone'} = {alone}", check=check)
    if ask.name == "due":
        alone = times.day(asked.usual_day(screen.desk))
        return replace(ask, hint=f"today, fri, 2 dec; Enter alone = {alone}", check=partial(asked.day, screen.desk))
    if ask.name == "owner":
        return replace(ask, hint="Enter alone = who signs")
    if ask.name == "to":
        return replace(ask, check=lambda typed: node_named(typed, screen.program.site.others))
    return ask


def _usual(screen: "DeskScreen[Any]", problem: Problem) -> datetime:
    """By when an answer is wanted if nobody says; without a look at the store, because a form opens at a key."""
    desk = screen.desk
    following = screen.program.site.next_huddle
    return whens.usual_by(problem.urgency, now=desk.now(), zone=desk.zone, next_huddle=following)


def _to_whom(screen: "DeskScreen[Any]", problem: Problem) -> Ask:
    site = screen.program.site
    return Ask("to", "Back to", choices=tuple(site.name_of(key) for key in problem.held if key != site.node), one=True)


def _below(verb: str, screen: "DeskScreen[Any]", problem: Problem) -> Sequence[Line]:
    """What stands under the fields: what the asker said, where the answer goes, what must come first."""
    site, after = screen.program.site, screen.program.leaving.after(urgent=_urgent(problem))
    if verb == "give_back" and problem.ask is not None and problem.handed_by is not None:
        asked = f"{site.name_of(problem.ask.node)}: {problem.ask.need}"
        return [fact("asked", asked), text(f"   It goes back to {site.name_of(problem.handed_by)} {after}.")]
    if verb == "escalate":
        return leaves_words(screen, urgent=_urgent(problem))
    if verb == "resolve":
        told = [text(f"   {site.name_of(problem.origin)} raised it and is asked whether that worked.")]
        return [*told, text(f"   It leaves {after}.")] if _leaves(verb, screen, problem) else told
    if verb == "take_over":
        return [text(f"   {site.name_of(problem.holder)} holds it. Name and reason stand on record.")]
    return ()
