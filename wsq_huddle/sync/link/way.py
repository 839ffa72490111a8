"""The way to the hub above: its address, and whom to trust on it. There is no switch that trusts everybody."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from wsq_huddle.errors import ConfigError

if TYPE_CHECKING:
    import ssl


@dataclass(frozen=True)
class Way:
    """`url` of the hub; a certificate authority besides those this computer trusts; our own certificate, if asked."""

    url: str
    ca_file: Path | None = None
    cert_file: Path | None = None
    key_file: Path | None = None

    def check(self) -> None:
        """Refuse an address that would carry the token where others can read it."""
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
            raise ConfigError(f"{self.url!r} is no address of a hub. Write it like https://hub.hospital.example:7150.")
        if parts.scheme == "http" and not self.loopback:
            raise ConfigError("http:// is for a hub on this computer only. Write https://, and ask IT if it fails.")

    @property
    def loopback(self) -> bool:
        host = urlsplit(self.url).hostname or ""
        try:
            return host == "localhost" or ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False

    @property
    def secure(self) -> bool:
        return urlsplit(self.url).scheme == "https"

    @property
    def name(self) -> str:
        """The hub as a sentence names it."""
        return urlsplit(self.url).netloc

    def trust(self) -> "ssl.SSLContext":
        """What this computer trusts, and the extra authority; on a way without TLS nothing at all."""
        import ssl  # noqa: PLC0415 - when a link starts

        if not self.secure:
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        import truststore  # noqa: PLC0415 - as above

        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            if self.ca_file is not None:
                context.load_verify_locations(str(self.ca_file))
            if self.cert_file is not None:
                context.load_cert_chain(str(self.cert_file), str(self.key_file) if self.key_file else None)
        except OSError as error:
            where = f"{self.ca_file or ''} {self.cert_file or ''}".strip()
            raise ConfigError(
                f"A certificate in [link] cannot be used ({where}): {error.strerror or error}."
            ) from error
        return context
