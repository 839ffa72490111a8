"""The keys of a huddle's lines: said, fine, done; plan, ask for help, watch."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from wsq_huddle.domain import agendas, problems
from wsq_huddle.domain import huddles as rules
from wsq_huddle.domain.actions import PREFIX as ACTION
from wsq_huddle.domain.agendas import READ_OUT, WATCH, Item, Kind, Line, Step
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.huddles import Huddle
from wsq_huddle.domain.problems import PREFIX, Mode, Problem, Urgency
from wsq_huddle.domain.text import TITLE_LIMIT
from wsq_huddle.services import actions, announcements, huddles
from wsq_huddle.services import problems as verbs
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.huddles import Sitting

from . import events
from .helping import is_problem

if TYPE_CHECKING:
    from wsq_huddle.store.store import Writing


def read_out(desk: Desk, one: Sitting, subject: str) -> Huddle:
    """Say an answer aloud: it stands in the huddle as read out, and who gave it gets to know."""
    line = agendas.listed(subject, ask=verbs.read(desk, subject).title)

    def note(writing: "Writing") -> None:
        writing.transaction.lock([subject])
        problem, tree = writing.recorder.state(subject), writing.transaction.tree
        if problem is not None and problems.refusal(problem, tree, "read_out") is None:
            writing.recorder.write(desk.author, problems.read_out(problem, tree), subject)

    return huddles.record(
        desk, one, lambda huddle: rules.answer(huddle, line, READ_OUT, at_node=desk.node), beside=note
    )


def announce(desk: Desk, one: Sitting, subject: str) -> Huddle:
    """Read an announcement out: it stands in the huddle, and who announced it gets to know where it was read."""
    line = agendas.listed(subject, kind=Kind.ANNOUNCEMENTS, ask=announcements.read(desk, subject).title)
    return huddles.record(
        desk,
        one,
        lambda huddle: rules.answer(huddle, line, READ_OUT, at_node=desk.node),
        beside=lambda writing: announcements.note_read(desk, writing, subject, huddle=one.subject),
    )


def fine(desk: Desk, one: Sitting, items: Iterable[Item]) -> Huddle:
    """Answer lines as fine, all at once; those that have an answer stay as they are.

    Events that were raised as problems since the last time have happened: their number is the answer, with their cards.
    """
    known = tuple(items)
    told = events.look(desk, one.huddle, known)
    return huddles.record(desk, one, *(_fine(desk, item, told.get(item.key, ())) for item in known))


def done(desk: Desk, key: str) -> None:
    """Say that what was due is done: an action, or the plan of a problem, which is its solution."""
    if key.startswith(ACTION):
        actions.done(desk, key)
    else:
        problem = verbs.read(desk, key)
        verbs.resolve(desk, key, remedy=problem.what or "done")


def plan_for(desk: Desk, line: Line, *, what: str, owner: str, due: date) -> None:
    """Plan what a line of Plan and Help needs: the plan of a problem, or an action about a line of the agenda."""
    if is_problem(line.about):
        verbs.plan(desk, line.about, what=what, owner=owner, due=due)
    else:
        actions.plan(desk, what=what, owner=owner, due=due, about=line.about)


def ask_for(  # noqa: PLR0913 - the form people fill in
    desk: Desk,
    line: Line,
    *,
    need: str = "",
    tried: str = "",
    by: datetime | None = None,
    mode: Mode = Mode.ACTION,
    category: str | None = None,
    urgency: Urgency = Urgency.TODAY,
) -> Problem:
    """Ask the next tier for help with a line: a line of the agenda is raised as a problem in the same breath."""
    if is_problem(line.about):
        return verbs.escalate(desk, line.about, need=need, tried=tried, by=by, mode=mode)
    title = title_of(line)
    kind = category or verbs.like(desk, title)
    tree = desk.tree()
    raised = problems.raise_at(tree, title=title, category=kind, urgency=urgency, about=line.about)
    with desk.recording() as writing:
        told = writing.recorder.write(desk.author, raised, PREFIX)
        problem = writing.recorder.state(told.subject)
        asked = problems.escalate(problem, tree, need=need, tried=tried, by=by, mode=mode)
        writing.recorder.write(desk.author, asked, told.subject)
    return verbs.read(desk, told.subject)


def watch(desk: Desk, one: Sitting, line: Line) -> Huddle:
    """Say that a line has no plan and needs no help: we watch it."""
    return huddles.answer(desk, one, agendas.listed(line.about, step=Step.PLAN, ask=line.ask), WATCH)


def title_of(line: Line) -> str:
    """What a line of the agenda is called as a problem: what was noted there, else what it asks for."""
    said = " ".join(line.note.split())
    if not said:
        return f"{line.ask}: {line.why.value}"
    return said if len(said) <= TITLE_LIMIT else said[: TITLE_LIMIT - 3].rstrip() + "..."


def _fine(desk: Desk, item: Item, told: Sequence[Problem]) -> Callable[[Huddle | None], Event | None]:
    def verb(huddle: Huddle | None) -> Event | None:
        if huddle is not None and huddle.answer(item.key, item.step) is not None:
            return None
        if told:
            cards = [events.card(desk, problem) for problem in told]
            return rules.answer(huddle, item, str(len(told)), at_node=desk.node, cards=cards)
        return rules.answer(huddle, item, agendas.fine(item), at_node=desk.node)

    return verb
