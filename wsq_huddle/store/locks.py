"""The locks that say which process does what for a store: a file's, or a session's on PostgreSQL.

One sees to it that one process at a time runs the link; the other one is held by a program that sends without a window.
"""

import contextlib
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol
from weakref import WeakKeyDictionary

from wsq_huddle.errors import StoreError

from .places import FilePlace, MemoryPlace, Place, PostgresPlace

if TYPE_CHECKING:
    from .reader import Reader

KEY, SENDER_KEY = 7_150_001, 7_150_002


class LinkLock(Protocol):
    """Taken by one process at a time; freed by the system when that process dies, however it dies."""

    def take(self) -> bool:
        """Try to take the lock, or make sure that it is still ours; never waits."""
        ...

    def free(self) -> None: ...


class FileLock:
    """A lock on a file beside the database."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def take(self) -> bool:
        if self._handle is not None:
            return True
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreError(f"{self._path} cannot be written: {error.strerror}.") from error
        if not _locked(handle):
            os.close(handle)
            return False
        self._handle = handle
        return True

    def free(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _locked(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - Windows only

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - everywhere else

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


class SessionLock:
    """An advisory lock of a PostgreSQL session; taking it again asks the server whether it is still ours."""

    def __init__(self, place: PostgresPlace, key: int = KEY) -> None:
        self._place, self._key, self._ours = place, key, False
        self._reader: Reader | None = None

    def take(self) -> bool:
        if self._reader is None:
            self._reader = self._place.reader()
        found = self._reader.one("SELECT pg_try_advisory_lock(:key) AS taken", key=self._key)
        self._ours = bool(found and found["taken"])
        return self._ours

    def free(self) -> None:
        if self._reader is not None:
            if self._ours:
                self._ours = False
                # The end of a session frees it as well, but the server may take a moment for that.
                with contextlib.suppress(StoreError):
                    self._reader.one("SELECT pg_advisory_unlock_all() AS freed")
            self._reader.close()
            self._reader = None


class MemoryLock:
    """For a store that one process has to itself."""

    _locks: ClassVar["WeakKeyDictionary[MemoryPlace, dict[int, threading.Lock]]"] = WeakKeyDictionary()

    def __init__(self, place: MemoryPlace, key: int = KEY) -> None:
        self._lock = self._locks.setdefault(place, {}).setdefault(key, threading.Lock())
        self._ours = False

    def take(self) -> bool:
        self._ours = self._ours or self._lock.acquire(blocking=False)
        return self._ours

    def free(self) -> None:
        if self._ours:
            self._ours = False
            self._lock.release()


def link_lock(place: Place) -> LinkLock:
    """The lock of a store's link; not taken yet."""
    return _lock(place, "link.lock", KEY)


def sender_lock(place: Place) -> LinkLock:
    """The lock of a program that sends for a store without a window; not taken yet."""
    return _lock(place, "sender.lock", SENDER_KEY)


def _lock(place: Place, name: str, key: int) -> LinkLock:
    if isinstance(place, FilePlace):
        return FileLock(place.database.with_name(name))
    if isinstance(place, PostgresPlace):
        return SessionLock(place, key)
    if isinstance(place, MemoryPlace):
        return MemoryLock(place, key)
    raise StoreError(f"{place.name} has no locks.")
