"""What a key costs the executives in `This morning` over 300 nodes, beside ten; and what comes back over a year.

    python benchmarks/morning.py [rounds]

The screen on a pseudo-terminal of 80x24: the bound is 1.5 times the ten nodes, and 4,096 bytes a key. What the
executives hear of harm and readiness (`recurrences.look`) is asked in this process over a store in which the
departments told of their huddles for five weeks, and over one with a year of them: it may cost 1.2 times as much.
Both are asked in turn within one run; medians, CPU beside wall time.
"""

import statistics
import sys
import tempfile
import time
from collections import defaultdict
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

from hospitals import OnDisk
from terminals import Running, held_against, keys, ours

from tests.screens.hospital import MONDAY
from tests.services.hospital import PLACES, Hospital
from wsq_huddle.domain.huddles import Closed, Reported
from wsq_huddle.domain.problems import Mode
from wsq_huddle.domain.summaries import Events, KeptWork, Spread, Summary
from wsq_huddle.services import huddles, problems, recurrences, rollcalls
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.places import MemoryPlace, Place

ROUNDS, LOOKS = 5, 7
FEW, MANY = 10, 300
AREAS, WEEKS, YEAR = 7, 35, 365
BOUND, BYTES = 1.2, 4_096
TIMES = 10
"""Looks of one measurement: the median of one is too short for the clock of the processor."""

PAGE_DOWN, PAGE_UP = b"\x1b[6~", b"\x1b[5~"
NOW = "2026-11-30T08:42:00-06:00"


class Wide(OnDisk):
    """An executive node with so many departments and units below it, which all huddled this morning, or nearly all."""

    def __init__(self, folder: Path, nodes: int, areas: int) -> None:
        departments = [f"department-{number}" for number in range(areas)]
        units = dict(zip((f"unit-{number}" for number in range(nodes - areas - 1)), cycle(departments), strict=False))
        PLACES.update({key: (key.replace("-", " ").title(), 2, "executive") for key in departments})
        PLACES.update({key: (key.replace("-", " ").title(), 1, above) for key, above in units.items()})
        Hospital.__init__(self, folder, ("executive", *departments, *units))
        self.put("07:16")
        self._held([unit for number, unit in enumerate(units) if number % 10])
        self.put("08:02")
        self._held(departments)
        self.put("08:42")

    def add(self, key: str, place: Place | None = None, **said: str) -> Desk:
        """Keep the store of the executives on disk, all others in memory."""
        return super().add(key, place or (None if key == "executive" else MemoryPlace()), **said)

    def _held(self, nodes: list[str]) -> None:
        for key in nodes:
            desk = self.desks[key]
            huddles.open_today(desk)
            huddles.close(desk, huddles.sitting(desk))
        self.deliver()


def walked(config: Path, who: str, found: dict[str, list[float]]) -> None:
    """Open the morning, walk in it, and turn its pages."""
    with Running(*ours(config, NOW)) as running:
        running.until(b"Who signs")
        running.quiet(3.0)
        running.write(b"c")
        running.until(b"OUR LINE")
        running.quiet(1.0)
        keys(running, f"{who} morning", found)
        turned = [running.press(key)[2] for key in (PAGE_DOWN, PAGE_DOWN, PAGE_UP)]
        found[f"{who} morning key most"].append(max(turned))


def told(folder: Path, days: int) -> Desk:
    """The desk of executives to whom departments told of their huddles on so many days, five in seven with a fall."""
    departments = [f"area-{number}" for number in range(AREAS)]
    PLACES.update({key: (key.replace("-", " ").title(), 2, "executive") for key in departments})
    hospital = Hospital(folder, ("executive", *departments))
    causes = cycle(("toileting", "bed-alarm", "getting-up", "slippery-floor", "not-known"))
    for back in reversed(range(days)):
        day = MONDAY - timedelta(days=back)
        hospital.clock.put("08:00", day)
        for key in departments:
            _told(hospital[key], {next(causes): 1} if day.weekday() < 5 else {})  # noqa: PLR2004 - Friday
        _solved(hospital[departments[back % AREAS]], f"Fall on the way to the bath, {back}")
    hospital.deliver()
    hospital.clock.put("08:42", MONDAY)
    return hospital["executive"]


def _told(desk: Desk, causes: dict[str, int]) -> None:
    one = huddles.open_today(desk)
    falls = Events(n=len(causes), looked_into=len(causes), causes=causes, standard_kept=KeptWork(no=len(causes)))
    spread = Spread(events={"fall": 1} if causes else {}, of=4, not_ready={"staff": 1})
    summary = Summary(events={"fall": falls}, spread=spread)
    with desk.recording() as writing:
        writing.recorder.write(desk.author, Closed(), one.subject)
        writing.recorder.write(desk.author, Reported(summary=summary), one.subject)


def _solved(desk: Desk, title: str) -> None:
    """A safety event that the tiers above are told of, and that is solved the same day."""
    subject = problems.raise_at(desk, title=title, category="safety").id
    problems.escalate(desk, subject, mode=Mode.AWARENESS)
    problems.resolve(desk, subject, remedy="night light")
    problems.confirm(desk, subject)


def looked(desk: Desk, on: date = MONDAY) -> tuple[float, float]:
    """The wall's and the processor's time of one look, in ms."""
    one = huddles.sitting(desk, on=on)
    calling = rollcalls.call(desk, one)
    began, spent = time.perf_counter(), time.process_time()
    for _ in range(TIMES):
        recurrences.look(desk, on, calling)
    return (time.perf_counter() - began) * 1_000 / TIMES, (time.process_time() - spent) * 1_000 / TIMES


def over_a_year(folder: Path) -> None:
    weeks, year = told(folder / "weeks", WEEKS), told(folder / "year", YEAR)
    looked(weeks), looked(year)
    times = [(looked(weeks), looked(year)) for _ in range(LOOKS)]
    print(f"{'':34} {f'{WEEKS} days':>8} {f'{YEAR} days':>8} {'ratio':>7} {'bound':>6}")
    for place, name in enumerate(("wall", "cpu")):
        few, many = (statistics.median(one[which][place] for one in times) for which in (0, 1))
        ratio = statistics.median(many[place] / few[place] for few, many in times)
        print(f"{f'what comes back, {name} (ms)':34} {few:8.2f} {many:8.2f} {ratio:7.2f} {BOUND:6.1f}")


def main(rounds: int) -> None:
    found = defaultdict[str, list[float]](list)
    with tempfile.TemporaryDirectory() as folder:
        over_a_year(Path(folder))
        configs = {}
        for who, nodes, areas in (("few", FEW, 2), ("many", MANY, 2 * AREAS)):
            hospital = Wide(Path(folder) / who, nodes, areas)
            hospital.close()
            configs[who] = hospital.toml("executive")
        for who, config in configs.items():
            walked(config, who, defaultdict(list))
        for _ in range(rounds):
            for who, config in configs.items():
                walked(config, who, found)
    held_against(found, ("morning",), (FEW, MANY), BYTES)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS)
