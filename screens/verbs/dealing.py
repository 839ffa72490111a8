"""The keys of a problem on any screen that has problems: what the rules allow now, and nothing else, is offered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from screens.frame import DeskScreen
from screens.reading import Seen
from screens.verbs.asking import AT_ONCE, VERBS, done, form_for, perform
from wsq_huddle.domain.problems import Problem
from wsq_huddle.services import problems

if TYPE_CHECKING:
    from screens.foot import Offer
    from wsq_huddle.services.desk import Desk

BY_KEY = {verb.key: name for name, verb in VERBS.items()}
_ORDER = ("confirm", "reopen", "acknowledge", "resolve", "plan", "escalate", "assign", "send_back", "note", "withdraw")
"""The keys on line 23, what is asked for first. What has no letter is among all commands."""


@dataclass(frozen=True)
class Dealt:
    """A problem and the verbs that this node may use on it now, by the names that `problems.may` has for them."""

    problem: Problem
    may: frozenset[str]


def deal(desk: "Desk", subject: str) -> Dealt:
    """Read a problem with what may be done with it; runs in a thread."""
    problem = problems.read(desk, subject)
    return Dealt(problem, problems.may(desk, problem))


class Dealing(DeskScreen[Seen]):
    """A screen whose lines are problems. A subclass says which problem the chosen line is (`dealt`)."""

    def dealt(self) -> Dealt | None:
        """Say which problem the chosen line is, as far as it has been read."""
        return None

    @property
    def subject(self) -> str:
        """The id of the problem of the chosen line; empty if it is none."""
        found = self.dealt()
        return found.problem.id if found else ""

    @property
    def about(self) -> str:
        return self.subject or self.chosen

    def recorded(self, problem: Problem) -> None:
        """Do what follows when a verb was recorded; the screen is shown again by itself."""

    @property
    def verbs(self) -> "list[Offer]":
        """The keys that the chosen line allows, for line 23."""
        found = self.dealt()
        return self.named(found.may) if found else []

    def named(self, allowed: frozenset[str]) -> "list[Offer]":
        """The keys of these verbs, for line 23."""
        site = self.program.site
        ours = [key for key in _ORDER if BY_KEY[key] in allowed]
        asks = site.above.split()[0] if site.tier > 1 and site.above else ""
        return [("escalate", asks) if key == "escalate" and asks else key for key in ours]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let no key do what the rules do not allow now."""
        if action in BY_KEY:
            found = self.dealt() if self.program.ready else None
            return found is not None and BY_KEY[action] in found.may
        return super().check_action(action, parameters)

    def use(self, verb: str) -> None:
        """Ask what a verb wants to know of the chosen problem, or record it at once."""
        found = self.dealt()
        if found is None or (verb != "note" and self.held(found.problem.id)):
            return
        problem, desk = found.problem, self.desk
        if verb in AT_ONCE:
            self.behind(lambda: perform(verb, desk, problem.id), self._told(verb))
        else:
            self.ask(form_for(verb, self, problem, then=self.recorded))

    def _told(self, verb: str) -> Callable[[Problem], None]:
        def then(problem: Problem) -> None:
            self.say(done(verb, self, problem))
            self.recorded(problem)

        return then

    def action_acknowledge(self) -> None:
        self.use("acknowledge")

    def action_plan(self) -> None:
        self.use("plan")

    def action_escalate(self) -> None:
        self.use("escalate")

    def action_assign(self) -> None:
        self.use("assign")

    def action_send_back(self) -> None:
        self.use("give_back")

    def action_resolve(self) -> None:
        self.use("resolve")

    def action_confirm(self) -> None:
        self.use("confirm")

    def action_reopen(self) -> None:
        self.use("reopen")

    def action_withdraw(self) -> None:
        self.use("withdraw")

    def action_note(self) -> None:
        self.use("note")

    def action_take_over(self) -> None:
        self.use("take_over")

    def action_recall(self) -> None:
        self.use("ask_recall")
