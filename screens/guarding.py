"""A quiet word about what may identify a patient: on line 22 while somebody types, and once more when it leaves.

It looks when the draft is kept, within half a second of a key, and only at lines that hold sentences: who signs or
answers for a plan is expected there by name. It refuses nothing, and no word of what it found is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from screens.asks import Ask
    from screens.form import Form
    from wsq_huddle.domain.identifiers import Kind

LEAVES = "May identify a patient."
"""What is said beside where a text goes."""

_SENTENCES = 100
"""Characters from which on a line is for sentences; below that it asks for a name, a number or a day."""


_ROOM = 78
"""Characters of line 22."""


@dataclass(eq=False, repr=False)
class Guarded(Message):
    """What may be said of a form has changed."""

    form: "Form"


class Guard:
    """Watches the lines of one form that hold sentences. `words` are what is to be said now."""

    def __init__(self, asks: "Sequence[Ask]") -> None:
        self._watched = tuple(ask.name for ask in asks if not ask.choices and ask.limit >= _SENTENCES)
        self._found: dict[str, tuple[str, tuple[Kind, ...]]] = {}
        self.words = ""

    def look(self, answers: Mapping[str, str]) -> bool:
        """Look at what has changed since the last time; says whether there is something else to say."""
        before = self.words
        for name in self._watched:
            text = answers.get(name, "")
            if text != self._found.get(name, ("", ()))[0]:
                self._found[name] = (text, _kinds(text))
        found = [kind for _, kinds in self._found.values() for kind in kinds]
        self.words = _sentence(found) if found else ""
        return self.words != before


def leaving(*texts: str) -> str:
    """What is said when these texts go to somebody else; empty when there is nothing to say."""
    return LEAVES if any(_kinds(text) for text in texts) else ""


def warm() -> None:
    """Import the rules and make their patterns, where nobody waits for a key."""
    _kinds("Mr Miller, 555-0100")


def _kinds(text: str) -> "tuple[Kind, ...]":
    from wsq_huddle.domain.identifiers import identifiers  # noqa: PLC0415 - not for the first frame

    return tuple(one.kind for one in identifiers(text)) if text.strip() else ()


def _sentence(kinds: "Sequence[Kind]") -> str:
    """What was found, as far as line 22 has room for it; else the first."""
    from wsq_huddle.domain.identifiers import sentence  # noqa: PLC0415 - not for the first frame

    told = sentence(kinds)
    return told if len(told) <= _ROOM else sentence(kinds[:1])
