"""A whole house on Monday 30 Nov for the executives' screens: seven departments, eighteen units, five weeks before it.

Real stores and desks. This morning is held huddle by huddle; of the weeks before, departments told their summaries.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from tests.screens.hospital import MONDAY, Drawn
from tests.services.hospital import PLACES, Hospital, at
from wsq_huddle.domain.agendas import Card, Kept, find
from wsq_huddle.domain.huddles import Closed, Reported
from wsq_huddle.domain.huddles import answer as answered
from wsq_huddle.domain.problems import Mode, Urgency
from wsq_huddle.domain.summaries import Events, KeptWork, Spread, Summary
from wsq_huddle.services import actions, huddles, patterns, problems
from wsq_huddle.services.desk import Desk

DEPARTMENTS = {
    "cardiac": "Cardiac", "medicine": "Medicine", "surgery": "Surgery", "women": "Women, child",
    "emergency": "Emergency", "imaging": "Imaging, lab", "support": "Support",
}  # fmt: skip
UNITS = {
    "4-west": "cardiac", "5-east": "cardiac", "ccu": "cardiac", "step-down": "cardiac",
    "6-north": "medicine", "6-east": "medicine", "7-east": "medicine", "geriatrics": "medicine",
    "theatre": "surgery", "6-south": "surgery", "recovery": "surgery",
    "maternity": "women", "paediatrics": "women",
    "ed": "emergency", "observation": "emergency",
    "ct": "imaging", "mri": "imaging",
    "transport": "support",
}  # fmt: skip
_NAMES = {"step-down": "Step-down", "ccu": "CCU", "ed": "ED", "ct": "CT", "mri": "MRI"}
PLACES.update({key: (name, 2, "executive") for key, name in DEPARTMENTS.items()})
PLACES.update({key: (_NAMES.get(key, key.replace("-", " ").title()), 1, parent) for key, parent in UNITS.items()})

NOT_HELD = frozenset({"mri"})
SILENT = "support"
"""A department of which nothing has been heard since 08:20."""

MEASURES: Mapping[str, Sequence[float]] = {
    "falls": (4, 5, 3, 5, 4, 3, 5, 4, 4, 5, 3, 4, 5, 13),
    "pressure-injuries": (1, 2, 1, 2, 3, 1, 2, 1, 2, 1, 3, 2, 1, 2),
    "line-infections": (0,) * 14,
    "medication-harm": (0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    "staff-hurt": (1, 0, 1, 2, 1, 0, 1, 0, 2, 1, 0, 1, 0, 1),
    "sick-leave": (5.1, 5.3, 5.0, 5.2, 5.1, 5.0, 6.8, 7.1, 7.0, 7.3, 7.2, 7.6, 7.7, 7.9),
    "agency-hours": (220, 214, 231, 208, 226, 219, 233, 205, 212, 228, 217, 224, 209, 210),
    "hand-hygiene": (91, 93, 92, 94, 90, 93, 92, 95, 93, 91, 94, 92, 91, 93),
    "home-by-11": (21, 19, 24, 17, 22, 20, 23, 18, 21, 19, 22, 20, 21, 18),
    "length-of-stay": (4.9, 5.2, 5.0, 5.1, 4.8, 5.0, 5.2, 4.9, 5.1, 5.0, 4.9, 5.2, 5.0, 5.1),
    "patients-boarding": (8, 11, 7, 9, 12, 8, 10, 9, 7, 11, 8, 10, 12, 9),
    "surgery-starts": (86, 88, 84, 87, 89, 85, 88, 86, 90, 87, 85, 89, 86, 88),
    "beds-open": (95, 97, 96, 95, 96, 97, 95, 96, 97, 96, 95, 97, 96, 96),
    "complaints": (2, 4, 3, 1, 4, 2, 3, 5, 2, 3, 4, 2, 3, 3),
}


class House(Drawn):
    """The house at 08:42, before the executives meet."""

    def __init__(self, folder: Path) -> None:
        self._on_disk = False
        Hospital.__init__(self, folder, ("executive", *DEPARTMENTS, *UNITS))
        self._weeks()
        self._earlier()
        self._units()
        self._brought()
        self._departments()
        for desk in self.desks.values():
            desk.sign_as("")
        self.put("08:42")

    def _weeks(self) -> None:
        """The days before: the executives' measures, and what three departments told of falls and of staff."""
        days = [MONDAY - timedelta(days=back) for back in range(28, 0, -1)]
        for number, day in enumerate(one for one in days if one.weekday() < 5):
            falls = {"toileting": 1} if number % 5 == 2 else {}
            self._told("cardiac", day, {"fall": falls}, staff=number % 5 < 3)
            if number >= 6:
                self.put("08:45", day)
                self._measured({key: values[number - 6] for key, values in MEASURES.items()})

    def _told(self, key: str, day: date, causes: Mapping[str, Mapping[str, int]], *, staff: bool) -> None:
        """Let a department have told a summary that day."""
        self.put("08:00", day)
        desk = self.signed(key, "S. Lind")
        huddles.open_today(desk, leader="S. Lind")
        one = huddles.sitting(desk)
        events = {
            kind: Events(n=sum(found.values()), looked_into=sum(found.values()), causes=dict(found),
                         standard_kept=KeptWork(no=sum(found.values())))
            for kind, found in causes.items()
        }  # fmt: skip
        spread = Spread(events={kind: 1 for kind, found in causes.items() if found}, of=4,
                        not_ready={"staff": 1} if staff else {})  # fmt: skip
        with desk.recording() as writing:
            writing.recorder.write(desk.author, Closed(), one.subject)
            writing.recorder.write(desk.author, Reported(summary=Summary(events=events, spread=spread)), one.subject)

    def _measured(self, values: Mapping[str, float]) -> None:
        desk = self.signed("executive", "J. Cole")
        huddles.open_today(desk, leader="R. Okafor")
        one = huddles.sitting(desk)
        items = huddles.agenda(desk, one).items
        huddles.record(
            desk, one,
            *(lambda now, key=key, value=value: answered(now, find(items, key), f"{value:g}", at_node=desk.node)
              for key, value in values.items()),
        )  # fmt: skip
        huddles.close(desk, one)

    def _earlier(self) -> None:
        """What was solved before, what has been stuck for nine days, and the linen of Saturday."""
        for day, hours in ((date(2026, 11, 9), 7), (date(2026, 11, 18), 5)):
            self.put("07:20", day)
            short = self._up("4-west", "1 RN short until noon", "staff", "agency RN for the day?")
            self.put(f"{7 + hours:02}:20", day)
            problems.resolve(self.signed("executive", "R. Okafor"), short, remedy="agency RN")
            self.deliver()
            problems.confirm(self["4-west"], short)
        self.put("07:30", MONDAY - timedelta(days=9))
        slow = self._up("theatre", "Transport to theatre late", "transport", "who runs it at noon?")
        problems.assign(self.signed("executive", "R. Okafor"), slow, to="surgery", need="plan the noon run with them")
        self.put("07:40", date(2026, 11, 19))
        light = self._up("5-east", "Dark way to the bathroom, falls at night", "safety", "night lights?", top=False)
        cardiac = self.signed("cardiac", "S. Lind")
        problems.escalate(cardiac, light, need="lights in all wards?", mode=Mode.AWARENESS)
        problems.resolve(cardiac, light, remedy="night light and slipper check")
        self.deliver()
        problems.confirm(self["5-east"], light)
        self.put("07:05", MONDAY - timedelta(days=2))
        linen = [self._up(unit, "Linen short", "supplies", "extra run?") for unit in ("ccu", "6-east", "recovery")]
        patterns.assign(self.signed("executive", "J. Cole"), linen, to="support", need="an extra run until Wed")
        self.deliver()

    def _up(self, unit: str, title: str, kind: str, need: str, *, top: bool = True, **said: str) -> str:
        """Raise a problem at a unit and hand it up, two tiers unless it stays with the department."""
        desk, above = self[unit], self[UNITS[unit]]
        subject = problems.raise_at(desk, title=title, category=kind).id
        problems.escalate(desk, subject, need=said.get("asks", need), tried=said.get("tried", ""))
        self.deliver()
        if top:
            problems.escalate(above, subject, need=need, tried=said.get("also", ""))
            self.deliver()
        return subject

    def _units(self) -> None:
        """The huddles of the units, all but one; what happened and who is short."""
        self.put("07:16")
        short, none = {"4-west", "step-down", "7-east", "geriatrics", "6-south"}, {"met": "0"}
        for key in UNITS:
            desk = self[key]
            if key in NOT_HELD:
                huddles.skip(desk, huddles.sitting(desk), why="the only two are at the scanner")
                continue
            huddles.open_today(desk)
            one = huddles.sitting(desk)
            items = huddles.agenda(desk, one).items
            told = {"methods": "met", "equipment": "attention" if key in {"ct", "ccu"} else "met",
                    "supplies": "attention" if key == "recovery" else "met",
                    "staff": "not-met" if key in short else "met", "falls": "0", "home-by-11": "31"}  # fmt: skip
            huddles.record(
                desk, one,
                *(lambda now, line=line, raw=raw, items=items, desk=desk: answered(
                    now, find(items, line), raw, at_node=desk.node) for line, raw in (none and told).items()),
            )  # fmt: skip
            self._harm(desk, key)
            huddles.close(desk, one)
        self.deliver()

    def _harm(self, desk: Desk, key: str) -> None:
        def card(cause: str, *, kept: Kept = Kept.NO) -> Card:
            return Card(shift="night", standard_kept=kept, cause=cause, acted=True)

        falls = {
            "4-west": [card("toileting"), card("toileting")], "step-down": [card("toileting"), Card()],
            "6-north": [card("toileting"), card("bed-alarm", kept=Kept.YES), card("getting-up", kept=Kept.YES)],
            "6-south": [Card()], "ed": [card("toileting")],
        }  # fmt: skip
        others = {"ccu": "pressure-injury", "theatre": "pressure-injury", "5-east": "medication",
                  "geriatrics": "medication", "recovery": "medication", "observation": "staff-hurt"}  # fmt: skip
        one = huddles.sitting(desk)
        if key in falls:
            cards = falls[key]
            huddles.answer(desk, one, "fall", str(len(cards)), cards=cards, did=["rails up"] * len(cards))
        if key in others:
            cards = [Card(cause="other", acted=True)] if key != "ccu" else []
            huddles.answer(desk, one, others[key], "1", cards=cards, did=["looked at"] * len(cards))

    def _brought(self) -> None:
        """What came up this morning for the executives."""
        self.put("07:24")
        west = self.signed("4-west", "Ana Ruiz")
        self.short = problems.raise_at(
            west, title="2 RN short until 19:00", category="staff", urgency=Urgency.NOW, about="4-west/staff"
        ).id
        problems.escalate(west, self.short, need="two RN or agency, until 19:00",
                          tried="float pool empty, rang 6 off duty", by=at("10:00", MONDAY))  # fmt: skip
        self.deliver()
        self.put("08:16")
        cardiac = self.signed("cardiac", "J. Whitfield")
        problems.escalate(cardiac, self.short, need="pay agency?", tried="asked Medicine and Surgery, none free",
                          by=at("10:00", MONDAY))  # fmt: skip
        fall = "Fall 07:40 on 4 West, harm not known yet"
        self.fall = problems.raise_at(cardiac, title=fall, category="safety").id
        problems.escalate(cardiac, self.fall, mode=Mode.AWARENESS)
        self.pumps = self._asked("cardiac", "Pumps: 11 short in 5 units", "equipment", "rent 12?", "16:00")
        self.boards = self._asked("emergency", "ED boards 9 patients", "beds", "open 6 North?", "09:30")
        imaging = self.signed("imaging", "K. Roth")
        self.ct = problems.raise_at(imaging, title="CT 2 down since 06:10, back about 10:00", category="lab").id
        problems.escalate(imaging, self.ct, mode=Mode.AWARENESS)
        alarms = problems.raise_at(cardiac, title="Bed alarms silent, falls at night", category="safety").id
        problems.escalate(cardiac, alarms, mode=Mode.AWARENESS)
        problems.plan(cardiac, alarms, what="hourly rounds on Step-down", owner="J. Whitfield", due=MONDAY)
        actions.plan(self.signed("medicine", "P. Novak"), what="slipper check at every round", owner="P. Novak",
                     due=MONDAY + timedelta(days=2), about="medicine/falls")  # fmt: skip
        self.deliver()
        problems.see(self["executive"], alarms)

    def _asked(self, key: str, title: str, kind: str, need: str, by: str) -> str:
        desk = self.desks[key]
        subject = problems.raise_at(desk, title=title, category=kind).id
        problems.escalate(desk, subject, need=need, by=at(by, MONDAY))
        return subject

    def _departments(self) -> None:
        """The huddles of the departments; the silent one has lost its network before."""
        self.cut.add(SILENT)
        self.put("08:27")
        for key in DEPARTMENTS:
            desk = self.signed(key, "S. Lind")
            if key == SILENT:
                continue
            huddles.open_today(desk, leader="S. Lind")
            one = huddles.sitting(desk)
            huddles.answer(desk, one, "falls", "3" if key in {"cardiac", "medicine"} else "1")
            huddles.answer(desk, one, "home-by-11", "33" if key != "emergency" else "12")
            huddles.close(desk, one)
        self.deliver()
