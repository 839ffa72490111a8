"""Lines that somebody is typing: at hand in memory, and kept in the store by the writing thread."""

import json
from collections.abc import Callable, Iterable, Mapping

Answers = dict[str, str]

RAISE = "raise"
"""Where the first problem that somebody begins to raise is kept; others are beside it: `raise/2`."""


class Kept:
    """The drafts of this node by place: `raise`, `problem/ID/escalate`. `write` puts one into the store."""

    def __init__(self, write: Callable[[str, str], None], drafts: Iterable[tuple[str, str]] = ()) -> None:
        self._write = write
        # The newest come first out of the store, and stand last here.
        self._texts = dict(reversed(list(drafts)))

    def of(self, place: str) -> Answers:
        """What was typed there; a draft that another program wrote in another way is no answer."""
        try:
            read = json.loads(self._texts.get(place, "{}"))
        except ValueError:
            return {}
        return {str(name): str(text) for name, text in read.items()} if isinstance(read, dict) else {}

    def keep(self, place: str, answers: Mapping[str, str], *, typed: Iterable[str]) -> None:
        """Keep what stands in a form; `typed` names the lines that hold words, without which nothing is kept."""
        if not any(answers.get(name, "").strip() for name in typed):
            self.forget(place)
            return
        text = json.dumps(dict(answers), ensure_ascii=False)
        if self._texts.get(place) != text:
            self._texts.pop(place, None)
            self._texts[place] = text
            self._write(place, text)

    @property
    def raising(self) -> list[str]:
        """The places of problems that somebody began to raise, the one that was typed last first.

        One that waits to leave is raised already.
        """
        places = (place for place in reversed(self._texts) if place.partition("/")[0] == RAISE)
        places = (place for place in places if f"leaving/{place}" not in self._texts)
        return [place for place in places if self.of(place).get("title", "").strip()]

    def free(self) -> str:
        """A place for one more problem to raise."""
        numbers = (f"{RAISE}/{number}" for number in range(2, len(self._texts) + 3))
        return next(place for place in (RAISE, *numbers) if place not in self._texts)

    def under(self, begins: str) -> list[tuple[str, Answers]]:
        """All drafts whose place begins so."""
        return [(place, self.of(place)) for place in self._texts if place.startswith(begins)]

    def forget(self, place: str) -> None:
        """Take a draft away: it was wiped out."""
        if self._texts.pop(place, None) is not None:
            self._write(place, "")

    def text(self, place: str) -> str:
        """The draft as it lies in the store; empty if there is none."""
        return self._texts.get(place, "")

    def recorded(self, place: str, text: str) -> None:
        """Let go of a draft that was recorded as it was then, which took it away from the store; not of a newer one."""
        if self._texts.get(place) == text:
            del self._texts[place]

    def words_besides(self, place: str) -> str:
        """Say how many other lines are kept; empty if there is none."""
        others = self.besides(place)
        return "" if not others else f"{others} other line{'s are' if others > 1 else ' is'} kept"

    def besides(self, place: str) -> int:
        """How many other lines are kept.

        Where a huddle was left (`huddle/ID/at`) is no line, nor is one that waits to leave or the mark beside it, nor
        a paper sheet that is being typed in.
        """
        return sum(
            other != place
            and not other.endswith("/at")
            and not other.startswith(("leaving/", "sheet/"))
            and f"leaving/{other}" not in self._texts
            for other in self._texts
        )
