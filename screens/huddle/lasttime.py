"""What came back, and what did we promise? Answers are read out, what is due is asked for, promises are looked at."""

import copy
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from screens import times
from screens.cells import wrapped
from screens.foot import Offer
from screens.huddle import answers
from screens.huddle.answering import all_fine
from screens.huddle.part import Part
from screens.huddle.problem_verbs import ask, open_problem
from screens.leaving import ask_by_key
from screens.line import BLANK, Line, detail, heading, item, text
from screens.marks import Mark
from screens.patience import Leave
from screens.problem_lines import brief_place
from screens.verbs import planned
from screens.verbs.asking import form_for, perform
from screens.verbs.asking import place_of as place_of_verb
from wsq_huddle.domain.agendas import Kind, Step
from wsq_huddle.domain.problems import Problem, Urgency
from wsq_huddle.services import actions, steps
from wsq_huddle.services.steps import Announced, Asked, Back, Due, Promise

if TYPE_CHECKING:
    from screens.huddle.reading import Seen

_WHOLE = 74
"""Columns of an announcement below its title."""

_MANY = 6
"""With more answers than these their heading stays while they scroll, and counts."""

_VERBS = {"confirm": "confirm", "reopen": "reopen", "note": "note", "plan": "plan"}
_DUE = {"plan": "move", "withdraw": "drop"}
"""The verbs of a problem, and of an action that is due, by the key."""


class LastTime(Part):
    """The first step."""

    KEY: ClassVar[str] = "last-time"
    NAME: ClassVar[str] = "Last time"

    def question(self, seen: "Seen") -> tuple[str, str]:
        done, count = _count(seen)
        right = f"{self.told('{fine} = said, next')}  {done} of {count} done" if count else "nothing to read out"
        return "What came back, and what did we promise?", right

    def head(self, seen: "Seen") -> list[Line]:
        place = self._place_of(seen)
        top = super().head(seen)
        return [*top, heading("ANSWERS", right=f"{place} of {len(seen.look.last_time.answers)}")] if place else top

    def follows(self, seen: "Seen") -> bool:
        return len(seen.look.last_time.answers) > _MANY

    def lines(self, seen: "Seen") -> Sequence[Line]:
        told = seen.look.last_time
        drawn: list[Line] = []
        if told.answers:
            many = f"{len(told.answers)} in all" if self.follows(seen) else ""
            drawn += [] if self._place_of(seen) else [heading("ANSWERS", right=many)]
            drawn += [line for back in told.answers for line in answers.lines(back, self.screen.now(), self.told)]
        if told.due:
            drawn += [heading("DUE TODAY"), *(self._due(due) for due in told.due)]
        if told.promises:
            drawn += [heading("PROMISED TO US"), *(_promise(promise) for promise in told.promises)]
        standing = _standing(seen)
        if told.announced or standing:
            drawn += [heading("ANNOUNCEMENTS"), *(line for one in told.announced for line in self._announced(one))]
            drawn += [line for one in standing for line in _announcement(one)]
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
        aloud = back is not None or _announced_of(seen, line) is not None
        aloud = aloud or any(one.item.key == line for one in _standing(seen))
        does = due is not None and not self.screen.program.spare
        here: list[Offer] = [("fine", "Done, next" if does else "Said, next" if aloud else "Next")]
        if due is not None:
            return [*here, *(_of_due(seen, due) if does else ())]
        if _problem(seen, line) is not None:
            here.append("open")
        if back is not None and (back.asks or back.lapsed):
            here += ["confirm", "reopen"] if back.asks else ["reopen"]
        if _problem(seen, line) is not None:
            here.append("note")
        return here

    def fine(self, seen: "Seen", line: str) -> None:
        desk, one = self.screen.desk, seen.sitting
        back, due = _back(seen, line), _due_of(seen, line)
        announced = _announced_of(seen, line)
        standing = [asked for asked in _standing(seen) if asked.item.key == line and asked.answer is None]
        if seen.begun and back is not None and not back.said:
            subject = back.problem.id
            self.screen.behind(lambda: steps.read_out(desk, one, subject))
        elif seen.begun and due is not None and not due.settled and not self.screen.program.spare:
            self._done(seen, due)
        elif seen.begun and announced is not None and not announced.said:
            self.screen.behind(lambda: steps.announce(desk, one, line))
        elif seen.begun and standing:
            all_fine(self.screen, seen, [asked.item for asked in standing])
        self.screen.next_line()

    def _done(self, seen: "Seen", due: Due) -> None:
        """Say that it is done. The plan of a problem is its solution: who raised it hears of that in some seconds."""
        desk, key, site = copy.copy(self.screen.desk), due.key, self.screen.program.site
        problem = _problem_of(seen, due)
        to = "" if problem is None or problem.origin == site.node else site.name_of(problem.origin)
        leave = Leave(
            line=key,
            place=f"problem/{key}/done",
            to=to,
            typed=due.plan or due.what,
            work=lambda: steps.done(desk, key),
            said=lambda _: f"Solved. {to} says whether it worked.",
            again=lambda over: over.say("Taken back: it is not done."),
            urgent=problem is not None and problem.urgency is Urgency.NOW,
        )
        if not self.screen.program.leaving.waits(key):
            ask_by_key(self.screen, leave, lambda _: None)

    def _fixed(self, back: Back) -> None:
        """Say that it worked, with one key: who solved it hears of that in some seconds. `u` asks what was learned."""
        desk, problem = copy.copy(self.screen.desk), back.problem
        leave = Leave(
            line=problem.id,
            place=place_of_verb("confirm", problem.id),
            to=back.who,
            typed=problem.title,
            work=lambda: perform("confirm", desk, problem.id),
            said=lambda _: "Fixed, and closed.",
            again=lambda over: over.ask(form_for("confirm", over, problem)),
            urgent=problem.urgency is Urgency.NOW,
        )
        ask_by_key(self.screen, leave, lambda _: self.screen.next_line())

    def tell(self, seen: "Seen", line: str) -> None:
        problem = _problem(seen, line)
        if problem is not None:
            open_problem(self.screen, problem.id)

    def verb(self, seen: "Seen", line: str, key: str) -> None:
        problem, due, back = _problem(seen, line), _due_of(seen, line), _back(seen, line)
        if key == "confirm" and back is not None and _of_others(back):
            if not self.screen.held(line):
                self._fixed(back)
        elif problem is not None and key in _VERBS:
            ask(self.screen, _VERBS[key], problem, onwards=key != "note")
        elif due is not None and key in _DUE:
            self._put_off(_DUE[key], due)

    def _put_off(self, verb: str, due: Due) -> None:
        screen, desk = self.screen, self.screen.desk

        def then(_: object) -> None:
            screen.lines.choose_next()

        screen.aside(
            lambda: actions.read(desk, due.key),
            lambda found: screen.ask(planned.form_for(verb, screen, found, then=then)),
        )

    def _announced(self, one: Announced) -> list[Line]:
        """Draw what those above announced; what was read out in an earlier huddle in one line."""
        told, now = one.announcement, self.screen.now()
        days = times.full_day(told.begins)
        if told.ends != told.begins:
            days += f" to {times.full_day(told.ends)}"
        read = told.read.get(self.screen.desk.node)
        right = ""
        if one.said:
            right = f"read {times.when(read.astimezone(now.tzinfo), now)}" if one.before and read else "read out"
        drawn = [
            item(told.id, Mark.DONE if one.said else Mark.NONE, told.title, f"{brief_place(one.who)}, {days}", right)
        ]
        whole = told.text if not one.before else ""
        return drawn + [detail(part) for part in wrapped(f'"{whole}"', _WHOLE) if whole]

    def _place_of(self, seen: "Seen") -> int:
        """Which answer is chosen, counted from 1, where there are so many that they scroll; else 0."""
        if not self.follows(seen):
            return 0
        chosen = self.screen.chosen
        answers = seen.look.last_time.answers
        return next((at for at, back in enumerate(answers, 1) if back.problem.id == chosen), 0)

    def _due(self, due: Due) -> Line:
        today = self.screen.now().date()
        who = f"{times.brief(due.owner)}: {due.plan}" if due.plan else times.brief(due.owner)
        here = due.due >= today and not self.screen.program.spare
        right = self.told("{fine} = done") if here else times.due(due.due, today)
        if due.settled:
            right = "done" if due.done else "not needed" if due.dropped else f"due {times.day(due.due)}"
        return item(due.key, Mark.DONE if due.settled else Mark.ATTENTION, due.what, who, right)


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


def _standing(seen: "Seen") -> list[Asked]:
    """The announcements that stand in the agenda itself."""
    return [one for one in seen.look.asked[Step.FROM_ABOVE] if one.item.kind is Kind.ANNOUNCEMENTS]


def _count(seen: "Seen") -> tuple[int, int]:
    told, standing = seen.look.last_time, _standing(seen)
    return told.done + sum(one.answer is not None for one in standing), told.count + len(standing)


def _announced_of(seen: "Seen", line: str) -> Announced | None:
    return next((one for one in seen.look.last_time.announced if one.announcement.id == line), None)


def _back(seen: "Seen", line: str) -> Back | None:
    return next((back for back in seen.look.last_time.answers if back.problem.id == line), None)


def _due_of(seen: "Seen", line: str) -> Due | None:
    return next((due for due in seen.look.last_time.due if due.key == line), None)


def _of_others(back: Back) -> bool:
    """Whether others solved it; what was solved here nobody can take back, so that asks what was learned."""
    return back.problem.answer is not None and back.problem.answer.node != back.problem.holder


def _of_due(seen: "Seen", due: Due) -> list[Offer]:
    """The keys of what is due and not done: it is put on another day, or it is no longer needed."""
    if due.settled:
        return ["open"] if _problem_of(seen, due) is not None else []
    if _problem_of(seen, due) is not None:
        return ["open", ("plan", "Another plan"), "note"]
    return [("plan", "Another day"), "withdraw"]


def _problem_of(seen: "Seen", due: Due) -> Problem | None:
    """The problem whose plan is due."""
    known = (*(up.problem for up in seen.look.came_up), *seen.ours)
    return next((one for one in known if one.id == due.key), None)


def _problem(seen: "Seen", line: str) -> Problem | None:
    told = seen.look.last_time
    known = [*(one.problem for one in told.answers), *(one.problem for one in told.promises)]
    due = _due_of(seen, line)
    found = next((problem for problem in known if problem.id == line), None)
    return found or (_problem_of(seen, due) if due is not None else None)
