"""What is dear to make, made once for a run of the tests: by the first process that asks, while the others wait."""

import os
import pickle
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

from wsq_huddle.store.locks import FileLock

if TYPE_CHECKING:
    from tests.services.hospital import Hospital

Made = TypeVar("Made", bound="Hospital")


@contextmanager
def alone(folders: pytest.TempPathFactory, name: str) -> Iterator[Path]:
    """A folder of that name which all processes of this run have in common, for one of them at a time."""
    base = folders.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "moulds" / name
    shared.mkdir(parents=True, exist_ok=True)
    lock = FileLock(shared / "lock")
    while not lock.take():
        time.sleep(0.05)
    try:
        yield shared
    finally:
        lock.free()


def mould(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], Made]) -> Made:
    """The hospital that `make` makes in a folder, or a copy of the one that another process has made with it."""
    folder = folders.mktemp(name)
    with alone(folders, name) as shared:
        kept = shared / "made"
        if kept.exists():
            found: Made = pickle.loads(kept.read_bytes())  # noqa: S301 - our own, of this run
            return found.moved(folder)
        made = make(folder)
        kept.write_bytes(pickle.dumps(made))
        return made
