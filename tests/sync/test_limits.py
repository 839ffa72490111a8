"""What one caller may ask at once: whoever asks too much is sent away, and everybody else is not kept waiting."""

import socket
import time
from threading import Thread

import httpx
import pytest
from starlette.requests import Request

from tests.sync.callers import PLAIN, Caller, caller, feed_of
from tests.sync.places import Hospital, raised
from wsq_huddle.sync.hub import limits, patience
from wsq_huddle.sync.hub.answers import Problem
from wsq_huddle.sync.hub.limits import AtOnce, Tries, address_of
from wsq_huddle.sync.link.positions import position_of
from wsq_huddle.sync.wire import PROTOCOL_HEADER


@pytest.fixture
def asking(place: Hospital) -> Caller:
    place.joined(("4-west", "cardiac"))
    place.exchange("4-west")
    return caller(place, "4-west", "cardiac")


def begun(asking: Caller, path: str, *, token: str | None = None) -> socket.socket:
    """A question whose body does not come to its end."""
    host, _, port = asking.url.removeprefix("http://").partition(":")
    shown = f"Authorization: Bearer {token}\r\n" if token else ""
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nWsq-Protocol: 1\r\n{shown}Content-Type: application/json\r\n"
    one = socket.create_connection((host, int(port)), timeout=5)
    one.sendall(f"{head}Content-Length: 90\r\n\r\n{{".encode())
    return one


def until(asked: httpx.Response, status: int, again: object) -> httpx.Response:
    """Ask again until there is another answer than one status; the hub notices a moment later who has gone."""
    for _ in range(100):
        if asked.status_code != status:
            break
        time.sleep(0.05)
        asked = again()  # type: ignore[operator]  # a function
    return asked


def test_a_node_pushes_one_page_after_the_other(place: Hospital, asking: Caller) -> None:
    raised(place.store("4-west"))
    epoch, entries, chain = feed_of(place.store("4-west"))

    def push() -> httpx.Response:
        return asking.push(epoch, len(entries) - 1, chain[-2], entries[-1:])

    slow = begun(asking, "/v1/push", token=asking.token)
    assert until(push(), 200, push).status_code == 429
    refused = push()
    assert refused.json()["code"] == "busy"
    assert refused.headers["retry-after"] == "1"
    assert asking.get("/v1/hello").status_code == 200

    slow.close()
    assert until(push(), 429, push).json()["acked"] == len(entries)


def test_a_node_that_polls_too_often_at_once_is_sent_away_and_others_are_not(place: Hospital, asking: Caller) -> None:
    place.enrol("5-east", "cardiac")
    other = caller(place, "5-east", "cardiac")
    place.exchange("4-west")
    position = position_of(place.store("4-west"))
    head = asking.get("/v1/hello").json()["down"]["head"]
    waiting = [
        Thread(target=asking.get, args=("/v1/feed",), kwargs={"epoch": position.epoch, "after": head, "wait": 4})
        for _ in range(limits.POLLS)
    ]
    for one in waiting:
        one.start()
    time.sleep(0.8)

    assert asking.get("/v1/feed", epoch=position.epoch, after=head, wait=4).status_code == 429
    assert other.get("/v1/feed", epoch=position_of(place.store("5-east")).epoch, after=0).status_code == 200
    for one in waiting:
        one.join()
    assert asking.get("/v1/feed", epoch=position.epoch, after=head).status_code == 200


def test_strangers_of_one_address_ask_so_much_at_once_and_nodes_are_let_in_all_the_same(asking: Caller) -> None:
    slow = [begun(asking, "/v1/enrol") for _ in range(limits.STRANGERS)]
    body = {"node": "x", "token_hash": "a" * 64, "code": "7F3K-Q2ZD-M4XA-90RT"}

    def join() -> httpx.Response:
        return Caller(asking.url, "none").post("/v1/enrol", body)

    assert until(join(), 403, join).status_code == 429
    assert [httpx.get(asking.url + path, verify=PLAIN).status_code for path in ("/readyz", "/healthz")] == [429, 200]
    assert asking.get("/v1/hello").status_code == 200
    for one in slow:
        one.close()
    assert until(join(), 429, join).status_code == 403


def test_connections_that_show_no_token_are_part_of_all_and_a_node_keeps_its_own(
    asking: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "MOST", 5)
    host, _, port = asking.url.removeprefix("http://").partition(":")
    with httpx.Client(headers=asking.headers(), verify=PLAIN) as node:
        assert node.get(asking.url + "/v1/hello").status_code == 200
        idle = [socket.create_connection((host, int(port)), timeout=5) for _ in range(8)]
        time.sleep(0.3)

        assert sum(cut(one) for one in idle) == 3
        with socket.create_connection((host, int(port)), timeout=5, source_address=("127.0.0.2", 0)) as other:
            time.sleep(0.3)
            assert not cut(other), "it is of another address"
        assert node.get(asking.url + "/v1/hello").status_code == 200
        for one in idle:
            one.close()


def cut(one: socket.socket) -> bool:
    one.setblocking(False)  # noqa: FBT003 - as sockets have it
    try:
        return one.recv(1) == b""
    except BlockingIOError:
        return False


def test_an_address_of_many_unknown_tokens_is_sent_away_but_not_the_nodes_behind_it(asking: Caller) -> None:
    with httpx.Client(headers={PROTOCOL_HEADER: "1"}, verify=PLAIN) as guessing:
        said = [
            guessing.get(asking.url + "/v1/hello", headers={"Authorization": f"Bearer {number}"}).status_code
            for number in range(limits.TOKENS + 1)
        ]

    assert said == [401] * limits.TOKENS + [429]
    assert asking.get("/v1/hello").status_code == 200


def test_who_tried_too_often_waits_a_minute_from_the_first_try_and_may_go_on_then() -> None:
    now = [0.0]
    tries = Tries(3, "Wait.", clock=lambda: now[0])
    for now[0] in (0.0, 10.0, 20.0):
        tries.check("a")
        tries.note("a")

    now[0] = 30.0
    with pytest.raises(Problem, match="Wait") as refused:
        tries.check("a")
    assert refused.value.after == 31
    tries.check("b")
    now[0] = 60.5
    tries.check("a")


def test_a_flood_of_addresses_fills_no_memory() -> None:
    tries = Tries(3, "Wait.", addresses=100)
    for number in range(1_000):
        tries.note(f"10.0.0.{number}")
    once = AtOnce(1, "Later.")
    for number in range(1_000):
        with once.one(str(number)):
            assert len(once) == 1

    assert len(tries) == 100
    assert len(once) == 0


def test_of_too_many_addresses_the_one_that_tried_longest_ago_is_forgotten() -> None:
    tries = Tries(2, "Wait.", addresses=2)
    for who in ("a", "b", "a", "c", "b"):
        tries.note(who)
    tries.check("a")
    tries.check("b")
    tries.note("b")

    with pytest.raises(Problem, match="Wait"):
        tries.check("b")


def test_a_node_asks_for_a_few_other_things_at_once(place: Hospital, asking: Caller) -> None:
    said: list[int] = []
    hellos = [Thread(target=lambda: said.append(asking.get("/v1/hello").status_code)) for _ in range(limits.OTHERS)]
    with place.store("cardiac").writing():
        for one in hellos:
            one.start()
        time.sleep(0.8)
        assert asking.get("/v1/hello").status_code == 429
    for one in hellos:
        one.join()

    assert said == [200] * limits.OTHERS


def test_who_is_sent_away_does_not_count_and_an_error_frees_the_place() -> None:
    once = AtOnce(1, "Later.")
    with once.one("a"), pytest.raises(Problem, match="Later") as refused, once.one("a"):
        raise AssertionError("two at once")
    with pytest.raises(ValueError, match="ours"), once.one("a"):
        raise ValueError("ours")

    assert (refused.value.status, refused.value.after, len(once)) == (429, 1, 0)


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("10.0.0.7", "10.0.0.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:10.0.0.7", "10.0.0.7"),
        ("testclient", "testclient"),
    ],
)
def test_an_address_is_the_network_where_everybody_has_many(host: str, said: str) -> None:
    assert address_of(Request({"type": "http", "client": (host, 1), "headers": []})) == said
