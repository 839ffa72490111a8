"""What do we need help with? Above a unit: how can we help? What was left, what came up, what is ours, what waits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len

from screens import keys, patterns, problem_lines
from screens.drawn import WIDEST
from screens.foot import Offer
from screens.huddle import came_up, chain
from screens.huddle.part import ASIDE, Part
from screens.huddle.plan import open_words
from screens.huddle.problem_verbs import VERBS, ask, open_problem
from screens.line import Line, text
from screens.urgent import ringing
from screens.verbs.together import ask_together, join, join_all
from wsq_huddle.domain import agendas
from wsq_huddle.domain.problems import Problem
from wsq_huddle.services import problems
from wsq_huddle.services.patterns import Gathered
from wsq_huddle.services.problems import Before

if TYPE_CHECKING:
    from screens.huddle.reading import Seen
    from screens.huddle.screen import HuddleScreen

_DETAIL = 8
"""Lines below the list on a small screen: always as many, so that the list does not move."""

_WHAT, _AROUND = 26, 7
"""Columns that what is wrong has at least, and those before, between and behind the words of a line."""

_ORDER = ("acknowledge", "resolve", "plan", "assign", "escalate", "send_back", "note", "confirm", "reopen", "withdraw")


class Help(Part):
    """The fifth step."""

    KEY: ClassVar[str] = "help"
    NAME: ClassVar[str] = "Help"

    def __init__(self, screen: "HuddleScreen") -> None:
        super().__init__(screen)
        self._before: dict[str, Before | None] = {}

    def question(self, seen: "Seen") -> tuple[str, str]:
        came = seen.look.came_up
        if not came and seen.tier == 1:
            return "What do we need help with?", open_words(seen, self.screen.program.leaving.waits)
        return "How can we help?", came_up.count_words(seen, self.screen.now())

    def lines(self, seen: "Seen") -> Sequence[Line]:
        now = self.screen.now()
        keys_told = self.told("{plan} plan  {escalate} ask for help" if seen.parent else "{plan} plan")
        drawn = came_up.lines(self.screen, seen, now)
        site = self.screen.program.site
        drawn += [chain.line_of(self.screen, seen, line, keys_told, site) for line in seen.new]
        # What was asked for here stands above; the problem that it became is not told twice.
        above = {line.about for line in seen.new}
        asked = {line.about for line in seen.new if line.asked}
        ours = (problem for problem in seen.ours if problem.id not in above)
        drawn += [problem_lines.ours_in_help(problem, now, ringing(problem, site, now)) for problem in ours]
        waiting = (problem for problem in seen.waiting if problem.id not in above and problem.about not in asked)
        drawn += [self._waiting(problem, now) for problem in waiting]
        return drawn or [text(self.told("Nothing needs help. {raise_problem} raises a problem."))]

    def _waiting(self, problem: Problem, now: datetime) -> Line:
        """Draw what is with others, with the key that asks again."""
        site, named = self.screen.program.site, self.screen.program.keys_given
        rings = ringing(problem, site, now)
        line = problem_lines.waiting(problem, site.names, now, site.stand_in(problem.holder, now), rings)
        *before, who, age = line.cells
        asks = f"{age}    {keys.name(keys.BY_ID['note'], named)} ask again"
        room = self.screen.room - max(_WHAT, cell_len(problem.title) + 1) - _AROUND
        fits = isinstance(who, str) and cell_len(who) + len(asks) < room
        return replace(line, cells=(*before, who, asks)) if fits and not rings else line

    def through(self, seen: "Seen") -> bool:
        settled = all(line.settled for line in seen.look.left)
        return settled and all(one.dealt is not None for one in seen.look.came_up)

    def beside(self, seen: "Seen") -> bool:
        return bool(seen.look.came_up)

    def below(self, seen: "Seen", line: str) -> Sequence[Line]:
        """Tell of a problem that came up what was asked, tried, what helped before and how it came here."""
        wide = self.screen.wide
        if not seen.look.came_up or (self.screen.form is not None and not wide):
            return ()
        now, site = self.screen.now(), self.screen.program.site
        self._look_back(seen, line)
        width = WIDEST - ASIDE if wide else min(self.screen.size.width, WIDEST)
        told = came_up.below(seen, line, site, now, before=self._before.get(line), width=width, wide=wide)
        return told if wide else came_up.fitted(told, self._hint(seen, line), _DETAIL, self.told("more ({open})"))

    def _look_back(self, seen: "Seen", line: str) -> None:
        """Look up what solved the same thing before, once for each problem."""
        problem, desk = _problem(seen, line), self.screen.desk
        if problem is None or line in self._before or seen.problem(line) is not None:
            return

        def found(before: tuple[Before, ...]) -> None:
            self._before[line] = next(iter(before), None)
            if before:
                self.screen.tell_below()

        self.screen.aside(lambda: problems.before(desk, problem.title, besides=problem.id), found, group="before")

    def _hint(self, seen: "Seen", line: str) -> str:
        """Say what the letters do, where they answer."""
        offered = {offer if isinstance(offer, str) else offer[0] for offer in self.offers(seen, line)}
        named = self.screen.program.keys_given
        lines = [keys.name(keys.BY_ID[id_], named) for id_ in ("resolve", "send_back", "note") if id_ in offered]
        asks = [keys.name(keys.BY_ID[id_], named) for id_ in ("escalate", "assign") if id_ in offered]
        told = f"{_either(lines)} opens the line for the answer" if len(lines) > 1 else ""
        if asks and told:
            told += f"; {' and '.join(asks)} ask{'' if len(asks) > 1 else 's'} what is needed"
        return f"{told}." if told else ""

    def offers(self, seen: "Seen", line: str) -> Sequence[Offer]:
        if not seen.begun:
            return []
        left = _left(seen, line)
        if left is not None and not _elsewhere(seen, line):
            asking: list[Offer] = ["escalate"] if seen.parent and not left.asked else []
            return [("fine", "Next" if left.settled else "We watch it, next"), "plan", *asking]
        pattern, problem = patterns.chosen(seen.patterns, line), _problem(seen, line)
        if pattern is not None:
            # What was done with it is done; a late one has a line of its own.
            if not _waits(seen, pattern):
                return [("fine", "Next"), "open"]
            return [*(["join"] if pattern.late else []), *self._named(patterns.allowed(pattern, seen.may))]
        return self._verbs(seen, line) if problem is not None else [("fine", "Next")]

    def commands(self, seen: "Seen", line: str) -> Sequence[str]:
        return ["recall"] if seen.begun and "ask_recall" in seen.may.get(line, ()) else []

    def _verbs(self, seen: "Seen", line: str) -> Sequence[Offer]:
        """The keys of one problem: what it may join first, and what it was brought up for."""
        verbs = self._named(seen.may.get(line, frozenset()))
        if _elsewhere(seen, line):
            return [("note", "Ask again") if offer == "note" else offer for offer in verbs]
        if _to_hear(seen, line):
            return [("fine", "Heard, next"), "open", *verbs]
        if line in seen.apart.joins:
            return ["join", *(offer for offer in verbs if offer != "acknowledge"), "acknowledge"]
        return verbs or [("fine", "Next"), "open"]

    def _named(self, may: frozenset[str]) -> list[Offer]:
        """The keys of the verbs, those that answer first."""
        above = self.screen.program.site.above
        named: dict[str, Offer] = {"plan": ("plan", "Plan here"), "escalate": ("escalate", above.split(" ")[0])}
        return [named.get(key, key) for key in _ORDER if VERBS[key] in may]

    def fine(self, seen: "Seen", line: str) -> None:
        left = _left(seen, line)
        if left is not None and seen.begun:
            chain.watch(self.screen, seen, left)
        if _to_hear(seen, line):
            desk = self.screen.desk
            self.screen.behind(lambda: problems.see(desk, line))
        self.screen.next_line()

    def tell(self, seen: "Seen", line: str) -> None:
        pattern, problem = patterns.chosen(seen.patterns, line), _problem(seen, line)
        if pattern is not None:
            from screens.pattern import PatternScreen  # noqa: PLC0415 - its problems are opened from there

            self.screen.program.push_screen(PatternScreen(pattern.key))
        elif problem is not None:
            open_problem(self.screen, problem.id)

    def verb(self, seen: "Seen", line: str, key: str) -> None:
        left, problem = _left(seen, line), _problem(seen, line)
        pattern, joins = patterns.chosen(seen.patterns, line), seen.apart.joins.get(line)
        if left is not None and key == "plan":
            chain.plan(self.screen, seen, left)
        elif left is not None and key == "escalate":
            chain.help_for(self.screen, seen, left)
        elif pattern is not None and key == "join":
            join_all(self.screen, pattern, self._next)
        elif pattern is not None and key in VERBS:
            ask_together(self.screen, VERBS[key], pattern, self._next)
        elif problem is not None and key == "join" and joins is not None:
            join(self.screen, problem, joins, self._next)
        elif problem is not None and key in VERBS:
            ask(self.screen, VERBS[key], problem)

    def _next(self) -> None:
        self.screen.lines.choose_next()


def _either(names: Sequence[str]) -> str:
    """Give names as one says them: `s, t or n`."""
    return " or ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _waits(seen: "Seen", pattern: Gathered) -> bool:
    """Whether the line of a pattern stands for some that are not dealt with."""
    within = seen.apart.within
    return any(one.dealt is None and within.get(one.problem.id) is pattern for one in seen.look.came_up)


def _elsewhere(seen: "Seen", line: str) -> bool:
    """Whether it is ours and with somebody else."""
    return any(problem.id == line for problem in seen.waiting)


def _to_hear(seen: "Seen", line: str) -> bool:
    """Whether it was brought up to be known, and nobody here has heard it."""
    one = next((one for one in seen.look.came_up if one.problem.id == line), None)
    return one is not None and one.to_know and one.dealt is None and "see" in seen.may.get(line, ())


def _problem(seen: "Seen", line: str) -> Problem | None:
    came = next((one.problem for one in seen.look.came_up if one.problem.id == line), None)
    return came or seen.problem(line)


def _left(seen: "Seen", line: str) -> agendas.Line | None:
    """The line that the earlier questions have left, as far as it is new."""
    return next((left for left in seen.new if left.about == line), None)
