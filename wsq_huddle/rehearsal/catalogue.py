"""Everyday problems, of which a seed makes the rest of the three weeks: each is raised, solved and confirmed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from .cases import Case, Step, case, step
from .hospital import BY_KEY, UNITS


@dataclass(frozen=True)
class Everyday:
    """A problem that comes up now and then: `need` is asked of the department where the unit cannot solve it."""

    title: str
    category: str
    what: str
    remedy: str
    need: str = ""


EVERYDAY = (
    Everyday("Thermometer covers out", "supplies", "fetch two boxes", "two boxes from the store"),
    Everyday("Printer out of toner", "it", "ask IT for toner", "toner changed"),
    Everyday("Curtain torn, bay 1", "facilities", "order a new one", "new curtain hung"),
    Everyday("Suction gauge sticks", "equipment", "swap the gauge", "gauge swapped, old one to Biomed", "a gauge"),
    Everyday("Two orders signed late", "methods", "speak with the round", "orders are signed on the round now"),
    Everyday("Late tray for new arrivals", "other", "ring the kitchen", "kitchen takes orders until 18:00"),
    Everyday("Blood tubes, light blue, out", "supplies", "borrow ten", "ten from the ward below", "a box of tubes"),
    Everyday("Scanner at desk 2 dead", "it", "change the battery", "battery changed"),
    Everyday("Bladder scanner missing", "equipment", "look on the floor above", "it was upstairs", "one for the week"),
    Everyday("Drug fridge alarm at night", "pharmacy", "read the log", "door seal changed", "a look at the fridge"),
    Everyday("Interpreter phone dead", "it", "ask for another", "new phone is at the desk", "another phone"),
    Everyday("Stat lab over 60 min", "lab", "count for three days", "tube system mended", "who looks into it?"),
    Everyday("One aide short on the late", "staff", "ask the pool", "aide from the pool", "an aide until 20:00"),
    Everyday("Scale gives two numbers", "equipment", "have it checked", "calibrated", "somebody to calibrate it"),
    Everyday("Isolation gowns, size L, out", "supplies", "order daily", "order is daily now", "two boxes today"),
    Everyday("Beds not ready at noon", "beds", "ring cleaning at 10", "cleaning starts at 10:30", "a second cleaner"),
)
_FIRST, _LAST = -14, -3
_BIOMED = "equipment"


def everyday_cases(seed: int, among: tuple[Everyday, ...] = EVERYDAY) -> Iterator[Case]:
    """The same seed gives the same cases: a few for each unit, spread over the weeks."""
    chance = random.Random(seed)  # noqa: S311 - a made-up hospital, no secret
    titles = list(among)
    chance.shuffle(titles)
    for number, one in enumerate(titles):
        unit = UNITS[(number + seed) % len(UNITS)]
        yield _told(one, unit, chance.randint(_FIRST, _LAST), chance)


def _told(one: Everyday, unit: str, day: int, chance: random.Random) -> Case:
    who = chance.choice(BY_KEY[unit].people)
    here, minute = f"{unit} {who}", chance.randint(27, 29)
    began = f"{day} 07:{minute:02}"
    if one.need and chance.random() < 2 / 3:
        steps = _asked(one, here, day, minute, chance)
    else:
        planned = step(f"{day} 07:{minute + 1:02}", here, "plan", what=one.what, owner=who, due=str(day + 1))
        solved = step(f"{day + 1} 1{chance.randint(0, 5)}:10", here, "resolve", remedy=one.remedy)
        steps = (planned, solved, step(f"{day + 2} 07:18", here, "confirm"))
    return case(began, here, one.title, one.category, *steps, urgency=chance.choice(("today", "today", "routine")))


def _asked(one: Everyday, here: str, day: int, minute: int, chance: random.Random) -> tuple[Step, ...]:
    """The way over the department, and over Biomed where a thing is broken."""
    unit = here.partition(" ")[0]
    department = BY_KEY[unit].parent or ""
    director = f"{department} {BY_KEY[department].people[0]}"
    asked = step(f"{day} 07:{minute + 1:02}", here, "escalate", need=one.need, tried="looked on the floor")
    heard = step(f"{day + 1} 07:17", here, "read_out")
    done = step(f"{day + 1} 07:18", here, "confirm")
    if one.category == _BIOMED:
        handed = step(f"{day} 08:11", director, "assign", to="biomed", need=f"{one.need} for {BY_KEY[unit].name}")
        mended = step(f"{day} 1{chance.randint(1, 4)}:25", "biomed P. Novak", "resolve", remedy=one.remedy)
        return asked, handed, mended, heard, done
    got = step(f"{day} 08:06", director, "acknowledge")
    solved = step(f"{day} 1{chance.randint(0, 4)}:40", director, "resolve", remedy=one.remedy)
    return asked, got, solved, heard, done
