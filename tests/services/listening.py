"""What the small servers of these tests have in common: a thread of their own, and how they prove who they are."""

import socketserver
import ssl
import threading
from pathlib import Path
from types import TracebackType
from typing import Self


class Listening(socketserver.BaseServer):
    """A server that listens as long as the block lasts; it goes before the kind of server it is made of."""

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not like our certificate hangs up; that is what is tested."""


def proving(certificate: Path | None) -> ssl.SSLContext | None:
    """TLS with this certificate, whose key stands in the same file; None without one."""
    if certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context
