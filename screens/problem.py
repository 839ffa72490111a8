"""One problem: its facts, what was asked and answered, its story line by line, and the verbs that are allowed now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from screens import keys
from screens.cells import wrapped
from screens.drawn import WIDEST
from screens.foot import Offer
from screens.line import BLANK, Line, fact, heading
from screens.problem_words import (
    answer_words,
    asked_words,
    briefly,
    covering_words,
    exactly,
    hop_words,
    plan_words,
    state_words,
)
from screens.story_lines import Storyteller
from screens.urgent import words as urgent_words
from screens.verbs.dealing import Dealing, Dealt, deal
from wsq_huddle.domain.problems import Line as Told
from wsq_huddle.domain.problems import Written, written
from wsq_huddle.services import problems

_FACTS, _MARGIN = 12, 1
_STAMP = 25


@dataclass(frozen=True)
class Seen:
    """A problem with what may be done with it, and its story."""

    dealt: Dealt
    story: tuple[Told, ...]


class ProblemScreen(Dealing[Seen]):
    """The problem. Who looks at it has seen it, which those who handed it over are told."""

    LABEL: ClassVar[str] = "Problem"

    def __init__(self, subject: str) -> None:
        super().__init__()
        self._subject = subject
        self._looked_at = 0

    def look(self) -> Seen:
        return Seen(deal(self.desk, self._subject), problems.story_of(self.desk, self._subject))

    def show(self, seen: Seen) -> None:
        width = min(self.size.width, WIDEST)
        self.lines.put([*self._facts(seen.dealt, width), *self._story(seen, width)])
        self._look_at(seen.dealt)

    def _look_at(self, dealt: Dealt) -> None:
        """Tell those on its path, once a turn, that it was looked at here."""
        if "see" in dealt.may and dealt.problem.turn > self._looked_at:
            self._looked_at = dealt.problem.turn
            subject, desk = self._subject, self.desk
            self.behind(lambda: problems.see(desk, subject))

    def on_resize(self) -> None:
        """Break the words anew for the width there is now."""
        if self.seen is not None:
            self.show(self.seen)

    def dealt(self) -> Dealt | None:
        return self.seen.dealt if self.seen else None

    def offers(self) -> Sequence[Offer]:
        return self.verbs

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to correct words only where some are ours."""
        if action == "correct":
            return self.seen is not None and bool(self._written()) and not self.program.spare
        return super().check_action(action, parameters)

    def action_correct(self) -> None:
        from screens.verbs.correcting import correct_form  # noqa: PLC0415 - seldom needed

        if self.seen is not None:
            self.ask(correct_form(self, self.seen.dealt.problem, self._written(), self.recorded))

    def _written(self) -> tuple[Written, ...]:
        """The words of ours that may be put right."""
        return written(self.seen.story, self.program.site.node) if self.seen else ()

    def _facts(self, dealt: Dealt, width: int) -> list[Line]:
        site, now, problem = self.program.site, self.now(), dealt.problem
        lines = [heading(piece) for piece in wrapped(problem.title, width - 2)]
        raised = (
            f"{exactly(problem.raised_at, now)} by {site.signed(problem.origin, problem.raised_by)};"
            f" {site.kind(problem.category)}, {problem.urgency.value}"
        )
        told = [("raised", raised)]
        if problem.detail:
            told.append(("detail", problem.detail))
        if problem.reference:
            told.append(("order no.", problem.reference))
        told.append(("stands", state_words(problem, site, now)))
        if urgent := urgent_words(problem, site, now):
            told.append(("urgent", urgent))
        told += covering_words(problem, site, now)
        told += asked_words(problem, site, now)
        told += plan_words(problem, now)
        for at, hop in enumerate(problem.hops):
            way = f"{site.name_of(hop.node)} > {site.name_of(hop.to)}: {hop_words(hop, now)}"
            told.append(("" if at else "way", way))
        told += [("told", f"{site.name_of(alert.to)} at once, {briefly(alert.at, now)}") for alert in problem.alerts]
        told += answer_words(problem, site, now)
        if problem.lesson:
            told.append(("learned", problem.lesson))
        if problem.recall is not None:
            asker = site.name_of(problem.recall.node)
            told.append(("wanted", f"{asker} asks for it back: {problem.recall.why}"))
        if problem.disputed:
            words = "Two turns were taken at the same time; one counts, the other is in the story as overtaken."
            told.append(("disputed", words))
        if "take_over" in dealt.may:
            words = "Can they not act? All commands ({command_palette}): take the problem over."
            told.append(("", keys.told(words, self.program.keys_given)))
        for label, words in told:
            first, *more = wrapped(words, width - _FACTS - _MARGIN)
            lines += [fact(label, first), *(fact("", piece) for piece in more)]
        return lines

    def _story(self, seen: Seen, width: int) -> list[Line]:
        tell = Storyteller(self.program.site, self.now(), width - _STAMP - _MARGIN)
        return [BLANK, heading(f"STORY ({len(seen.story)})"), *tell.lines(seen.story)]
