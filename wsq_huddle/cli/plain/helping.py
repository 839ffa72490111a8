"""What do we need help with? Above a unit: how can we help? What came up, what is left, what is ours, what waits."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from screens import times
from wsq_huddle.domain.problems import Problem
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import problems
from wsq_huddle.services.steps import CameUp, How

from . import patterns, plan
from .asking import ask_for_problem, certain, place_meant, plan_problem
from .room import Prompt, Room

NAME = "Help"
_HOW = {
    How.HANDED: "handed to {to}",
    How.ANSWERED: "sent back with an answer",
    How.SOLVED: "solved: {text}",
    How.PLANNED: "planned: {text}",
    How.HEARD: "heard",
}
_WORDS = {
    "got it": "acknowledge",
    "solved": "resolve",
    "plan": "plan",
    "hand": "assign",
    "help": "escalate",
    "answer": "give_back",
    "note": "note",
    "fixed": "confirm",
    "reopen": "reopen",
    "withdraw": "withdraw",
}
"""What a person types first, and what it is to the rules."""


def head(room: Room) -> Sequence[str]:
    came = room.now.came_up
    asks = "What do we need help with?" if room.desk.tier == 1 and not came else "How can we help?"
    waiting = [f"With {room.site.name_of(one.holder)}: {one.title}, {_age(room, one)}." for one in room.now.waiting]
    told = [f"{len(came)} came up."] if came else []
    return [asks, *told, *waiting]


def prompts(room: Room) -> Sequence[Prompt]:
    return [
        *patterns.prompts(room),
        *(_came_up(room, one) for one in room.now.came_up),
        *(plan.prompt(room, line, "help") for line in plan.open_lines(room)),
        *(_ours(room, one) for one in room.now.ours),
    ]


def _came_up(room: Room, one: CameUp) -> Prompt:
    problem, dealt = one.problem, one.dealt
    words = f"{'Urgent. ' if one.urgent else ''}{one.unit}: {problem.title}, {_age(room, problem)}."
    for hop in [hop for hop in problem.hops if hop.need or hop.tried][-2:]:
        words += f" Needs: {hop.need or 'that we know'}." + (f" Tried: {hop.tried}." if hop.tried else "")
    if one.to_know:
        words += " To know."
    elif one.by:
        words += f" An answer is wanted {room.by(one.by)}."
    if dealt is not None:
        words += f" So far: {_HOW[dealt.how].format(to=dealt.to, text=dealt.text)}."
    allowed = _allowed(room, problem)
    return Prompt(
        problem.id,
        f"{words} Enter = {'heard' if one.to_know else 'next'}, or {', '.join(allowed)}.",
        partial(_deal, room, problem, to_know=one.to_know and dealt is None),
        done=dealt is not None,
        more=(_begin_with(allowed),),
    )


def _ours(room: Room, problem: Problem) -> Prompt:
    whose = f"{problem.owner}: {problem.what}" if problem.what else "no plan"
    due = problem.due or problem.check_in
    when = f", {times.due(due, room.today)}" if due else ""
    allowed = _allowed(room, problem)
    return Prompt(
        f"ours:{problem.id}",
        f"Ours: {problem.title}. {whose}{when}. Enter = next, or {', '.join(allowed)}.",
        partial(_deal, room, problem),
        asks=False,
        more=(_begin_with(allowed),),
    )


def _allowed(room: Room, problem: Problem) -> Mapping[str, str]:
    may = room.may(problem.id)
    return {word: verb for word, verb in _WORDS.items() if verb in may}


def _begin_with(allowed: Mapping[str, str]) -> str:
    return f"Begin with {', '.join(allowed)}; what belongs to it may follow: solved two pumps came."


def _deal(room: Room, problem: Problem, typed: str, *, to_know: bool = False) -> str:
    if not typed:
        if to_know and "see" in room.may(problem.id):
            problems.see(room.desk, problem.id)
        return ""
    allowed = _allowed(room, problem)
    said = typed.casefold()
    word = next((word for word in allowed if said == word or said.startswith((f"{word} ", f"{word}:"))), None)
    if word is None:
        raise NotAllowed(_begin_with(allowed))
    return _VERBS[allowed[word]](room, problem, typed[len(word) :].lstrip(": ").strip())


def _origin(room: Room, problem: Problem) -> str:
    return room.site.name_of(problem.origin)


def _acknowledge(room: Room, problem: Problem, _: str) -> str:
    problems.acknowledge(room.desk, problem.id)
    return f"{_origin(room, problem)} sees that you have it."


def _resolve(room: Room, problem: Problem, words: str) -> str:
    remedy = words or room.talk.ask("What solved it?")

    def work() -> None:
        problems.resolve(room.desk, problem.id, remedy=remedy)

    if problem.origin == room.desk.node:
        work()
        return "Solved."
    return certain(room, _origin(room, problem), work)


def _assign(room: Room, problem: Problem, words: str) -> str:
    to = place_meant(room, words or room.talk.ask(f"To which area? {', '.join(room.site.others.values())}."))
    need = room.talk.ask("What do we need from them?")
    return certain(room, room.site.name_of(to), lambda: problems.assign(room.desk, problem.id, to=to, need=need))


def _give_back(room: Room, problem: Problem, words: str) -> str:
    answer = words or room.talk.ask("What is the answer?")
    to = problem.handed_by or problem.origin
    return certain(room, room.site.name_of(to), lambda: problems.give_back(room.desk, problem.id, answer=answer))


def _note(room: Room, problem: Problem, words: str) -> str:
    problems.note(room.desk, problem.id, text=words or room.talk.ask("What is to be noted?"))
    return "Noted."


def _confirm(room: Room, problem: Problem, words: str) -> str:
    problems.confirm(room.desk, problem.id, lesson=words)
    return "Fixed. Thank you."


def _reopen(room: Room, problem: Problem, words: str) -> str:
    problems.reopen(room.desk, problem.id, why=words or room.talk.ask("What is still wrong?"))
    return "Open again."


def _withdraw(room: Room, problem: Problem, words: str) -> str:
    problems.withdraw(room.desk, problem.id, why=words or room.talk.ask("Why is it no longer needed?"))
    return "No longer needed."


_VERBS: Mapping[str, Callable[[Room, Problem, str], str]] = {
    "acknowledge": _acknowledge,
    "resolve": _resolve,
    "plan": plan_problem,
    "assign": _assign,
    "escalate": ask_for_problem,
    "give_back": _give_back,
    "note": _note,
    "confirm": _confirm,
    "reopen": _reopen,
    "withdraw": _withdraw,
}


def _age(room: Room, problem: Problem) -> str:
    return times.age(room.desk.now() - problem.held_since)
