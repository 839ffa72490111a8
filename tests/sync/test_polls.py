"""Long polls: what ends one, and proxies that let none live: there news arrives by plain ones all the same."""

import socket
import time
from collections.abc import Callable
from threading import Thread
from typing import Any

import httpx
import pytest

from tests.sync.callers import caller
from tests.sync.places import Hospital, eventually, on_both, problem, raised, recorded
from tests.sync.proxies import proxied
from wsq_huddle.domain.nodes import Renamed
from wsq_huddle.domain.problems import Assigned
from wsq_huddle.sync.enrolling import revoke
from wsq_huddle.sync.hub import app, news, patience
from wsq_huddle.sync.link import Link, Touch, Way, client, running
from wsq_huddle.sync.link.positions import position_of


def is_long(question: str) -> bool:
    return "/v1/feed" in question and "wait=0.0" not in question


@pytest.mark.parametrize(
    ("manners", "cuts"),
    [({"lasts": 0.8}, 2), ({"swallows": is_long}, 2)],
    ids=["ends every connection", "never answers a long poll"],
)
def test_where_a_proxy_cuts_long_polls_news_comes_by_plain_ones(
    place: Hospital, monkeypatch: pytest.MonkeyPatch, manners: dict[str, Any], cuts: int
) -> None:
    monkeypatch.setattr(running, "PLAIN_PAUSES", (0.2, 0.4))
    monkeypatch.setattr(client, "SPARE", 1.0)
    place.joined(("4-west", "cardiac"))
    west, cardiac = place.store("4-west"), place.store("cardiac")
    with proxied(place.hub("cardiac").port, **manners) as proxy:
        link = place.links["4-west"] = Link(west, Way(proxy.url), wait=1.0)
        link.start()
        eventually(lambda: plain(proxy.asked) >= 4, 20)
        eventually(lambda: link.state().touch is Touch.IN_TOUCH)
        asked_before = len(proxy.asked)
        touches = seen(lambda: link.state().touch, 2.0)
        asked = len(proxy.asked) - asked_before
        down = raised(cardiac, tells="executive")
        recorded(cardiac, down, Assigned(to="4-west", need="look"))
        eventually(lambda: problem(west, down))
        up = raised(west)
        eventually(lambda: problem(cardiac, up))
        link.stop()

    assert sum(is_long(question) for question in proxy.asked) == cuts
    assert touches == {Touch.IN_TOUCH}
    assert 2 <= asked <= 20


def plain(asked: list[str]) -> int:
    """How many plain polls came after the last long one."""
    last = max((number for number, question in enumerate(asked) if is_long(question)), default=len(asked))
    return sum("/v1/feed" in question for question in asked[last + 1 :])


def seen(question: Callable[[], Touch], seconds: float) -> set[Touch]:
    """What is said of it in that time."""
    ends, found = time.monotonic() + seconds, set()
    while time.monotonic() < ends:
        found.add(question())
        time.sleep(0.02)
    return found


class Poll:
    """A long poll of 4 West that is under way: what it was answered, and after how many seconds."""

    def __init__(self, place: Hospital, *, wait: int, after: int | None = None) -> None:
        asking, position = caller(place, "4-west", "cardiac"), position_of(place.store("4-west"))
        self._asked = {"epoch": position.epoch, "after": position.in_n if after is None else after, "wait": wait}
        self._asking, self._answers = asking, list[httpx.Response]()
        self._began = time.monotonic()
        self._thread = Thread(target=lambda: self._answers.append(asking.get("/v1/feed", **self._asked)))
        self._thread.start()

    def ended(self) -> tuple[httpx.Response, float]:
        self._thread.join(40)
        return self._answers[0], time.monotonic() - self._began


@on_both
def test_what_comes_just_before_a_poll_waits_is_not_lost(place: Hospital, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says first what the node below has, which is a transaction: what another one records meanwhile is news."""
    monkeypatch.setattr(news, "LOOK_SECONDS", 60.0)
    place.joined(("4-west", "cardiac"))
    place.exchange("4-west")
    recorded(place.store("cardiac"), "node-4-west", Renamed(key="4-west", name="Fourth West"))
    with place.store("cardiac").writing() as writing:
        poll = Poll(place, wait=15, after=position_of(place.store("4-west")).in_n + 1)
        time.sleep(0.8)
        event = Renamed(key="4-west", name="4 West again")
        writing.recorder.write("Ana R.", event, "node-4-west")
    answer, took = poll.ended()

    assert [item["n"] for item in answer.json()["items"]] != []
    assert took < 8


def test_a_poll_waits_no_longer_than_the_hub_lets_it(place: Hospital, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "WAIT", 1)
    place.joined(("4-west", "cardiac"))
    place.exchange("4-west")
    answer, took = Poll(place, wait=20).ended()

    assert (answer.status_code, answer.json()["items"]) == (200, [])
    assert 1 <= took < 8


def test_who_knows_more_of_the_hub_than_it_does_is_told_at_once(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    place.exchange("4-west")
    answer, took = Poll(place, wait=20, after=position_of(place.store("4-west")).in_n + 5).ended()

    assert (answer.status_code, answer.json()["code"]) == (409, "behind")
    assert took < 8


def test_who_is_shut_out_while_it_waits_gets_nothing_more(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    place.exchange("4-west")
    poll = Poll(place, wait=20)
    time.sleep(0.5)
    revoke(place.store("cardiac"), "4-west")
    answer, took = poll.ended()

    assert answer.status_code == 401
    assert took < 8


def test_a_connection_that_was_used_may_rest_before_it_is_used_again(
    place: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "SECONDS", 0.2)
    hub = place.hub("cardiac")
    with socket.create_connection((hub.host, hub.port), timeout=5) as one:
        for _ in range(2):
            one.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = b""
            while not answer.endswith(b"}"):  # its head and its body may come one after the other
                piece = one.recv(4096)
                assert piece
                answer += piece
            assert answer.startswith(b"HTTP/1.1 200")
            time.sleep(1.0)
