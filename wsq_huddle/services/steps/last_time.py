"""The first step, Last time: what came back, and what we promised."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from wsq_huddle.domain.actions import Action
from wsq_huddle.domain.actions import State as ActionState
from wsq_huddle.domain.announcements import Announcement
from wsq_huddle.domain.figures import Tally
from wsq_huddle.domain.problems import Answer, Problem, State, name_of
from wsq_huddle.domain.records import record
from wsq_huddle.services import actions, announcements, figures, rules, todays
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.places import Places
from wsq_huddle.store.rows import thawed

from . import settled


@record(kw_only=True)
class Back:
    """An answer for us, given by the place `who`. `said`: read out in a huddle.

    `asks`: it is solved, they say, and we have yet to say whether it worked, `last`: in this huddle for the last time;
    `not_fixed`: it is open again.
    """

    problem: Problem
    who: str
    said: bool
    asks: bool
    answer: Answer
    not_fixed: bool = False
    last: bool = False

    @property
    def lapsed(self) -> bool:
        """Whether it was closed by itself: nobody said whether it worked."""
        return self.problem.lapsed and self.problem.over

    @property
    def done(self) -> bool:
        return self.problem.over or self.not_fixed or (self.said and not self.asks)


@record(kw_only=True)
class Due:
    """Something of ours that is due: an action, or the plan of a problem; `key` names either.

    What is dropped, or was `moved` to another day in this huddle, is done with too.
    """

    key: str
    what: str
    plan: str
    owner: str
    due: date
    done: bool
    moved: bool = False
    dropped: bool = False

    @property
    def settled(self) -> bool:
        return self.done or self.moved or self.dropped


@record(kw_only=True)
class Promise:
    """What another place has planned for a problem of ours; `over` by how many days it is over its day."""

    problem: Problem
    who: str
    owner: str
    due: date
    over: int


@record(kw_only=True)
class Announced:
    """What the place `who` above us announced; `said`: read out here, `before`: in an earlier huddle."""

    announcement: Announcement
    who: str
    said: bool
    before: bool


@record(kw_only=True)
class LastTime:
    answers: tuple[Back, ...]
    due: tuple[Due, ...]
    promises: tuple[Promise, ...]
    announced: tuple[Announced, ...]
    tally: Tally

    @property
    def count(self) -> int:
        """Lines that ask for a key; promises only inform, and so does what was announced in an earlier huddle."""
        return len(self.answers) + len(self.due) + sum(not one.before for one in self.announced)

    @property
    def done(self) -> int:
        here = sum(one.said and not one.before for one in self.announced)
        return sum(one.done for one in self.answers) + sum(one.settled for one in self.due) + here


def look(desk: Desk, places: Places, *, since: datetime, on: date, begun: datetime | None = None) -> LastTime:
    """The lines of Last time, those that were done since the huddle began with them.

    What was planned after the huddle had `begun` is due next time at the earliest, whatever its day is.
    """
    return LastTime(
        answers=_answers(desk, places, since),
        due=_due(desk, since, on, begun),
        promises=promises(desk, places, on),
        announced=_announced(desk, places, since, on),
        tally=figures.tally(desk),
    )


def promises(desk: Desk, places: Places, on: date) -> tuple[Promise, ...]:
    """What others have planned for problems of ours, the one that is longest over its day first."""
    found = [
        Promise(
            problem=problem,
            who=name_of(places.tree, problem.holder),
            owner=problem.owner or "",
            due=day,
            over=max((on - day).days, 0),
        )
        for problem in todays.waiting(desk).problems
        if (day := problem.due or problem.check_in) and problem.planned_at and problem.planned_at >= problem.held_since
    ]
    return tuple(sorted(found, key=lambda one: one.due))


def _announced(desk: Desk, places: Places, since: datetime, on: date) -> tuple[Announced, ...]:
    """What is in force today; what was read out in an earlier huddle stands behind what was not."""
    found = []
    for one in announcements.for_us(desk, on, places.tree):
        read = one.read.get(desk.node)
        who = name_of(places.tree, one.node)
        found.append(Announced(announcement=one, who=who, said=read is not None, before=bool(read and read < since)))
    return tuple(sorted(found, key=lambda one: one.before))


def _answers(desk: Desk, places: Places, since: datetime) -> tuple[Back, ...]:
    reading = desk.look().rows
    rows = reading(
        f"SELECT *, {rules.TIMES_ASKED} AS asked FROM problem"  # noqa: S608 - our own words
        " WHERE answer_to = :node AND state IN ('open', 'resolved')"
        " AND (answer_read_at IS NULL OR answer_read_at >= :since OR (state = 'resolved' AND holder = :node))"
        " ORDER BY answer_at, subject LIMIT :limit",
        node=desk.node, since=since.isoformat(), limit=todays.SHOWN, day=rules.today(desk),
    )  # fmt: skip
    rows += reading(
        "SELECT * FROM problem WHERE origin = :node AND state = 'closed' AND changed_at >= :since"
        " AND answer_to = :node ORDER BY answer_at, subject LIMIT :limit",
        node=desk.node, since=since.isoformat(), limit=todays.SHOWN,
    )  # fmt: skip
    found = []
    for problem, asked in ((thawed(Problem, row), int(row.get("asked", 0))) for row in rows):
        # What we have just solved ourselves is asked about next time.
        ours_now = problem.answer is not None and problem.answer.node == desk.node and problem.answer.at >= since
        if problem.answer is not None and not ours_now:
            said = problem.answer.read_at is not None or problem.answer.node == desk.node
            asks = problem.state is State.RESOLVED and problem.holder == desk.node
            who = name_of(places.tree, problem.answer.node)
            last = asks and asked + 1 >= desk.settings.rules.lapse_huddles
            found.append(Back(problem=problem, who=who, said=said, asks=asks, answer=problem.answer, last=last))
    found += [
        Back(problem=problem, who=name_of(places.tree, was.node), said=True, asks=False, answer=was, not_fixed=True)
        for problem, was in settled.reopened(desk, since)
    ]
    # In the order in which they were given; behind them what is solved and asks whether it worked.
    return tuple(sorted(found, key=lambda one: (one.answer.solved, one.answer.at)))


def _due(desk: Desk, since: datetime, on: date, begun: datetime | None) -> tuple[Due, ...]:
    known = [one for one in actions.listed(desk) if one.due <= on]
    rows = desk.look().rows(
        "SELECT * FROM action WHERE node = :node AND state = 'done' AND due <= :day AND done_at >= :since",
        node=desk.node, day=on.isoformat(), since=since.isoformat(),
    )  # fmt: skip
    known += [thawed(Action, row) for row in rows]
    rows = desk.look().rows(
        "SELECT * FROM problem WHERE holder = :node AND COALESCE(due, check_in) <= :day"
        " AND (state = 'open' OR (state = 'resolved' AND changed_at >= :since))",
        node=desk.node, since=since.isoformat(), day=on.isoformat(),
    )  # fmt: skip
    held = [thawed(Problem, row) for row in rows]
    found = [_of_action(one) for one in known if begun is None or one.planned_at < begun]
    found += [_of_problem(one) for one in held if begun is None or (one.planned_at or begun) < begun]
    stood = {one.key: (one.due, one.key, one) for one in found}
    for day, one in _settled_otherwise(desk, since, on):
        stood.setdefault(one.key, (day, one.key, one))
    return tuple(one for *_, one in sorted(stood.values(), key=lambda each: each[:2]))


def _settled_otherwise(desk: Desk, since: datetime, on: date) -> Iterator[tuple[date, Due]]:
    """What was due and has another day, or is dropped, since the huddle began; and the day by which it stands."""
    for action, day in settled.moved(desk, since, on):
        dropped = action.state is ActionState.DROPPED
        yield day, replace(_of_action(action), moved=not dropped, dropped=dropped)
    for problem, day in settled.planned_anew(desk, since, on):
        yield day, replace(_of_problem(problem), moved=True)


def _of_action(one: Action) -> Due:
    done = one.state is ActionState.DONE
    return Due(key=one.id, what=one.what, plan="", owner=one.owner, due=one.due, done=done)


def _of_problem(one: Problem) -> Due:
    return Due(
        key=one.id,
        what=one.title,
        plan=one.what or "",
        owner=one.owner or "",
        due=one.due or one.check_in or date.max,
        done=one.state is not State.OPEN,
    )
