"""The store of one node: a log, the tables made from it, and one way to write."""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from wsq_huddle.domain.entries import Told
from wsq_huddle.errors import HuddleError, StoreError

from .keys import Secrets
from .places import Place
from .reader import Reader

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from .recorder import Recorder
    from .transaction import Transaction

log = logging.getLogger(__name__)

Listener = Callable[[list[Told]], None]
TRIES = 3


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
        """A reader for this thread."""
        found: Reader | None = getattr(self._readers, "reader", None)
        if found is None:
            found = self._readers.reader = self.place.reader()
            self._opened.append(found)
        return found

    @contextlib.contextmanager
    def writing(self) -> Iterator[Writing]:
        """One transaction: everything in it is committed when the block ends, and nothing when it raises."""
        from .recorder import Recorder  # noqa: PLC0415 - SQLAlchemy, at the first write
        from .transaction import Transaction  # noqa: PLC0415

        told: list[Told] = []
        with translated(self.place.name), self.engine.begin() as connection:
            self._check_schema(connection)
            transaction = Transaction(connection, self.node, self.clock())
            recorder = Recorder(transaction, self._key(transaction))
            yield Writing(transaction, recorder)
            told = recorder.finish()
            if told:
                self.place.announce(connection)
        self._tell(told)

    def keep_draft(self, place: str, text: str) -> None:
        """Keep what somebody is typing, without a transaction of the log; an empty text forgets it."""
        from .drafts import keep  # noqa: PLC0415 - SQLAlchemy, at the first write

        with translated(self.place.name), self.engine.begin() as connection:
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
            self._engine.dispose()
            self._engine = None

    def _key(self, transaction: "Transaction") -> "Callable[[], bytes]":
        return lambda: self.secrets.device_key(transaction.device.id)

    def _check_schema(self, connection: "Connection") -> None:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        if found != self._schema:
            raise StoreError(
                "Another program has changed the layout of this store while this one was running."
                " Nothing was written. Start wsq-huddle again."
            )

    def _tell(self, told: list[Told]) -> None:
        if not told:
            return
        for listener in list(self._listeners):
            try:
                listener(told)
            except Exception:  # what listens must never undo what is written
                log.exception("a listener failed")


@contextlib.contextmanager
def translated(name: str) -> Iterator[None]:
    """Turn what a database says into a sentence with a remedy; what was decided is not written then."""
    try:
        yield
    except HuddleError:
        raise
    except Exception as error:
        from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 - only when something went wrong

        if not isinstance(error, SQLAlchemyError):
            raise
        raise StoreError(_sentence(name, error)) from error


def _sentence(name: str, error: Exception) -> str:
    said = str(getattr(error, "orig", None) or error).splitlines()[0]
    remedies = {
        "disk is full": "The disk is full: nothing was saved. Free some space; what you typed is still here.",
        "locked": "Another program holds the store. Try again in a moment; what you typed is still here.",
        "readonly": f"{name} may only be read here: nothing was saved. Ask IT for the right to write there.",
        "malformed": f"{name} is damaged. Ask IT to run `wsq-huddle store check`, then `store restore`.",
        "not a database": f"{name} is no wsq-huddle store. Ask IT to run `wsq-huddle store check`.",
        "unable to open": f"{name} cannot be opened. Is the folder there, and may you write in it?",
    }
    for words, sentence in remedies.items():
        if words in said:
            return sentence
    return f"The store did not take it: {said}. Nothing was saved; what you typed is still here."
