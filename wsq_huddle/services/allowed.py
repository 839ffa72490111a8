"""What this node may do with a problem now, by the rules of the huddle and the numbers of this site.

Apart from `services.problems`, which Today need not wait for.
"""

from datetime import timedelta

from wsq_huddle.domain import problems, spares
from wsq_huddle.domain.nodes import Tree
from wsq_huddle.domain.problems import Problem

from .desk import Desk


def may(desk: Desk, problem: Problem, tree: Tree | None = None) -> frozenset[str]:
    """The verbs that this node may use on a problem now; who asks for many gives the tree, read once.

    A spare has those of them that take no turn.
    """
    found = problems.may(problem, tree or desk.tree(), now=desk.now(), within=reopen_within(desk))
    return found & spares.VERBS if desk.spare else found


def reopen_within(desk: Desk) -> timedelta:
    """How long a problem that closed by itself may be opened again here."""
    return timedelta(days=desk.settings.rules.reopen_days)
