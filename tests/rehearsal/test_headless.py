"""The morning without a screen: units to departments to executives and back, over real sockets."""

import time
from dataclasses import dataclass

import pytest

from tests.rehearsal.hospitals import warm
from tests.rehearsal.mornings import SHORT
from wsq_huddle.rehearsal.headless import Played, play
from wsq_huddle.rehearsal.hospital import PLACES

ROW = {
    "node", "name", "tier", "parent", "huddle", "planned_at", "state", "late", "heard_at", "opened_at", "closed_at",
    "reported_at", "problems_up", "problems_down", "on_paper",
}  # fmt: skip
"""The keys of a row of `chain --json`."""


@dataclass(frozen=True)
class Run:
    """A morning that was played: what it came to, its timeline, and the seconds it took with all set-up."""

    played: Played
    said: list[str]
    seconds: float


@pytest.fixture(scope="module")
def run() -> Run:
    said: list[str] = []
    began = time.monotonic()
    played = play(tale=SHORT, say=said.append, launch=warm)
    return Run(played, said, time.monotonic() - began)


def test_nothing_is_lost_or_doubled_and_all_stores_say_the_same(run: Run) -> None:
    counted = run.played.counted

    assert (counted.lost, counted.doubled, counted.disagreeing) == (0, 0, 0)
    assert counted.entries > 500


def test_the_document_is_the_chain_and_what_the_morning_came_to(run: Run) -> None:
    told = run.played.as_json()

    assert {*told} == {
        "on", "window", "nodes", "closed", "escalated", "answered", "confirmed", "lost", "doubled", "hops"
    }  # fmt: skip
    assert (told["lost"], told["doubled"]) == (0, 0)
    assert told["escalated"] >= 5
    assert told["answered"] >= 4
    assert told["confirmed"] >= 3
    assert all({*row} == ROW for row in told["nodes"])
    assert all({*hop} == {"problem", "from", "to", "seconds"} for hop in told["hops"])


def test_every_huddle_of_the_morning_is_held_but_the_one_that_was_called_off(run: Run) -> None:
    states = {row["node"]: row["state"] for row in run.played.as_json()["nodes"]}

    assert states == {place.key: "held" for place in PLACES} | {"recovery": "skipped"}


def test_the_pumps_go_over_the_department_to_biomed_and_the_staff_to_the_executives(run: Run) -> None:
    ways = {(hop.start, hop.end) for hop in run.played.hops}

    assert {("4-west", "cardiac"), ("cardiac", "biomed"), ("biomed", "4-west")} <= ways
    assert {("cardiac", "executive"), ("executive", "4-west")} <= ways
    assert all(0 < hop.seconds < 10 for hop in run.played.hops)


def test_the_timeline_tells_a_problem_from_raised_to_fixed(run: Run) -> None:
    story = [line.split(maxsplit=1)[1] for line in run.said if '"2 RN short until 19:00"' in line]

    assert [line.split()[0] for line in story] == ["4", "4", "Cardiac", "Executive", "4"]
    assert "asks Cardiac Services for help" in story[1]
    assert "says yes, fixed" in story[-1]


def test_a_whole_run_takes_less_than_forty_seconds(run: Run) -> None:
    assert run.seconds < 40
