"""What one says who sends a problem back: an answer, or that it is not possible now and what until then."""

from collections.abc import Mapping

from screens.asks import Ask
from screens.form import Form
from wsq_huddle.errors import NotAllowed

ANSWER, NOT_NOW = "an answer", "not possible now"
_LONG = 2000
_WHAT, _WHY = "What is the answer?", "Why not now?"
UNTIL = "Say what they do until it is possible."

ASKS = (
    Ask("answer", _WHAT, limit=_LONG, must=True),
    Ask("is", "This is", "Space changes", choices=(ANSWER, NOT_NOW)),
    Ask("until", "What until then?", "only if it is not possible now", limit=_LONG),
)
"""Enter saves on each of these lines: most answers are one line."""


class AnswerForm(Form):
    """The form: who says that it is not possible now is asked why, in the line where the answer would stand."""

    def on_mount(self) -> None:
        super().on_mount()
        self.changed()

    def changed(self) -> None:
        self.labels["answer"].tell(f"   {self._asked}")

    def amiss(self, ask: Ask) -> str:
        if ask.name == "until" and self.answers["is"] == NOT_NOW and not self.answers["until"].strip():
            return UNTIL
        return super().amiss(ask).replace(_WHAT.rstrip("?"), self._asked.rstrip("?"))

    @property
    def _asked(self) -> str:
        return _WHY if self.answers["is"] == NOT_NOW else _WHAT


def answer_of(typed: Mapping[str, str]) -> tuple[str, bool]:
    """Give the answer that was typed, and whether it is a no; a no says why, and what until then."""
    answer, until = typed.get("answer", ""), typed.get("until", "")
    not_now = typed.get("is") == NOT_NOW
    if not_now and not until:
        raise NotAllowed(UNTIL)
    if not until:
        return answer, not_now
    ended = answer if answer.endswith((".", "!", "?")) else f"{answer}."
    return f"{ended} Until then: {until}", not_now
