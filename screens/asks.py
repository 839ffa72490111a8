"""What one line of a form asks, and what an answer to it cannot be."""

from collections.abc import Callable
from dataclasses import dataclass

from wsq_huddle.errors import HuddleError


@dataclass(frozen=True, slots=True)
class Ask:
    """What one line of a form asks: its name in the answers, its label, a hint, its limit in characters.

    With `choices` it is a choice among these words, of which `one` shows only the chosen one. An answer that `must` be
    there is asked for again when it is empty; a `secret` one is not shown. One that stands `beside` shares the line of
    the one before it, and has no label of its own. Tab `turns` a choice instead of going on. A `number` is whole.
    What stood there before is only `offered`: the first letter takes its place.
    What else an answer can be `check` says: it raises a sentence about one that is none.
    """

    name: str
    label: str
    hint: str = ""
    limit: int = 200
    must: bool = False
    choices: tuple[str, ...] = ()
    one: bool = False
    secret: bool = False
    beside: bool = False
    turns: bool = False
    number: bool = False
    offered: bool = False
    check: Callable[[str], object] | None = None

    def amiss(self, answer: str) -> str:
        """Say what this answer cannot be; empty if there is nothing to say."""
        name = self.label.rstrip(" ?")
        if self.must and not answer.strip():
            return f"{name}: this line cannot stay empty."
        if self.number and answer.strip() and not answer.strip().isdecimal():
            return f"{name}: this is a number: 0, 1, 2 ..."
        if self.check is not None and answer.strip():
            try:
                self.check(answer)
            except HuddleError as error:
                return str(error)
        return ""
