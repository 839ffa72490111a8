"""The verbs of a problem: each gives the event to record, or says no in a sentence.

All take the tree as the node sees it that acts (`tree.me`). Nothing here knows the time; `reopen` is told it.
"""

from datetime import date, datetime, timedelta

from wsq_huddle.domain.nodes import State as NodeState
from wsq_huddle.domain.nodes import Tree
from wsq_huddle.domain.text import clean, one_line
from wsq_huddle.errors import NotAllowed

from .events import (
    Acknowledged,
    Alerted,
    Assigned,
    Confirmed,
    Corrected,
    Escalated,
    Lapsed,
    Mode,
    Noted,
    Planned,
    Raised,
    RecallAsked,
    Reminded,
    Reopened,
    Resolved,
    Returned,
    Rule,
    Seen,
    TakenOver,
    Urgency,
    Withdrawn,
)
from .names import names_of
from .problem import Problem
from .rules import name_of, refusal
from .words import parts


def raise_at(  # noqa: PLR0913 - what people say of a problem
    tree: Tree,
    *,
    title: str,
    detail: str = "",
    category: str = "other",
    urgency: Urgency = Urgency.TODAY,
    reference: str | None = None,
    about: str | None = None,
) -> Raised:
    """Raise a problem at the node of this tree; its parent is told."""
    return Raised(
        category=category,
        urgency=urgency,
        reference=one_line(reference or "") or None,
        about=about,
        tells=tree.parent(tree.me),
        names=names_of(tree, tree.parent(tree.me)),
        title=_said(one_line(title), "Say what is wrong."),
        detail=clean(detail),
    )


def plan(  # noqa: PLR0913 - the form people fill in
    problem: Problem, tree: Tree, *, what: str, owner: str, due: date | None = None, check_in: date | None = None
) -> Planned:
    """Say what will be done, by whom, and by when: a day it is due, or one to check in."""
    _check(problem, tree, "plan")
    what = _said(what, "Say what is planned.")
    owner = _said(one_line(owner), "Say who answers for the plan.")
    if due is None and check_in is None:
        raise NotAllowed("Say by which day it will be done, or when you will check.")
    return Planned(owner=owner, due=due, check_in=check_in, what=what)


def escalate(  # noqa: PLR0913 - the form people fill in
    problem: Problem,
    tree: Tree,
    *,
    need: str = "",
    tried: str = "",
    by: datetime | None = None,
    mode: Mode = Mode.ACTION,
) -> Escalated:
    """Hand the problem to the next tier, saying what is needed; or only tell it."""
    _check(problem, tree, "escalate")
    to = tree.parent(tree.me)
    if to is None:
        raise NotAllowed(f"There is no tier above {name_of(tree, tree.me)}.")
    need = clean(need) if mode is Mode.AWARENESS else _said(need, "Say what you need from them.")
    return Escalated(to=to, mode=mode, by=by, names=names_of(tree, to), tried=clean(tried), need=need)


def acknowledge(problem: Problem, tree: Tree) -> Acknowledged:
    _check(problem, tree, "acknowledge")
    return Acknowledged()


def give_back(problem: Problem, tree: Tree, *, answer: str, to: str | None = None, not_now: bool = False) -> Returned:
    """Send the problem back with an answer, by default to who asked; `not_now`: it is not possible now."""
    _check(problem, tree, "give_back")
    back = to or problem.handed_by
    if back is None:
        raise NotAllowed("Nobody asked for this, so say whom it goes back to.")
    if back == tree.me:
        raise NotAllowed(f"{name_of(tree, back)} holds this problem already.")
    if back not in problem.held:
        raise NotAllowed(f"{name_of(tree, back)} has never held this problem. Hand it to them instead.")
    answer = _said(answer, "Say what the answer is.")
    via = tuple(tree.between(tree.me, back))
    return Returned(to=back, via=via, names=names_of(tree, *via, back), not_now=not_now, answer=answer)


def assign(problem: Problem, tree: Tree, *, to: str, need: str, by: datetime | None = None) -> Assigned:
    """Hand the problem to any other node, up, down or sideways."""
    _check(problem, tree, "assign")
    node = tree.nodes.get(to)
    if to == tree.me:
        raise NotAllowed(f"{name_of(tree, to)} holds this problem already.")
    if node is None:
        raise NotAllowed(f"There is no {to} that {name_of(tree, tree.me)} knows of.")
    if node.state is NodeState.REVOKED:
        raise NotAllowed(f"{node.name} is shut out and would never get it.")
    need = _said(need, "Say what you need from them.")
    via = tuple(tree.between(tree.me, to))
    return Assigned(to=to, via=via, by=by, names=names_of(tree, *via, to), need=need)


def resolve(problem: Problem, tree: Tree, *, remedy: str) -> Resolved:
    """Say how it was solved; who raised it is asked whether it worked."""
    _check(problem, tree, "resolve")
    return Resolved(remedy=_said(remedy, "Say what solved it."))


def confirm(problem: Problem, tree: Tree, *, lesson: str = "") -> Confirmed:
    _check(problem, tree, "confirm")
    return Confirmed(lesson=clean(lesson))


def reopen(problem: Problem, tree: Tree, *, why: str, now: datetime, within: timedelta) -> Reopened:
    _check(problem, tree, "reopen", now, within)
    return Reopened(why=_said(why, "Say what is still wrong."))


def lapse(problem: Problem, tree: Tree) -> Lapsed:
    _check(problem, tree, "lapse")
    return Lapsed()


def withdraw(problem: Problem, tree: Tree, *, why: str) -> Withdrawn:
    _check(problem, tree, "withdraw")
    return Withdrawn(why=_said(why, "Say why it is no longer needed."))


def take_over(problem: Problem, tree: Tree, *, why: str) -> TakenOver:
    """Take the baton from a node below that cannot act; it stands on record with name and reason."""
    _check(problem, tree, "take_over")
    return TakenOver(names=names_of(tree), why=_said(why, "Say why you take it over."))


def alert(problem: Problem, tree: Tree, *, to: str | None = None) -> Alerted:
    """Tell the next tier now; by default the parent of the node that alerts."""
    _check(problem, tree, "alert")
    told = to or tree.parent(tree.me)
    if told is None or told == tree.me:
        raise NotAllowed(f"There is no tier above {name_of(tree, tree.me)}.")
    if any(alert.to == told for alert in problem.alerts):
        raise NotAllowed(f"{name_of(tree, told)} has been alerted already.")
    via = tuple(tree.between(tree.me, told))
    return Alerted(to=told, via=via, of=problem.last, names=names_of(tree, *via, told))


def remind(problem: Problem, tree: Tree, *, rule: Rule) -> Reminded:
    """Say to all on the path that a time is over."""
    _check(problem, tree, "remind")
    return Reminded(of=problem.last, rule=rule)


def see(problem: Problem, tree: Tree) -> Seen:
    _check(problem, tree, "see")
    return Seen(of=problem.last)


def read_out(problem: Problem, tree: Tree) -> Seen:
    """Say that the answer was read out in the huddle."""
    _check(problem, tree, "read_out")
    return Seen(of=problem.last, read_out=True)


def note(problem: Problem, tree: Tree, *, text: str) -> Noted:
    _check(problem, tree, "note")
    return Noted(of=problem.last, text=_said(text, "Write the note first."))


def ask_recall(problem: Problem, tree: Tree, *, why: str) -> RecallAsked:
    """Ask the holder for a problem that this node handed over."""
    _check(problem, tree, "ask_recall")
    return RecallAsked(of=problem.last, why=_said(why, "Say why you want it back."))


def correct(problem: Problem, tree: Tree, *, of: str, text: str, part: str | None = None) -> Corrected:
    """Put words right in an entry of this node: `of` is its hash, `part` one of its texts, by default the only one.

    Needs a problem that was folded, because the entry is looked up in its story.
    """
    _check(problem, tree, "correct")
    first = next((entry for entry in problem.told if entry.hash == of), None)
    if first is None:
        raise NotAllowed("There is no such entry in this problem.")
    if first.node != tree.me:
        raise NotAllowed(f"{name_of(tree, first.node)} wrote this and may correct it.")
    possible = () if isinstance(first.event, Corrected) else parts(first.event)
    chosen = part or (possible[0] if len(possible) == 1 else None)
    if chosen is None or chosen not in possible:
        raise NotAllowed("Say which words to correct: " + (", ".join(possible) or "there are none") + ".")
    return Corrected(of=of, part=chosen, text=_said(text, "Say what it should be."))


def _check(
    problem: Problem, tree: Tree, verb: str, now: datetime | None = None, within: timedelta = timedelta.max
) -> None:
    no = refusal(problem, tree, verb, now=now, within=within)
    if no is not None:
        raise NotAllowed(no)


def _said(text: str, otherwise: str) -> str:
    said = clean(text)
    if not said:
        raise NotAllowed(otherwise)
    return said
