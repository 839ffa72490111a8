"""What F2 records of what was typed: the kind and the event that a title names, and whether it goes up by itself."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wsq_huddle.domain.huddles import State
from wsq_huddle.domain.problems import Urgency
from wsq_huddle.services import huddles, problems

if TYPE_CHECKING:
    from screens.form import Answers
    from wsq_huddle.domain.problems import Problem
    from wsq_huddle.services.desk import Desk
    from wsq_huddle.services.sites import Event, Kind, Site

OTHER, ANOTHER = "other", "another event"

_STEM = 4
"""Letters by which a title names a kind of event: `Fall at the bath` does, `fan is off` does not."""

_SAID = {"fell": "fall", "fallen": "fall", "slipped": "fall"}
"""What people write of an event in another word than the one it is called by."""


@dataclass(frozen=True, kw_only=True)
class Raising:
    """What is raised: its words, and what follows from them and from the hour."""

    title: str
    category: str
    urgency: Urgency
    event: "Event | None"
    to_know: bool

    @property
    def now(self) -> bool:
        """Whether it is needed now, or every tier is told at once."""
        return self.urgency is Urgency.NOW or (self.event is not None and self.event.reportable)

    @property
    def goes_up(self) -> bool:
        """Whether those above are told by itself, where there are any."""
        return self.now or self.to_know

    def record(self, desk: "Desk") -> "Problem":
        return problems.raise_at(
            desk,
            title=self.title,
            category=self.category,
            urgency=self.urgency,
            event=self.event.key if self.event else "",
            to_know=self.to_know,
        )


def raising(desk: "Desk", site: "Site", answers: "Answers", *, guess: bool = False) -> Raising:
    """Make of the answers what is raised. A kind that nobody chose is guessed from all of the title.

    After the huddle nobody reads it out any more: it goes up by itself.
    """
    title = answers["title"]
    kind = next((kind.key for kind in site.kinds if word(kind) == answers.get("kind")), OTHER)
    if guess:
        kind = problems.like(desk, title)
    safety = kind == problems.SAFETY
    return Raising(
        title=title,
        category=kind,
        urgency=Urgency.TODAY if safety else Urgency(answers.get("urgency") or Urgency.TODAY),
        event=event_of(site, answers, title) if safety else None,
        to_know=safety or huddles.sitting(desk).state is State.CLOSED,
    )


def event_of(site: "Site", answers: "Answers", title: str = "") -> "Event | None":
    """The kind of event that was chosen, or that a title names."""
    chosen = answers.get("which") or ANOTHER
    name = named_in(site, title) if chosen == ANOTHER and title else chosen
    return next((event for event in site.events if event.name == name), None)


def named_in(site: "Site", title: str) -> str:
    """The name of the kind of event that a title begins a word of; empty if there is none."""
    words = [_SAID.get(one, one) for one in title.casefold().replace("-", " ").split()]
    for event in site.events:
        stem = event.name.casefold().split(" ", maxsplit=1)[0].rstrip("s")
        if len(stem) >= _STEM and any(one.startswith(stem) for one in words):
            return event.name
    return ""


def word(kind: "Kind") -> str:
    """`e equipment`; a name that is written in capitals stays so."""
    lower = kind.name if kind.name[1:2].isupper() else kind.name[:1].lower() + kind.name[1:]
    return f"{kind.letter} {lower}"


def word_of(site: "Site", key: str) -> str:
    found = next((kind for kind in site.kinds if kind.key == key), None)
    return word(found or site.kinds[-1])
