"""Cardiac with its fifteen units, on the Monday of drawings 7, 8 and 9: real stores, huddles and problems.

`Department(folder)` is 07:50, before the huddle: ten have told us, three are without network, one called it off, one is
late. `told()` is 08:07, when two of the three could send; `begun()` is 08:14, when some of it is done.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from screens.frame import DeskScreen
from tests.screens.hospital import MONDAY, WEDNESDAY, Drawn
from tests.screens.pictures import picture, settled
from tests.screens.test_huddle import pressed
from tests.services.hospital import PLACES, at, settings_in
from wsq_huddle.config import load
from wsq_huddle.domain.problems import Mode, Urgency
from wsq_huddle.services import huddles, patterns, problems, steps
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.opening import create_store
from wsq_huddle.store.places import MemoryPlace, Place

UNITS = {
    "4-west": "4 West", "4-east": "4 East", "5-north": "5 North", "5-east": "5 East", "5-south": "5 South",
    "ccu": "CCU", "cvicu": "CVICU", "step-down": "Step-down", "tele-6": "Tele 6", "cath-lab": "Cath Lab",
    "ep-lab": "EP Lab", "echo": "Echo", "rehab": "Rehab", "clinic": "Clinic", "repair": "Biomed",
}  # fmt: skip
"""In the order of the roll call."""

PLACES.update({key: (name, 1, "cardiac") for key, name in UNITS.items()})

CLOSED = {
    "4-west": "07:27", "4-east": "07:24", "5-north": "07:33", "5-east": "07:36", "ccu": "07:30", "cvicu": "07:26",
    "step-down": "07:19", "tele-6": "07:37", "cath-lab": "07:12", "ep-lab": "07:14", "rehab": "07:28",
    "clinic": "07:30", "repair": "07:20",
}  # fmt: skip
WITHOUT_NETWORK = ("5-north", "5-east", "tele-6")
NOT_WELL = {
    "4-west": {"staff": "not-met", "supplies": "attention", "fall": "1"},
    "4-east": {"equipment": "attention"},
    "5-east": {"equipment": "attention", "medication": "1"},
    "ccu": {"equipment": "not-met"},
    "cvicu": {"equipment": "attention", "pressure-injury": "1"},
    "step-down": {"staff": "attention", "fall": "2"},
    "cath-lab": {"methods": "attention"},
    "clinic": {"supplies": "attention"},
}
TARGETS = {"falls": "0", "home-by-11": "35"}


class Department(Drawn):
    """The department of the drawings; `executive` is above it."""

    def __init__(self, folder: Path) -> None:
        self._on_disk = False
        super(Drawn, self).__init__(folder, ("executive", "cardiac", *UNITS))
        self._before()
        self._morning()
        self.put("07:50")

    def add(self, key: str, place: Place | None = None, **said: str) -> Desk:
        settings = settings_in(self.folder, key, **said)
        if key == "cardiac":
            path = self.folder / key / "huddle.toml"
            areas = ", ".join(f'"{unit}"' for unit in UNITS)
            text = path.read_text(encoding="utf-8")
            assert text.count('kind = "roll-call"') == 1
            path.write_text(
                text.replace('kind = "roll-call"', f'kind = "roll-call"\nareas = [{areas}]'), encoding="utf-8"
            )
            settings = load(path).settings
        self.desks[key] = Desk(create_store(place or MemoryPlace(), key, clock=self.clock), settings)
        return self.desks[key]

    def up(  # noqa: PLR0913, PLR0917 - what a unit says when it asks for help
        self, key: str, title: str, category: str, need: str, by: str = "", tried: str = ""
    ) -> str:
        """Raise a problem at a unit and ask Cardiac for help."""
        unit = self[key]
        raised = problems.raise_at(unit, title=title, category=category)
        until = at(by, self._day) if by else None
        return problems.escalate(unit, raised.id, need=need, tried=tried, by=until).id

    @property
    def _day(self) -> date:
        return MONDAY

    def _before(self) -> None:
        """A week ago: what solved the same thing then, and the last huddle."""
        self.put("07:20", WEDNESDAY - timedelta(days=7))
        short = problems.raise_at(self["4-west"], title="1 RN short until 19:00", category="staff")
        problems.escalate(self["4-west"], short.id, need="one RN")
        self.deliver()
        self.put("12:20", WEDNESDAY - timedelta(days=7))
        problems.resolve(self["cardiac"], short.id, remedy="agency RN")
        self.deliver()
        problems.confirm(self["4-west"], short.id)
        self.put("07:15", WEDNESDAY)
        for key in ("4-west", "cardiac"):
            self.huddle(key, "")

    def _morning(self) -> None:
        """The units meet; three have no network, one is called off, one is late."""
        self.put("07:10")
        self.cut.update(WITHOUT_NETWORK)
        for key in UNITS:
            self._meet(key)
            if key not in WITHOUT_NETWORK:
                self.deliver()
        self.put("07:35")

    def _meet(self, key: str) -> None:
        desk = self[key]
        if key == "5-south":
            self.clock.put("07:41", MONDAY)
            desk.sign_as("Lee Moss")
            huddles.skip(desk, huddles.sitting(desk), why="two rapid responses")
            return
        if key == "echo":
            self.clock.put("07:42", MONDAY)
            self.deliver()
            return
        closes = at(CLOSED[key], MONDAY)
        self.clock.at(closes - timedelta(minutes=8))
        huddles.open_today(desk, leader="Ana Ruiz")
        one = huddles.sitting(desk)
        for line, answer in {**TARGETS, **NOT_WELL.get(key, {})}.items():
            huddles.answer(desk, one, line, answer, note="as told")
        looked = steps.look(desk, huddles.sitting(desk))
        rest = [asked.item for lines in looked.asked.values() for asked in lines if asked.item.asks]
        steps.fine(desk, one, rest)
        self._raise(key)
        self.clock.at(closes)
        huddles.close(desk, one)

    def _raise(self, key: str) -> None:
        """What comes up from a unit."""
        if key == "4-west":
            self.short = self.up(
                key, "2 RN short until 19:00", "staff", "two RN or agency, until 19:00", "10:00",
                "float pool empty, rang 6 off duty",
            )  # fmt: skip
            self.alarm = self.up(key, "Bed alarm 14 also silent", "equipment", "somebody from Biomed", "16:00")
            fall = problems.raise_at(self[key], title="Fall 07:24", category="safety", urgency=Urgency.NOW)
            self.fall = problems.escalate(self[key], fall.id, mode=Mode.AWARENESS).id
        for unit, title, need in (
            ("4-west", "Pumps missing", "two pumps"),
            ("4-east", "Pump out of order", "one pump"),
            ("ccu", "Pumps short since Sat", "one pump"),
            ("5-east", "Pump lent to 4 West not back", "our pump"),
        ):
            if unit == key:
                setattr(self, f"pump_{unit.replace('-', '_')}", self.up(unit, title, "equipment", need, "12:00"))
        if key == "cvicu":
            self.room = self.up(key, "Isolation room 3 pressure", "facilities", "somebody to look at it", "09:00")
        if key == "step-down":
            self.bed = self.up(key, "Bariatric bed missing", "beds", "a bariatric bed", "12:00")
        if key == "cath-lab":
            self.lab = self.up(key, "Stat lab over 60 min", "lab", "somebody to talk with the lab", "15:00")
        if key == "clinic":
            self.phone = self.up(key, "Interpreter phone dead", "it", "another phone", "16:00")

    def told(self) -> None:
        """08:07: the huddle has begun; what had no network reached us at 07:56."""
        self.clock.put("07:56", MONDAY)
        self.cut.clear()
        self.deliver()
        self.put("08:00")
        huddles.open_today(self.signed("cardiac", "S. Lind"), leader="S. Lind")
        self.put("08:07")

    def begun(self) -> None:
        """08:14: the first three pumps are handed on, the room is with Facilities, the fall was heard."""
        cardiac = self["cardiac"]
        pumps = [one for one in problems.listed(cardiac, limit=200) if "ump" in one.title and one.origin != "5-east"]
        self.put("08:09")
        patterns.assign(cardiac, [one.id for one in pumps], to="repair", need="find three", by=at("12:00", MONDAY))
        problems.plan(cardiac, self.room, what="Facilities looks at it", owner="S. Lind", due=MONDAY)
        problems.see(cardiac, self.fall)
        self.put("08:14")


async def stepped(pilot: Pilot[Any], name: str) -> list[str]:
    """Go on to a step of the huddle."""
    while f"[{name}]" not in picture(pilot.app)[1]:
        await pilot.press("right")
        await settled(pilot)
    return picture(pilot.app)


async def chosen(pilot: Pilot[Any], words: str) -> list[str]:
    """Choose the line with these words."""
    screen = pilot.app.screen
    assert isinstance(screen, DeskScreen)
    wanted = next(one.id for one in screen.lines.lines if one.id and any(words in str(cell) for cell in one.cells))
    screen.lines.choose(wanted)
    await settled(pilot)
    return picture(pilot.app)


def pumps(hospital: Department) -> list[str]:
    """The pumps that Cardiac knows of, in the order in which they came up."""
    found = [one for one in problems.listed(hospital["cardiac"], limit=200) if "ump" in one.title]
    return [one.id for one in sorted(found, key=lambda one: one.raised_at)]


async def helping(pilot: Pilot[Any]) -> list[str]:
    await settled(pilot)
    await pressed(pilot, "enter")
    return await stepped(pilot, "HELP")
