"""A TCP proxy that does to a connection what networks do: cut, delay, garble."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

Piece = Callable[[int, bytes], bytes | None]
"""Of a piece of an answer, by how many bytes came before it: what goes on; None cuts the connection."""


@dataclass
class Proxy:
    """Forwards a port to another. `answers` looks at what comes back; `delay` holds each piece of it back.

    With `besides` it is a balancer: each connection goes to the next of the ports that takes it. `lasts` is how long a
    connection may last; `asked` are the questions that came, and those that it `swallows` get no answer.
    """

    target: int
    answers: Piece = field(default=lambda _before, piece: piece)
    delay: float = 0.0
    besides: tuple[int, ...] = ()
    lasts: float = 0.0
    port: int = 0
    asked: list[str] = field(default_factory=list)
    swallows: Callable[[str], bool] = field(default=lambda _question: False)
    sockets: list[socket.socket] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def listen(self, listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                child, _ = listening.accept()
                hub = self.connected()
                if hub is None:
                    child.close()
                    continue
                self.sockets += [child, hub]
                if self.lasts:
                    cut = threading.Timer(self.lasts, _end, (child, hub))
                    cut.daemon = True
                    cut.start()
                threading.Thread(target=self.pump, args=(child, hub), daemon=True).start()
                threading.Thread(target=self.pump_back, args=(hub, child), daemon=True).start()

    def connected(self) -> socket.socket | None:
        ports = [self.target, *self.besides]
        self.target, self.besides = ports[-1], tuple(ports[:-1])
        for port in ports:
            with contextlib.suppress(OSError):
                return socket.create_connection(("127.0.0.1", port))
        return None

    def pump(self, child: socket.socket, hub: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := child.recv(65_536):
                questions = [line for line in piece.decode("latin-1").split("\r\n") if line.endswith(" HTTP/1.1")]
                self.asked += questions
                if not any(self.swallows(question) for question in questions):
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


def _end(*sockets: socket.socket) -> None:
    for found in sockets:
        with contextlib.suppress(OSError):
            found.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxied(target: int, answers: Piece | None = None, **more: Any) -> Iterator[Proxy]:  # noqa: ANN401 - its fields
    proxy = Proxy(target, **more)
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
