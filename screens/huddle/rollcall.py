"""The roll call in Status: every area in its fixed order, one line each; heard, opened, or marked why not."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len

from screens import keys, times
from screens.asks import Ask
from screens.cells import cut
from screens.drawn import WIDEST
from screens.foot import Offer
from screens.form import Answers, Form
from screens.line import Cell, Column, Columns, Line, row, rule, text
from screens.marks import Mark
from screens.morning import unused_words
from screens.problem_lines import brief_place
from wsq_huddle.domain.chains import State
from wsq_huddle.domain.huddles import AsHeld
from wsq_huddle.services import huddles, rollcalls
from wsq_huddle.services.rollcalls import READY, Area, Happened, RollCall

if TYPE_CHECKING:
    from screens.huddle.reading import Seen
    from screens.huddle.screen import HuddleScreen
    from wsq_huddle.services.causes import Causes

LEGEND = ", ".join(f"{key[0].upper()} {key}" for key in READY)
"""What the four letters over the marks stand for: `M methods, E equipment, ...`."""
_READY = tuple(Column(2) for _ in READY[:-1])
_UNITS = Columns(
    (Column(2), Column(12), Column(8), *_READY, Column(4), Column(26, share=1), Column(10), Column(10)),
    left=1, pointer=0,
)  # fmt: skip
_DEPARTMENTS = Columns(
    (Column(2), Column(14), Column(8), Column(9), *_READY, Column(4), Column(23, share=1), Column(8), Column(3)),
    left=1, pointer=0,
)  # fmt: skip
_HELD = {
    "on paper": AsHeld.PAPER,
    "emergency": AsHeld.EMERGENCY,
    "short of staff": AsHeld.SHORT_STAFFED,
    "closed today": AsHeld.CLOSED,
    "not known": AsHeld.NOT_KNOWN,
}
_WIDTH, _GAP = 78, 3
_AROUND = 7
"""Lines around the list of a roll call."""
_OFTEN = 2
_AS_HELD = {held: word for word, held in _HELD.items()}


class RollCallLines:
    """The rows, and what their keys do."""

    def __init__(self, screen: "HuddleScreen") -> None:
        self._screen = screen

    def has(self, seen: "Seen", line: str) -> bool:
        return any(area.node == line for area in seen.areas)

    def question(self, seen: "Seen") -> tuple[str, str]:
        seconds = seen.calling.seconds if seen.calling else 0
        right = keys.told("{fine} = heard  {open} = its needs", self._screen.program.keys_given)
        return f"How are we doing now?  Roll call, {seconds} s each", right

    def head(self, seen: "Seen") -> list[Line]:
        since = (
            f" since {times.DAYS[seen.look.back.astimezone(self._screen.now().tzinfo).weekday()]}"
            if seen.look.back
            else ""
        )
        messed = tuple(key[0].upper() for key in READY)
        if _over_units(seen.areas):
            named = ("", "Department", "Told", "Held", *messed, f"Happened{since}", "Met", "Up")
            return [text(*self.question(seen)), row("", named, _DEPARTMENTS)]
        named = ("", "Unit", "Told", *messed, f"Happened{since}", "Targets", "Came up")
        return [text(*self.question(seen)), row("", named, _UNITS)]

    def lines(self, seen: "Seen") -> list[Line]:
        over = _over_units(seen.areas)
        now = self._screen.now()
        named = {member.problem.id: one.name for one in seen.patterns for member in one.members}
        return [_department(area, now) if over else _unit(area, named, now) for area in seen.areas]

    def below(self, seen: "Seen", line: str) -> Sequence[Line]:
        del line
        if seen.calling is None or not seen.areas or self._screen.form is not None:
            return ()
        there = self._screen.size
        own = len(seen.asked) if there.height - _AROUND < self.whole(seen) + len(seen.asked) else 0
        told = f"{own} {'line' if own == 1 else 'lines'} of our own below;  {LEGEND}" if own else LEGEND
        return [rule("", told), text(_total(seen.calling, seen.causes, min(there.width, WIDEST) - 2))]

    def standing(self, seen: "Seen", line: str) -> str:
        """One line about the chosen area: what it brought, what it says of itself, or the number to ring."""
        area = _area(seen, line)
        if area is None:
            return ""
        told, brought = self._about(area), next(iter(area.brought), None)
        if brought is None:
            return told if told.startswith(area.name) else f"{area.name}  {told}" if told else ""
        what = f"{area.name}: {brought.title}"
        if not told:
            return what
        told = told.removeprefix(area.name).removeprefix(":").strip()
        return f"{cut(what, _WIDTH - cell_len(told) - _GAP)}{' ' * _GAP}{told}"

    def whole(self, seen: "Seen") -> int:
        """All areas are seen where they have just room; our own lines, which follow them, are told on the rule."""
        return len(seen.areas) + len(self.head(seen)) if seen.areas else 0

    def through(self, seen: "Seen") -> bool:
        return all(area.heard for area in seen.areas)

    def offers(self, seen: "Seen", line: str) -> Sequence[Offer]:
        area = _area(seen, line)
        here: list[Offer] = [("fine", "Heard, next" if seen.begun else "Next"), ("open", "Its needs")]
        return [*here, "skip"] if area is not None and _markable(area) else here

    def fine(self, seen: "Seen", line: str) -> None:
        area = _area(seen, line)
        if area is not None and not area.heard and seen.begun:
            desk, one = self._screen.desk, seen.sitting
            self._screen.behind(lambda: rollcalls.hear(desk, one, line))
        self._screen.next_line()

    def tell(self, seen: "Seen", line: str) -> None:
        from screens.huddle.needs import NeedsScreen  # noqa: PLC0415 - each opens the other

        self._screen.program.push_screen(NeedsScreen(line, seen.sitting.on))

    def verb(self, seen: "Seen", line: str, key: str) -> None:
        area = _area(seen, line)
        if key != "skip" or area is None:
            return
        desk, name, on = self._screen.desk, None, seen.sitting.on

        def save(answers: Answers) -> None:
            huddles.mark(desk, line, as_held=_HELD[answers["why"]].value, name=name, on=on)

        ask = Ask("why", "How was it?", "Space changes", choices=tuple(_HELD), one=True)
        self._screen.ask(
            Form(f"NO WORD FROM {area.name.upper()}", [ask], save=save, then=lambda _: self._screen.next_line())
        )

    def _about(self, area: Area) -> str:
        """One line about the chosen area: what it says of itself, or the number to ring."""
        now = self._screen.now()
        if area.reached_at is not None:
            reached = times.clock(area.reached_at.astimezone(now.tzinfo))
            return f"* held on time, reached us {reached}"
        if area.state is State.OPEN and area.answered[1]:
            return f"{area.name} is open, {area.answered[0]} of {area.answered[1]} answered"
        if not area.told and area.closed:
            return f"{area.name} is closed{f'; {area.stand_in.words}' if area.stand_in else ''}."
        if not area.told and area.call:
            return f"{area.name}: nothing yet. Ring {area.call}."
        return ""


def _unit(area: Area, named: Mapping[str, str], now: datetime) -> Line:
    if not _tells(area):
        cells = _silent(area, now)
        return row(area.node, (_heard(area), area.name, _silence(area), *_ready(area), *cells), _UNITS)
    met = area.targets.met
    targets = f"{met} of {met + area.targets.not_met}" if met + area.targets.not_met else "-"
    cells = (_happened(area), targets, _came(area, named, now))
    return row(area.node, (_heard(area), area.name, _told(area, now), *_ready(area), *cells), _UNITS)


def _department(area: Area, now: datetime) -> Line:
    units = f"{area.units.held} of {area.units.expected}" if area.units.expected else ""
    if not _tells(area):
        said, _, call = _silent(area, now)
        cells: tuple[Cell, ...] = (_heard(area), area.name, _silence(area), units, *_ready(area), said, call)
        return row(area.node, cells, _DEPARTMENTS)
    met = area.targets.met
    targets = f"{met} of {met + area.targets.not_met}" if met + area.targets.not_met else "-"
    up = str(area.came_up) if area.came_up else "-"
    told = (_heard(area), area.name, _told(area, now), units, *_ready(area), _happened(area), targets, up)
    return row(area.node, told, _DEPARTMENTS)


def _silent(area: Area, now: datetime) -> tuple[Cell, Cell, Cell]:
    """What one knows of an area that has not told us: nothing yet, no word, or why there was no huddle."""
    covers = area.stand_in
    number = covers.call if covers else area.call
    call = f"ring {number}" if number else ""
    if area.closed:
        return (f"{brief_place(covers.name)} stands in" if covers else "", "", call)
    if area.state is State.SKIPPED:
        why = area.why or (_AS_HELD[area.as_held] if area.as_held else "")
        return (f"no huddle: {why}" if why else "no huddle", "", call)
    if area.state is State.UNKNOWN:
        return ("no word; may have held it", "", call)
    if area.unused_since is not None:
        return (unused_words(area.unused_since, now.date()), "", call)
    if area.state is State.MISSED:
        due = f", was due {times.clock(area.planned_at.astimezone(now.tzinfo))}" if area.planned_at else ""
        return (f"no huddle{due}", "", call)
    since = f"not yet, {times.age(now - area.planned_at)}" if area.planned_at and area.planned_at <= now else "not yet"
    return (since, "", call)


def _silence(area: Area) -> str:
    """Why an area has not told us, in the column that says when it did."""
    if area.as_held is not None:
        return "marked"
    return "closed" if area.closed else "no"


def _told(area: Area, now: datetime) -> str:
    if area.as_held is not None:
        return "marked"
    if area.told_at is None:
        return "open"
    return times.clock(area.told_at.astimezone(now.tzinfo)) + ("*" if area.reached_at else "")


def _heard(area: Area) -> Cell:
    return Mark.DONE if area.heard else ""


def _ready(area: Area) -> tuple[Cell, ...]:
    return tuple(Mark[area.ready[key].name] if key in area.ready else Mark.NONE for key in READY)


def _came(area: Area, named: Mapping[str, str], now: datetime) -> str:
    """What came up, in a number; of a single one, the pattern it is in or by when an answer is wanted."""
    if not area.came_up:
        return "-"
    if area.still_here != area.came_up:
        return f"{area.came_up}, {area.still_here} open" if area.still_here else f"{area.came_up}, done"
    if area.came_up > 1:
        return str(area.came_up)
    (one,) = area.brought
    by = one.ask.by.astimezone(now.tzinfo) if one.ask and one.ask.by else None
    if one.id in named:
        return times.counted(1, named[one.id].lower())
    return f"1 {times.by(by, now)}" if by is not None and by.date() == now.date() else "1"


def _happened(area: Area) -> str:
    if area.as_held is not None:
        return _AS_HELD[area.as_held]
    told = [
        times.counted(one.n, one.name.lower()) + (f" in {one.units}" if one.units > 1 else "")
        for one in area.happened
        if one.n
    ]
    quiet = area.all_ready and not area.came_up and area.told_at is not None
    return ", ".join(told) or ("nothing to report" if quiet else "-")


def _total(calling: RollCall, causes: "Causes", width: int) -> str:
    """What it adds up to: of the events as many kinds as there is room for."""
    told = f"{calling.told} of {len(calling.areas)} told us.  {calling.all_ready} all ready."
    for one in calling.happened:
        if one.n and not one.good:
            units = f"{one.units} unit{'' if one.units == 1 else 's'}"
            more = f"  {one.name} {one.n} in {units}, {one.looked_into} looked into{_cause(calling, one, causes)}."
            told += more if cell_len(told + more) <= width else ""
    return told


def _cause(calling: RollCall, one: Happened, causes: "Causes") -> str:
    """The cause that was found most often, if it was found more than once: `: toileting 2`."""
    found = calling.total.events[one.key].causes if one.key in calling.total.events else {}
    most = max(found, key=lambda key: (found[key], key), default="")
    if not most or found[most] < _OFTEN:
        return ""
    name = dict(causes.get(one.key, ())).get(most, most)
    return f": {name.lower()} {found[most]}"


def _tells(area: Area) -> bool:
    """Whether there is something in its row: it met, or meets."""
    return area.told and area.state is not State.SKIPPED


def _markable(area: Area) -> bool:
    """Whether we may say how its huddle went: it has written nothing itself."""
    if area.told_at is not None or area.state is State.OPEN:
        return False
    return area.as_held is not None or area.state not in {State.HELD, State.SKIPPED}


def _area(seen: "Seen", line: str) -> Area | None:
    return next((area for area in seen.areas if area.node == line), None)


def _over_units(areas: Sequence[Area]) -> bool:
    """Whether those below have units of their own."""
    return any(area.tier > 1 for area in areas)
