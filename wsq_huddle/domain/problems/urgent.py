"""What is needed now, until somebody has it: whom it waits for, and since when."""

from datetime import datetime

from wsq_huddle.domain.records import record

from .events import Mode, Urgency
from .moves import State
from .problem import Problem


@record(kw_only=True)
class Call:
    """Whom a problem that is needed now waits for. `asked`: to take it; otherwise it was only told to them.

    `seen`: somebody there has looked at it, at `seen_at` where the way of the problem tells when.
    """

    node: str
    since: datetime
    asked: bool
    seen: bool = False
    seen_at: datetime | None = None

    @property
    def rings(self) -> bool:
        """Whether nobody has it yet: what was asked is taken by saying so, what was told by looking."""
        return self.asked or not self.seen


def call(problem: Problem) -> Call | None:
    """Whom it waits for, as who raised it sees it; None for what is not urgent, is over, or is taken.

    Of several places that were told the last one counts: the others have had their time. Those that who raised it told
    at once, as it is with what has to be reported, have not: of them the nearest counts, which was told first.
    """
    if problem.urgency is not Urgency.NOW or problem.state is not State.OPEN:
        return None
    ask = problem.ask
    if ask is not None and problem.holder == ask.to and problem.holder != problem.origin:
        seen = bool(ask.seen_at)
        found = Call(node=ask.to, since=ask.at, asked=True, seen=seen, seen_at=ask.seen_at)
        return None if ask.acknowledged_at else found
    told = [(alert.at, alert.to, alert.node) for alert in problem.alerts]
    told += [(hop.at, hop.to, hop.node) for hop in problem.hops if hop.mode is Mode.AWARENESS]
    waiting = [(at, to) for at, to, _ in told if to not in problem.held]
    if not waiting:
        return None
    looked = [(at, to) for at, to in waiting if problem.seen.get(to, 0)]
    onwards = [(at, to) for at, to, by in told if to not in problem.held and by != problem.origin]
    # Of what was told in the same moment the nearest comes first.
    later = looked or onwards
    since, node = max(later, key=_at) if later else min(waiting, key=_at)
    seen_at = next((hop.seen_at for hop in problem.hops if hop.to == node and hop.seen_at), None)
    return Call(node=node, since=since, asked=False, seen=bool(looked), seen_at=seen_at)


def _at(told: tuple[datetime, str]) -> datetime:
    return told[0]


def waits_at(problem: Problem, node: str) -> datetime | None:
    """Since when something that is needed now waits for the people of a node; None when they have it, or need not."""
    if problem.urgency is not Urgency.NOW or problem.state is not State.OPEN:
        return None
    ask = problem.ask
    if problem.holder == node:
        asked = ask is not None and ask.to == node and ask.acknowledged_at is None and node != problem.origin
        return (ask.delivered_at or ask.at) if ask is not None and asked else None
    if node in problem.held or problem.seen.get(node, 0):
        return None
    told = [alert.at for alert in problem.alerts if alert.to == node]
    told += [hop.at for hop in problem.hops if hop.to == node and hop.mode is Mode.AWARENESS]
    return min(told, default=None)
