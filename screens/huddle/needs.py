"""What one area of the roll call needs: where it is not well, and what it asks us for; all verbs work here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from screens import times
from screens.came_up import ALL, takes
from screens.foot import Offer
from screens.head import Heading
from screens.huddle.problem_verbs import open_problem
from screens.line import Line, Said, detail, heading, item, text
from screens.marks import Mark, Tone
from screens.verbs.dealing import Dealing, Dealt
from screens.verbs.together import take_all
from wsq_huddle.domain.problems import Problem, Urgency
from wsq_huddle.services import problems, rollcalls
from wsq_huddle.services.rollcalls import Needs


@dataclass(frozen=True)
class Seen:
    """The needs, and which verbs this node may use on each problem."""

    needs: Needs
    may: Mapping[str, frozenset[str]]


class NeedsScreen(Dealing[Seen]):
    """One area. Esc goes back to the roll call."""

    LABEL: ClassVar[str] = "Needs"

    def __init__(self, node: str, on: date) -> None:
        super().__init__()
        self._node, self._on = node, on

    def look(self) -> Seen:
        needs = rollcalls.needs(self.desk, self._node, self._on)
        return Seen(needs, {one.id: problems.may(self.desk, one) for one in needs.problems})

    def heading(self) -> Heading:
        told = self.program.heading()
        name = self.seen.needs.area.name if self.seen else self._node
        return Heading(f"{name}, its needs", mark=told.mark, link=told.link)

    def show(self, seen: Seen) -> None:
        drawn: list[Line] = []
        if seen.needs.lines:
            drawn.append(heading("NOT WELL"))
            for line in seen.needs.lines:
                how = "planned" if line.planned else "help asked" if line.asked else "watched" if line.watched else ""
                drawn.append(item("", Mark[line.mark.name], line.ask, line.note, how))
        if seen.needs.problems:
            fresh = takes(seen.needs.problems, self.program.site.node)
            drawn.append(heading("ASKS US", line_id=ALL if len(fresh) > 1 else ""))
            for problem in seen.needs.problems:
                drawn += self._problem(problem)
        if not drawn:
            drawn.append(text("All is well, and nothing is asked of us."))
        call = seen.needs.area.call
        if call:
            drawn += [text(), text(f"To ring them: {call}")]
        self.lines.put(drawn)

    def _problem(self, problem: Problem) -> list[Line]:
        now, ask_hop = self.now(), problem.ask
        wanted = times.by(ask_hop.by.astimezone(now.tzinfo), now) if ask_hop and ask_hop.by else ""
        wanted = wanted if problem.holder == self.program.site.node else "to know"
        mark = Mark.NOW if problem.urgency is Urgency.NOW else Mark.UP
        need = ask_hop.need if ask_hop else ""
        drawn = [item(problem.id, mark, problem.title, need, wanted)]
        if ask_hop and ask_hop.tried:
            drawn.append(detail(f"tried: {ask_hop.tried}"))
        if problem.recall is not None:
            who = self.program.site.name_of(problem.recall.node)
            drawn.append(detail(Said(f"{who} asks for it back: {problem.recall.why}", Tone.ATTENTION)))
        return drawn

    def dealt(self) -> Dealt | None:
        found = [one for one in self.seen.needs.problems if one.id == self.chosen] if self.seen else []
        return Dealt(found[0], self.seen.may[self.chosen]) if found and self.seen else None

    def offers(self) -> Sequence[Offer]:
        if self.chosen == ALL:
            return [("acknowledge", "Got all of it")]
        return ["open", *self.verbs] if self.subject else []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self.chosen == ALL and action == "acknowledge":
            return True
        return super().check_action(action, parameters)

    def use(self, verb: str) -> None:
        if self.chosen == ALL and self.seen is not None:
            take_all(self, takes(self.seen.needs.problems, self.program.site.node))
        else:
            super().use(verb)

    def action_open(self) -> None:
        if self.subject:
            open_problem(self, self.subject)
