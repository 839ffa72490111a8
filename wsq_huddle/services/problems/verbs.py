"""The verbs of a problem at this desk: each takes the lock, asks the rules, writes down, and gives what is then.

`subject` is the whole id; `looking.find` makes it from a shortened one.
"""

from collections.abc import Callable
from datetime import date, datetime

from wsq_huddle.domain import problems
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.nodes import Tree
from wsq_huddle.domain.problems import Mode, Problem, Written
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services.allowed import reopen_within
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.texts import fact

from .looking import read, story_of


def plan(  # noqa: PLR0913 - the form people fill in
    desk: Desk, subject: str, *, what: str, owner: str, due: date | None = None, check_in: date | None = None
) -> Problem:
    answers = fact(owner, "owner's name")
    return _decide(
        desk,
        subject,
        lambda problem, tree: problems.plan(problem, tree, what=what, owner=answers, due=due, check_in=check_in),
    )


def escalate(  # noqa: PLR0913 - the form people fill in
    desk: Desk,
    subject: str,
    *,
    need: str = "",
    tried: str = "",
    by: datetime | None = None,
    mode: Mode = Mode.ACTION,
) -> Problem:
    return _decide(
        desk,
        subject,
        lambda problem, tree: problems.escalate(problem, tree, need=need, tried=tried, by=by, mode=mode),
    )


def acknowledge(desk: Desk, subject: str) -> Problem:
    return _decide(desk, subject, problems.acknowledge)


def give_back(desk: Desk, subject: str, *, answer: str, to: str | None = None, not_now: bool = False) -> Problem:
    return _decide(
        desk, subject, lambda problem, tree: problems.give_back(problem, tree, answer=answer, to=to, not_now=not_now)
    )


def assign(desk: Desk, subject: str, *, to: str, need: str, by: datetime | None = None) -> Problem:
    return _decide(desk, subject, lambda problem, tree: problems.assign(problem, tree, to=to, need=need, by=by))


def resolve(desk: Desk, subject: str, *, remedy: str) -> Problem:
    return _decide(desk, subject, lambda problem, tree: problems.resolve(problem, tree, remedy=remedy))


def confirm(desk: Desk, subject: str, *, lesson: str = "") -> Problem:
    return _decide(desk, subject, lambda problem, tree: problems.confirm(problem, tree, lesson=lesson))


def reopen(desk: Desk, subject: str, *, why: str) -> Problem:
    now, within = desk.now(), reopen_within(desk)
    return _decide(desk, subject, lambda problem, tree: problems.reopen(problem, tree, why=why, now=now, within=within))


def lapse(desk: Desk, subject: str) -> Problem:
    return _decide(desk, subject, problems.lapse)


def withdraw(desk: Desk, subject: str, *, why: str) -> Problem:
    return _decide(desk, subject, lambda problem, tree: problems.withdraw(problem, tree, why=why))


def take_over(desk: Desk, subject: str, *, why: str) -> Problem:
    """Take it from who cannot act. A named person answers for that; the role of a node is nobody."""

    def taken(problem: Problem, tree: Tree) -> Event:
        event = problems.take_over(problem, tree, why=why)
        if not desk.named:
            raise NotAllowed(
                f"A take-over is signed by a person, not by {desk.author}:"
                " say who you are with --as NAME; on the screens, under Who signs."
            )
        return event

    return _decide(desk, subject, taken)


def see(desk: Desk, subject: str) -> Problem:
    return _decide(desk, subject, problems.see)


def read_out(desk: Desk, subject: str) -> Problem:
    return _decide(desk, subject, problems.read_out)


def note(desk: Desk, subject: str, *, text: str) -> Problem:
    return _decide(desk, subject, lambda problem, tree: problems.note(problem, tree, text=text))


def ask_recall(desk: Desk, subject: str, *, why: str) -> Problem:
    return _decide(desk, subject, lambda problem, tree: problems.ask_recall(problem, tree, why=why))


def correct(desk: Desk, subject: str, *, of: str, text: str, part: str | None = None) -> Problem:
    return _decide(desk, subject, lambda problem, tree: problems.correct(problem, tree, of=of, text=text, part=part))


def put_right(desk: Desk, subject: str, *, text: str, part: str = "") -> Problem:
    """Correct the last words that we wrote: of that part, or of any."""
    wrong = problems.meant(written(desk, subject), part)
    return correct(desk, subject, of=wrong.of, part=wrong.part, text=text)


def written(desk: Desk, subject: str) -> tuple[Written, ...]:
    """What we may put right in a problem, the last words first."""
    return problems.written(story_of(desk, subject), desk.node)


def _decide(desk: Desk, subject: str, verb: Callable[[Problem, Tree], Event]) -> Problem:
    tree = desk.tree()
    with desk.deciding(problems, subject) as (problem, record):
        record(verb(problem, tree))
    return read(desk, subject)
