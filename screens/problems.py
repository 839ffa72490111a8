"""Problems: what is here, with others, over; all of them; and what a search finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on

from screens import keys
from screens.asks import Ask
from screens.foot import Offer
from screens.form import Form
from screens.glance_lines import Teller
from screens.line import BLANK, Line, fact, rule, text
from screens.problem import ProblemScreen
from screens.problem_words import asked_words, covering_words, plan_words, way_words
from screens.steps import Steps
from screens.verbs.dealing import Dealing, Dealt, deal
from screens.words import Words
from wsq_huddle.domain.problems import State
from wsq_huddle.services import problems

_FOUND = 100
_WAIT = 0.15
_BELOW = 4
_OFFERS = 6


@dataclass(frozen=True)
class Part:
    """One part of the list: what it holds, and what stands there when that is nothing."""

    name: str
    where: str
    states: tuple[State, ...]
    empty: str


PARTS = (
    Part("Here", "here", (State.OPEN, State.RESOLVED), "No problems here. Press {raise_problem:r} to raise one."),
    Part("With others", "away", (State.OPEN, State.RESOLVED), "Nothing of ours is with others."),
    Part(
        "Over", "all", (State.CLOSED, State.WITHDRAWN), "Nothing is over yet: a problem is, when its fix is confirmed."
    ),
    Part("All", "all", (), "No problems yet. Press {raise_problem:r} to raise one."),
)


@dataclass(frozen=True)
class Seen:
    """What was read: the lines of the part or of the search, and for which of them."""

    at: int
    words: str
    lines: tuple[Line, ...]


class FindForm(Form):
    """The line of F3: the list follows while one types."""

    def __init__(self, screen: "ProblemsScreen", words: str) -> None:
        offers: list[Offer] = [("next_field", "To the list"), ("keep", "Go back")]
        asks = [Ask("words", "Find which words?", limit=80)]
        super().__init__("FIND", asks, save=dict, draft={"words": words}, offers=offers)
        self._screen = screen

    def changed(self) -> None:
        self.set_timer(_WAIT, self._look)

    def _look(self) -> None:
        self._screen.look_for(self.answers["words"])


class ProblemsScreen(Dealing[Seen]):
    """The list. Left and Right, `f` or a click change the part; F3 looks through all of them."""

    KEY: ClassVar[str] = "problems"
    LABEL: ClassVar[str] = "Problems"

    def __init__(self) -> None:
        super().__init__()
        # Always as high: the list above it never moves.
        self.below = Words([text()] * _BELOW, fixed=_BELOW)
        self._part = 0
        self._words = ""
        self._dealt: Dealt | None = None

    def look(self) -> Seen:
        at, words, desk = self._part, self._words, self.desk
        site, now = self.program.site, self.now()
        tell = Teller(site.node, site.names, now)
        if words:
            found = [problem.id for _, problem in problems.search(desk, words, limit=_FOUND)]
            return Seen(at, words, tuple(map(tell.line, problems.glanced(desk, found))))
        part = PARTS[at]
        glances = problems.glances(desk, where=part.where, states=part.states)
        return Seen(at, words, tuple(tell.groups(glances) if part.where == "here" else map(tell.line, glances)))

    def show(self, seen: Seen) -> None:
        names, given = [part.name for part in PARTS], self.program.keys_given
        if (seen.at, seen.words) == (self._part, self._words):
            empty = keys.told(PARTS[seen.at].empty, given)
            if seen.words:
                empty = f'Nothing has the words "{seen.words}".'
            self.lines.put(seen.lines or [BLANK, text(f"  {empty}")])
        signs = f"signs: {self.desk.author} {keys.told('({sign})', given)}"
        self.steps.tell(
            (*names, "Found") if self._words else names, len(names) if self._words else self._part, right=signs
        )
        self._closer()

    def chose(self) -> None:
        self._closer()

    def offers(self) -> Sequence[Offer]:
        here: list[Offer] = ["open", *self.verbs] if self.chosen else []
        parts: list[Offer] = ["filter", ("step_on", "Part")]
        return [*here, *parts[: max(0, _OFFERS - len(here))]]

    def dealt(self) -> Dealt | None:
        """Say which problem is chosen; what was read of it counts only as long as it is."""
        found = self._dealt
        return found if found is not None and found.problem.id == self.chosen else None

    def look_for(self, words: str) -> None:
        """Show what has these words; with none, the part that was there before."""
        if words.strip() != self._words:
            self._words = words.strip()
            self.show_again()

    def action_open(self) -> None:
        if self.chosen:
            self.program.push_screen(ProblemScreen(self.chosen))

    def action_find(self) -> None:
        self.ask(FindForm(self, self._words))

    def action_filter(self) -> None:
        self._go(1)

    def action_step_on(self) -> None:
        self._go(1)

    def action_step_back(self) -> None:
        self._go(-1)

    def action_back(self) -> None:
        """Leave the line, then the search, then the list."""
        if self.form is None and self._words:
            self.look_for("")
        else:
            super().action_back()

    @on(Steps.Stepped)
    def _stepped(self, event: Steps.Stepped) -> None:
        event.stop()
        if event.at < len(PARTS):
            self._go(event.at - self._part)

    def _go(self, by: int) -> None:
        self._part, self._words = (self._part + by) % len(PARTS), ""
        self.show_again()

    def _closer(self) -> None:
        """Read the chosen problem in a thread: what may be done with it, and what stands under the list."""
        subject, desk = self.chosen, self.desk
        if subject:
            self.aside(lambda: deal(desk, subject), self._came_closer, group="closer")
        else:
            self.below.put([text()] * _BELOW)

    def _came_closer(self, found: Dealt) -> None:
        self._dealt = found
        if found.problem.id != self.chosen:
            return
        site, now, problem = self.program.site, self.now(), found.problem
        told = [rule(problem.title, site.kind(problem.category))]
        facts = (
            *covering_words(problem, site, now),
            *asked_words(problem, site, now),
            *plan_words(problem, now),
            ("way", way_words(problem, site, now)),
        )
        told += [fact(label, words) for label, words in facts]
        self.below.put([*told, *[text()] * _BELOW][:_BELOW])
        self.show_bars()
