"""One pattern: what came up in several places, each with its own words; the first line stands for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from screens import keys, patterns, problem_lines, times
from screens.came_up import COLUMNS
from screens.foot import Offer
from screens.huddle.problem_verbs import open_problem
from screens.line import BLANK, Line, detail, heading, item, row, text
from screens.marks import Mark
from screens.verbs.dealing import BY_KEY, Dealing, Dealt
from screens.verbs.together import ask_together, join, join_all
from wsq_huddle.domain.problems import Problem, Urgency
from wsq_huddle.services import patterns as services
from wsq_huddle.services import problems
from wsq_huddle.services.patterns import Gathered, Member


@dataclass(frozen=True)
class Seen:
    """The pattern as it is now; none when it is none any more. `may` says which verbs may be used on each member."""

    one: Gathered | None
    may: Mapping[str, frozenset[str]]


class PatternScreen(Dealing[Seen]):
    """A pattern. A verb on its first line is used on all that wait, on another line on that one alone."""

    LABEL: ClassVar[str] = "Pattern"

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key

    def look(self) -> Seen:
        one = next((one for one in services.listed(self.desk) if one.key == self._key), None)
        members = one.members if one else ()
        return Seen(one, {member.problem.id: problems.may(self.desk, member.problem) for member in members})

    def show(self, seen: Seen) -> None:
        if seen.one is None:
            self.lines.put([text(keys.told("This is no pattern any more. {back} goes back.", self.program.keys_given))])
            return
        one, site = seen.one, self.program.site
        cells = (Mark.PATTERN, one.name, patterns.places(one), patterns.spread(one, site.tier))
        drawn: list[Line] = [row(patterns.id_of(one), cells, COLUMNS)]
        waiting = [member for member in one.members if member.waiting]
        others = [member for member in one.members if not member.waiting]
        if waiting:
            drawn += [BLANK, heading(f"WAITING HERE ({len(waiting)})", "  what is said on the first line is for all")]
            drawn += [line for member in waiting for line in self._member(member)]
        if others:
            drawn += [BLANK, heading(f"DEALT WITH, OR ELSEWHERE ({len(others)})")]
            drawn += [line for member in others for line in self._member(member)]
        self.lines.put(drawn)

    def _member(self, member: Member) -> list[Line]:
        now, site, problem = self.now(), self.program.site, member.problem
        mark = Mark.NOW if problem.urgency is Urgency.NOW else Mark.UP if member.waiting else Mark.NOTHING
        ask = problem.ask
        wanted = times.by(ask.by.astimezone(now.tzinfo), now) if member.waiting and ask and ask.by else ""
        right = wanted or times.age(now - problem.raised_at)
        if not member.waiting:
            right = f"with {problem_lines.brief_place(site.name_of(problem.holder))}"
        title = f"{site.name_of(problem.origin)}: {problem.title}"
        drawn = [item(problem.id, mark, title, ask.need if ask and member.waiting else "", right)]
        return [*drawn, detail(f"tried: {ask.tried}")] if member.waiting and ask and ask.tried else drawn

    def dealt(self) -> Dealt | None:
        found = self._problem
        return Dealt(found, self.seen.may[found.id]) if found and self.seen else None

    @property
    def _problem(self) -> Problem | None:
        one = self.seen.one if self.seen else None
        members = one.members if one else ()
        return next((member.problem for member in members if member.problem.id == self.chosen), None)

    @property
    def _whole(self) -> Gathered | None:
        """The pattern, when its own line is chosen."""
        one = self.seen.one if self.seen else None
        return one if one is not None and self.chosen == patterns.id_of(one) else None

    @property
    def _joins(self) -> bool:
        one = self.seen.one if self.seen else None
        return one is not None and (self.chosen in one.late or (self._whole is not None and bool(one.late)))

    def offers(self) -> Sequence[Offer]:
        if self._whole is not None and self.seen is not None:
            verbs = self.named(patterns.allowed(self._whole, self.seen.may))
            return [*(["join"] if self._whole.late else []), *verbs]
        if not self.subject:
            return ()
        return [*(["join"] if self._joins else []), "open", *self.verbs]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "join":
            return self._joins
        if self._whole is not None and self.seen is not None and action in BY_KEY:
            return BY_KEY[action] in patterns.allowed(self._whole, self.seen.may)
        return super().check_action(action, parameters)

    def use(self, verb: str) -> None:
        if self._whole is not None:
            ask_together(self, verb, self._whole)
        else:
            super().use(verb)

    def action_join(self) -> None:
        one, problem = self.seen.one if self.seen else None, self._problem
        if self._whole is not None:
            join_all(self, self._whole)
        elif one is not None and problem is not None:
            join(self, problem, one)

    def action_open(self) -> None:
        if self.subject:
            open_problem(self, self.subject)
