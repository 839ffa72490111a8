"""From entries to a problem: the same one on every node, whatever came in whatever order.

    raised ── turn 2 ── turn 3 ── turn 4        each built on the one before (its `on`)
                   └─── turn 3' ── ...          a fork: a restored backup, a take-over, a forgery

At a fork that branch counts which a different node has arrived at or built on; then a take-over; then the lowest
hash. With the lowest hash alone a former holder could rewrite what others have relied on since.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.events import Event, Unknown

from .beside import Beside
from .branch import Branch
from .events import Alerted, Arrived, Escalated, Mode, Raised, TakenOver
from .moves import State
from .names import agreed
from .problem import Problem, subject_of
from .words import Correction, corrected, corrections


def evolve(problem: Problem | None, told: Told) -> Problem | None:
    """The problem after one more entry; None as long as its `raised` entry is not there.

    What comes before that entry waits in the log: whoever has a whole story folds it, which is quicker too.
    """
    return fold((*problem.told, told) if problem else (told,))


def fold(story: Iterable[Told]) -> Problem | None:
    """The problem as all entries of its subject tell it, in any order, doubled or not."""
    told = tuple(sorted({entry.hash: entry for entry in story}.values(), key=_order))
    root = next((entry for entry in told if begins(entry)), None)
    if root is None or not isinstance(root.event, Raised):
        return None
    found = corrections(told)
    branch, lost = _grow(root, told, found)
    return _problem(branch, lost, told, found)


def _order(told: Told) -> tuple[int, int, str, int, str]:
    return (told.turn or 0, *told.order, told.hash)


def begins(told: Told) -> bool:
    """Whether an entry is the one that a problem is named after: without it there is no problem."""
    return isinstance(told.event, Raised) and told.turn == 1 and told.subject == subject_of(told.id)


def _grow(root: Told, told: tuple[Told, ...], found: Mapping[str, Correction]) -> tuple[Branch, list[Told]]:
    """Follow the turns from the first; also those that fitted and lost."""
    kids: dict[str, list[Told]] = defaultdict(list)
    for turn in told:
        if turn.turn is not None and turn.on is not None and not isinstance(turn.event, Raised):
            kids[turn.on].append(turn)
    awareness = {turn.hash for turn in told if _tells_only(turn.event)}
    arrived: dict[str, set[str]] = defaultdict(set)
    alerted = set()
    for entry in told:
        if isinstance(entry.event, Arrived) and entry.event.of not in awareness:
            arrived[entry.event.of].add(entry.node)
        elif isinstance(entry.event, Alerted):
            alerted.add(entry.event.to)
    first = corrected(root, found)
    assert isinstance(first, Raised)  # noqa: S101 - `begins` has seen to it
    branch = Branch(root, first, frozenset(alerted))
    lost: list[Told] = []
    relied: dict[str, frozenset[str]] = {}
    while fitting := [turn for turn in kids.get(branch.last, ()) if branch.fits(turn)]:
        chosen = fitting[0]
        if len(fitting) > 1:
            _rely(fitting, kids, arrived, relied)
            chosen = min(fitting, key=lambda turn: _claim(turn, relied[turn.hash]))
            lost += [turn for turn in fitting if turn is not chosen]
        branch.take(chosen, corrected(chosen, found))
    return branch, lost


def _tells_only(event: Event | Unknown) -> bool:
    """An arrival of what only informs says when it was delivered; it does not decide a fork."""
    return isinstance(event, Escalated) and event.mode is Mode.AWARENESS


def _claim(turn: Told, relied: frozenset[str]) -> tuple[bool, bool, str]:
    return (not relied - {turn.node}, not isinstance(turn.event, TakenOver), turn.hash)


def _rely(
    fitting: list[Told],
    kids: Mapping[str, list[Told]],
    arrived: Mapping[str, set[str]],
    relied: dict[str, frozenset[str]],
) -> None:
    """Who has arrived at a branch or built on it, for each turn of these branches; two nodes are as good as more.

    Each turn is looked at once, however many forks there are: a story that was made to hurt takes no longer.
    """
    waiting = [turn.hash for turn in fitting if turn.hash not in relied]
    while waiting:
        here = waiting[-1]
        above = [kid for kid in kids.get(here, ()) if kid.hash not in relied]
        if here not in relied and above:
            relied[here] = frozenset()  # passed once: what comes back to it is a ring
            waiting += [kid.hash for kid in above]
            continue
        waiting.pop()
        nodes = set(arrived.get(here, ())) | {kid.node for kid in kids.get(here, ())}
        nodes |= {node for kid in kids.get(here, ()) for node in relied.get(kid.hash, ())}
        relied[here] = frozenset(sorted(nodes)[:2])


def _problem(branch: Branch, lost: list[Told], told: tuple[Told, ...], found: Mapping[str, Correction]) -> Problem:
    overtaken, ahead = _left_over(branch, told)
    beside = Beside(branch, told, found)
    hops = tuple(beside.hop(hop) for hop in branch.hops)
    ask = hops[branch.asked] if branch.asked is not None else None
    shown = ask or next((hop for hop in reversed(hops) if hop.mode is Mode.AWARENESS), None)
    plan, raised = branch.plan, branch.raised
    return Problem(
        id=branch.raised_told.subject,
        title=raised.title,
        detail=raised.detail,
        category=raised.category,
        urgency=raised.urgency,
        reference=raised.reference,
        about=raised.about,
        state=branch.state,
        origin=branch.origin,
        tells=raised.tells,
        holder=branch.holder,
        path=beside.path,
        held=tuple(branch.held),
        turn=branch.turn,
        last=branch.last,
        last_node=branch.last_node,
        raised_at=branch.raised_told.at,
        raised_by=branch.raised_told.by,
        held_since=branch.held_since,
        changed_at=beside.changed_at,
        what=plan.what if plan else None,
        owner=plan.owner if plan else None,
        due=plan.due if plan else None,
        check_in=plan.check_in if plan else None,
        planned_at=branch.planned_at,
        escalation=next((hop for hop in reversed(hops) if hop.kind == Escalated.kind), None),
        ask=ask,
        handed_by=branch.handed_by,
        delivered_at=shown.delivered_at if shown else None,
        seen_at=shown.seen_at if shown else None,
        acknowledged_at=shown.acknowledged_at if shown else None,
        answer=beside.answer(branch.answer),
        lapsed=branch.lapsed,
        disputed=bool(lost),
        recall=beside.recall if branch.state is State.OPEN else None,
        alerts=tuple(beside.alerts),
        hops=hops,
        seen=beside.seen,
        overtaken=overtaken,
        ahead=ahead,
        heard=agreed(beside.heard),
        told=told,
        **branch.over,
    )


def _left_over(branch: Branch, told: tuple[Told, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Turns that do not count: overtaken when all they build on is here and understood, else ahead of it."""
    turns = {entry.hash: entry for entry in told if entry.turn is not None}
    beaten = dict.fromkeys(branch.turns, True)
    for entry in turns.values():
        below: Told | None = entry
        passed: dict[str, None] = {}
        while below and below.hash not in beaten and below.hash not in passed:
            passed[below.hash] = None
            if isinstance(below.event, Unknown):
                below = None
            elif isinstance(below.event, Raised):
                break
            else:
                below = turns.get(below.on or "")
        verdict = beaten.get(below.hash, True) if below else False
        beaten |= dict.fromkeys(passed, verdict)
    left = [entry.hash for entry in turns.values() if entry.hash not in branch.turns]
    return tuple(one for one in left if beaten[one]), tuple(one for one in left if not beaten[one])
