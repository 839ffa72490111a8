"""What may stand in [mail] and [notify] of huddle.toml: ports, addresses, how the way to a server is kept private."""

import re
from typing import Annotated

from wsq_huddle.config.complaints import meant
from wsq_huddle.config.values import Wrong, read_text, read_within

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+", re.ASCII)
_SECURITY = ("starttls", "tls", "none")
_HIGHEST_PORT = 65_535
_LONGEST = 254
_MOST = 100
_LONGEST_URL = 2_000
_WEBHOOK = re.compile(
    r"(?:https://[^\s/?#@]+|http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?)(?:[/?][^\s#]*)?", re.ASCII
)


def read_port(value: object) -> int:
    return read_within(value, 1, _HIGHEST_PORT, f"a port is 1 to {_HIGHEST_PORT}; mail goes to 587, 465 or 25.")


def read_security(value: object) -> str:
    word = read_text(value)
    if word not in _SECURITY:
        raise Wrong(f"this must be one of {', '.join(_SECURITY)}.{meant(word, _SECURITY)}")
    return word


def read_address(value: object) -> str:
    """Read one address of mail, or nothing."""
    address = read_text(value).strip()
    if address and (not address.isascii() or not _ADDRESS.fullmatch(address) or len(address) > _LONGEST):
        raise Wrong('this must be one address such as "huddle@hospital.example".')
    return address


def read_addresses(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Wrong('this must be a list such as ["cno@hospital.example"].')
    if len(value) > _MOST:
        raise Wrong(f"name at most {_MOST} addresses; a list of your mail server takes more.")
    return tuple(dict.fromkeys(address for one in value if (address := read_address(one))))


def read_webhook(value: object) -> str:
    """Read the address that urgent news is posted to; a name or a password before the host is refused."""
    url = read_text(value).strip()
    if not url:
        return ""
    if len(url) > _LONGEST_URL or not _WEBHOOK.fullmatch(url):
        raise Wrong("this must be an address that begins with https:// (http:// only goes to this same computer).")
    return url


Port = Annotated[int, read_port]
Security = Annotated[str, read_security]
Address = Annotated[str, read_address]
Addresses = Annotated[tuple[str, ...], read_addresses]
Webhook = Annotated[str, read_webhook]
