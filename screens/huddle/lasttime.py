"""What came back, and what did we promise? Answers are read out, what is due is asked for, promises are looked at."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len

from screens import times
from screens.cells import wrapped
from screens.foot import Offer
from screens.huddle.answering import all_fine
from screens.huddle.part import Part
from screens.huddle.problem_verbs import ask, open_problem
from screens.line import BLANK, Line, detail, heading, item, text
from screens.marks import Mark
from screens.problem_lines import brief_place
from wsq_huddle.domain.agendas import Kind, Step
from wsq_huddle.domain.problems import Problem
from wsq_huddle.services import steps
from wsq_huddle.services.steps import Asked, Back, Due, Promise

if TYPE_CHECKING:
    from screens.huddle.reading import Seen

_ROOM, _WHOLE = 36, 72
"""Columns of an answer beside its problem, and below it."""

_VERBS = {"confirm": "confirm", "reopen": "reopen", "note": "note"}


class LastTime(Part):
    """The first step."""

    KEY: ClassVar[str] = "last-time"
    NAME: ClassVar[str] = "Last time"

    def question(self, seen: "Seen") -> tuple[str, str]:
        done, count = _count(seen)
        right = f"Space = said, next  {done} of {count} done" if count else "nothing to read out"
        return "What came back, and what did we promise?", right

    def lines(self, seen: "Seen") -> Sequence[Line]:
        told = seen.look.last_time
        drawn: list[Line] = []
        if told.answers:
            drawn += [heading("ANSWERS"), *(line for back in told.answers for line in self._answer(back))]
        if told.due:
            drawn += [heading("DUE TODAY"), *(self._due(due) for due in told.due)]
        if told.promises:
            drawn += [heading("PROMISED TO US"), *(_promise(promise) for promise in told.promises)]
        announced = _announcements(seen)
        if announced:
            drawn += [heading("ANNOUNCEMENTS"), *(line for one in announced for line in _announcement(one))]
        if not drawn:
            drawn = [text("Nothing came back and nothing is due. On to the targets.")]
        tally = told.tally
        if tally.raised:
            since = f"{tally.since.day} {times.MONTHS[tally.since.month - 1]}"
            drawn += [BLANK, text(f"{tally.fixed} of the {tally.raised} problems we raised since {since} are fixed.")]
        return drawn

    def through(self, seen: "Seen") -> bool:
        done, count = _count(seen)
        return done == count

    def offers(self, seen: "Seen", line: str) -> Sequence[Offer]:
        back, due = _back(seen, line), _due_of(seen, line)
        here: list[Offer] = [("fine", "Done, next" if due is not None else "Said, next" if back else "Next")]
        if _problem(seen, line) is not None:
            here.append("open")
        if back is not None and back.asks:
            here += ["confirm", "reopen"]
        if _problem(seen, line) is not None:
            here.append("note")
        return here

    def fine(self, seen: "Seen", line: str) -> None:
        desk, one = self.screen.desk, seen.sitting
        back, due = _back(seen, line), _due_of(seen, line)
        announced = [asked for asked in _announcements(seen) if asked.item.key == line and asked.answer is None]
        if seen.begun and back is not None and not back.said:
            subject = back.problem.id
            self.screen.behind(lambda: steps.read_out(desk, one, subject))
        elif seen.begun and due is not None and not due.done:
            key = due.key
            self.screen.behind(lambda: steps.done(desk, key))
        elif seen.begun and announced:
            all_fine(self.screen, seen, [asked.item for asked in announced])
        self.screen.next_line()

    def tell(self, seen: "Seen", line: str) -> None:
        problem = _problem(seen, line)
        if problem is not None:
            open_problem(self.screen, problem.id)

    def verb(self, seen: "Seen", line: str, key: str) -> None:
        problem = _problem(seen, line)
        if problem is not None and key in _VERBS:
            ask(self.screen, _VERBS[key], problem, onwards=key != "note")

    def _answer(self, back: Back) -> list[Line]:
        now, answer = self.screen.now(), back.problem.answer
        if answer is None:
            return []
        given = times.when(answer.at.astimezone(now.tzinfo), now)
        right = "fixed" if back.problem.over else "read out" if back.said else given
        mark = Mark.DONE if back.done or back.said else Mark.DOWN
        said = f"{brief_place(back.who)}: {answer.text}"
        # It is read out, so it stands there whole.
        whole = wrapped(answer.text, _WHOLE) if cell_len(said) > _ROOM else []
        drawn = [item(back.problem.id, mark, back.problem.title, f"{back.who}:" if whole else said, right)]
        drawn += [detail(part) for part in whole]
        if answer.first is not None and answer.corrected_at is not None:
            at = times.when(answer.corrected_at.astimezone(now.tzinfo), now)
            drawn.append(detail(f'corrected {at} by {back.who}; it first said "{answer.first}"'))
        if back.asks:
            drawn.append(detail("solved, they say.  Did it work?          y Yes, fixed     x Not fixed"))
        return drawn

    def _due(self, due: Due) -> Line:
        today = self.screen.now().date()
        who = f"{times.brief(due.owner)}: {due.plan}" if due.plan else times.brief(due.owner)
        right = "done" if due.done else "Space = done" if due.due >= today else times.due(due.due, today)
        return item(due.key, Mark.DONE if due.done else Mark.ATTENTION, due.what, who, right)


def _promise(promise: Promise) -> Line:
    who = f"{times.brief(promise.owner)}, {promise.who}: for {times.full_day(promise.due)}"
    right = f"{promise.over} d over" if promise.over else f"due {times.day(promise.due)}"
    mark = Mark.ATTENTION if promise.over else Mark.NOTHING
    return item(promise.problem.id, mark, promise.problem.title, who, right)


def _announcement(asked: Asked) -> list[Line]:
    mark = Mark.NONE if asked.answer is None else Mark.DONE
    right = "" if asked.answer is None else "read out"
    drawn = [item(asked.item.key, mark, asked.item.ask, "", right)]
    return [*drawn, detail(f'"{asked.item.gloss}"')] if asked.item.gloss else drawn


def _announcements(seen: "Seen") -> list[Asked]:
    return [one for one in seen.look.asked[Step.FROM_ABOVE] if one.item.kind is Kind.ANNOUNCEMENTS]


def _count(seen: "Seen") -> tuple[int, int]:
    told, announced = seen.look.last_time, _announcements(seen)
    return told.done + sum(one.answer is not None for one in announced), told.count + len(announced)


def _back(seen: "Seen", line: str) -> Back | None:
    return next((back for back in seen.look.last_time.answers if back.problem.id == line), None)


def _due_of(seen: "Seen", line: str) -> Due | None:
    return next((due for due in seen.look.last_time.due if due.key == line), None)


def _problem(seen: "Seen", line: str) -> Problem | None:
    told = seen.look.last_time
    known = [*(one.problem for one in told.answers), *(one.problem for one in told.promises)]
    return next((problem for problem in known if problem.id == line), None)
