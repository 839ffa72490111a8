"""Random mornings without a store: seven nodes, links that keep their order, and the problems domain in between.

Each node has a log and, for each neighbour, a feed. What is recorded or received joins the feeds of `routes.peers`;
a node that learns of a newcomer beyond a link first queues all it has of that problem there.
"""

import hashlib
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from wsq_huddle.domain import problems
from wsq_huddle.domain.entries import START, Told
from wsq_huddle.domain.events import Audience, Event
from wsq_huddle.domain.nodes import Node, Tree
from wsq_huddle.domain.problems import Mode, Problem
from wsq_huddle.domain.routes import peers
from wsq_huddle.errors import NotAllowed

PARENT = {"E": None, "D1": "E", "D2": "E", "U1": "D1", "U2": "D1", "B": "E", "U3": "D2"}
NODES = {key: Node(key=key, name=key, tier=1, parent=above) for key, above in PARENT.items()}
TREES = {key: Tree(key, NODES) for key in PARENT}
AT = datetime(2026, 11, 24, 7, 15, tzinfo=UTC)
DAY = date(2026, 11, 25)


@dataclass
class Outcome:
    """What one or many plays came to."""

    problems: int = 0
    disputed: int = 0
    ahead: int = 0
    forged: int = 0
    flipped: int = 0

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(**{name: value + getattr(other, name) for name, value in vars(self).items()})


class Play:
    """One random morning; `taking` lets tiers above take over, which makes forks."""

    def __init__(self, seed: int, *, taking: bool) -> None:
        self.random = Random(seed)  # noqa: S311 - a play that can be played again
        self.seed, self.taking, self.count, self.ahead = seed, taking, 0, 0
        self.logs: dict[str, dict[str, dict[str, Told]]] = {key: defaultdict(dict) for key in PARENT}
        self.states: dict[tuple[str, str], Problem | None] = {}
        self.feeds: dict[tuple[str, str], list[Told]] = defaultdict(list)
        self.sent: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.touched: set[str] = set()
        """The problems that something was written of, or brought, since somebody last looked."""

    def state(self, node: str, subject: str) -> Problem | None:
        if (node, subject) not in self.states:
            self.states[node, subject] = problems.fold(self.logs[node][subject].values())
        return self.states[node, subject]

    def subjects(self) -> list[str]:
        return sorted({subject for log in self.logs.values() for subject, entries in log.items() if entries})

    def holders(self, subject: str) -> list[str]:
        """The nodes that believe they hold a problem, and that it is not over."""
        states = ((node, self.state(node, subject)) for node in PARENT)
        return [node for node, it in states if it and it.holder == node and not it.over]

    def record(
        self, node: str, subject: str | None, event: Event, *, low: bool = False, on: Told | None = None
    ) -> None:
        """Write an event down at a node; `on` and `low` forge a turn on an old one, with a hash lower than any."""
        self.count += 1
        it = self.state(node, subject) if subject else None
        made = hashlib.sha256(f"{self.seed} {self.count}".encode()).hexdigest()
        entry = Told(
            id=f"e{self.count}",
            hash=made if not low else "0" * 8 + made[8:],
            subject=subject or problems.subject_of(f"e{self.count}"),
            kind=event.kind,
            event=event,
            node=node,
            device=node,
            seq=self.count,
            prev=START,
            by=node,
            at=AT + timedelta(minutes=self.count),
            turn=None,
            on=None,
            tick=None if event.turns else self.count,
            audience=Audience.PATH,
            to=getattr(event, "to", None),
        )
        if event.turns:
            below = (on.turn or 0, on.hash) if on else (it.turn, it.last) if it else (0, None)
            entry = replace(entry, turn=below[0] + 1, on=below[1])
        self.take(node, entry)

    def take(self, node: str, entry: Told, came_from: str | None = None) -> None:
        """Record or receive: write, queue, and say that it has arrived."""
        log = self.logs[node][entry.subject]
        if came_from:
            self.sent[node, came_from].add(entry.hash)
        if entry.hash in log:
            return
        before = problems.parties(self.state(node, entry.subject))
        log[entry.hash] = entry
        self.touched.add(entry.subject)
        del self.states[node, entry.subject]
        it = self.state(node, entry.subject)
        self.ahead += bool(it and it.ahead)
        after = problems.parties(it)
        for newcomer in sorted(after - before - {node}):
            link = TREES[node].toward(newcomer)
            assert link is not None
            for old in list(log.values()):
                self.queue(node, link, old)
        for peer in sorted(peers(Audience.PATH, author=entry.node, path=after, came_from=came_from, tree=TREES[node])):
            self.queue(node, peer, entry)
        if came_from and problems.arrives(it, entry, node):
            self.record(node, entry.subject, problems.Arrived(of=entry.hash))

    def queue(self, node: str, peer: str, entry: Told) -> None:
        if entry.hash not in self.sent[node, peer]:
            self.sent[node, peer].add(entry.hash)
            self.feeds[node, peer].append(entry)

    def deliver(self) -> bool:
        """Carry one entry over one link; false when nothing waits."""
        waiting = [link for link, feed in self.feeds.items() if feed]
        if not waiting:
            return False
        sender, receiver = self.random.choice(waiting)
        self.take(receiver, self.feeds[sender, receiver].pop(0), sender)
        return True

    def act(self, node: str) -> str | None:
        """Let a node do something that it may; gives the subject."""
        known = [subject for subject, log in self.logs[node].items() if log]
        if not known or self.random.random() < 0.05:
            self.record(node, None, problems.raise_at(TREES[node], title="pumps"))
            return None
        subject = self.random.choice(known)
        it = self.state(node, subject)
        if it is None:
            return None
        may = problems.may(it, TREES[node], now=AT, within=timedelta(days=30)) - {"correct"}
        if not self.taking or self.random.random() < 0.9:
            may -= {"take_over"}
        if self.random.random() < 0.7:
            may -= {"withdraw"}
        if self.random.random() < 0.8:
            may = frozenset(verb for verb in may if problems.VERBS[verb].turns)
        if may:
            with suppress(NotAllowed):  # who was alerted once is not alerted again
                self.record(node, subject, self.event(self.random.choice(sorted(may)), it, TREES[node]))
        return subject

    def event(self, verb: str, it: Problem, tree: Tree) -> Event:
        other = self.random.choice([key for key in PARENT if key != tree.me])
        back = self.random.choice([node for node in it.held if node != tree.me] or [tree.me])
        words: dict[str, dict[str, Any]] = {
            "plan": {"what": "x", "owner": "x", "due": DAY},
            "escalate": {"need": "x", "mode": self.random.choice(list(Mode))},
            "give_back": {"answer": "x", "to": back},
            "assign": {"need": "x", "to": other},
            "resolve": {"remedy": "x"},
            "reopen": {"why": "x", "now": AT, "within": timedelta(days=30)},
            "withdraw": {"why": "x"},
            "take_over": {"why": "x"},
            "note": {"text": "x"},
            "ask_recall": {"why": "x"},
            "remind": {"rule": problems.Rule.OVERDUE},
        }
        event: Event = getattr(problems, verb)(it, tree, **words.get(verb, {}))
        return event

    def forge(self, subject: str, node: str, *, behind: int) -> bool:
        """Let a former holder write an old turn anew, with the lowest hash; false if there is no such turn."""
        it = self.state(node, subject)
        turns = {told.hash: told for told in it.told if told.turn and told.hash not in it.overtaken} if it else {}
        old = [
            told for told in turns.values() if it and told.node != it.holder and (told.turn or 0) <= it.turn - behind
        ]
        old = sorted((told for told in old if told.on in turns), key=lambda told: told.hash)
        if not old:
            return False
        former = self.random.choice(old)
        here = former.node
        other = self.random.choice([key for key in PARENT if key != here])
        events: list[Event] = [
            problems.Resolved(remedy="forged"),
            problems.Withdrawn(why="forged"),
            problems.Assigned(to=other, via=tuple(TREES[here].between(here, other)), need="forged"),
            problems.Planned(owner="forged", due=DAY),
        ]
        self.record(here, subject, self.random.choice(events), low=True, on=turns[former.on or ""])
        return True


def play(seed: int, *, taking: bool = False, forking: bool = False, forging: bool = False) -> Outcome:
    """A morning of random verbs and deliveries, then all that waits is delivered; the law is asserted on the way.

    `forking` lets nodes write on old turns in the middle of it, as restored backups do; `forging` only in the end.
    """
    here = Play(seed, taking=taking)
    for _ in range(300):
        here.touched.clear()
        if here.random.random() < 0.5:
            node = here.random.choice(list(PARENT))
            subject = here.act(node)
            if forking and subject and here.random.random() < 0.1:
                here.forge(subject, node, behind=0)
        else:
            here.deliver()
        if not taking and not forking:
            for subject in here.touched:
                assert len(here.holders(subject)) <= 1, (seed, subject, here.holders(subject))
    while here.deliver():
        pass
    outcome = Outcome(ahead=here.ahead)
    for subject in here.subjects():
        it = agreed(here, subject)
        outcome += Outcome(problems=1, disputed=int(it.disputed))
        if forging and here.forge(subject, it.origin, behind=2):
            while here.deliver():
                pass
            after = agreed(here, subject)
            flipped = (after.holder, after.state, after.turn) != (it.holder, it.state, it.turn)
            outcome += Outcome(forged=1, flipped=int(flipped))
    return outcome


def agreed(here: Play, subject: str) -> Problem:
    """The problem as all its parties see it, who have all entries of it and agree on all of it."""
    knowing = [node for node in PARENT if here.logs[node][subject]]
    first = here.state(knowing[0], subject)
    assert first is not None
    assert set(knowing) >= problems.parties(first), (here.seed, subject)
    for node in knowing:
        assert here.logs[node][subject].keys() == here.logs[knowing[0]][subject].keys(), (here.seed, subject, node)
        assert here.state(node, subject) == first, (here.seed, subject, node)
    assert not first.ahead, (here.seed, subject)
    assert len(here.holders(subject)) == (0 if first.over else 1), (here.seed, subject)
    return first
