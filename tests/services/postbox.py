"""A mail server on a socket of this computer, as small as it can be: it takes what it is given, or refuses as told."""

import socketserver
import subprocess
from pathlib import Path

from tests.services.listening import Listening, proving


class Postbox(Listening, socketserver.ThreadingTCPServer):
    """`mails` are those that were taken, as they came; `heard` every command line, those in the clear marked."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, certificate: Path | None = None, *, starttls: bool = True, tls: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mails: list[bytes] = []
        self.heard: list[str] = []
        self.refusing = 0
        self.context = proving(certificate)
        self.offers, self.tls = starttls, tls

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    server: Postbox
    secure = False

    def handle(self) -> None:
        if self.server.tls:
            self._secure()
        self._say("220 here")
        while line := self.rfile.readline():
            said = line.decode("ascii", "replace").strip()
            self.server.heard.append(said if self.secure else f"(in the clear) {said}")
            match said.split(" ", maxsplit=1)[0].upper():
                case "EHLO":
                    offered = self.server.offers and self.server.context is not None and not self.secure
                    self._say("250-here", *(["250-STARTTLS"] if offered else []), "250 AUTH PLAIN")
                case "STARTTLS":
                    self._say("220 go on")
                    self._secure()
                case "AUTH":
                    self._say("235 known")
                case "MAIL" if self.server.refusing > 0:
                    self.server.refusing -= 1
                    self._say("451 not now: the text of your mail")
                case "DATA":
                    self._say("354 go on")
                    self._take()
                    self._say("250 taken")
                case "QUIT":
                    self._say("221 bye")
                    return
                case _:
                    self._say("250 fine")

    def finish(self) -> None:
        super().finish()
        self.request.close()

    def _take(self) -> None:
        mail = b""
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            mail += line
        self.server.mails.append(mail)

    def _secure(self) -> None:
        assert self.server.context is not None
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        self.secure = True
        self.setup()

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


def certificate(folder: Path, name: str) -> Path:
    """Make a certificate that speaks for a name or an address and is its own authority; the key stands behind it."""
    path = folder / f"{name}.pem"
    kind = "IP" if name[0].isdigit() else "DNS"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    made += ["-keyout", str(folder / "key.pem"), "-out", str(path), "-days", "2", "-subj", f"/CN={name}"]
    subprocess.run([*made, "-addext", f"subjectAltName={kind}:{name}"], check=True, capture_output=True)
    path.write_text(path.read_text() + (folder / "key.pem").read_text())
    return path
