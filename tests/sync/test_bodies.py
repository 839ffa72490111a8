"""Bodies at the edge of what is taken: the last byte that is, the first that is not, and those that never come."""

import gzip
import logging
import socket
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.sync.callers import PLAIN, Caller, caller
from tests.sync.places import Hospital
from wsq_huddle.sync.wire import BODY_LIMIT, Unfit, inflate


@pytest.fixture
def asking(place: Hospital) -> Caller:
    place.joined(("4-west", "cardiac"))
    return caller(place, "4-west", "cardiac")


def head(asking: Caller, length: int) -> bytes:
    """The head of a push whose body is said to be so long."""
    said = "".join(f"{name}: {value}\r\n" for name, value in asking.headers().items())
    return f"POST /v1/push HTTP/1.1\r\nHost: x\r\n{said}Content-Length: {length}\r\n\r\n".encode()


def connected(asking: Caller) -> socket.socket:
    host, _, port = asking.url.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=10)


@pytest.mark.parametrize("more", [0, 1])
@pytest.mark.parametrize("way", ["its length is said", "in pieces"])
def test_a_body_of_the_limit_is_read_and_one_byte_more_is_not(asking: Caller, way: str, more: int) -> None:
    body = b"x" * (BODY_LIMIT + more)

    def pieces() -> Iterator[bytes]:
        yield from (body[at : at + 65_536] for at in range(0, len(body), 65_536))

    content = pieces() if way == "in pieces" else body
    answer = httpx.post(asking.url + "/v1/push", headers=asking.headers(), content=content, verify=PLAIN)

    assert answer.status_code == (413 if more else 400)
    assert ("at most 1,048,576 bytes" in answer.json()["detail"]) == bool(more)


def test_who_says_that_too_much_will_come_is_refused_before_it_comes(asking: Caller) -> None:
    with connected(asking) as one:
        one.sendall(head(asking, 2 * BODY_LIMIT))

        assert one.recv(4096).startswith(b"HTTP/1.1 413")


def test_json_may_be_said_to_be_utf_8(asking: Caller) -> None:
    headers = asking.headers(**{"Content-Type": "Application/JSON; charset=utf-8"})
    answer = httpx.post(asking.url + "/v1/push", headers=headers, content=b"[]", verify=PLAIN)

    assert (answer.status_code, answer.json()["code"]) == (400, "unfit")


def test_who_goes_in_the_middle_of_a_body_is_no_fault_of_the_hub(
    asking: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    with connected(asking) as one:
        one.sendall(head(asking, 90) + b"{")
        time.sleep(0.2)
    time.sleep(0.2)

    assert asking.get("/v1/hello").status_code == 200
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_what_is_unpacked_may_be_of_the_limit_and_nothing_stands_behind_it() -> None:
    packed = gzip.compress(b"x" * 1_000)

    assert inflate(packed, 1_000) == b"x" * 1_000
    with pytest.raises(Unfit, match="larger than we take") as large:
        inflate(packed, 999)
    assert large.value.status == 413
    for broken in (packed + b"x", packed + packed, packed[:-1]):
        with pytest.raises(Unfit, match="not one whole gzip stream"):
            inflate(broken, 1_000)
