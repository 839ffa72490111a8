"""Hands urgent news to a service that Apprise knows; it comes with the extra `notify`.

Apprise runs in a process of its own: a hub has no use for its size, it ends with our time whatever the service does,
and it trusts what this computer trusts. The address holds a secret: it goes by standard input, and no error names it.
"""

import json
import os
import subprocess
import sys
from enum import IntEnum
from importlib.util import find_spec
from pathlib import Path

from wsq_huddle.errors import ConfigError, NetworkError

SECONDS = 30.0
"""Apprise needs up to a second to start, and may be asked to wait for its service."""


class _End(IntEnum):
    """How the process ends."""

    TOLD = 0
    FAILED = 3
    NO_ADDRESS = 4
    NOT_VERIFIED = 5


def tell(address: str, title: str, words: str, ca_file: Path | None = None) -> None:
    """Hand a message over. What the service answers is not read, but for whether it took it."""
    if find_spec("apprise") is None:
        raise ConfigError("notify.apprise_file needs the extra: pip install wsq-huddle[notify].")
    environment = os.environ | ({"REQUESTS_CA_BUNDLE": str(ca_file)} if ca_file else {})
    told = json.dumps({"address": address, "title": title, "words": words})
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-I", "-m", __name__],
            input=told.encode(),
            capture_output=True,
            check=False,
            env=environment,
            timeout=SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NetworkError(f"Apprise did not come to an end: {type(error).__name__}.") from None
    if done.returncode == _End.NO_ADDRESS:
        raise ConfigError("A line of notify.apprise_file is no address that Apprise knows.")
    if done.returncode == _End.NOT_VERIFIED:
        raise ConfigError("A line of notify.apprise_file says verify=no: certificates are always verified.")
    if done.returncode != _End.TOLD:
        raise NetworkError("The service behind an address of notify.apprise_file did not take the message.")


def _main() -> int:
    """Read one message and hand it over."""
    told = json.load(sys.stdin)
    import truststore  # noqa: PLC0415 - in this process only, and before Apprise brings its own way of trusting

    truststore.inject_into_ssl()
    import apprise  # noqa: PLC0415 - the extra

    service = apprise.Apprise.instantiate(told["address"], asset=apprise.AppriseAsset(app_id="wsq-huddle"))
    if service is None:
        return _End.NO_ADDRESS
    if not service.verify_certificate:
        return _End.NOT_VERIFIED
    return _End.TOLD if service.notify(title=told["title"], body=told["words"]) else _End.FAILED


if __name__ == "__main__":
    sys.exit(_main())
