"""A problem goes up two tiers and back while hubs and links are killed at random: nothing lost, nothing doubled.

20 kills by default, and a sixth of them with the hubs on PostgreSQL; `WSQ_KILLS=200` by hand.
"""

import os
import random
import time

import pytest

from tests.sync.places import Hospital, entries, problem, raised, recorded
from tests.sync.processes import ended, kept, started
from wsq_huddle.domain.problems import Confirmed, Escalated, Problem, Resolved, State
from wsq_huddle.store.projecting import dump
from wsq_huddle.store.store import Store

KILLS = int(os.environ.get("WSQ_KILLS", "20"))
NODES = ("4-west", "cardiac", "executive")
SECONDS = 240 + KILLS * 3


class Staff:
    """The people of three tiers: each does what is theirs to do as soon as it is on their screen."""

    def __init__(self, place: Hospital) -> None:
        self._stores = {node: place.store(node) for node in NODES}
        self._subjects: list[str] = []
        self.holders_seen = 0

    def work(self, most: int) -> None:
        """Take one round; at most so many problems are under way."""
        if len(self._subjects) < most:
            self._subjects.append(raised(self._stores["4-west"], f"Problem {len(self._subjects)}"))
        for subject in self._subjects:
            self._look_for_two_holders(subject)
            for node, store in self._stores.items():
                found = problem(store, subject)
                if found is not None and found.holder == node:
                    self._act(store, node, subject, found)

    def _act(self, store: Store, node: str, subject: str, found: Problem) -> None:
        above = {"4-west": "cardiac", "cardiac": "executive"}.get(node)
        if found.state is State.OPEN and above is not None:
            recorded(store, subject, Escalated(to=above, need="two pumps"))
        elif found.state is State.OPEN:
            recorded(store, subject, Resolved(remedy="bought"))
        elif found.state is State.RESOLVED and node == "4-west":
            recorded(store, subject, Confirmed(lesson="count them weekly"))

    def _look_for_two_holders(self, subject: str) -> None:
        # The lowest first: a turn that is handed up while we look must not be counted at both ends.
        found = [problem(self._stores[node], subject) for node in NODES]
        holders = [node for node, one in zip(NODES, found, strict=True) if one is not None and one.holder == node]
        assert len(holders) <= 1, holders
        self.holders_seen += len(holders)

    def done(self, number: int) -> bool:
        if len(self._subjects) < number:
            return False
        return all(self._closed(store, subject) for store in self._stores.values() for subject in self._subjects)

    def _closed(self, store: Store, subject: str) -> bool:
        found = problem(store, subject)
        return found is not None and found.state is State.CLOSED and found.delivered_at is not None

    @property
    def subjects(self) -> list[str]:
        return self._subjects


@pytest.mark.parametrize(("place", "kills"), [("file", KILLS), ("postgresql", KILLS // 6)], indirect=["place"])
def test_killed_at_random_nothing_is_lost_or_doubled(place: Hospital, kills: int) -> None:
    place.joined(("cardiac", "executive"), ("4-west", "cardiac"))
    ports = {node: place.stop_hub(node) for node in ("executive", "cardiac")} | {"4-west": 0}
    urls = {"executive": "", "cardiac": place.ways["cardiac"].url, "4-west": place.ways["4-west"].url}
    running = {node: started(node, place.folder / node, ports[node], urls[node]) for node in NODES}
    chance = random.Random(7)  # noqa: S311 - a test
    staff = Staff(place)
    killed, number, ends = 0, max(6, kills // 3), time.monotonic() + SECONDS
    try:
        next_kill = time.monotonic() + 2
        while killed < kills or not staff.done(number):
            assert time.monotonic() < ends, f"{killed} kills, {len(staff.subjects)} problems: not done in time"
            staff.work(min(number, 2 + number * killed // kills))
            if killed < kills and time.monotonic() > next_kill:
                node = chance.choice(NODES)
                running[node].kill()
                ended(running[node])
                killed += 1
                running[node] = started(node, place.folder / node, ports[node], urls[node])
                next_kill = time.monotonic() + chance.uniform(0.2, 1.6)
            running = {
                node: kept(process, node, place.folder / node, ports[node], urls[node])
                for node, process in running.items()
            }
            time.sleep(chance.uniform(0, 0.05))
        _drained(place)
    finally:
        for process in running.values():
            process.kill()
            ended(process)

    assert staff.holders_seen > 0
    for subject in staff.subjects:
        told = [entries(place.store(node), subject) for node in NODES]
        assert told[0] == told[1] == told[2]
        kinds = [entry[0].partition('"kind":"')[2].partition('"')[0] for entry in told[0]]
        turns = ("problem.raised", "problem.escalated", "problem.resolved", "problem.confirmed")
        assert [kinds.count(kind) for kind in turns] == [1, 2, 1, 1]
    made = [_made(place.store(node)) for node in NODES]
    assert made[0] == made[1] == made[2]
    for node in NODES:
        look = place.store(node).look()
        assert look.rows("SELECT reason FROM parked") == look.rows("SELECT reason FROM refusal") == []
        for link in look.rows("SELECT peer, epoch, out_head, out_acked FROM link_out"):
            query = "SELECT n FROM feed_item WHERE peer = :peer AND epoch = :epoch ORDER BY n"
            numbers = [row["n"] for row in look.rows(query, peer=link["peer"], epoch=link["epoch"])]
            assert numbers == list(range(1, link["out_head"] + 1))


def _made(store: Store) -> list[str]:
    with store.writing() as writing:
        return dump(writing.transaction)["problem"]


def _drained(place: Hospital) -> None:
    """Wait until what is still on its way has come."""
    ends = time.monotonic() + 60
    query = "SELECT count(*) AS n FROM link_out WHERE out_acked < out_head"
    while any(row["n"] for node in NODES if (row := place.store(node).look().one(query))):
        assert time.monotonic() < ends
        time.sleep(0.1)
