"""Every verb of a problem, tried on a problem that a story made."""

from collections.abc import Callable
from datetime import timedelta

from tests.domain.telling import AT, DAY, entry, folded, told
from wsq_huddle.domain import problems
from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.nodes import Tree
from wsq_huddle.domain.problems import Problem

NOW = AT + timedelta(days=1)
WITHIN = timedelta(days=30)
"""How long a problem that lapsed may be opened again here."""


def problem(*happened: tuple[str, Event]) -> Problem:
    return folded(told(*happened))


Verb = Callable[[Problem, Tree], Event]


def elsewhere(tree: Tree) -> str:
    return next(key for key in tree.nodes if key != tree.me)


def held_before(it: Problem, tree: Tree) -> str:
    return next((node for node in it.held if node != tree.me), tree.me)


DO: dict[str, Verb] = {
    "plan": lambda it, tree: problems.plan(it, tree, what="rent", owner="Ana R.", due=DAY),
    "escalate": lambda it, tree: problems.escalate(it, tree, need="two pumps"),
    "acknowledge": problems.acknowledge,
    "give_back": lambda it, tree: problems.give_back(it, tree, answer="no", to=held_before(it, tree)),
    "assign": lambda it, tree: problems.assign(it, tree, to=elsewhere(tree), need="help"),
    "resolve": lambda it, tree: problems.resolve(it, tree, remedy="rented"),
    "confirm": problems.confirm,
    "reopen": lambda it, tree: problems.reopen(it, tree, why="broken", now=NOW, within=WITHIN),
    "lapse": problems.lapse,
    "withdraw": lambda it, tree: problems.withdraw(it, tree, why="found"),
    "take_over": lambda it, tree: problems.take_over(it, tree, why="urgent"),
    "see": problems.see,
    "read_out": problems.read_out,
    "note": lambda it, tree: problems.note(it, tree, text="still looking"),
    "ask_recall": lambda it, tree: problems.ask_recall(it, tree, why="found one"),
}
"""Each verb with words that nobody could object to; `alert` and `correct` depend on more than the problem."""


def written(it: Problem, event: Event, node: str) -> Told:
    """The entry that the journal would make of an event."""
    number = len(it.told) + 1
    if event.turns:
        return entry(event, node, number, turn=it.turn + 1, on=it.last)
    return entry(event, node, number)
