"""Hubs and links as processes of their own, to be killed: `python -m tests.sync.processes NODE FOLDER PORT URL`."""

import os
import sys
import threading
import time
from pathlib import Path

from tests.warm import Warm


def started(node: str, folder: Path, port: int, url: str) -> Warm:
    """Start the hub of a node (with a port) or its link alone (port 0); it ends with us, however we go."""
    return Warm("tests.sync.processes", node, str(folder), str(port), url)


def ended(process: Warm) -> None:
    """Wait for the end of one that was killed."""
    process.wait(10)
    process.close()


def kept(process: Warm, node: str, folder: Path, port: int, url: str) -> Warm:
    """Keep a program going as a service manager does. By itself it only ends when others have its port for a moment."""
    if process.poll() is None:
        return process
    said = process.stderr.read()
    ended(process)
    assert "is taken" in said, said
    time.sleep(0.2)
    return started(node, folder, port, url)


def main(node: str, folder: Path, port: int, url: str) -> None:
    from tests.sync.places import opened  # noqa: PLC0415 - in the process that is started
    from wsq_huddle.sync.link import Link, Way  # noqa: PLC0415

    store = opened(folder, node)
    link = Link(store, Way(url), wait=5) if url else None
    if port:
        from wsq_huddle.sync.hub.serving import Address, serve  # noqa: PLC0415 - only where a hub is asked for

        serve(store, Address(port=port), link=link, tied=True)
    elif link is not None:
        link.start()
        while os.read(0, 1):
            threading.Event().wait(0.1)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
