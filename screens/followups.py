"""What stands behind a number of the executives' screens: each problem with its plan, who answers for it, what next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from screens import problem_lines, times
from screens.foot import Offer
from screens.head import Heading
from screens.line import Column, Columns, Line, Said, detail, heading, row, text
from screens.marks import Mark, Tone
from screens.verbs.dealing import Dealing, Dealt
from wsq_huddle.domain.problems import Problem, State, Urgency
from wsq_huddle.services import problems

_OVER = {State.RESOLVED: "solved, they say", State.CLOSED: "fixed", State.WITHDRAWN: "no longer needed"}
_COLUMNS = Columns((Column(2), Column(46, share=1), Column(20), Column(8, right=True)))


@dataclass(frozen=True)
class Seen:
    """The problems, oldest first, and which verbs this node may use on each."""

    problems: tuple[Problem, ...]
    may: Mapping[str, frozenset[str]]


class FollowUpsScreen(Dealing[Seen]):
    """Some problems: planned resolution, who, follow-up. `above` are lines that stand before them."""

    LABEL: ClassVar[str] = "Follow-up"

    def __init__(self, title: str, subjects: Iterable[str], above: Sequence[Line] = ()) -> None:
        super().__init__()
        self._title, self._subjects, self._above = title, tuple(subjects), tuple(above)

    def look(self) -> Seen:
        found = [problems.read(self.desk, subject) for subject in self._subjects]
        shown = tuple(sorted(found, key=lambda one: (one.over, one.raised_at)))
        return Seen(shown, {one.id: problems.may(self.desk, one) for one in shown})

    def heading(self) -> Heading:
        told = self.program.heading()
        return Heading(f"{told.place}: {self._title.lower()}", mark=told.mark, link=told.link)

    def show(self, seen: Seen) -> None:
        drawn: list[Line] = list(self._above)
        if seen.problems:
            drawn.append(heading(f"{self._title.upper()} ({len(seen.problems)})", "plan, who, and what comes next"))
        for one in seen.problems:
            drawn += self._problem(one)
        if not seen.problems:
            drawn.append(text("Nothing that we know of has been asked or planned about it."))
        self.lines.put(drawn)

    def _problem(self, problem: Problem) -> list[Line]:
        site, now = self.program.site, self.now()
        mark = Mark.DONE if problem.over or problem.state is State.RESOLVED else Mark.ATTENTION
        mark = Mark.NOW if problem.urgency is Urgency.NOW and mark is Mark.ATTENTION else mark
        place = site.name_of(problem.origin)
        who = (
            f"with {problem_lines.brief_place(site.name_of(problem.holder))}"
            if mark is not Mark.DONE
            else _OVER[problem.state]
        )
        title = f"{problem_lines.brief_place(place)}: {problem.title}"
        drawn = [row(problem.id, (mark, title, who, times.age(now - problem.raised_at)), _COLUMNS)]
        due = problem.due or problem.check_in
        if problem.what and due is not None:
            owner = f", {site.person(problem.holder, problem.owner or '')}".rstrip(", ")
            word = times.due(due, now.date()) if problem.due else f"check {times.day(due)}"
            drawn.append(detail(f"plan: {problem.what}{owner}", word))
        elif mark is not Mark.DONE:
            by = problem.ask.by if problem.ask else None
            wanted = f"answer wanted {times.by(by.astimezone(now.tzinfo), now)}" if by else "no day yet"
            drawn.append(detail(Said("no plan yet", Tone.ATTENTION), wanted))
        if problem.remedy and mark is Mark.DONE:
            drawn.append(detail(f"solved: {problem.remedy}"))
        return drawn

    def dealt(self) -> Dealt | None:
        found = [one for one in self.seen.problems if one.id == self.chosen] if self.seen else []
        return Dealt(found[0], self.seen.may[self.chosen]) if found and self.seen else None

    def offers(self) -> Sequence[Offer]:
        return ["open", *self.verbs] if self.subject else []

    def action_open(self) -> None:
        if self.subject:
            from screens.huddle.problem_verbs import open_problem  # noqa: PLC0415 - the huddle opens this screen, too

            open_problem(self, self.subject)
