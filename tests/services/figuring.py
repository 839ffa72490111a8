"""The figures once more, in two other ways: from the chain of each day, and from the stories; and weeks to count."""

import random
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from tests.services.hospital import DAY, USUAL, Hospital, at
from wsq_huddle.domain.chains import Row, State
from wsq_huddle.domain.figures import as_json
from wsq_huddle.domain.problems import Mode, Problem, Urgency
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import figures, huddles, problems
from wsq_huddle.services.desk import Desk

LAST = DAY + timedelta(days=6)
HELD = {State.HELD, State.OPEN}


def told(desk: Desk, begins: date = DAY, ends: date = LAST) -> dict[str, Any]:
    return as_json(figures.between(desk, begins, ends))


def part(found: dict[str, Any], node: str) -> dict[str, Any]:
    return next(one for one in found["nodes"] if one["node"] == node)


# Two other ways


def by_chain(desk: Desk, nodes: Iterable[str], chain: Iterable[Row]) -> dict[str, Any]:
    """The huddles of some nodes as they are counted by hand from `chain`, a day at a time."""
    among = set(nodes)
    rows = [row for row in chain if row.node in among]
    due = [row for row in rows if row.state is not State.PLANNED or (row.planned_at or desk.now()) < desk.now()]
    took = [
        (row.closed_at - row.opened_at).total_seconds() / 60
        for row in due
        if row.state is State.HELD and row.opened_at and row.closed_at
    ]
    return {
        "planned": len(due),
        "held": sum(row.state in HELD for row in due),
        "late": sum(row.late for row in due),
        "missed": sum(row.state is State.MISSED for row in due),
        "skipped": sum(row.state is State.SKIPPED for row in due),
        "median_minutes": round(median(took), 1) if took else None,
    }


class Read:
    """One problem, read line by line from its story: who had it from when to when, and what was said."""

    def __init__(self, desk: Desk, problem: Problem) -> None:  # noqa: C901, PLR0912, PLR0915 - a branch a kind
        now, known = desk.now(), desk.tree().nodes
        tiers = {key: str(known[key].tier) if key in known else "unknown" for key in USUAL}
        self.origin = problem.origin
        self.asked: list[float] = []
        self.resolved_by: str | None = None
        self.answered = self.solved = self.confirmed = self.raised = None
        self.escalated = self.read_out = False
        self.returned = self.reopened = 0
        self.at_tier: dict[str, float] = {}
        holder: str | None = None
        since = asked = None
        answer_hash = ""
        for line in problems.story_of(desk, problem.id):
            turns = line.turn is not None and not line.overtaken and not line.ahead
            if line.kind == "problem.seen" and line.data["read_out"] and line.node == self.origin:
                self.read_out |= bool(answer_hash)
            if not turns:
                continue
            if asked is not None and line.node == holder:
                self.asked.append(hours(asked, line.at))
                asked = None
            keeps = line.kind in {"problem.planned", "problem.acknowledged"} or line.data.get("mode") == "awareness"
            if not keeps and holder is not None and since is not None:
                tier = tiers[holder]
                self.at_tier[tier] = self.at_tier.get(tier, 0.0) + hours(since, line.at)
            match line.kind.removeprefix("problem."):
                case "raised":
                    holder, since, self.raised = line.node, line.at, line.at
                case "escalated" | "assigned" if not keeps:
                    holder, since, asked = line.data["to"], line.at, line.at
                    self.escalated |= line.kind == "problem.escalated"
                case "returned":
                    holder, since, asked = line.data["to"], line.at, None
                    self.returned += 1
                    self.answered, answer_hash, self.read_out = line.at, line.hash, False
                case "resolved":
                    holder = since = asked = None
                    self.resolved_by, self.solved = tiers[line.node], line.at
                    self.answered, answer_hash, self.read_out = line.at, line.hash, False
                case "confirmed":
                    self.confirmed = line.at
                case "lapsed" | "withdrawn":
                    holder = since = None
                case "reopened":
                    holder, since = line.node, line.at
                    self.resolved_by = self.solved = self.answered = None
                    answer_hash, self.read_out = "", False
                    self.reopened += 1
                case "taken-over":
                    holder, since, asked = line.node, line.at, None
        if holder is not None and since is not None:
            tier = tiers[holder]
            self.at_tier[tier] = self.at_tier.get(tier, 0.0) + hours(since, now)


def hours(since: datetime, until: datetime) -> float:
    return (until - since).total_seconds() / 3600


def middle(values: Iterable[float]) -> float | None:
    found = list(values)
    return median(found) if found else None


def by_stories(nodes: Iterable[str], stories: Iterable[Read]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The problems of some nodes as they are counted by hand from the stories of all."""
    among = set(nodes)
    found = [one for one in stories if one.origin in among]
    solved = [one for one in found if one.resolved_by]
    tiers = sorted({tier for one in found for tier in one.at_tier})
    return (
        {
            "raised": len(found),
            "escalated": sum(one.escalated for one in found),
            "resolved_by_tier": dict(Counter(one.resolved_by for one in solved)),
            "median_hours": {
                "acknowledge": middle(wait for one in found for wait in one.asked),
                "resolve": middle(hours(one.raised, one.solved) for one in solved if one.raised and one.solved),
                "confirm": middle(hours(one.solved, one.confirmed) for one in found if one.solved and one.confirmed),
            },
            "median_hours_at_tier": {
                tier: middle(one.at_tier[tier] for one in found if tier in one.at_tier) for tier in tiers
            },
            "returned": sum(one.returned for one in found),
            "reopened": sum(one.reopened for one in found),
        },
        {
            "given": sum(one.answered is not None for one in found),
            "read_out": sum(one.read_out for one in found),
            "not_now": 0,
        },
    )


def near(one: object, other: object) -> bool:
    """Equal, where times were rounded to a hundredth of an hour."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(near(one[key], other[key]) for key in one)
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) < 0.011
    return one == other


# Random weeks


class Week:
    """A week of huddles and verbs at random, carried between the nodes now and then."""

    def __init__(self, hospital: Hospital, seed: int) -> None:
        self.hospital, self.random = hospital, random.Random(seed)  # noqa: S311 - a week that can be played again

    def run(self) -> None:
        for number in range(5):
            day = DAY + timedelta(days=number)
            for clock in ("07:15", "08:05", "12:30", "18:00"):
                self.hospital.clock.at(at(clock, day) + timedelta(minutes=self.random.randrange(20)))
                for key in self.random.sample(list(USUAL), len(USUAL)):
                    if clock in {"07:15", "08:05"}:
                        self.meet(self.hospital[key])
                    self.act(self.hospital[key])
                if self.random.random() < 0.8:
                    self.hospital.deliver()
        self.hospital.deliver()

    def meet(self, desk: Desk) -> None:
        with suppress(NotAllowed):
            match self.random.randrange(5):
                case 0:
                    huddles.skip(desk, huddles.sitting(desk), why="short of staff")
                case 1 | 2:
                    huddles.open_today(desk)
                    self.hospital.clock.at(desk.now() + timedelta(minutes=self.random.randrange(12)))
                    if self.random.random() < 0.7:
                        huddles.close(desk, huddles.sitting(desk))
                case 3 if desk.tier > 1:
                    child = self.random.choice(desk.tree().children(desk.node) or [desk.node])
                    huddles.mark(desk, child, as_held=self.random.choice(["paper", "emergency", "not-known"]))
                case _:
                    pass

    def act(self, desk: Desk) -> None:
        if self.random.random() < 0.5:
            problems.raise_at(desk, title="Pumps", urgency=self.random.choice(list(Urgency)))
        for one in problems.listed(desk, at="all")[:6]:
            may = sorted(problems.may(desk, one))
            if may and self.random.random() < 0.6:
                self.verb(desk, one, self.random.choice(may))

    def verb(self, desk: Desk, one: Problem, verb: str) -> None:
        other = self.random.choice([key for key in USUAL if key != desk.node])
        words: dict[str, dict[str, Any]] = {
            "escalate": {"need": "x", "mode": self.random.choice([*Mode, Mode.ACTION])},
            "give_back": {"answer": "x"},
            "assign": {"need": "x", "to": other},
            "resolve": {"remedy": "x"},
            "reopen": {"why": "x"},
            "take_over": {"why": "x"},
            "acknowledge": {},
            "confirm": {},
            "lapse": {},
        }
        if verb == "withdraw" and self.random.random() < 0.3:
            words["withdraw"] = {"why": "x"}
        with suppress(NotAllowed):
            if verb in words:
                getattr(problems, verb)(desk, one.id, **words[verb])
            if one.answer and self.random.random() < 0.5:
                problems.read_out(desk, one.id)
