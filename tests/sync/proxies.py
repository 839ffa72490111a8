"""A TCP proxy that does to a connection what networks do: cut, delay, garble."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Piece = Callable[[int, bytes], bytes | None]
"""Of a piece of an answer, by how many bytes came before it: what goes on; None cuts the connection."""


@dataclass
class Proxy:
    """Forwards a port to another. `answers` looks at what comes back; `delay` holds each piece of it back."""

    target: int
    answers: Piece = field(default=lambda _before, piece: piece)
    delay: float = 0.0
    port: int = 0
    sockets: list[socket.socket] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def listen(self, listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                child, _ = listening.accept()
                try:
                    hub = socket.create_connection(("127.0.0.1", self.target))
                except OSError:
                    child.close()
                    continue
                self.sockets += [child, hub]
                threading.Thread(target=self.pump, args=(child, hub), daemon=True).start()
                threading.Thread(target=self.pump_back, args=(hub, child), daemon=True).start()

    def pump(self, child: socket.socket, hub: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := child.recv(65_536):
                hub.sendall(piece)
        _end(hub)

    def pump_back(self, hub: socket.socket, child: socket.socket) -> None:
        seen = 0
        with contextlib.suppress(OSError):
            while piece := hub.recv(65_536):
                time.sleep(self.delay)
                passed = self.answers(seen, piece)
                if passed is None:
                    break
                child.sendall(passed)
                seen += len(piece)
        _end(child)
        _end(hub)


def _end(found: socket.socket) -> None:
    with contextlib.suppress(OSError):
        found.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxied(target: int, answers: Piece | None = None) -> Iterator[Proxy]:
    proxy = Proxy(target)
    if answers is not None:
        proxy.answers = answers
    listening = socket.create_server(("127.0.0.1", 0))
    proxy.port = listening.getsockname()[1]
    thread = threading.Thread(target=proxy.listen, args=(listening,), daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        _end(listening)
        listening.close()
        thread.join(5)
        for found in proxy.sockets:
            _end(found)
            found.close()
