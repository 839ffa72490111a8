"""What calls people to the screen: what is needed now and nobody has yet, and answers that came back.

Cheap enough to be asked after every entry; the window's title and the bell go by it.
"""

from wsq_huddle.domain import problems
from wsq_huddle.domain.problems import Problem
from wsq_huddle.domain.records import record
from wsq_huddle.store.rows import thawed

from . import rules
from .desk import Desk


@record
class Calls:
    """`here` are urgent problems that wait for our people, by id; `away` counts ours that nobody else has yet."""

    here: tuple[str, ...] = ()
    away: int = 0
    answers: int = 0

    @property
    def urgent(self) -> int:
        return len(self.here) + self.away


def calls(desk: Desk) -> Calls:
    """Look up what waits at this node."""
    here = tuple(one.id for one in rules.urgent(desk, desk.tree()))
    rows = desk.look().rows(
        "SELECT * FROM problem WHERE urgency = 'now' AND state = 'open' AND origin = :node", node=desk.node
    )
    away = [problems.call(thawed(Problem, row)) for row in rows]
    answers = desk.look().one(
        "SELECT COUNT(*) AS n FROM problem WHERE answer_to = :node AND state IN ('open', 'resolved')"
        " AND (answer_read_at IS NULL OR (state = 'resolved' AND holder = :node))",
        node=desk.node,
    )
    waiting = sum(one is not None and one.rings and one.node != desk.node for one in away)
    return Calls(here, waiting, int(answers["n"]) if answers else 0)
