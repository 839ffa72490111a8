"""Which patterns there are among what came up here, and what this node has done with each member."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, timedelta

from wsq_huddle.domain import patterns
from wsq_huddle.domain.nodes import Tree
from wsq_huddle.domain.patterns import Case, Pattern
from wsq_huddle.domain.problems import Assigned, Escalated, Mode, Problem, State, name_of
from wsq_huddle.domain.records import record
from wsq_huddle.errors import NotFound
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.reader import listed as placeholders
from wsq_huddle.store.rows import thawed

LOOKS_BACK = timedelta(days=28)
"""How old a problem may be to be in a pattern: long enough for one that is still worked on."""

_HANDED = frozenset({Assigned.kind, Escalated.kind})

_CASES = (
    "SELECT subject, origin, category, title, raised_at FROM problem"
    " WHERE changed_at >= :since AND raised_at >= :since AND state <> 'withdrawn'"
    " AND (holder = :node OR told_to = :node OR held LIKE :held)"
)


@record(kw_only=True)
class Deal:
    """The last thing that this node did with a problem: `verb` is one of those in this package.

    `to` is where it went, `text` what was said with it (a need, an answer, a remedy, a plan).
    """

    verb: str
    at: datetime
    signed: str = ""
    to: str = ""
    text: str = ""
    tried: str = ""
    by: datetime | None = None
    mode: Mode = Mode.ACTION
    owner: str = ""
    due: date | None = None
    check_in: date | None = None
    not_now: bool = False


@record(kw_only=True)
class Member:
    """One problem of a pattern. `node` is the place it counts for, `waiting`: it is here and not dealt with."""

    problem: Problem
    node: str
    waiting: bool
    deal: Deal | None


@record(kw_only=True)
class Gathered:
    """A pattern as this node has it, its members oldest first.

    `places` are the names of the nodes it is in. `deal` is the last thing that was done with one of them: what a late
    one gets that joins; None while nobody has dealt with any.
    """

    key: str
    name: str
    category: str
    places: tuple[str, ...]
    nodes: tuple[str, ...]
    origins: tuple[str, ...]
    since: datetime
    until: datetime
    members: tuple[Member, ...]
    deal: Deal | None
    anchor: tuple[str, ...] = field(default=(), repr=False)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The ids of those that wait here: what the verbs of a pattern are used on."""
        return tuple(member.problem.id for member in self.members if member.waiting)

    @property
    def late(self) -> tuple[str, ...]:
        """The ids of those that came after the others were dealt with, and may join."""
        return self.waiting if self.deal is not None else ()

    @property
    def answered(self) -> bool:
        """Whether all of it was sent back with an answer, and nothing of it has come since."""
        return self.deal is not None and self.deal.verb == "give_back" and not self.waiting

    @property
    def days(self) -> int:
        """In how many days they were raised, the first and the last counted."""
        return (self.until.date() - self.since.date()).days + 1


def listed(desk: Desk, *, least: int = patterns.LEAST, within: timedelta = patterns.WITHIN) -> tuple[Gathered, ...]:
    """The patterns among what came up here, the one in most places first; one of which nothing is open is left out.

    A place is a node directly below this one, with all below it: a unit for a department, a department for the tier
    above. What came from elsewhere counts for where it was raised.
    """
    tree = desk.tree()
    found = patterns.find(_cases(desk, tree), least=least, within=within)
    members = _read(desk, [member for one in found for member in one.members])
    gathered = (_gathered(one, members, tree) for one in found)
    return tuple(one for one in gathered if any(member.problem.state is State.OPEN for member in one.members))


def find(desk: Desk, key: str) -> Gathered:
    """The pattern with this key."""
    found = next((one for one in listed(desk) if one.key == key), None)
    if found is None:
        raise NotFound(f"There is no pattern {key} any more.")
    return found


def nearest(problem: Problem, among: Collection[Gathered]) -> Gathered | None:
    """The pattern that a problem belongs to, or that it is like: where it may join."""
    own = next((one for one in among if any(member.problem.id == problem.id for member in one.members)), None)
    if own is not None:
        return own
    plain = {one.key: one for one in among}
    like = patterns.nearest(problem.title, problem.category, [_plain(one) for one in among])
    return plain[like.key] if like else None


def _cases(desk: Desk, tree: Tree) -> list[Case]:
    since = (desk.now() - LOOKS_BACK).isoformat()
    rows = desk.look().rows(_CASES, since=since, node=desk.node, held=f'%"{desk.node}"%')
    below = tree.below(desk.node)
    return [
        Case(
            id=row["subject"],
            origin=row["origin"],
            category=row["category"],
            title=row["title"],
            raised_at=datetime.fromisoformat(row["raised_at"]),
            node=_place(tree, row["origin"], below),
        )
        for row in rows
    ]


def _place(tree: Tree, origin: str, below: Collection[str]) -> str:
    return (tree.toward(origin) or origin) if origin in below else origin


def _read(desk: Desk, subjects: Sequence[str]) -> dict[str, Problem]:
    if not subjects:
        return {}
    names, values = placeholders(subjects)
    sql = f"SELECT * FROM problem WHERE subject IN ({names})"  # noqa: S608 - placeholders
    return {str(row["subject"]): thawed(Problem, row) for row in desk.look().rows(sql, **values)}


def _gathered(one: Pattern, read: Mapping[str, Problem], tree: Tree) -> Gathered:
    below = tree.below(tree.me)
    members = []
    for subject in one.members:
        problem = read[subject]
        deal = dealt(problem, tree.me)
        here = problem.holder == tree.me and problem.state is State.OPEN
        waiting = here and (deal is None or deal.at < problem.held_since)
        members.append(
            Member(
                problem=problem,
                node=_place(tree, problem.origin, below),
                waiting=waiting,
                deal=None if waiting else deal,
            )
        )
    deals = [member.deal for member in members if member.deal is not None]
    return Gathered(
        key=one.key,
        name=one.name,
        category=one.category,
        places=tuple(name_of(tree, node) for node in one.nodes),
        nodes=one.nodes,
        origins=one.origins,
        since=one.since,
        until=one.until,
        members=tuple(members),
        deal=max(deals, key=lambda deal: deal.at, default=None),
        anchor=one.anchor,
    )


def dealt(problem: Problem, me: str) -> Deal | None:
    """The last thing that this node did with a problem, as its turns tell it; who only tells a tier keeps it."""
    found = [
        Deal(
            verb="assign" if hop.kind == Assigned.kind else "escalate",
            at=hop.at, signed=hop.signed, to=hop.to, text=hop.need, tried=hop.tried, by=hop.by, mode=hop.mode,
        )
        for hop in problem.hops
        if hop.node == me and hop.kind in _HANDED and hop.mode is Mode.ACTION
    ]  # fmt: skip
    answer = problem.answer
    if answer is not None and answer.node == me:
        verb = "resolve" if answer.solved else "give_back"
        found.append(
            Deal(
                verb=verb, at=answer.at, signed=answer.signed, to=answer.to, text=answer.text, not_now=answer.not_now
            )
        )  # fmt: skip
    if problem.planned_at is not None and problem.holder == me:
        found.append(
            Deal(
                verb="plan", at=problem.planned_at, text=problem.what or "", owner=problem.owner or "",
                due=problem.due, check_in=problem.check_in,
            )
        )  # fmt: skip
    return max(found, key=lambda deal: deal.at, default=None)


def _plain(one: Gathered) -> Pattern:
    return Pattern(
        key=one.key,
        name=one.name,
        category=one.category,
        members=tuple(member.problem.id for member in one.members),
        nodes=one.nodes,
        origins=one.origins,
        since=one.since,
        until=one.until,
        anchor=one.anchor,
    )
