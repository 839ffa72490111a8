"""The roll call of the executives: a row for each department, below it harm and readiness over the whole house.

Numbers, causes that recur, what is being done and was learned: no words of a unit stand here. Enter opens what is
behind a line: the plans, who answers for them, and what comes next.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from screens import keys, times
from screens.followups import FollowUpsScreen
from screens.foot import Offer
from screens.huddle.rollcall import LEGEND, RollCallLines
from screens.line import Cell, Column, Columns, Line, Said, heading, row, rule, text
from screens.marks import Mark, Tone
from screens.problem_lines import brief_place
from wsq_huddle.domain.chains import State
from wsq_huddle.domain.recurrences import LEAST_WEEKS, Recurrence
from wsq_huddle.services.recurrences import Doing, Harm, House, Short
from wsq_huddle.services.rollcalls import READY, Area, Happened

if TYPE_CHECKING:
    from screens.huddle.reading import Seen

_ROWS = Columns(
    (
        Column(2), Column(14, share=1), Column(7), Column(9), *(Column(2) for _ in READY[:-1]), Column(3), Column(8),
        Column(18, share=1), Column(9), Column(2),
    ),
    left=1, pointer=0,
)  # fmt: skip
_HOUSE = Columns((Column(11), Column(58, share=1), Column(9, right=True)), left=1, pointer=0)
_LABEL, _LONG, _BRIEF = 10, 8, 3
_SHORT = {"staff": "STAFFING"}
_HARM, _READY = "harm/", "ready/"
_FEW, _ALL = 2, 20
"""How many plans and lessons are told on the screen, and behind Enter."""
_ORDINALS = {3: "third", 4: "fourth", 5: "fifth"}

NameOf = Callable[[str], str]


class Departments(RollCallLines):
    """The rows of departments and the lines of the house. Over units it is the roll call of any other tier."""

    def has(self, seen: "Seen", line: str) -> bool:
        return super().has(seen, line) or line.startswith((_HARM, _READY))

    def head(self, seen: "Seen") -> list[Line]:
        if seen.house is None:
            return super().head(seen)
        seconds = seen.calling.seconds if seen.calling else 0
        right = keys.told("{fine} = heard   {open} = open", self._screen.program.keys_given)
        question = text(f"How are we doing now?  Roll call, {seconds} s each", right)
        messed = tuple(key[0].upper() for key in READY)
        first = _first(seen)
        named = (
            "",
            "Department",
            "Told",
            "Held",
            *messed,
            _brief(first.name).capitalize() if first else "Harm",
            "Other harm",
            "Met",
            "Up",
        )
        return [question, row("", named, _ROWS)]

    def lines(self, seen: "Seen") -> list[Line]:
        if seen.house is None:
            return super().lines(seen)
        now, name_of = self._screen.now(), self._screen.program.site.name_of
        first = _first(seen)
        drawn = [_area(area, first.key if first else "", now) for area in seen.areas]
        house = [line for one in seen.house.harm for line in _harm(one, name_of, self._names(seen, one), now.date())]
        # What is not ready in most places stands first.
        house += [_not_ready(one) for one in sorted(seen.house.short, key=lambda one: -one.units)]
        return [*drawn, rule(right=LEGEND), *house] if house else drawn

    def below(self, seen: "Seen", line: str) -> Sequence[Line]:
        return super().below(seen, line) if seen.house is None else ()

    def standing(self, seen: "Seen", line: str) -> str:
        """Say what the chosen department says of itself, or what is known where it said nothing."""
        said = seen.house.said.get(line, ()) if seen.house else ()
        area = next((area for area in seen.areas if area.node == line), None)
        if seen.house is None or area is None:
            return super().standing(seen, line)
        return f"{area.name} says: {' '.join(said)}" if said else self._about(area)

    def offers(self, seen: "Seen", line: str) -> Sequence[Offer]:
        if line.startswith((_HARM, _READY)):
            return [("fine", "Next"), "open"]
        here = super().offers(seen, line)
        return [("open", "Its units") if offer == ("open", "Its needs") else offer for offer in here]

    def fine(self, seen: "Seen", line: str) -> None:
        if line.startswith((_HARM, _READY)):
            self._screen.next_line()
        else:
            super().fine(seen, line)

    def tell(self, seen: "Seen", line: str) -> None:
        one = next((one for one in _harms(seen.house) if _HARM + one.happened.key == line), None)
        short = next((one for one in _short(seen.house) if _READY + one.key == line), None)
        if one is not None:
            name_of, on = self._screen.program.site.name_of, self._screen.now().date()
            told = _told(one, name_of, self._names(seen, one), on, most=_ALL)
            above = [heading(one.happened.name.upper(), _numbers(one)), *told]
            self._screen.program.push_screen(FollowUpsScreen(one.happened.name, one.subjects, above))
        elif short is not None:
            above = [heading(_ready_label(short), _ready_words(short))]
            self._screen.program.push_screen(FollowUpsScreen(_ready_label(short).capitalize(), short.subjects, above))
        else:
            super().tell(seen, line)

    @staticmethod
    def _names(seen: "Seen", one: Harm) -> dict[str, str]:
        return {key: name.lower() for key, name in seen.causes.get(one.happened.key, ())}


def _harms(house: House | None) -> tuple[Harm, ...]:
    return house.harm if house else ()


def _short(house: House | None) -> tuple[Short, ...]:
    return house.short if house else ()


def _first(seen: "Seen") -> Happened | None:
    """The kind of harm that has a column of its own: the one that the site asks for first."""
    return next((one.happened for one in _harms(seen.house)), None)


def _area(area: Area, first: str, now: datetime) -> Line:
    held = f"{area.units.held} of {area.units.expected}" if area.units.expected else ""
    ready: tuple[Cell, ...] = tuple(Mark[area.ready[key].name] if key in area.ready else Mark.NONE for key in READY)
    head: tuple[Cell, ...] = (Mark.DONE if area.heard else "", area.name)
    if not area.told:
        call = f"ring {area.call}" if area.call else ""
        return row(area.node, (*head, "no", held, *ready, _silent(area, now), "", call), _ROWS)
    told = "open" if area.told_at is None else times.clock(area.told_at.astimezone(now.tzinfo))
    told = "marked" if area.as_held is not None else told + ("*" if area.reached_at else "")
    falls = next((one for one in area.happened if one.key == first and one.n), None)
    counted = f"{falls.n} in {falls.units}" if falls and falls.units > 1 else str(falls.n) if falls else "-"
    other = [f"{one.n} {_brief(one.name)}" for one in area.happened if one.n and one.key != first and not one.good]
    met = area.targets.met
    targets = f"{met} of {met + area.targets.not_met}" if met + area.targets.not_met else "-"
    up = str(area.came_up) if area.came_up else "-"
    return row(area.node, (*head, told, held, *ready, counted, " ".join(other) or "-", targets, up), _ROWS)


def _silent(area: Area, now: datetime) -> str:
    if area.closed:
        return f"{brief_place(area.stand_in.name)} stands in" if area.stand_in else "closed"
    match area.state:
        case State.UNKNOWN:
            return "no word; may have held it"
        case State.MISSED | State.SKIPPED:
            return f"no huddle{f': {area.why}' if area.why else ''}"
        case _ if area.planned_at is not None and area.planned_at <= now:
            return f"not yet, {times.age(now - area.planned_at)}"
        case _:
            return "not yet"


def _brief(name: str) -> str:
    """Say a kind of event in a word: `pressure`, `med`, `staff`."""
    word = name.split(" ", 1)[0].lower()
    return word if len(word) <= _LONG else word[:_BRIEF]


def _harm(one: Harm, name_of: NameOf, causes: dict[str, str], on: date) -> list[Line]:
    """One kind of event: its numbers, then the causes that recur, what is being done, what was learned."""
    name = one.happened.name
    label = (name if len(name) <= _LABEL else name.split(" ", 1)[0]).upper()
    told = _numbers(one) + ("" if one.recurring or not one.happened.n else "  No pattern.")
    head = row(f"{_HARM}{one.happened.key}", (Said(label, Tone.HEADING), told), _HOUSE)
    return [head, *_told(one, name_of, causes, on)]


def _numbers(one: Harm) -> str:
    happened = one.happened
    if not happened.n:
        return "None today."
    told = f"{happened.n} in {times.counted(happened.units, 'units')}.  {happened.looked_into} looked into."
    return told + (f"  Standard kept in {one.kept} of {one.known}." if one.known else "")


def _told(one: Harm, name_of: NameOf, causes: dict[str, str], on: date, *, most: int = _FEW) -> list[Line]:
    patterns = [_pattern(found, one, name_of, causes) for found in one.recurring]
    doing = [_doing(done, on) for done in one.doing]
    learned = [f"{brief_place(known.who)}: {known.words}" for known in one.learned]
    drawn = []
    for label, told in (("pattern", patterns), ("doing", doing), ("learned", learned)):
        for at, words in enumerate(told[:most]):
            more = f"  {len(told) - most} more" if at == most - 1 and len(told) > most else ""
            drawn.append(row("", (f"  {label}" if at == 0 else "", words, more), _HOUSE))
    return drawn


def _pattern(found: Recurrence, one: Harm, name_of: NameOf, causes: dict[str, str]) -> str:
    told = causes.get(found.cause, found.cause)
    told += f" {found.today} of {one.with_cause}" if found.today else ""
    if found.weeks >= LEAST_WEEKS:
        told += f", {_ORDINALS.get(found.weeks, f'{found.weeks}th')} week running"
    return f"{told}: {', '.join(brief_place(name_of(area)) for area in found.areas)}"


def _doing(done: Doing, on: date) -> str:
    told = f"{brief_place(done.who)}: {done.words}"
    told += f", with {brief_place(done.place)}" if done.place else ""
    return told + (f", {times.due(done.by, on)}" if done.by else "")


def _not_ready(one: Short) -> Line:
    return row(f"{_READY}{one.key}", (Said(_ready_label(one), Tone.HEADING), _ready_words(one)), _HOUSE)


def _ready_label(one: Short) -> str:
    return _SHORT.get(one.key, one.key.upper())


def _ready_words(one: Short) -> str:
    told = f"not ready in {times.counted(one.units, 'units')} of {times.counted(one.areas, 'departments')}"
    return told + (f"; {one.days} of the last {one.of} days" if one.of > 1 else "")
