"""The store of one node: a log, the tables made from it, and one way to write."""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from wsq_huddle.domain.entries import Told
from wsq_huddle.errors import StoreError

from .keys import Secrets
from .places import Place
from .reader import Reader
from .sentences import translated

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from .recorder import Recorder
    from .transaction import Device, Transaction

log = logging.getLogger(__name__)

Listener = Callable[[list[Told]], None]
TRIES = 3
READERS = 8
"""Connections that look, at most, in one process: on PostgreSQL each is one of the server's."""


class _Tried(Exception):
    """A transaction got as far as its commit, and was only asked."""


class _Besides(threading.local):
    """What the transactions of one thread do besides recording."""

    drafts: tuple[str, ...] = ()
    trying = False


class Writing:
    """A write transaction in progress: look with `transaction`, record with `recorder`."""

    def __init__(self, transaction: "Transaction", recorder: "Recorder") -> None:
        self.transaction = transaction
        self.recorder = recorder


class Store:
    """Opened by `opening.open_store`; safe to use from several threads."""

    def __init__(self, place: Place, node: str, *, rehearsal: bool, schema: str, clock: Callable[[], datetime]) -> None:
        self.place = place
        self.node = node
        self.rehearsal = rehearsal
        self.clock = clock
        self._schema = schema
        self._engine: Engine | None = None
        self._making = threading.Lock()
        self._readers = threading.local()
        self._opened: list[Reader] = []
        self._asked = 0
        self._writing: set[int] = set()
        self._besides = _Besides()
        self._listeners: list[Listener] = []

    @property
    def secrets(self) -> Secrets:
        return self.place.secrets

    @property
    def engine(self) -> "Engine":
        """The engine that writes; made at the first write, because SQLAlchemy is slow to import."""
        with self._making:
            if self._engine is None:
                self._engine = self.place.engine()
            return self._engine

    def look(self) -> Reader:
        """A reader for this thread; beyond a number of threads they share."""
        found: Reader | None = getattr(self._readers, "reader", None)
        if found is None:
            with self._making:
                if len(self._opened) < READERS:
                    self._opened.append(self.place.reader())
                found = self._opened[self._asked % len(self._opened)]
                self._asked += 1
            self._readers.reader = found
        return found

    @contextlib.contextmanager
    def writing(self) -> Iterator[Writing]:
        """One transaction: everything in it is committed when the block ends, and nothing when it raises.

        The store is locked for writing before the block begins, on both databases, so that nobody else decides
        meanwhile and no two writers wait for each other; only getting that lock is tried again, never the block.
        """
        from .drafts import forget  # noqa: PLC0415 - SQLAlchemy, at the first write
        from .recorder import Recorder  # noqa: PLC0415
        from .transaction import Transaction  # noqa: PLC0415

        here = threading.get_ident()
        if here in self._writing:
            raise RuntimeError("a transaction within a transaction of the same thread")
        with self.place.gate, translated(self.place.name), contextlib.ExitStack() as leaving:
            connection, device = self._begun()
            leaving.callback(connection.close)
            self._writing.add(here)
            leaving.callback(self._writing.discard, here)
            transaction = Transaction(connection, self.node, self.clock(), device)
            recorder = Recorder(transaction, lambda: self.secrets.device_key(device.id))
            yield Writing(transaction, recorder)
            if self._besides.trying:
                raise _Tried
            told = recorder.finish()
            if told:
                self.place.announce(connection)
            for draft in self._besides.drafts:
                forget(connection, draft)
            connection.commit()
            self._besides.drafts = ()
        self._tell(told)

    @contextlib.contextmanager
    def forgetting(self, *places: str) -> Iterator[None]:
        """What this thread records in the block takes these drafts away with it: both are committed, or neither.

        A line that is recorded and still lies there as a draft could be sent twice. What refuses keeps them; a block
        that is through without having recorded anything forgets them, too. Other threads notice nothing.
        """
        self._besides.drafts = places
        try:
            yield
            left = self._besides.drafts
        finally:
            self._besides.drafts = ()
        for place in left:
            self.keep_draft(place, "")

    @contextlib.contextmanager
    def trying(self) -> Iterator[None]:
        """Ask the rules without recording: the first transaction of this thread ends the block and leaves nothing."""
        self._besides.trying = True
        try:
            yield
        except _Tried:
            return
        finally:
            self._besides.trying = False

    def keep_draft(self, place: str, text: str) -> None:
        """Keep what somebody is typing, without a transaction of the log; an empty text forgets it."""
        from .drafts import keep  # noqa: PLC0415 - SQLAlchemy, at the first write

        with self.place.gate, translated(self.place.name), self.engine.begin() as connection:
            keep(connection, place, text, self.clock())

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with what was recorded, after each commit of this process; gives a way to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def close(self) -> None:
        for reader in self._opened:
            reader.close()
        self._opened.clear()
        self._readers = threading.local()
        if self._engine is not None:
            self.place.let_go(self._engine)
            self._engine = None

    def _begun(self) -> "tuple[Connection, Device]":
        """A connection in a transaction that holds the write lock; begun anew when others were in the way."""
        from .transaction import lock_store  # noqa: PLC0415 - SQLAlchemy, at the first write

        for left in reversed(range(TRIES)):
            connection = self.engine.connect()
            try:
                connection.begin()
                device = lock_store(connection, self._schema)
            except BaseException as error:
                connection.close()
                if not left or not passing(error):
                    raise
                log.info("the store was busy: %s", type(error).__name__)
            else:
                if device is not None:
                    return connection, device
                connection.close()
        raise StoreError(f"{self.place.name} does not say which device it is. `wsq-huddle store check` tells more.")

    def _tell(self, told: list[Told]) -> None:
        if not told:
            return
        for listener in list(self._listeners):
            try:
                listener(told)
            except Exception:  # what listens must never undo what is written
                log.exception("a listener failed")


def passing(error: BaseException) -> bool:
    """Whether a database gave way for others, or went away for a moment: then a transaction may be begun anew."""
    if getattr(error, "connection_invalidated", False):
        return True
    return getattr(getattr(error, "orig", None), "sqlstate", None) in {"40001", "40P01"}
