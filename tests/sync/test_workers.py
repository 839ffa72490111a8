"""Several `serve` on one database of PostgreSQL, as behind a balancer: each child may speak to any of them."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Thread

import httpx
import pytest

from tests.sync.callers import PLAIN, Caller, caller, feed_of
from tests.sync.places import Hospital, count, entries, eventually, problem, raised, recorded
from tests.sync.processes import ended, started
from tests.sync.proxies import proxied
from tests.warm import Warm
from wsq_huddle.domain.entries import START
from wsq_huddle.domain.problems import Assigned, Escalated, Resolved, State
from wsq_huddle.sync.link import Touch, Way
from wsq_huddle.sync.link.positions import position_of

pytestmark = pytest.mark.parametrize("place", ["postgresql"], indirect=True)

UNITS = ("4-west", "5-east")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def url(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def ready(port: int) -> bool:
    try:
        return httpx.get(f"{url(port)}/readyz", verify=PLAIN).status_code == 200
    except httpx.HTTPError:
        return False


@contextmanager
def worker(place: Hospital, port: int) -> Iterator[Warm]:
    """One `serve` of the department in a process of its own."""
    found = started("cardiac", place.folder / "cardiac", port, "")
    try:
        eventually(lambda: ready(port), 30)
        yield found
    finally:
        found.kill()
        ended(found)


@pytest.fixture
def ports(place: Hospital) -> Iterator[tuple[int, int]]:
    """Two workers, which know two units."""
    for unit in UNITS:
        place.enrol(unit, "cardiac")
    place.stop_hub("cardiac")
    found = free_port(), free_port()
    with ExitStack() as stack:
        for port in found:
            stack.enter_context(worker(place, port))
        yield found


def test_what_one_worker_takes_wakes_who_waits_at_the_other(place: Hospital, ports: tuple[int, int]) -> None:
    for unit, port in zip(UNITS, ports, strict=True):
        place.ways[unit] = Way(url(port))
        place.exchange(unit)
    place.exchange("4-west")
    west, east = place.store("4-west"), place.store("5-east")
    subject = raised(west)
    recorded(west, subject, Assigned(to="5-east", need="two pumps"))
    place.link("5-east")
    eventually(lambda: place.links["5-east"].state().touch is Touch.IN_TOUCH)
    time.sleep(0.5)  # its poll waits now
    place.exchange("4-west")
    began = time.monotonic()

    eventually(lambda: (found := problem(east, subject)) and found.holder == "5-east")
    assert time.monotonic() - began < 4  # at the notice; a look without one comes after five seconds
    recorded(east, subject, Resolved(remedy="lent"))
    eventually(lambda: position_of(east).waiting == 0)
    place.exchange("4-west")
    found = problem(west, subject)
    assert found is not None
    assert (found.state, found.holder) == (State.RESOLVED, "4-west")


def test_the_same_page_at_both_workers_at_once_is_taken_once(place: Hospital, ports: tuple[int, int]) -> None:
    for number in range(20):
        raised(place.store("4-west"), f"P{number}")
    epoch, found, _ = feed_of(place.store("4-west"))
    token = Caller(url(ports[0]), caller(place, "4-west", "cardiac").token).token
    said: list[dict[str, int]] = []

    def push(port: int) -> None:
        said.append(Caller(url(port), token).push_in_turn(epoch, 0, START, found).json())

    threads = [Thread(target=push, args=(port,)) for port in ports * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer["acked"] for answer in said] == [20] * 8
    assert count(place.store("cardiac"), "kind = 'problem.raised'") == 20


def test_behind_a_balancer_workers_may_be_killed_in_turn_and_nothing_is_lost(place: Hospital) -> None:
    for unit in UNITS:
        place.enrol(unit, "cardiac")
    place.stop_hub("cardiac")
    ports = free_port(), free_port()
    with proxied(ports[0], besides=ports[1:]) as proxy, ExitStack() as stack:
        running = {port: stack.enter_context(ExitStack()) for port in ports}
        for port in ports:
            running[port].enter_context(worker(place, port))
        for unit in UNITS:
            place.link(unit, Way(proxy.url))
        subjects: list[tuple[str, str]] = []
        for port in ports:
            running[port].close()
            subjects += [(escalated(place, unit), unit) for unit in UNITS]
            time.sleep(0.5)
            running[port].enter_context(worker(place, port))
        eventually(lambda: level(place), 60)
        for link in place.links.values():
            link.stop()

    cardiac = place.store("cardiac")
    for subject, unit in subjects:
        assert entries(cardiac, subject) == entries(place.store(unit), subject)
    assert [count(cardiac, f"kind = 'problem.{kind}'") for kind in ("raised", "escalated", "arrived")] == [4, 4, 4]
    assert cardiac.look().rows("SELECT reason FROM parked") == []
    for unit in UNITS:
        rows = cardiac.look().rows("SELECT n FROM feed_item WHERE peer = :peer ORDER BY n", peer=unit)
        assert [row["n"] for row in rows] == list(range(1, len(rows) + 1))


def escalated(place: Hospital, unit: str) -> str:
    subject = raised(place.store(unit))
    recorded(place.store(unit), subject, Escalated(to="cardiac", need="two pumps"))
    return subject


def level(place: Hospital) -> bool:
    """Whether everybody has read all that was written for them."""
    rows = place.store("cardiac").look().rows("SELECT peer, out_head FROM link_out")
    heads = {row["peer"]: row["out_head"] for row in rows}
    positions = {unit: position_of(place.store(unit)) for unit in UNITS}
    return all(not found.waiting and found.in_n == heads[unit] for unit, found in positions.items())
