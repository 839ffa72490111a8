"""The hospital of the drawings, for the screens: Monday 30 Nov, real stores and desks, a clock that stands still.

Run as a program it shows the screens of one node on the real terminal, with a store on disk that stays when the
program is killed: `python tests/screens/hospital.py FOLDER [4-west|cardiac|executive]`.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from screens.app import HuddleApp
from screens.measures import MeasuresScreen
from screens.morning import MorningScreen
from screens.patience import AT_ONCE, Patience
from screens.problems import ProblemsScreen
from screens.today import TodayScreen
from tests.services.hospital import ZONE, Hospital, at, settings_in
from wsq_huddle.config import load
from wsq_huddle.domain.problems import Mode, Urgency
from wsq_huddle.services import actions, huddles, problems
from wsq_huddle.services.clocks import RunningClock
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.huddles import Sitting
from wsq_huddle.services.stores import place_of
from wsq_huddle.store.opening import create_store, open_store
from wsq_huddle.store.places import MemoryPlace, Place

MONDAY = date(2026, 11, 30)
SUNDAY, FRIDAY, WEDNESDAY, TUESDAY = (MONDAY - timedelta(days=days) for days in (1, 3, 5, 6))
REPORTS = Path(tempfile.gettempdir())
QUIET = ("executive", "cardiac", "4-west")


class Drawn(Hospital):
    """The hospital with what the drawings tell of it; `quiet` has nothing but its people.

    With `on_disk` the stores lie in `folder/KEY/data`, where another program can open them.
    """

    def __init__(self, folder: Path, *, quiet: bool = False, on_disk: bool = False) -> None:
        self._on_disk = on_disk
        super().__init__(folder, QUIET if quiet else ("executive", "cardiac", "biomed", "4-west", "5-east"))
        if not quiet:
            self._weeks()
            self._wednesday()
            self._after()
        self.put("07:09")

    def add(self, key: str, place: Place | None = None, **said: str) -> Desk:
        settings = settings_in(self.folder, key, **said)
        where = place or (place_of(settings) if self._on_disk else MemoryPlace())
        self.desks[key] = Desk(create_store(where, key, clock=self.clock), settings)
        return self.desks[key]

    def put(self, clock: str, on: date = MONDAY) -> None:
        """Let it be that time, everywhere."""
        self.clock.put(clock, on)
        self.deliver()

    def signed(self, key: str, name: str) -> Desk:
        self.desks[key].sign_as(name)
        return self.desks[key]

    def asked(self, title: str, category: str, need: str, tried: str = "") -> str:
        """Raise a problem at 4 West and hand it to Cardiac."""
        west = self["4-west"]
        raised = problems.raise_at(west, title=title, category=category)
        problems.escalate(west, raised.id, need=need, tried=tried, by=at("16:00", WEDNESDAY))
        self.deliver()
        return raised.id

    def _weeks(self) -> None:
        """Three problems of earlier in the month that are fixed, for the tally."""
        west, cardiac = self.signed("4-west", "Ana Ruiz"), self.signed("cardiac", "S. Lind")
        for day, title in enumerate(("Ice machine leaks", "Night call dead, room 3", "Specimen pickup left out")):
            self.put("07:20", date(2026, 11, 9 + day))
            subject = self.asked(title, "facilities", "somebody to mend it")
            self.put("07:20", date(2026, 11, 10 + day))
            problems.resolve(cardiac, subject, remedy="mended")
            self.deliver()
            problems.read_out(west, subject)
            problems.confirm(west, subject)
            self.deliver()

    def _wednesday(self) -> None:
        """The last huddle that was held: Wednesday, with what came up in it."""
        self.put("07:15", TUESDAY)
        self.huddle("4-west", "Ana Ruiz")
        self.put("07:16", WEDNESDAY)
        west = self.signed("4-west", "Ana Ruiz")
        one = self.huddle("4-west", "Ana Ruiz", close=False)
        huddles.answer(west, one, "falls", "1")
        huddles.answer(west, one, "home-by-11", "24")
        self.pumps = self.asked("IV pumps missing", "equipment", "two pumps", "asked 5 East")
        self.nights = self.asked("Night RN short", "staff", "one RN for four nights", "rang 6 off duty")
        self.restock = self.asked("Restock late", "pharmacy", "the run before the first round")
        self.transport = self.asked("Discharge transport slow", "transport", "a second crew before noon")
        self.lift = self.asked("Second patient lift", "equipment", "a second lift")
        self.bed = problems.raise_at(west, title="Bed alarm dead, bed 12", category="equipment").id
        problems.plan(west, self.bed, what="spare from store", owner="Ana Ruiz", due=MONDAY)
        self.label = problems.raise_at(west, title="Label printer jams", category="it").id
        problems.plan(west, self.label, what="ask IT", owner="Ben Koch", due=MONDAY + timedelta(days=2))
        huddles.attend(west, one, number=7)
        actions.plan(west, what="Count the slings", owner="Lee Moss", due=MONDAY)
        self.put("07:25", WEDNESDAY)
        huddles.close(west, one)

    def _after(self) -> None:
        """What the tiers above did with it, and what came up since."""
        cardiac, executive = self.signed("cardiac", "S. Lind"), self.signed("executive", "R. Okafor")
        self.put("08:04", WEDNESDAY)
        problems.acknowledge(cardiac, self.transport)
        for subject, need in ((self.nights, "agency for four nights?"), (self.lift, "buy a second lift?")):
            problems.escalate(cardiac, subject, need=need)
        self.deliver()
        problems.plan(executive, self.lift, what="one is ordered", owner="R. Okafor", due=FRIDAY)
        self.put("16:10", WEDNESDAY)
        problems.give_back(cardiac, self.pumps, answer="two from 5 East, Fri 10:00")
        self.put("17:40", WEDNESDAY)
        problems.resolve(executive, self.nights, remedy="agency RN Thu-Sun")
        self.put("07:05", SUNDAY - timedelta(days=1))
        self.linen = problems.raise_at(self["4-west"], title="Linen short since Sat", category="supplies").id
        self.put("14:20", SUNDAY)
        problems.give_back(cardiac, self.restock, answer="Pharmacy: new run at 05:00 from today")
        self.deliver()
        for desk in self.desks.values():
            desk.sign_as("")

    def morning(self) -> None:
        """Monday's huddle of 4 West, and what Cardiac passed on of it before its own."""
        self.put("07:15")
        west = self.signed("4-west", "Ana Ruiz")
        one = self.huddle("4-west", "Ana Ruiz", close=False)
        for line in ("methods", "equipment"):
            huddles.answer(west, one, line, "met")
        huddles.answer(west, one, "staff", "not-met", note="2 RN short until 19:00")
        huddles.answer(west, one, "supplies", "attention", note="linen short since Sat")
        huddles.answer(west, one, "fall", "1")
        huddles.answer(west, one, "falls", "1")
        huddles.answer(west, one, "home-by-11", "35")
        short = problems.raise_at(west, title="2 RN short until 19:00", category="staff", about="4-west/staff")
        problems.escalate(west, short.id, need="two RN or agency, until 19:00",
                          tried="float pool empty, rang 6 off duty", by=at("10:00", MONDAY))  # fmt: skip
        fall = problems.raise_at(west, title="Fall 07:10", category="safety", urgency=Urgency.NOW)
        problems.escalate(west, fall.id, mode=Mode.AWARENESS)
        self.put("07:24")
        huddles.close(west, one)
        self.deliver()
        self.put("07:40")
        cardiac = self.signed("cardiac", "S. Lind")
        asked = problems.raise_at(cardiac, title="11 pumps short in 5 units", category="equipment")
        problems.escalate(cardiac, asked.id, need="rent 12?", by=at("16:00", MONDAY))
        self.deliver()
        for desk in self.desks.values():
            desk.sign_as("")

    def huddle(self, key: str, leader: str, *, close: bool = True) -> Sitting:
        """Hold a huddle at a node in which all is well."""
        desk = self.signed(key, leader)
        huddles.open_today(desk, leader=leader)
        one = huddles.sitting(desk)
        if close:
            huddles.close(desk, one)
        self.deliver()
        return one


def screens_of(desk: Desk, *, plain: bool = False, patience: Patience = AT_ONCE) -> HuddleApp:
    """Make the program with the screens of a desk that is open; what it sends leaves at once."""
    return program(lambda: desk, plain=plain, patience=patience)


def program(
    loader: Callable[[], Desk], *, plain: bool = False, theme: str = "dark", patience: Patience = AT_ONCE
) -> HuddleApp:
    def clock() -> datetime:
        return at("07:09", MONDAY).astimezone(ZONE)

    return HuddleApp(
        loader, TodayScreen, lambda: (ProblemsScreen, MorningScreen, MeasuresScreen), clock=clock, theme=theme,
        plain=plain, place="4 West", reports=REPORTS, patience=patience,
    )  # fmt: skip


def open_on_disk(folder: Path, key: str, clock: str = "07:16") -> Desk:
    """Open the desk of a node whose store is on disk, as a program that starts anew does; the time runs on."""
    settings, now = load(folder / key / "huddle.toml").settings, at(clock, MONDAY)
    return Desk(open_store(place_of(settings), key, clock=RunningClock(now, datetime.now(UTC))), settings)


if __name__ == "__main__":
    where, node, when = [*sys.argv[1:], "4-west", "07:16"][:3]
    waits = Patience(30, 30) if "waits" in sys.argv else AT_ONCE
    running = program(lambda: open_on_disk(Path(where), node, when), plain="plain" in sys.argv, patience=waits)
    running.run()
    sys.exit(running.return_code or 0)
