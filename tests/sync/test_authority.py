"""Who may do what at the hub: everything that is not allowed is refused, one line a case."""

import time
from dataclasses import replace
from threading import Thread

import httpx
import pytest

from tests.sync.callers import PLAIN, Caller, caller, feed_of, forged
from tests.sync.places import Hospital, count, on_both, problem, raised, recorded
from wsq_huddle.domain.entries import START, Entry, read
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.nodes import Enrolled, Moved, Renamed, Revoked
from wsq_huddle.domain.problems import Escalated, Raised, Urgency
from wsq_huddle.sync.enrolling import revoke
from wsq_huddle.sync.link.positions import position_of
from wsq_huddle.sync.wire import PROTOCOL_HEADER

RAISED = Raised(category="equipment", urgency=Urgency.TODAY, title="Two IV pumps missing")


@pytest.mark.parametrize(
    ("node", "subject", "event", "status"),
    [
        ("4-west", "problem-", RAISED, "stored"),
        ("5-east", "problem-", RAISED, "refused"),
        ("cardiac", "problem-", RAISED, "parked"),
        ("executive", "problem-", RAISED, "refused"),
        ("nobody", "problem-", RAISED, "refused"),
        ("4-west", "node-bay-1", Enrolled(key="bay-1", name="Bay 1", tier=1, parent="4-west"), "stored"),
        ("4-west", "node-bay-1", Enrolled(key="bay-1", name="Bay 1", tier=1, parent="cardiac"), "refused"),
        ("4-west", "node-cardiac", Enrolled(key="cardiac", name="Ours", tier=1, parent="4-west"), "refused"),
        ("4-west", "node-executive", Enrolled(key="executive", name="Ours", tier=1, parent="4-west"), "refused"),
        ("4-west", "node-5-east", Enrolled(key="5-east", name="Ours", tier=1, parent="4-west"), "parked"),
        ("4-west", "node-4-west", Moved(key="4-west", parent="executive"), "refused"),
        ("4-west", "node-4-west", Moved(key="4-west", parent="4-west"), "refused"),
        ("4-west", "node-5-east", Moved(key="5-east", parent="4-west"), "refused"),
        ("4-west", "node-5-east", Renamed(key="5-east", name="Ours"), "refused"),
        ("4-west", "node-5-east", Revoked(key="5-east"), "refused"),
        ("4-west", "node-cardiac", Renamed(key="4-west", name="Ours"), "refused"),
        ("4-west", "node-4-west", Renamed(key="4-west", name="Fourth"), "stored"),
    ],
)
def test_a_token_speaks_for_its_node_and_those_below_it(
    place: Hospital, node: str, subject: str, event: Event, status: str
) -> None:
    place.joined(("cardiac", "executive"), ("4-west", "cardiac"), ("5-east", "cardiac"))
    before = place.store("cardiac").look().rows("SELECT key, name, parent FROM node ORDER BY key")
    epoch = position_of(place.store("4-west")).epoch
    answer = caller(place, "4-west", "cardiac").push(epoch, 0, START, [forged(node, subject, event)])

    assert [result["status"] for result in answer.json()["results"]] == [status]
    after = place.store("cardiac").look().rows("SELECT key, name, parent FROM node ORDER BY key")
    assert after == before or status == "stored"


def test_a_forged_seal_in_our_name_is_refused(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    subject = raised(place.store("4-west"))
    recorded(place.store("4-west"), subject, Escalated(to="cardiac", need="two pumps"))
    place.exchange("4-west")
    row = place.store("cardiac").look().one("SELECT head, seal, device FROM entry WHERE node = 'cardiac' LIMIT 1")
    assert row is not None
    told = read(Entry(row["head"], None, row["seal"]))
    entry = forged("cardiac", "problem-", RAISED)
    entry = replace(entry, head=entry.head.replace(read(entry).device, told.device).replace('"seq":1', '"seq":999'))
    position = position_of(place.store("4-west"))
    answer = caller(place, "4-west", "cardiac").push(
        position.epoch, position.out_head, feed_of(place.store("4-west"))[2][-1], [entry]
    )

    assert answer.json()["results"][0]["reason"] == "written in our name, but not sealed by us"


def test_nothing_of_one_unit_is_seen_by_another(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"), ("5-east", "cardiac"))
    subject = raised(place.store("4-west"), "Only for our department")
    place.exchange("4-west")
    place.exchange("5-east")

    assert problem(place.store("cardiac"), subject) is not None
    assert count(place.store("5-east"), f"subject = '{subject}'") == 0
    assert count(place.store("5-east"), "node = '4-west'") == 0


@pytest.mark.parametrize("token", ["", "wsqh_wrong", "x" * 5000])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/hello"),
        ("GET", "/v1/feed?epoch=1&after=0"),
        ("POST", "/v1/push"),
        ("POST", "/v1/token"),
        ("POST", "/v1/restart"),
    ],
)
def test_without_a_good_token_every_door_is_shut(place: Hospital, token: str, method: str, path: str) -> None:
    headers = {PROTOCOL_HEADER: "1", "Content-Type": "application/json"}
    headers |= {"Authorization": f"Bearer {token}"} if token else {}
    answer = httpx.request(
        method, place.hub("cardiac").url + path, headers=headers, content="{}" * (method == "POST"), verify=PLAIN
    )

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "token"


@on_both
def test_who_is_shut_out_while_waiting_is_sent_away_at_once(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    place.exchange("4-west")
    asking = caller(place, "4-west", "cardiac")
    position = position_of(place.store("4-west"))
    answers: list[httpx.Response] = []

    def poll() -> None:
        answers.append(asking.get("/v1/feed", epoch=position.epoch, after=position.in_n, wait=20))

    thread = Thread(target=poll)
    thread.start()
    time.sleep(0.5)
    began = time.monotonic()
    revoke(place.store("cardiac"), "4-west")
    thread.join(10)

    assert answers[0].status_code == 401
    assert time.monotonic() - began < 2


def test_a_feed_of_another_epoch_is_not_given(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    asking = caller(place, "4-west", "cardiac")

    assert asking.get("/v1/feed", epoch=7, after=0).json()["code"] == "epoch"
    assert asking.get("/v1/feed", epoch=1, after=999).json()["code"] == "behind"
    assert asking.push(7, 0, START, []).json()["code"] == "epoch"


def test_a_device_is_never_read_from_outside_the_folder_of_secrets(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    entry = forged("cardiac", "problem-", RAISED)
    entry = replace(entry, head=entry.head.replace(read(entry).device, "../../../etc/passwd"))
    answer = Caller(place.hub("cardiac").url, caller(place, "4-west", "cardiac").token).push(1, 0, START, [entry])

    assert answer.json()["results"][0]["status"] in ("parked", "refused")
