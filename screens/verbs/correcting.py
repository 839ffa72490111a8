"""Words put right that we wrote: which ones, and what they should be; the first ones stay in the story."""

from typing import TYPE_CHECKING, Any

from screens import times
from screens.asks import Ask
from screens.form import Answers, Form
from screens.line import text
from wsq_huddle.domain.problems import Problem, Written
from wsq_huddle.services import problems

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from screens.frame import DeskScreen

_LONG = 2000
_NAMES = {
    "title": "what is wrong", "detail": "more about it", "need": "what we need", "tried": "what we tried",
    "answer": "our answer", "remedy": "what solved it", "what": "the plan", "text": "our note", "why": "why",
    "lesson": "what we learned",
}  # fmt: skip


class CorrectForm(Form):
    """A form with a line `which`; the words that it names stand in the line `text` to be put right."""

    words: "dict[str, str]"

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - those of a form
        super().__init__(*arguments, **options)
        self.words = {}
        self._which = self.answers.get("which", "")

    def changed(self) -> None:
        """Show the words that were chosen, unless those before them were changed."""
        which, typed = self.answers.get("which", ""), self.answers["text"]
        if which != self._which and typed in {"", self.words.get(self._which)}:
            self.put("text", self.words.get(which, ""))
        self._which = which


def correct_form(
    screen: "DeskScreen[Any]", problem: Problem, ours: "Sequence[Written]", then: "Callable[[Problem], None]"
) -> Form:
    """Make the form; `ours` are the words that may be put right, the last ones first."""
    desk, kept, now = screen.desk, screen.program.kept, screen.now()
    place = f"problem/{problem.id}/correct"
    named: dict[str, Written] = {}
    for one in ours:
        name = f"{_NAMES.get(one.part, one.part)}, {times.when(one.at.astimezone(now.tzinfo), now)}"
        named.setdefault(name if name not in named else f"{name} ({len(named) + 1})", one)
    which = Ask("which", "Which words?", "Space changes", choices=tuple(named), one=True)

    def record(answers: Answers) -> Problem:
        wrong = named.get(answers["which"], ours[0])
        return problems.correct(desk, problem.id, of=wrong.of, part=wrong.part, text=answers["text"])

    def recorded(changed: Problem) -> None:
        screen.say("Put right. Who has it sees both texts.")
        then(changed)

    form = CorrectForm(
        f"PUT RIGHT WHAT WE WROTE: {problem.title}",
        (which, Ask("text", "What should it be?", limit=_LONG, must=True)),
        save=record,
        then=recorded,
        kept=lambda answers: kept.keep(place, answers, typed=["text"]),
        draft={"text": ours[0].text, **kept.of(place)},
        place=place,
        below=[text("   What it first said stays in the story.")],
    )
    form.words = {name: one.text for name, one in named.items()}
    return form
