"""What do we need help with? Above a unit: how can we help? What was left, what came up, what is ours, what waits."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from screens import problem_lines, times
from screens.foot import Offer
from screens.huddle import chain
from screens.huddle.part import Part
from screens.huddle.plan import open_words
from screens.huddle.problem_verbs import VERBS, ask, open_problem
from screens.line import Line, fact, item, rule, text
from screens.marks import Mark
from wsq_huddle.domain import agendas
from wsq_huddle.domain.problems import Problem
from wsq_huddle.services import problems
from wsq_huddle.services.steps import CameUp, How

if TYPE_CHECKING:
    from screens.huddle.reading import Seen

_DETAIL = 8
_ORDER = ("acknowledge", "resolve", "plan", "assign", "escalate", "send_back", "note", "confirm", "reopen", "withdraw")
_HOW = {
    How.HANDED: "handed to {to}",
    How.ANSWERED: "sent back with an answer",
    How.SOLVED: "solved: {text}",
    How.PLANNED: "planned: {text}",
    How.HEARD: "heard",
}


class Help(Part):
    """The fifth step."""

    KEY: ClassVar[str] = "help"
    NAME: ClassVar[str] = "Help"

    def question(self, seen: "Seen") -> tuple[str, str]:
        came = seen.look.came_up
        if not came and seen.tier == 1:
            return "What do we need help with?", open_words(seen)
        done = sum(one.dealt is not None for one in came)
        if not came:
            return "How can we help?", "nothing came up"
        return "How can we help?", f"{len(came)} came up: {done} done, {len(came) - done} to go"

    def lines(self, seen: "Seen") -> Sequence[Line]:
        now = self.screen.now()
        keys_told = "p plan  e ask" if seen.parent else "p plan"
        drawn = [_came_up(one, now) for one in seen.look.came_up]
        drawn += [chain.line_of(seen, line, keys_told, now) for line in seen.new]
        above = {line.about for line in seen.new}
        drawn += [problem_lines.ours_in_help(problem, now) for problem in seen.ours if problem.id not in above]
        site = self.screen.program.site
        drawn += [
            problem_lines.waiting(problem, site.names, now, site.stand_in(problem.holder, now))
            for problem in seen.waiting
            if problem.id not in above
        ]
        return drawn or [text("Nothing needs help. F2 raises a problem.")]

    def through(self, seen: "Seen") -> bool:
        settled = all(line.settled for line in seen.look.left)
        return settled and all(one.dealt is not None for one in seen.look.came_up)

    def below(self, seen: "Seen", line: str) -> Sequence[Line]:
        """Tell of a problem that came up what was asked, tried and how it came here."""
        one = next((one for one in seen.look.came_up if one.problem.id == line), None)
        if one is None or self.screen.form is not None:
            return ()
        problem, now = one.problem, self.screen.now()
        right = f"answer wanted {times.by(one.by.astimezone(now.tzinfo), now)}" if one.by else ""
        hops = [hop for hop in problem.hops if hop.need or hop.tried]
        told: list[Line] = [rule(f"{one.unit}: {problem.title}", right)]
        for hop in hops[-2:]:
            told.append(fact("needs", hop.need or "that we know"))
            if hop.tried:
                told.append(fact("tried", hop.tried))
        if problem.detail:
            told.append(fact("detail", problem.detail))
        site = self.screen.program.site
        way = f"{one.unit} {times.when(problem.raised_at.astimezone(now.tzinfo), now)}"
        for hop in problem.hops:
            way += f" > {site.name_of(hop.to)} {times.when(hop.at.astimezone(now.tzinfo), now)}"
        return [*told, fact("way", way)][:_DETAIL]

    def offers(self, seen: "Seen", line: str) -> Sequence[Offer]:
        if not seen.begun:
            return []
        left = _left(seen, line)
        if left is not None:
            asking: list[Offer] = ["escalate"] if seen.parent else []
            return [("fine", "Next" if left.settled else "We watch it, next"), "plan", *asking]
        problem = _problem(seen, line)
        if problem is None:
            return [("fine", "Next")]
        above = self.screen.program.site.above
        named: dict[str, Offer] = {"plan": ("plan", "Plan here"), "escalate": ("escalate", above.split(" ")[0])}
        return [named.get(key, key) for key in _allowed(seen, problem)] or [("fine", "Next"), "open"]

    def fine(self, seen: "Seen", line: str) -> None:
        left = _left(seen, line)
        if left is not None and seen.begun:
            chain.watch(self.screen, seen, left)
        one = next((one for one in seen.look.came_up if one.problem.id == line), None)
        if one is not None and one.to_know and one.dealt is None and "see" in seen.may.get(line, ()):
            desk = self.screen.desk
            self.screen.behind(lambda: problems.see(desk, line))
        self.screen.next_line()

    def tell(self, seen: "Seen", line: str) -> None:
        problem = _problem(seen, line)
        if problem is not None:
            open_problem(self.screen, problem.id)

    def verb(self, seen: "Seen", line: str, key: str) -> None:
        left, problem = _left(seen, line), _problem(seen, line)
        if left is not None and key == "plan":
            chain.plan(self.screen, seen, left)
        elif left is not None and key == "escalate":
            chain.help_for(self.screen, seen, left)
        elif problem is not None and key in VERBS:
            ask(self.screen, VERBS[key], problem)


def _allowed(seen: "Seen", problem: Problem) -> list[str]:
    """The keys of the verbs that this node may use on a problem now, those that answer it first."""
    may = seen.may.get(problem.id, frozenset())
    return [key for key in _ORDER if VERBS[key] in may]


def _came_up(one: CameUp, now: datetime) -> Line:
    problem = one.problem
    if one.dealt is not None:
        told = _HOW[one.dealt.how].format(to=one.dealt.to, text=one.dealt.text)
        return item(problem.id, Mark.DONE, one.unit, f"{problem.title}: {told}", "")
    mark = Mark.NOW if one.urgent else Mark.UP
    wanted = times.by(one.by.astimezone(now.tzinfo), now) if one.by else "to know" if one.to_know else ""
    age = times.age(now - problem.held_since)
    return item(problem.id, mark, one.unit, problem.title, f"{wanted}  {age}" if wanted else age)


def _problem(seen: "Seen", line: str) -> Problem | None:
    came = next((one.problem for one in seen.look.came_up if one.problem.id == line), None)
    return came or seen.problem(line)


def _left(seen: "Seen", line: str) -> agendas.Line | None:
    """The line that the earlier questions have left, as far as it is new."""
    return next((left for left in seen.new if left.about == line), None)
