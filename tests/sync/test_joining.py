"""What a node does with the answer when it asks to join, whoever gives it; and which tokens lie about afterwards."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from tests.sync.places import Hospital, me
from wsq_huddle.errors import NetworkError, NotAllowed, Rejected
from wsq_huddle.store.store import Store
from wsq_huddle.sync.enrolling import invite
from wsq_huddle.sync.joining import join, join_again
from wsq_huddle.sync.link import Way
from wsq_huddle.sync.link.positions import position_of, token_of
from wsq_huddle.sync.wire import PROTOCOL_HEADER

CODE = "7F3K-Q2ZD-M4XA-90RT"


@contextmanager
def answering(answer: dict[str, Any], status: int = 200) -> Iterator[Way]:
    """Something that answers one question, whatever it is, and then is gone."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            body = json.dumps(answer).encode()
            self.send_response(status)
            for name, value in ((PROTOCOL_HEADER, "1"), ("Content-Type", "application/json")):
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - as http.server has it
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)

    def answer_one() -> None:
        server.handle_request()
        server.server_close()

    thread = threading.Thread(target=answer_one)
    thread.start()
    yield Way(f"http://127.0.0.1:{server.server_port}")
    thread.join()


def said(**more: object) -> dict[str, Any]:
    plain = {"node": "4-west", "name": "4 West", "tier": 1, "parent": {"key": "cardiac", "name": "Cardiac"}}
    return plain | {"epoch": 1, "head": 0, "rehearsal": False} | more


def tokens(store: Store) -> list[str]:
    return sorted(name for name in store.secrets.all() if name.startswith("link-"))


def test_names_in_an_answer_are_cleaned_before_anybody_sees_them(place: Hospital) -> None:
    evil = {"key": "cardiac", "name": "Card\x1b[31miac\u202e\n"}
    with answering(said(name="4 \x1b]52;c;eA==\x07West", parent=evil)) as way:
        joined = join(place.store("4-west"), way, CODE)

    assert joined.name.isprintable()
    assert joined.parent_name == "Card[31miac"
    assert position_of(place.store("4-west")).peer == "cardiac"


@pytest.mark.parametrize(
    "more",
    [
        {"parent": {"key": "car\x1b[31mdiac", "name": "Cardiac"}},
        {"parent": {"key": "x" * 201, "name": "Cardiac"}},
        {"parent": {"key": "", "name": "Cardiac"}},
        {"parent": {"key": "cardiac", "name": 7}},
        {"parent": None},
        {"name": "\u202e"},
        {"epoch": 2**70},
        {"head": -1},
        {"tier": "1"},
    ],
)
def test_an_answer_that_is_none_changes_nothing_and_the_token_stays_for_the_next_try(
    place: Hospital, more: dict[str, object]
) -> None:
    store = place.store("4-west")
    with answering(said(**more)) as way, pytest.raises(NetworkError, match="garbled"):
        join(store, way, CODE)

    assert store.look().rows("SELECT peer FROM link") == []
    assert len(tokens(store)) == 1


@pytest.mark.parametrize(("status", "left"), [(403, 0), (400, 1), (426, 1), (429, 1), (503, 1)])
def test_a_token_goes_when_the_hub_refused_it_and_stays_when_nobody_knows(
    place: Hospital, status: int, left: int
) -> None:
    store = place.store("4-west")
    with answering({"detail": "No.", "code": "code-wrong"}, status) as way, pytest.raises((Rejected, NetworkError)):
        join(store, way, CODE)

    assert len(tokens(store)) == left


def test_a_wrong_code_at_a_real_hub_leaves_no_token_and_a_node_that_has_joined_keeps_its_own(place: Hospital) -> None:
    store, way = place.store("4-west"), Way(place.hub("cardiac").url)
    with pytest.raises(Rejected, match="not right"):
        join(store, way, CODE)
    assert tokens(store) == []

    code = invite(place.store("cardiac"), me("cardiac"), "4-west", "4 West", 1).code
    join(store, way, code)
    kept, token = tokens(store), token_of(store)
    with pytest.raises(Rejected, match="not right"):
        join(store, way, CODE)
    with pytest.raises(NotAllowed, match="say who confirms"):
        join_again(store, way, by="\x1b ")
    assert tokens(store) == kept
    assert token_of(store) == token
    assert place.store("4-west").look().one("SELECT state FROM link") is not None


def test_a_hub_without_tls_is_told_apart_from_one_that_is_not_there(place: Hospital) -> None:
    store, hub = place.store("4-west"), place.hub("cardiac").url
    with pytest.raises(NetworkError, match="answers without TLS: on this computer alone its address begins with http:"):
        join(store, Way(hub.replace("http://", "https://")), CODE)
