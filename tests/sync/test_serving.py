"""The hub as it starts: its port is its own from the first moment."""

import socket
from pathlib import Path

import pytest

from tests.sync.places import made
from wsq_huddle.errors import NetworkError
from wsq_huddle.sync.hub.serving import Address, Hub


def test_whoever_calls_while_the_hub_starts_waits_for_it_and_nobody_else_gets_its_port(tmp_path: Path) -> None:
    store = made(tmp_path / "cardiac", "cardiac")
    hub = Hub(store, Address(port=0))
    try:
        with socket.create_connection(("127.0.0.1", hub.port), 1) as caller:
            caller.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            with pytest.raises(NetworkError, match="is taken"):
                Hub(store, Address(port=hub.port))
            hub.start()
            assert caller.makefile("rb").readline() == b"HTTP/1.1 200 OK\r\n"
    finally:
        hub.stop()
        store.close()
