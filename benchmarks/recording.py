"""How long it takes to record: 1,000 entries received in one go, beside raw inserts of every row that they make.

    python benchmarks/recording.py

The bound: at most six times the raw inserts, which pay for the same durable commit. Both are measured in turn within
one run, so that a busy machine slows both; medians of seven, CPU time beside wall time.
"""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event

from wsq_huddle.domain import problems
from wsq_huddle.domain.entries import START, Entry, Stamp, compose, read
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.ids import uuid7
from wsq_huddle.domain.nodes import Enrolled
from wsq_huddle.domain.problems import Escalated, Noted, Planned, Raised, Urgency
from wsq_huddle.store import links
from wsq_huddle.store.engine import prepare
from wsq_huddle.store.listing import list_anew
from wsq_huddle.store.opening import create_store
from wsq_huddle.store.places import FilePlace
from wsq_huddle.store.receiving import receive
from wsq_huddle.store.store import Store

TIMES = 7
ENTRIES = 1_000
AT = datetime(2026, 11, 24, 7, 15, tzinfo=UTC)
UNITS = [f"unit-{number}" for number in range(10)]
MADE = ("entry", "problem", "problem_path", "word", "feed_item", "subject")


class Writer:
    """A unit's own PC."""

    def __init__(self, node: str) -> None:
        self.node, self.seq, self.prev = node, 0, START

    def entry(self, happened: Event, subject: str, **stamp: Any) -> Entry:  # noqa: ANN401 - fields of Stamp
        self.seq += 1
        entry_id = uuid7(1_790_000_000_000 + self.seq, f"{self.node:>10}".encode())
        subject = subject + entry_id if subject.endswith("-") else subject
        plain = {"id": entry_id, "subject": subject, "node": self.node, "device": self.node, "seq": self.seq}
        plain |= {"prev": self.prev, "by": f"{self.node} charge nurse", "at": AT, **stamp}
        entry = compose(happened, Stamp(**plain), self.node.encode())
        self.prev = entry.hash
        return entry


def morning(count: int) -> list[Entry]:
    """Problems of ten units, four entries each: raised, planned, noted, escalated."""
    writers = [Writer(unit) for unit in UNITS]
    found: list[Entry] = []
    for number in range(count // 4):
        writer = writers[number % len(writers)]
        title = f"Infusion pump {number} gives no alarm on battery"
        raised = Raised(
            category="equipment", urgency=Urgency.TODAY, tells="cardiac", title=title, detail="Biomed has been called."
        )
        first = writer.entry(raised, problems.PREFIX, turn=1)
        subject = read(first).subject
        plan = Planned(owner="Ana R.", due=AT.date(), what="borrow one from 5 East")
        planned = writer.entry(plan, subject, turn=2, on=first.hash)
        noted = writer.entry(Noted(of=planned.hash, text="they have none to spare"), subject, tick=1)
        away = Escalated(to="cardiac", need="one pump by ten", tried="5 East, the store")
        found += [first, planned, noted, writer.entry(away, subject, turn=3, on=planned.hash)]
    return found


def new_store(folder: Path) -> Store:
    """A department with ten units below it and an executive above."""
    place = FilePlace(folder / "huddle.db", folder / "secrets")
    store = create_store(place, "cardiac", clock=lambda: AT)
    registry = Writer("registry")
    tree = {"executive": None, "cardiac": "executive", **dict.fromkeys(UNITS, "cardiac")}
    known = [
        registry.entry(Enrolled(key=key, name=key, tier=1, parent=above), f"node-{key}", tick=1)
        for key, above in tree.items()
    ]
    with store.writing() as writing:
        receive(writing.transaction, writing.recorder, "registry", known, lambda _told, _entry: None)
    with store.writing() as writing:
        for peer in ("executive", *UNITS):
            links.put(writing.transaction, peer, "parent" if peer == "executive" else "child", 1)
            list_anew(writing.transaction, writing.recorder, peer, 1)
    return store


def take_up(store: Store, entries: list[Entry]) -> None:
    with store.writing() as writing:
        receive(writing.transaction, writing.recorder, "unit-0", entries, lambda _told, _entry: None)


def rows_of(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    return {table: [tuple(row.values()) for row in store.look().rows(f"SELECT * FROM {table}")] for table in MADE}  # noqa: S608 - our own tables


def raw(folder: Path, rows: dict[str, list[tuple[Any, ...]]]) -> Callable[[], None]:
    """The same rows into the same tables with nothing but sqlite3, in one durable transaction."""
    new_store(folder).close()
    connection = sqlite3.connect(folder / "huddle.db", isolation_level=None)
    prepare(connection)
    for table in MADE:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own tables

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for table, values in rows.items():
            marks = ", ".join("?" * len(values[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)  # noqa: S608 - our own tables
        connection.execute("COMMIT")
        connection.close()

    return insert


def timed(work: Callable[[], None]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def statements(store: Store, work: Callable[[], None]) -> int:
    """How many statements a piece of work needs."""
    counted = []
    listening = (store.engine, "before_cursor_execute", lambda *_arguments: counted.append(1))
    event.listen(*listening)
    work()
    event.remove(*listening)
    return len(counted)


def main() -> None:
    entries = morning(ENTRIES)
    ours, plain, singles = [], [], []
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as scratch:
        for number in range(TIMES):
            store = new_store(Path(scratch) / f"ours-{number}")
            store.engine  # noqa: B018 - made before it is timed
            ours.append(timed(lambda store=store: take_up(store, entries)))  # type: ignore[misc]  # a default binds it
            plain.append(timed(raw(Path(scratch) / f"raw-{number}", rows_of(store))))
            more = morning(ENTRIES + 40 * 4)[ENTRIES:]
            singles += [timed(lambda store=store, one=one: take_up(store, [one])) for one in more[::4]]  # type: ignore[misc]  # likewise
            store.close()
        store = new_store(Path(scratch) / "counted")
        take_up(store, entries)
        one = morning(ENTRIES + 4)[ENTRIES]
        counted = statements(store, lambda: take_up(store, [one]))
        store.close()
    for name, times in (("received", ours), ("raw", plain), ("one entry", singles)):
        wall, cpu = (statistics.median(column) * 1_000 for column in zip(*times, strict=True))
        print(f"{name:10} {wall:8.1f} ms  {cpu:8.1f} ms CPU")
    ratio = [statistics.median(column) for column in zip(*ours, strict=True)]
    base = [statistics.median(column) for column in zip(*plain, strict=True)]
    print(f"ratio      {ratio[0] / base[0]:8.2f}     {ratio[1] / base[1]:8.2f} of CPU   (at most 6)")
    print(f"statements of one entry that is passed on: {counted}")


if __name__ == "__main__":
    main()
