"""Who may do what with a problem now, with the sentence that says why not."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from wsq_huddle.domain.nodes import Tree

from .moves import MOVES, VERBS, State
from .problem import Problem

_HOLDER = frozenset(
    {"plan", "escalate", "acknowledge", "give_back", "assign", "resolve", "confirm", "reopen", "lapse", "withdraw"}
    | {"remind"}
)


def may(problem: Problem, tree: Tree, *, now: datetime, within: timedelta) -> frozenset[str]:
    """The verbs that the node of this tree may use now: what screens offer and nothing else.

    `give_back` and `assign` need to be told where to if nobody handed the problem over. What lapsed may be opened
    again `within` a time.
    """
    return frozenset(verb for verb in VERBS if refusal(problem, tree, verb, now=now, within=within) is None)


def refusal(
    problem: Problem, tree: Tree, verb: str, *, now: datetime | None = None, within: timedelta = timedelta.max
) -> str | None:
    """Why this node may not, in a sentence; None when it may. Without `now` and `within` nothing is too late."""
    here = tree.me
    if here not in problem.path:
        return f"{name_of(tree, here)} has not been told of this problem."
    if VERBS[verb] not in MOVES[problem.state]:
        return _wrong_state(problem, tree, verb)
    if verb == "reopen" and problem.state is State.CLOSED:
        late = now is not None and problem.closed_at is not None and now - problem.closed_at > within
        if not problem.lapsed:
            return "This problem is closed: it was confirmed. Raise it again, please."
        if late:
            return f"This problem closed by itself more than {within.days} days ago. Raise it again, please."
    if verb in _HOLDER and problem.holder != here:
        return f"{name_of(tree, problem.holder)} holds this problem."
    own = _OWN.get(verb)
    return own(problem, tree) if own else None


def name_of(tree: Tree, key: str) -> str:
    """The name people know a node by, or its key where this node has not heard of it."""
    return tree.called(key)


def _wrong_state(problem: Problem, tree: Tree, verb: str) -> str:
    match problem.state:
        case State.WITHDRAWN:
            return "This problem was withdrawn."
        case State.CLOSED:
            return "This problem is closed."
        case State.RESOLVED:
            return f"This problem is solved; {name_of(tree, problem.holder)} has yet to say whether it worked."
        case State.OPEN:
            done = {"reopen": "is open already"}.get(verb, "has not been solved yet")
            return f"This problem {done}."


def _escalate(_problem: Problem, tree: Tree) -> str | None:
    return None if tree.parent(tree.me) else f"There is no tier above {name_of(tree, tree.me)}."


def _acknowledge(problem: Problem, _tree: Tree) -> str | None:
    if problem.ask is None:
        return "Nobody handed this problem over, so there is nothing to acknowledge."
    return "Somebody here has said already that they have it." if problem.acknowledged_at else None


def _give_back(problem: Problem, _tree: Tree) -> str | None:
    return None if len(problem.held) > 1 else "Nobody else has held this problem, so it cannot go back."


def _assign(_problem: Problem, tree: Tree) -> str | None:
    return None if any(key != tree.me for key in tree.nodes) else "There is no other node to hand this to."


def _withdraw(problem: Problem, tree: Tree) -> str | None:
    return (
        None if problem.origin == tree.me else f"Only {name_of(tree, problem.origin)}, who raised it, may withdraw it."
    )


def _take_over(problem: Problem, tree: Tree) -> str | None:
    if problem.holder == tree.me:
        return f"{name_of(tree, tree.me)} holds this problem already."
    if tree.me not in tree.ancestors(problem.holder):
        return f"Only a tier above {name_of(tree, problem.holder)} may take this problem over."
    return None


def _see(problem: Problem, tree: Tree) -> str | None:
    fresh = problem.last_node != tree.me and problem.seen.get(tree.me, 0) < problem.turn
    return None if fresh else f"{name_of(tree, tree.me)} has seen this already."


def _read_out(problem: Problem, tree: Tree) -> str | None:
    if problem.answer is None or problem.answer.to != tree.me:
        return "There is no answer to read out."
    return "This answer has been read out already." if problem.answer.read_at else None


def _ask_recall(problem: Problem, tree: Tree) -> str | None:
    if problem.holder == tree.me:
        return f"{name_of(tree, tree.me)} holds this problem already."
    if tree.me not in problem.held:
        return f"{name_of(tree, tree.me)} has never held this problem."
    if problem.recall and problem.recall.node == tree.me:
        return f"{name_of(tree, problem.holder)} has been asked for it already."
    return None


_OWN: Mapping[str, Callable[[Problem, Tree], str | None]] = MappingProxyType(
    {
        "escalate": _escalate,
        "acknowledge": _acknowledge,
        "give_back": _give_back,
        "assign": _assign,
        "withdraw": _withdraw,
        "take_over": _take_over,
        "see": _see,
        "read_out": _read_out,
        "ask_recall": _ask_recall,
    }
)
"""What a verb asks beyond state and holder."""
