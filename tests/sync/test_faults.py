"""What networks do: answers lost after the commit, cut, garbled, late, doubled, out of order; none of it may count."""

import random
import time
from threading import Thread
from typing import Any

import pytest

from tests.sync.callers import caller, feed_of
from tests.sync.places import Hospital, count, entries, eventually, on_both, problem, raised, recorded
from tests.sync.proxies import proxied
from wsq_huddle.domain.entries import START
from wsq_huddle.domain.problems import Escalated
from wsq_huddle.errors import NetworkError, Rejected
from wsq_huddle.sync.link import Touch, Way
from wsq_huddle.sync.link.positions import position_of


def agree(place: Hospital, subject: str) -> None:
    assert entries(place.store("4-west"), subject) == entries(place.store("cardiac"), subject)
    numbers = [row["n"] for row in place.store("4-west").look().rows("SELECT n FROM feed_item ORDER BY n")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_an_answer_that_is_lost_after_the_commit_costs_nothing(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    subject = raised(place.store("4-west"))
    direct = place.ways["4-west"]
    answers = 0

    def cut(_before: int, piece: bytes) -> bytes | None:
        nonlocal answers
        answers += b"acked_chain" in piece
        return None if b"acked_chain" in piece else piece

    with proxied(place.hub("cardiac").port, answers=cut) as proxy:
        place.ways["4-west"] = Way(proxy.url)
        with pytest.raises(NetworkError, match="was cut"):
            place.exchange("4-west")
    assert answers == 1
    assert problem(place.store("cardiac"), subject) is not None
    assert position_of(place.store("4-west")).waiting == 1
    place.ways["4-west"] = direct
    assert place.exchange("4-west").waiting == 0
    agree(place, subject)


@pytest.mark.parametrize("seed", range(8))
def test_a_link_gets_through_a_network_that_cuts_and_garbles(place: Hospital, seed: int) -> None:
    place.joined(("4-west", "cardiac"))
    chance = random.Random(seed)  # noqa: S311 - a test

    def bad(_before: int, piece: bytes) -> bytes | None:
        dice = chance.random()
        if dice < 0.2:
            return None
        # Near the end, so that the length that the answer announces stays right: a link waits 30 s for a late rest.
        return piece[:-5] + b"\x00" + piece[-4:] if dice < 0.35 else piece

    with proxied(place.hub("cardiac").port, answers=bad) as proxy:
        link = place.link("4-west", Way(proxy.url))
        subject = raised(place.store("4-west"))
        for number in range(4):
            recorded(
                place.store("4-west"), raised(place.store("4-west"), f"P{number}"), Escalated(to="cardiac", need="x")
            )

        def level() -> bool:
            link.wake()
            position = position_of(place.store("4-west"))
            head = place.store("cardiac").look().one("SELECT out_head FROM link_out")
            return not position.waiting and head is not None and position.in_n == head["out_head"]

        eventually(level, 30)
        link.stop()
    agree(place, subject)
    assert count(place.store("cardiac"), "kind = 'problem.escalated'") == 4
    assert count(place.store("4-west"), "kind = 'problem.arrived'") == 4
    assert place.store("cardiac").look().rows("SELECT reason FROM parked") == []
    assert place.store("4-west").look().rows("SELECT reason FROM parked") == []


@on_both
def test_pages_that_are_doubled_and_out_of_order_change_nothing(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    subject = raised(place.store("4-west"))
    for number in range(9):
        raised(place.store("4-west"), f"P{number}")
    epoch, found, chain = feed_of(place.store("4-west"))
    asking = caller(place, "4-west", "cardiac")
    pages = [(0, 4), (2, 7), (0, 4), (4, 10), (1, 3), (0, 10), (7, 9), (10, 10), (3, 10)]
    said = [asking.push(epoch, start, chain[start], found[start:end]) for start, end in pages]
    gap = asking.push(epoch, 11, START, found[:1])

    assert [answer.status_code for answer in said] == [200] * len(pages)
    assert [answer.json()["acked"] for answer in said] == [4, 7, 7, 10, 10, 10, 10, 10, 10]
    assert gap.json() | {"detail": "", "title": "", "type": ""} == {
        "status": 409,
        "code": "gap",
        "in_n": 10,
        "in_chain": chain[10],
        "detail": "",
        "title": "",
        "type": "",
    }
    assert count(place.store("cardiac"), "kind = 'problem.raised'") == 10
    place.exchange("4-west")
    agree(place, subject)


@on_both
def test_the_same_page_many_times_at_once_is_taken_once(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    for number in range(20):
        raised(place.store("4-west"), f"P{number}")
    epoch, found, _ = feed_of(place.store("4-west"))
    asking = caller(place, "4-west", "cardiac")
    said: list[Any] = []
    threads = [Thread(target=lambda: said.append(asking.push_in_turn(epoch, 0, START, found).json())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {answer["acked"] for answer in said} == {20}
    assert sorted({result["status"] for answer in said for result in answer["results"]}) == ["known", "stored"]
    assert count(place.store("cardiac"), "kind = 'problem.raised'") == 20


def test_another_entry_at_a_known_number_stops_the_link_and_both_ends_say_so(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    raised(place.store("4-west"), "One")
    raised(place.store("4-west"), "Two")
    place.exchange("4-west")
    epoch, found, chain = feed_of(place.store("4-west"))
    answer = caller(place, "4-west", "cardiac").push(epoch, 1, chain[1], [found[0]])

    assert answer.json()["code"] == "diverged"
    row = place.store("cardiac").look().one("SELECT state, trouble FROM link WHERE peer = '4-west'")
    assert row == {"state": "diverged", "trouble": "It sent another entry at a number that we know."}
    with pytest.raises(Rejected, match="Join again"):
        place.exchange("4-west")


def test_a_sign_in_page_of_the_network_is_not_taken_for_the_hub(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n<html>Sign in</html>"
    with proxied(place.hub("cardiac").port, answers=lambda before, _piece: b"" if before else page) as proxy:
        link = place.link("4-west", Way(proxy.url))
        eventually(lambda: link.state().touch is Touch.NO_NETWORK)
        raised(place.store("4-west"))

        assert "sign-in page" in link.state().why
        assert link.state().waiting == 1


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nWsq-Protocol: 1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nWsq-Protocol: 1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]",
        b"nothing like HTTP at all\r\n\r\n",
        (
            b"HTTP/1.1 200 OK\r\nWsq-Protocol: 1\r\nContent-Encoding: gzip\r\nContent-Type: application/json\r\n"
            b"Content-Length: 2\r\n\r\n{}"
        ),
    ],
)
def test_whatever_answers_in_place_of_the_hub_is_no_network(place: Hospital, said: bytes) -> None:
    place.joined(("4-west", "cardiac"))
    with proxied(place.hub("cardiac").port, answers=lambda before, _piece: b"" if before else said) as proxy:
        place.ways["4-west"] = Way(proxy.url)
        with pytest.raises(NetworkError) as caught:
            place.exchange("4-west")

    assert not isinstance(caught.value, Rejected)


def test_a_slow_hub_makes_nobody_wait_and_loses_nothing(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    with proxied(place.hub("cardiac").port) as proxy:
        link = place.link("4-west", Way(proxy.url))
        eventually(lambda: link.state().touch is Touch.IN_TOUCH)
        proxy.delay = 2.0
        began = time.monotonic()
        subject = raised(place.store("4-west"))
        link.state()
        assert time.monotonic() - began < 0.5
        eventually(lambda: position_of(place.store("4-west")).waiting == 0, 20)
        _stop_quickly(link)
    assert problem(place.store("cardiac"), subject) is not None


def _stop_quickly(link: Any) -> None:  # noqa: ANN401 - a link
    began = time.monotonic()
    link.stop()
    assert time.monotonic() - began < 3


@on_both
def test_a_link_finds_back_by_itself_when_the_hub_does(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    link = place.link("4-west")
    eventually(lambda: link.state().touch is Touch.IN_TOUCH)
    port = place.stop_hub("cardiac")
    eventually(lambda: link.state().touch is Touch.NO_NETWORK)
    subject = raised(place.store("4-west"))
    assert link.state().waiting == 1
    place.hub("cardiac", port)

    eventually(lambda: problem(place.store("cardiac"), subject) is not None, 15)
    eventually(lambda: link.state().touch is Touch.IN_TOUCH, 15)
