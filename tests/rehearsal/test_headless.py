"""The morning without a screen: units to departments to executives and back, over real sockets."""

import time

import pytest

from tests.rehearsal.mornings import SHORT
from wsq_huddle.rehearsal.headless import play
from wsq_huddle.rehearsal.hospital import PLACES

pytestmark = pytest.mark.xdist_group("rehearsal")

ROW = {
    "node", "name", "tier", "parent", "huddle", "planned_at", "state", "late", "heard_at", "opened_at", "closed_at",
    "reported_at", "problems_up", "problems_down",
}  # fmt: skip


def test_a_whole_morning_is_played_over_http_and_nothing_is_lost_or_doubled() -> None:
    said: list[str] = []
    began = time.monotonic()

    told = play(tale=SHORT, say=said.append).as_json()

    took = time.monotonic() - began
    states = {row["node"]: row["state"] for row in told["nodes"]}
    assert {*told} == {"on", "window", "nodes", "escalated", "answered", "confirmed", "lost", "doubled", "hops"}
    assert (told["lost"], told["doubled"]) == (0, 0)
    assert told["escalated"] >= 5
    assert told["answered"] >= 4
    assert told["confirmed"] >= 3
    assert states == {place.key: "held" for place in PLACES} | {"recovery": "skipped"}
    assert all({*row} == ROW for row in told["nodes"])
    assert took < 40


def test_the_timeline_tells_the_way_of_the_pumps_and_of_the_staff() -> None:
    said: list[str] = []

    played = play(tale=SHORT, say=said.append)

    ways = {(hop.start, hop.end) for hop in played.hops}
    story = [line[7:].split(maxsplit=1)[1] for line in said if '"Two IV pumps missing"' in line and "4 West" in line]
    assert {("4-west", "cardiac"), ("cardiac", "biomed"), ("biomed", "4-west"), ("cardiac", "executive")} <= ways
    assert all(0 < hop.seconds < 10 for hop in played.hops)
    assert story, said
    assert played.counted.disagreeing == 0
