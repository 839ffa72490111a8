"""The hub's manners: hostile bodies, other protocols, health, ports, and that no text or token reaches a log file."""

import gzip
import json
import logging
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import httpx
import pytest

from tests.scripted import scripted
from tests.sync.callers import PLAIN, Caller, caller, feed_of
from tests.sync.places import Hospital, count, made, on_both, raised
from wsq_huddle.domain.entries import START
from wsq_huddle.errors import ConfigError, NetworkError
from wsq_huddle.sync.hub import bodies, patience
from wsq_huddle.sync.hub.serving import Address, Hub
from wsq_huddle.sync.link.positions import position_of, token_of
from wsq_huddle.sync.logs import stop_logs, write_logs
from wsq_huddle.sync.wire import PROTOCOL_HEADER


def post(asking: Caller, body: bytes, **more: str) -> httpx.Response:
    return httpx.post(asking.url + "/v1/push", headers=asking.headers(**more), content=body, verify=PLAIN)


def test_hostile_bodies_are_refused_and_the_hub_goes_on(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    asking = caller(place, "4-west", "cardiac")
    zipped = {"Content-Encoding": "gzip"}
    bomb = gzip.compress(b"[" + b"0," * 20_000_000 + b"0]")
    many = {"epoch": 1, "after": 0, "after_chain": START, "entries": [{"head": "", "seal": ""}] * 501}
    cases = [
        (post(asking, b""), 400),
        (post(asking, b"not json"), 400),
        (post(asking, b"\xff\xfe"), 400),
        (post(asking, b"[]"), 400),
        (post(asking, b"[" * 900_000), 400),
        (post(asking, b'{"a":' * 100_000), 400),
        (post(asking, b'{"epoch": 1e999}'), 400),
        (post(asking, b'{"epoch": 1, "after": -1, "after_chain": "0", "entries": []}'), 400),
        (post(asking, json.dumps(many).encode()), 400),
        (post(asking, b'"' + b"x" * 1_100_000 + b'"'), 413),
        (post(asking, bomb, **zipped), 413),
        (post(asking, b"\x1f\x8bnot gzip", **zipped), 400),
        (post(asking, gzip.compress(b"{}")[:-4], **zipped), 400),
        (post(asking, b"{}", **{"Content-Encoding": "br"}), 415),
        (post(asking, b"{}", **{"Content-Type": "text/plain"}), 415),
    ]

    assert [answer.status_code for answer, _ in cases] == [status for _, status in cases]
    assert {answer.headers["content-type"] for answer, _ in cases} == {"application/problem+json"}
    assert place.exchange("4-west").waiting == 0


def test_a_body_without_an_end_is_stopped_on_the_way(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    asking = caller(place, "4-west", "cardiac")

    def endless() -> Iterator[bytes]:
        for _ in range(1_000):
            yield b"x" * 65_536

    try:
        answer = httpx.post(asking.url + "/v1/push", headers=asking.headers(), content=endless(), verify=PLAIN)
    except httpx.HTTPError:
        pass  # cut off while sending: as well
    else:
        assert answer.status_code == 413
    assert place.exchange("4-west").waiting == 0


def test_whoever_asks_nothing_is_sent_away_and_whoever_waits_for_an_answer_is_not(
    place: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "SECONDS", 0.3)
    monkeypatch.setattr(bodies, "BODY_SECONDS", 0.5)
    place.joined(("4-west", "cardiac"))
    asking, hub = caller(place, "4-west", "cardiac"), place.hub("cardiac")
    position = position_of(place.store("4-west"))
    head = f"POST /v1/push HTTP/1.1\r\nHost: x\r\nWsq-Protocol: 1\r\nAuthorization: Bearer {asking.token}\r\n"
    slow = [b"", b"GET /healthz HT", (head + "Content-Type: application/json\r\nContent-Length: 90\r\n\r\n{").encode()]
    sockets = [socket.create_connection((hub.host, hub.port), timeout=5) for _ in slow]
    for one, said in zip(sockets, slow, strict=True):
        one.sendall(said)
    polled = asking.get("/v1/feed", epoch=position.epoch, after=position.in_n, wait=2)

    assert polled.status_code == 200
    answers = [one.recv(4096) for one in sockets]
    assert answers[:2] == [b"", b""]
    assert answers[2].startswith(b"HTTP/1.1 408")
    for one in sockets:
        one.close()


def test_a_stranger_may_put_only_a_small_question(place: Hospital) -> None:
    url = place.hub("cardiac").url + "/v1/enrol"
    headers = {PROTOCOL_HEADER: "1", "Content-Type": "application/json"}
    long = httpx.post(url, headers=headers, content=b'{"node": "' + b"x" * 5_000 + b'"}', verify=PLAIN)
    bomb = gzip.compress(b"[" + b"0," * 20_000 + b"0]")
    packed = httpx.post(url, headers=headers | {"Content-Encoding": "gzip"}, content=bomb, verify=PLAIN)

    assert [long.status_code, packed.status_code] == [413, 413]


@pytest.mark.parametrize("said", ["", "0", "2", "99999", "9" * 5_000, "one", "\u0661"], ids=lambda said: said[:9])
def test_another_protocol_gets_a_sentence(place: Hospital, said: str) -> None:
    headers = {PROTOCOL_HEADER.encode(): said.encode("utf-8")}
    answer = httpx.get(place.hub("cardiac").url + "/v1/hello", headers=headers, verify=PLAIN)

    assert answer.status_code == 426
    assert answer.json()["detail"].startswith("This hub speaks protocol 1 to 1.")


def test_health_and_the_openapi_document_are_there_and_no_pages(place: Hospital) -> None:
    with httpx.Client(base_url=place.hub("cardiac").url, verify=PLAIN) as asking:
        paths = asking.get("/openapi.json").json()["paths"]
        health, ready, docs = (asking.get(path) for path in ("/healthz", "/readyz", "/docs"))

    assert health.json() == ready.json() == {"ok": True}
    assert set(paths) == {
        "/v1/push",
        "/v1/feed",
        "/v1/hello",
        "/v1/restart",
        "/v1/enrol",
        "/v1/token",
        "/healthz",
        "/readyz",
    }
    assert docs.status_code == 404
    assert "server" not in health.headers


def test_long_answers_are_packed_for_those_who_take_it(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    asking = caller(place, "4-west", "cardiac")
    for number in range(20):
        raised(place.store("cardiac"), f"Problem {number}")
    place.exchange("4-west")
    packed = asking.get("/v1/feed", epoch=1, after=0)
    plain = httpx.get(
        asking.url + "/v1/feed?epoch=1&after=0",
        headers=asking.headers() | {"Accept-Encoding": "identity"},
        verify=PLAIN,
    )

    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json()["items"] == plain.json()["items"] != []


@on_both
def test_a_poll_waits_for_news_and_ends_with_the_hub(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    place.exchange("4-west")
    asking = caller(place, "4-west", "cardiac")
    position = position_of(place.store("4-west"))
    answers: list[tuple[float, httpx.Response]] = []

    def poll(wait: int) -> None:
        began = time.monotonic()
        answer = asking.get("/v1/feed", epoch=position.epoch, after=position.in_n, wait=wait)
        answers.append((time.monotonic() - began, answer))

    poll(1)
    assert answers[0][0] >= 1
    assert answers[0][1].json()["items"] == []
    thread = Thread(target=poll, args=(20,))
    thread.start()
    time.sleep(0.5)
    began = time.monotonic()
    place.stop_hub("cardiac")
    thread.join(5)
    assert time.monotonic() - began < 3
    assert answers[1][1].status_code == 200


@on_both
def test_what_another_process_records_wakes_a_poll(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    place.exchange("4-west")
    asking = caller(place, "4-west", "cardiac")
    position = position_of(place.store("4-west"))
    script = (
        "import sys; from pathlib import Path; from tests.sync.places import opened, recorded;"
        "from wsq_huddle.domain.nodes import Renamed;"
        "recorded(opened(Path(sys.argv[1]), 'cardiac'), 'node-4-west', Renamed(key='4-west', name='Fourth West'))"
    )
    writer, began = scripted(script, place.folder / "cardiac"), time.monotonic()
    answer = asking.get("/v1/feed", epoch=position.epoch, after=position.in_n, wait=20)

    assert time.monotonic() - began < 18  # it waits 20 when nothing wakes it
    assert writer.communicate() == ("", "")
    assert [item["n"] for item in answer.json()["items"]] == [position.in_n + 1]


def test_a_port_that_is_taken_is_said_in_a_sentence(place: Hospital) -> None:
    port = place.hub("cardiac").port

    with pytest.raises(NetworkError, match=f"127.0.0.1:{port} is taken"):
        Hub(place.store("cardiac"), Address(port=port))


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "hub.example"])  # noqa: S104 - to be refused
def test_without_a_certificate_only_this_computer_is_served(tmp_path: Path, host: str) -> None:
    store = made(tmp_path / "cardiac", "cardiac")

    with pytest.raises(ConfigError, match="Without a certificate"):
        Hub(store, Address(host=host, port=0))
    with pytest.raises(ConfigError, match="A certificate needs its key"):
        Hub(store, Address(host=host, port=0, cert=tmp_path / "cert.pem"))
    with pytest.raises(ConfigError, match=r"cannot be used, .*cert\.pem and .*key\.pem: "):
        Hub(store, Address(port=0, cert=tmp_path / "cert.pem", key=tmp_path / "key.pem"))
    store.close()


@pytest.mark.parametrize("way", ["its starter goes", "a signal"])
def test_a_hub_ends_in_good_order(tmp_path: Path, way: str) -> None:
    made(tmp_path / "cardiac", "cardiac").close()
    script = (
        "import sys; from pathlib import Path; from tests.sync.places import opened;"
        "from wsq_huddle.sync.hub.serving import Address, serve;"
        "serve(opened(Path(sys.argv[1]), 'cardiac'), Address(port=0), tied=True, logs=Path(sys.argv[1]) / 'logs',"
        " ready=lambda url: print(url, flush=True))"
    )
    hub = scripted(script, tmp_path / "cardiac")
    url = hub.stdout.readline().strip()
    ends = time.monotonic() + 10
    while True:
        try:
            assert httpx.get(url + "/healthz", verify=PLAIN).json() == {"ok": True}
            break
        except httpx.HTTPError:
            assert time.monotonic() < ends
            time.sleep(0.05)
    if way == "a signal":
        hub.terminate()
    else:
        hub.stdin.close()

    assert hub.wait(10) == 0
    hub.close()
    with socket.socket() as port:
        assert port.connect_ex(("127.0.0.1", int(url.rpartition(":")[2]))) != 0


def test_a_small_answer_does_not_wait_for_an_acknowledgement(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    url = caller(place, "4-west", "cardiac").url
    took = []
    with httpx.Client(verify=PLAIN) as client:
        for _ in range(20):
            began = time.perf_counter()
            client.get(url + "/healthz")
            took.append(time.perf_counter() - began)

    assert min(took[1:]) < 0.03  # it is 0.04 when the kernel holds the second half of an answer back


def test_no_text_no_token_and_no_code_reaches_a_log_file(place: Hospital, tmp_path: Path) -> None:
    handler = write_logs(tmp_path / "logs", "hub")
    try:
        place.enrol("4-west", "cardiac")
        raised(place.store("4-west"), "A secret in a title")
        epoch, entries, _ = feed_of(place.store("4-west"))
        asking = caller(place, "4-west", "cardiac")
        asking.push(epoch, 0, START, entries)
        asking.push(epoch, 5, START, entries)
        Caller(asking.url, "wsqh_guess").get("/v1/hello")
        Caller(asking.url, "none").post("/v1/enrol", {"node": "4-west", "token_hash": "0" * 64, "code": "GUESSED-CODE"})
        try:
            int("A secret in a title")
        except ValueError:
            logging.getLogger("wsq_huddle.sync").exception("something failed")
    finally:
        stop_logs(handler)
    written = "".join(path.read_text() for path in (tmp_path / "logs").iterdir())

    assert all(json.loads(line)["message"] for line in written.splitlines())
    assert "not enrolled" in written
    assert '"error": "ValueError"' in written
    for secret in ("A secret in a title", token_of(place.store("4-west")), "wsqh_", "GUESSED"):
        assert secret not in written
    assert count(place.store("cardiac"), "kind = 'problem.raised'") == 1
