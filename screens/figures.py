"""Figures: how the huddles of a month worked. No place is ranked, and no number is painted red."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import ClassVar

from screens import times
from screens.cells import wrapped
from screens.drawn import WIDEST
from screens.foot import Offer
from screens.frame import DeskScreen
from screens.line import BLANK, Column, Columns, Line, heading, row, rule, text
from wsq_huddle.domain.figures import Figures, Part, meaning
from wsq_huddle.services import figures

_TIERS = {"1": "units", "2": "departments", "3": "executive"}
_FIGURE = Columns((Column(28), Column(46, share=1)), left=3)
_PLACES = Columns(
    (Column(26, share=1), Column(14), Column(9, right=True), Column(13, right=True), Column(11, right=True))
)

NameOf = Callable[[str], str]


class FiguresScreen(DeskScreen[Figures]):
    """The figures of a month; left and right go to another. The chosen one is explained below."""

    LABEL: ClassVar[str] = "Figures"

    def __init__(self) -> None:
        super().__init__()
        self._back = 0

    def look(self) -> Figures:
        today = self.desk.local(self.desk.now()).date()
        begins, ends = month(today, self._back)
        return figures.between(self.desk, begins, ends)

    def show(self, seen: Figures) -> None:
        self.lines.put(lines(seen, self.program.site.name_of))
        self.chose()

    def chose(self) -> None:
        """Explain the chosen figure, and what it does not say."""
        if not self.chosen or self.seen is None:
            return
        one = meaning(self.chosen)
        width = min(self.size.width, WIDEST) - 2
        said = [*wrapped(one.definition, width)[:2], *wrapped(f"It does not say: {one.does_not_say}", width)[:2]]
        self.below.put([rule(one.title), *(text(words) for words in [*said, *[""] * (4 - len(said))])])

    def offers(self) -> Sequence[Offer]:
        return [("step_on", "Month")]

    def action_step_back(self) -> None:
        self._back += 1
        self.show_again()

    def action_step_on(self) -> None:
        if self._back:
            self._back -= 1
            self.show_again()
        else:
            self.say("This is the month we are in.")


def month(today: date, back: int) -> tuple[date, date]:
    """Give the first and the last day of the month so many months back; of this one up to today."""
    begins, ends = today.replace(day=1), today
    for _ in range(back):
        ends = begins - timedelta(days=1)
        begins = ends.replace(day=1)
    return begins, ends


def lines(seen: Figures, name_of: NameOf) -> list[Line]:
    """Draw all figures, in the order in which docs/figures.md defines them."""
    huddles, problems, answers = seen.huddles, seen.problems, seen.answers
    since, until = (f"{on.day} {times.MONTHS[on.month - 1]}" for on in (seen.begins, seen.ends))
    hours = problems.median_hours
    drawn = [
        heading("FIGURES", f"{since} to {until} {seen.ends.year}", "the middle, not the mean"),
        heading("HUDDLES"),
        _figure("huddles.held", share(huddles.held, huddles.planned)),
        _figure("huddles.late", str(huddles.late)),
        _figure("huddles.missed", str(huddles.missed), _no_word(huddles.unknown)),
        _figure("huddles.skipped", str(huddles.skipped)),
        _figure("huddles.median_minutes", _long(huddles.median_minutes, "min")),
        heading("PROBLEMS"),
        _figure("problems.raised", str(problems.raised)),
        _figure("problems.escalated", share(problems.escalated, problems.raised)),
        _figure("problems.resolved_by_tier", _by_tier({one: str(n) for one, n in problems.resolved_by_tier.items()})),
        _figure("problems.median_hours.acknowledge", span(hours["acknowledge"])),
        _figure("problems.median_hours.resolve", span(hours["resolve"])),
        _figure("problems.median_hours.confirm", span(hours["confirm"])),
        _figure(
            "problems.median_hours_at_tier",
            _by_tier({one: span(n) for one, n in problems.median_hours_at_tier.items()}),
        ),
        _figure("problems.returned", str(problems.returned)),
        _figure("problems.reopened", str(problems.reopened)),
        heading("ANSWERS"),
        _figure("answers.given", share(answers.given, problems.raised)),
        _figure("answers.read_out", share(answers.read_out, answers.given)),
        _figure("answers.not_now", share(answers.not_now, answers.given)),
    ]
    drawn += _questions(seen, name_of)
    return drawn + (_places(seen.parts) if len(seen.parts) > 1 else [])


def share(some: int, of: int) -> str:
    """Write how many of how many; of nothing there is no share."""
    return f"{some} of {of}" if of else "none yet"


def span(hours: float | None) -> str:
    """Write hours as people say them: `25 min`, `4.1 h`, `2.5 d`."""
    if hours is None:
        return "none yet"
    if hours < 1:
        return f"{round(hours * 60)} min"
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:.1f} d"  # noqa: PLR2004 - two days


def _figure(name: str, said: str, more: str = "") -> Line:
    return row(name, (meaning(name).title, f"{said}   {more}".rstrip()), _FIGURE)


def _no_word(unknown: int) -> str:
    return f"and no word of {unknown}" if unknown else ""


def _long(value: float | None, unit: str) -> str:
    return "none yet" if value is None else f"{value:g} {unit}"


def _by_tier(found: dict[str, str]) -> str:
    return ", ".join(f"{_TIERS.get(tier, f'tier {tier}')} {said}" for tier, said in found.items()) or "none yet"


def _questions(seen: Figures, name_of: NameOf) -> list[Line]:
    """What only a unit and the node above it are asked; without blame, and only where there is something to ask."""
    asked = [("silent", name_of(node), "has raised nothing; what would make it easier?") for node in seen.silent]
    asked += [
        ("escalates_everything", name_of(node), "asks for help with all; what could it solve itself?")
        for node in seen.asks_up
    ]
    if not asked:
        return []
    return [
        heading("QUESTIONS", "for the place itself and the one above it"),
        *(
            row(name if at == 0 or asked[at - 1][0] != name else "", (place, words), _FIGURE)
            for at, (name, place, words) in enumerate(asked)
        ),
    ]


def _places(parts: Sequence[Part]) -> list[Line]:
    """Every place in the order of the tree."""
    head = row("", ("", "held", "raised", "asked for help", "answered"), _PLACES)
    return [BLANK, heading("PLACES", "in the order of the tree"), head] + [
        row(
            "",
            (
                one.place.name,
                share(one.huddles.held, one.huddles.planned),
                str(one.problems.raised),
                str(one.problems.escalated),
                str(one.answers.given),
            ),
            _PLACES,
        )
        for one in parts
    ]
