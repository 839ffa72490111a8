"""What a long history costs: the first screen's reads over 1,000,000 entries, beside those of a store with a day's.

    python benchmarks/large.py

The bound: at most 1.2 times the small store. The large one is the small one with its closed problems, words and
entries multiplied in the database, 250,000 problems of four entries each, spread over ten years. Each look is a process
of its own, as when somebody opens the screens; asked in turn within one run, medians of seven, CPU beside wall time.
"""

import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from wsq_huddle.config import load, writing
from wsq_huddle.services import problems
from wsq_huddle.services.clocks import machine_clock
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.opening import create_store
from wsq_huddle.store.places import FilePlace

TIMES = 7
PROBLEMS = 250_000
BOUND = 1.2
DAYS = 3_650


def make(folder: Path) -> Path:
    """A unit with a day's problems: ten open, ten closed."""
    file = writing.write_new(folder, key="4-west", name="4 West", tier=1, timezone="UTC", dir_given=True)
    settings = load(file).settings
    store = create_store(FilePlace(settings.database, settings.secrets), "4-west", clock=machine_clock)
    desk = Desk(store, settings)
    for number in range(20):
        one = problems.raise_at(desk, title=f"Infusion pump {number} gives no alarm", category="equipment")
        if number % 2:
            problems.plan(desk, one.id, what="borrow one", owner="Ana R.", due=machine_clock().date() + timedelta(1))
            problems.resolve(desk, one.id, remedy="battery changed")
            problems.confirm(desk, one.id)
    store.close()
    return file


def multiply(database: Path) -> int:
    """Add ten years of closed problems to a store; gives the number of entries it then has."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TEMP TABLE n (n INTEGER PRIMARY KEY)")
        connection.execute(
            "INSERT INTO n WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < ?) SELECT x FROM c",
            (PROBLEMS,),
        )
        subject = connection.execute("SELECT subject FROM problem WHERE state = 'closed' LIMIT 1").fetchone()[0]
        for table in ("problem", "problem_path", "word", "entry"):
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            made = ", ".join(_changed(table, name) for name in names)
            columns = ", ".join(f'"{name}"' for name in names)
            connection.execute(
                f"INSERT INTO {table} ({columns}) SELECT {made} FROM {table} t, n WHERE t.subject = ?",  # noqa: S608 - ours
                (subject,),
            )
        connection.commit()
        return int(connection.execute("SELECT COUNT(*) FROM entry").fetchone()[0])


def _changed(table: str, name: str) -> str:
    """The expression for one column of a copied row: other names, other numbers, another day."""
    if name in {"subject", "hash"} or (name == "id" and table in {"problem", "entry"}):
        return f"t.\"{name}\" || '-' || n.n"
    if name == "arrival":
        return "t.arrival + n.n * 100"
    if name == "seq":
        return "t.seq + n.n * 100"
    if name.endswith("_at") or name in {"at", "held_since"}:
        return f"strftime('%Y-%m-%dT%H:%M:%S+00:00', t.\"{name}\", '-' || (2 + n.n % {DAYS}) || ' days')"
    return f't."{name}"'


LOOK = """
import sys
from pathlib import Path
from wsq_huddle.config import load
from wsq_huddle.services import todays
from wsq_huddle.services.clocks import machine_clock
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.opening import open_store
from wsq_huddle.store.places import FilePlace
settings = load(Path(sys.argv[1])).settings
store = open_store(FilePlace(settings.database, settings.secrets), "4-west", clock=machine_clock)
seen = todays.today(Desk(store, settings))
assert seen.ours.count == 10, seen.ours.count
"""


def look(file: Path) -> tuple[float, float]:
    """Seconds of wall and CPU time of one process that reads what the first screen shows."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-c", LOOK, str(file)], check=True)  # noqa: S603 - our own program
    wall = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        small, large = make(Path(folder) / "small"), make(Path(folder) / "large")
        entries = multiply(large.parent / "data" / "huddle.db")
        look(small), look(large)
        times = [(look(small), look(large)) for _ in range(TIMES)]
    print(f"entries: a day's and {entries:,}")
    for place, name in enumerate(("wall", "cpu")):
        few = statistics.median(one[place] for one, _ in times) * 1000
        many = statistics.median(one[place] for _, one in times) * 1000
        ratio = statistics.median(b[place] / a[place] for a, b in times)
        print(f"{name:5} small {few:6.0f} ms   large {many:6.0f} ms   ratio {ratio:5.2f}   (at most {BOUND})")


if __name__ == "__main__":
    main()
