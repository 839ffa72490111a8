"""Plays a step of a case at the desk of a node: through the same verbs that the screens use."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from wsq_huddle.domain.problems import Mode, Problem, Urgency
from wsq_huddle.services import problems, rules
from wsq_huddle.services.desk import Desk

from .cases import Case, Step, Words
from .days import Days

Act = Callable[[Desk, str, Words, Days], object]


def begin(desk: Desk, one: Case) -> Problem:
    """Raise the problem of a case, as who raised it."""
    _sign(desk, one.raised.by)
    return problems.raise_at(
        desk,
        title=one.title,
        detail=one.detail,
        category=one.category,
        urgency=Urgency(one.urgency),
        reference=one.reference or None,
    )


def act(desk: Desk, subject: str, one: Step, days: Days) -> None:
    """Do what a step says, as who did it."""
    _sign(desk, one.by)
    _ACTS[one.verb](desk, subject, one.words, days)


def _sign(desk: Desk, by: str) -> None:
    author, _, on_behalf = by.partition(" for ")
    desk.sign_as(author, on_behalf)


def _when(words: Words, days: Days) -> datetime | None:
    said = words.get("by", "")
    day, _, at = said.partition(" ")
    return days.at(int(day), at) if said else None


def _day(words: Words, key: str, days: Days) -> date | None:
    said = words.get(key, "")
    return days.date(int(said)) if said else None


def _escalate(desk: Desk, subject: str, words: Words, days: Days) -> object:
    mode = Mode(words.get("mode", Mode.ACTION.value))
    return problems.escalate(
        desk, subject, need=words["need"], tried=words.get("tried", ""), by=_when(words, days), mode=mode
    )


def _plan(desk: Desk, subject: str, words: Words, days: Days) -> object:
    return problems.plan(
        desk,
        subject,
        what=words["what"],
        owner=words["owner"],
        due=_day(words, "due", days),
        check_in=_day(words, "check_in", days),
    )


def _assign(desk: Desk, subject: str, words: Words, days: Days) -> object:
    return problems.assign(desk, subject, to=words["to"], need=words["need"], by=_when(words, days))


def _rules(desk: Desk, subject: str, words: Words, days: Days) -> object:
    del subject, words, days
    return rules.run(desk)


_ACTS: Mapping[str, Act] = {
    "escalate": _escalate,
    "plan": _plan,
    "assign": _assign,
    "rules": _rules,
    "acknowledge": lambda desk, subject, _words, _days: problems.acknowledge(desk, subject),
    "give_back": lambda desk, subject, words, _days: problems.give_back(desk, subject, answer=words["answer"]),
    "resolve": lambda desk, subject, words, _days: problems.resolve(desk, subject, remedy=words["remedy"]),
    "confirm": lambda desk, subject, words, _days: problems.confirm(desk, subject, lesson=words.get("lesson", "")),
    "reopen": lambda desk, subject, words, _days: problems.reopen(desk, subject, why=words["why"]),
    "withdraw": lambda desk, subject, words, _days: problems.withdraw(desk, subject, why=words["why"]),
    "see": lambda desk, subject, _words, _days: problems.see(desk, subject),
    "read_out": lambda desk, subject, _words, _days: problems.read_out(desk, subject),
    "note": lambda desk, subject, words, _days: problems.note(desk, subject, text=words["text"]),
}
"""What the verbs of the cases do."""
