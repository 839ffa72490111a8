"""Who may know of a problem, and who says that a turn has arrived."""

from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.events import Unknown

from .events import Assigned, Confirmed, Escalated, Lapsed, Mode, Reopened, Resolved, Returned, Withdrawn
from .problem import Problem


def parties(problem: Problem | None) -> frozenset[str]:
    """All nodes that may know: who is on the path stays on it, also when the turn that named it was overtaken."""
    return frozenset(problem.path) if problem else frozenset()


def named(told: Told) -> frozenset[str]:
    """Whom one entry brings to those who may know, also when it does not count.

    Once a problem has begun, `parties` are who they were before and these: who takes a turn that counts was named
    before, and so was everybody who holds it.
    """
    via = told.event.facts.get("via") if isinstance(told.event, Unknown) else getattr(told.event, "via", ())
    found = {node for node in via if isinstance(node, str)} if isinstance(via, tuple | list) else set()
    return frozenset(found | {told.to} if told.to is not None else found)


def may_arrive(told: Told, node: str) -> bool:
    """Whether `arrives` can be true at all: what the entry alone says, before anybody folds its story."""
    match told.event:
        case Escalated(to=to) | Assigned(to=to) | Returned(to=to):
            return to == node
        case Resolved() | Confirmed() | Reopened() | Lapsed() | Withdrawn():
            return told.node != node
        case _:
            return False


def arrives(problem: Problem | None, told: Told, node: str) -> bool:
    """Whether `node`, which has just received `told` and now sees `problem`, writes that it has arrived.

    Once for a turn that hands the problem to it, that brings the baton back to it, or that ends or reopens the
    problem; and only if that turn is the last one that counts: saying so of a turn that came too late would lend
    it the weight to overturn what others have relied on.
    """
    if problem is None or told.node == node or node not in problem.path:
        return False
    match told.event:
        case Escalated(to=to, mode=Mode.AWARENESS):
            return to == node
        case Escalated(to=to) | Assigned(to=to) | Returned(to=to):
            return to == node and problem.last == told.hash
        case Resolved():
            return problem.origin == node and problem.last == told.hash
        case Confirmed() | Reopened() | Lapsed() | Withdrawn():
            return problem.last == told.hash
        case _:
            return False
