"""What was seen before while somebody types what is wrong: the same one that is still open, and what solved another."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from screens import times
from screens.drawn import Drawn, Pen
from screens.line import Column, Columns, Line, Said, drawn, row
from screens.marks import Tone
from wsq_huddle.domain.problems import Problem, State
from wsq_huddle.domain.text import words
from wsq_huddle.services import problems

if TYPE_CHECKING:
    from wsq_huddle.services.desk import Desk
    from wsq_huddle.services.problems import Before
    from wsq_huddle.services.sites import Site

_LOOKED_AT = 5
"""Similar problems among which one may be open still."""

_SAYS = 3
"""Letters of a word above which it says something."""

_SAME = "Down Enter: same one"


@dataclass(frozen=True)
class Known:
    """What is known of a title: its kind, one like it that is not over, one like it that was solved."""

    kind: str
    same: Problem | None
    solved: "Before | None"


NOTHING = Known("", None, None)


def look(desk: "Desk", title: str) -> Known:
    """Look it up; runs in a thread while somebody types on."""
    like = (one for _, one in problems.similar(desk, title, limit=_LOOKED_AT))
    same = next((one for one in like if one.state is State.OPEN and alike(title, one.title)), None)
    return Known(problems.like(desk, title), same, solved(desk, title, same.id if same else None))


def solved(desk: "Desk", title: str, besides: str | None = None) -> "Before | None":
    """Give the problem most like a title that was solved."""
    found = problems.before(desk, title, limit=_LOOKED_AT, besides=besides)
    return next((one for one in found if alike(title, one.problem.title)), None)


def alike(title: str, other: str) -> bool:
    """Whether two titles share a word that says something: `at the` is in many, and in what solved many, too."""
    return any(len(word) > _SAYS for word in words(title) & words(other))


def solved_words(before: "Before", now: datetime) -> str:
    """Say what solved the same thing: `Nurse call dead, 3 Mar: reset at the wall box, 5 min`."""
    one = before.problem
    took = times.age(before.solved_at - one.raised_at)
    return f"{one.title}, {times.when(one.raised_at.astimezone(now.tzinfo), now)}: {before.remedy}, {took}"


class SeenBefore(Drawn, can_focus=True):
    """Two lines at the foot of the form, there from the first letter on, so that nothing jumps."""

    DEFAULT_CSS = "SeenBefore { height: 2; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "same", "Same one", show=False, id="seen.same"),
        Binding("up,escape", "back", "Back to the title", show=False, id="seen.back"),
    ]

    class Same(Message):
        """It is the same one that is open still."""

    class Left(Message):
        """Back to what is typed."""

    def __init__(self, site: "Site", margin: int, now: datetime) -> None:
        super().__init__()
        self.known = NOTHING
        self.can_focus = False
        self._site, self._now, self._words = site, now, ""
        self._columns = Columns((Column(margin - 3), Column(56 - margin, share=1), Column(21, right=True)), left=3)

    def put(self, known: Known, now: datetime, goes: str = "") -> None:
        """Show what is known; `goes` says where it goes, and comes before what solved another."""
        self.known, self._now, self._words = known, now, goes
        self.can_focus = known.same is not None
        self.redraw()

    @property
    def shown(self) -> list[Line]:
        told: list[tuple[str, str]] = []
        if self.known.same is not None:
            told.append((self._same_words(self.known.same), _SAME))
        if self.known.solved is not None and not (told and self._words):
            told.append((solved_words(self.known.solved, self._now), ""))
        lines = [self._line("Seen before" if not at else "", *one) for at, one in enumerate(told)]
        if self._words:
            lines.append(self._line("", self._words))
        return lines

    def draw(self, pen: Pen, height: int) -> list[Strip]:
        return [drawn(line, pen, chosen=self.has_focus and not at) for at, line in enumerate(self.shown[:height])]

    def action_same(self) -> None:
        self.post_message(self.Same())

    def action_back(self) -> None:
        self.post_message(self.Left())

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001 - Textual's signature
        super().watch_has_focus(has_focus)
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        if self.known.same is not None and event.y == 0:
            self.post_message(self.Same())

    def _line(self, label: str, told: str, right: str = "") -> Line:
        return row("", (label, told, Said(right, Tone.MUTED) if right else ""), self._columns)

    def _same_words(self, one: Problem) -> str:
        if one.holder != self._site.node:
            return f"{one.title}: with {self._site.name_of(one.holder)}"
        return f"{one.title}: ours, {times.brief(one.owner) if one.owner else 'no plan'}"
