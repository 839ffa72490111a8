"""Where one is in a huddle, kept while it is left alone: the step, the line, and what was being typed there."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from screens import keys, times
from screens.frame import kept_words
from screens.huddle.problem_verbs import VERBS

if TYPE_CHECKING:
    from textual.timer import Timer

    from screens.huddle.reading import Seen
    from screens.huddle.screen import HuddleScreen

_AFTER = 0.3
KEYS = {verb: key for key, verb in VERBS.items()}
"""Which key opens the form of a verb."""

_GONE = timedelta(minutes=1)
"""Whoever was away for less was not away."""


def of_line(subject: str, line: str) -> str:
    """Where the draft of a line of a huddle is kept."""
    return f"huddle/{subject}/{line}"


class Place:
    """The place in one huddle. It is written a moment after it has changed, and found again by another program."""

    def __init__(self, screen: "HuddleScreen") -> None:
        self._screen = screen
        self._subject = ""
        self._line = ""
        self._timer: Timer | None = None
        self._away: tuple[datetime, datetime] | None = None

    def restore(self, seen: "Seen") -> bool:
        """Go where this huddle was left; say whether it is another one than before."""
        subject = seen.sitting.subject
        if subject == self._subject:
            return False
        self._subject = subject
        kept = self._screen.program.kept.of(self._at)
        steps = [part.KEY for part in self._screen.parts]
        if kept.get("step") in steps:
            self._screen.at = steps.index(kept["step"])
            self._screen.been.update(self._screen.parts[: self._screen.at])
            self._line = kept.get("line", "")
            self._left_alone(kept.get("since", ""))
        else:
            parts = self._screen.parts
            self._screen.at = next((at for at, part in enumerate(parts) if not part.through(seen)), len(parts) - 1)
        return True

    def reach(self) -> None:
        """Choose the line that was chosen, once it is there."""
        if self._line:
            self._screen.lines.choose(self._line)
            self._line = ""

    def keep(self) -> None:
        """Keep the place in a moment, unless another follows at once."""
        if self._timer is None and self._subject:
            self._timer = self._screen.set_timer(_AFTER, self._write)

    def flush(self) -> None:
        """Keep the place now if it has changed."""
        if self._timer is not None:
            self._timer.stop()
            self._write()

    def leave(self) -> None:
        """Keep the place of who goes by Esc: nobody has called them away."""
        if self._timer is not None:
            self._timer.stop()
        self._write(since="")

    def away(self) -> str:
        """Say that one was called away, until the next minute."""
        if self._away is None:
            return ""
        left, back = self._away
        if self._screen.now() - back > _GONE:
            self._away = None
            return ""
        return f"You were called away {times.clock(left)} to {times.clock(back)}.  "

    def kept(self) -> str:
        """Say what was typed last on this line, and how one goes on with it."""
        program, opens = self._screen.program, self._drafts(self._screen.chosen)
        if self._screen.form is not None:
            return ""
        for place, answers in reversed(program.kept.under("")):
            key = next(
                (key for begins, key in opens if place == begins or place.startswith((f"{begins}/", f"{begins}:"))),
                None,
            )
            words = next((word for name, word in answers.items() if name in _WORDS and word.strip()), "")
            if key is not None and words:
                by = key or KEYS.get(place.rpartition("/")[2], "open")
                return kept_words(words, keys.BY_ID.get(by), program.keys_given)
        return ""

    def _drafts(self, line: str) -> list[tuple[str, str]]:
        """How the places of the drafts of a line begin, each with the key that opens it again."""
        if not line:
            return [(of_line(self._subject, "plan/something"), "plan")]
        return [
            (of_line(self._subject, line), "open"),
            (of_line(self._subject, f"plan/{line}"), "plan"),
            (of_line(self._subject, f"help/{line}"), "escalate"),
            (f"problem/{line}", ""),
        ]

    @property
    def _at(self) -> str:
        return of_line(self._subject, "at")

    def _write(self, since: str | None = None) -> None:
        self._timer = None
        screen = self._screen
        since = screen.now().isoformat(timespec="minutes") if since is None else since
        told = {"step": screen.part.KEY, "line": screen.chosen, "since": since}
        if screen.seen is not None and screen.seen.open:
            screen.program.kept.keep(self._at, told, typed=["step"])

    def _left_alone(self, since: str) -> None:
        """Find out for how long nobody was here."""
        now = self._screen.now()
        try:
            left = datetime.fromisoformat(since)
        except ValueError:
            return
        if now - left > _GONE and left.date() == now.date():
            self._away = (left.astimezone(now.tzinfo), now)


_WORDS = frozenset({"note", "value", "did", "reference", "target", "said", "what", "need", "tried", "text", "remedy",
                    "why", "lesson", "answer", "until", "to"})  # fmt: skip
"""The lines of forms that hold what people type."""
