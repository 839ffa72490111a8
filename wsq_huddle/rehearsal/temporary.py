"""Folders of demos of which nothing is to last. What a demo left behind that was killed, the next one clears away."""

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from wsq_huddle.store.locks import FileLock

PREFIX = "wsq-huddle-demo-"
LOCK = "running.lock"
"""Held as long as the demo runs; the system frees it when the demo dies, however it dies."""

_QUICK = Path("/dev/shm")  # noqa: S108 - memory that looks like a disk: nothing of a temporary demo has to last
_ROOM = 200 * 1024 * 1024


class Temporary:
    """A folder that goes with its demo."""

    def __init__(self, folder: Path, lock: FileLock) -> None:
        self.folder = folder
        self._lock = lock

    def clear(self) -> None:
        self._lock.free()
        shutil.rmtree(self.folder, ignore_errors=True)


def make() -> Temporary:
    """Make one: in memory where there is such a place with room; folders that killed demos left are cleared first."""
    usual = Path(tempfile.gettempdir())
    for place in (_QUICK, usual):
        clear_left(place)
    quick = False
    with suppress(OSError):
        quick = shutil.disk_usage(_QUICK).free > _ROOM
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_QUICK if quick else usual))
        lock = FileLock(folder / LOCK)
        if lock.take():
            return Temporary(folder, lock)


def clear_left(place: Path) -> None:
    """Clear away the folders whose demos have ended without doing so; those that run hold their lock."""
    for left in place.glob(f"{PREFIX}*/{LOCK}") if place.is_dir() else ():
        lock = FileLock(left)
        with suppress(Exception):
            if lock.take():
                Temporary(left.parent, lock).clear()
