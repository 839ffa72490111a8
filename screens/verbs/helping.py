"""The question to the next tier: what we need, what we have tried, by when; and what solved the same thing before."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from rich.cells import cell_len

from screens import keys, times
from screens.asks import Ask
from screens.cells import cut
from screens.drawn import WIDEST
from screens.form import Form
from screens.line import BLANK, Line, text
from screens.verbs.seen_before import solved

if TYPE_CHECKING:
    from screens.app import HuddleApp
    from screens.foot import Offer
    from screens.frame import DeskScreen
    from wsq_huddle.domain.problems import Problem
    from wsq_huddle.services.problems import Before

HELP, KNOW = "help", "them to know"
WANT = Ask("want", "We want", "Tab changes", choices=(HELP, KNOW), turns=True)
"""To know asks nothing; help asks little."""

_OFFERS: tuple["Offer", ...] = (("next_field", "Next line, last one sends"), ("change_field", "Change"), "keep")


_MARGINS, _TITLE = 4, 10
"""Columns around the line of what happened before, and those that its title has at least."""


class HelpForm(Form):
    """The form; `look_back` says what it is about. Its line of what happened before is free until it is known."""

    def __init__(self, title: str, asks: Sequence[Ask], **options: Any) -> None:  # noqa: ANN401 - those of a form
        super().__init__(title, asks, offers=_OFFERS, **options)
        self._screen: DeskScreen[Any] | None = None
        self._about: tuple[str, str | None] = ("", None)

    def look_back(self, screen: "DeskScreen[Any]", title: str, besides: str | None = None) -> None:
        """Look up, once it is open, what solved a problem like this one."""
        self._screen, self._about = screen, (title, besides)

    def amiss(self, ask: Ask) -> str:
        """Say that help needs a need, before the other lines are typed; to know needs none."""
        answers = self.answers
        if ask.name != "need" or answers["need"].strip() or answers["want"] == KNOW:
            return super().amiss(ask)
        named = cast("HuddleApp", self.app).keys_given
        goes_on = keys.name(keys.BY_ID["change_field"], named)
        return f"Say what we need. Only for them to know: {goes_on}, to the last line."

    def on_mount(self) -> None:
        super().on_mount()
        screen, (title, besides) = self._screen, self._about
        if screen is not None:
            desk = screen.desk
            screen.aside(lambda: solved(desk, title, besides), self._found, group="before")

    def _found(self, found: "Before | None") -> None:
        if found is not None and self.is_attached and self._screen is not None:
            first, _, free, *rest = self.below.lines
            width, dots = min(self._screen.size.width, WIDEST) - _MARGINS, ".." if self._screen.program.plain else "…"
            told = _happened(found, self._screen.now(), width, dots)
            # A second line takes the place of the blank one: nothing below it moves.
            self.below.put([first, *(text(f"  {words}") for words in told), *[free][len(told) - 1 :], *rest])


def asked_of_us(problem: "Problem", here: str, now: datetime) -> dict[str, str]:
    """Give what this place was asked for, and by when unless that is over: what goes on asks the same, if not more."""
    hop = problem.ask
    if hop is None or hop.to != here or problem.origin == here:
        return {}
    wanted = hop.by.astimezone(now.tzinfo) if hop.by is not None and hop.by > now else None
    return {"need": hop.need, "by": times.typed(wanted, now) if wanted else ""}


def leaves_words(screen: "DeskScreen[Any]", *, urgent: bool) -> Sequence[Line]:
    """What stands under a question to the next tier: what happened before, when it leaves, and what must come first."""
    site, waits = screen.program.site, screen.program.leaving.patience.of(urgent=urgent)
    first = f" Not for emergencies: call {site.emergency} first." if site.emergency else ""
    if waits:
        after = screen.program.leaving.after(urgent=urgent)
        told = [text(f"  It leaves {after} and stays on this list until"), text(f"  it is answered.{first}")]
    else:
        told = [text(f"  {site.above} gets it at once, and it stays here until it is answered.{first}")]
    covers = site.stand_in(site.parent or "", screen.now())
    closed = [text(f"  {site.above} is closed now; {covers.words}.")] if covers else []
    return [BLANK, BLANK, BLANK, *told, *closed]


def _happened(before: "Before", now: datetime, width: int, dots: str) -> list[str]:
    """Say it in one line: `Happened before: Wed 18 Nov, 1 RN short. Solved in 5 h: agency RN (Executive)`; else in two.

    What solved it is worth more than how it was called.
    """
    one = before.problem
    on = times.full_day(one.raised_at.astimezone(now.tzinfo).date())
    took = times.age(before.solved_at - one.raised_at)
    when, told = f"Happened before: {on}, ", f"Solved in {took}: {before.remedy} ({before.who})"
    whole = f"{when}{one.title}. {told}"
    if cell_len(whole) <= width:
        return [whole]
    return [f"{when}{cut(one.title, max(_TITLE, width - cell_len(when)), dots=dots)}", cut(told, width, dots=dots)]
