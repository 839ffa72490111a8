"""F2 over any screen: what is wrong, of which kind, how urgent; the title alone is enough.

A safety event says which in the place of how urgent. What was seen before stands below while somebody types: Down and
Enter say that it is the same one, which gets a note. F2 once more goes to the other line that is kept.
"""

from typing import TYPE_CHECKING, Any

from textual import events, on

from screens.field import Choice
from screens.form import Answers, Ask, Form
from screens.problem_lines import brief_place
from screens.verbs import seen_before
from screens.verbs.seen_before import Known, SeenBefore
from wsq_huddle.domain.huddles import State
from wsq_huddle.domain.problems import Urgency
from wsq_huddle.services import huddles, problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screens.foot import Offer
    from screens.frame import DeskScreen
    from wsq_huddle.domain.problems import Problem
    from wsq_huddle.services.desk import Desk
    from wsq_huddle.services.sites import Event, Kind, Site

_URGENCIES = (Urgency.TODAY.value, Urgency.NOW.value, Urgency.ROUTINE.value)
_OTHER, _ANOTHER = "other", "another event"
_WAIT = 0.15
"""Seconds without a key after which it is looked up."""

_KIND, _WHEN, _WHICH = 18, 21, 21
"""Columns of what stands beside each other."""

_STEM = 4
"""Letters by which a title names a kind of event: `fell` does not, `Fall at the bath` does."""


class RaiseForm(Form):
    """The form. The kind is guessed from earlier problems until somebody chooses one."""

    def __init__(self, screen: "DeskScreen[Any]", site: "Site", place: str, others: int, **options: Any) -> None:  # noqa: ANN401 - those of a form
        self._screen, self._site, self._others = screen, site, others
        kinds = tuple(_word(kind) for kind in site.kinds)
        draft = screen.program.kept.of(place)
        draft["kind"] = self._guessed = draft.get("kind") or _word_of(site, _OTHER)
        self._title = ""
        self.same = ""
        """The problem that it is once more, if somebody has said so."""
        asks = (
            Ask("title", "What is wrong?", limit=200, must=True),
            Ask("kind", "Kind, when", choices=kinds, one=True),
            Ask("urgency", "When", choices=_URGENCIES, one=True, beside=True),
            Ask("which", "Which", "Tab to change", choices=(*(event.name for event in site.events), _ANOTHER), one=True,
                beside=True),
        )  # fmt: skip
        draft["which"] = self._guessed_event = draft.get("which") or _ANOTHER
        super().__init__(
            "RAISE A PROBLEM", asks, draft=draft, quick=True, again="raise_problem", place=place, **options
        )
        self.seen = SeenBefore(site, self.margin, screen.now())
        for name, width in (("kind", _KIND), ("urgency", _WHEN), ("which", _WHICH)):
            self._widget_of(name).styles.width = width

    def on_mount(self) -> None:
        self.mount(self.seen, after=self.below)
        super().on_mount()
        self.changed()

    def on_descendant_focus(self) -> None:
        self.offers = tuple(self._keys())

    def _keys(self) -> "Sequence[Offer]":
        """The keys of line 23, by where the cursor is."""
        other: list[Offer] = [("raise_problem", "The other kept line")] if self._others else []
        focused = self.app.focused
        if focused is self.seen:
            return [("next_field", "Same one"), ("keep", "Back")]
        if isinstance(focused, Choice):
            return [
                ("next_field", "Save"),
                "change_word",
                ("change_field", "Next"),
                ("keep", "Keep it, go back"),
                *other,
            ]
        return [("next_field", "Save"), ("change_field", "Kind and when"), ("keep", "Keep it, go back"), *other]

    def changed(self) -> None:
        """Look the title up anew when it has changed, and say whom it goes to at once."""
        title = self.answers["title"]
        if title != self._title:
            self._title = title
            self.set_timer(_WAIT, self._look)
        self._rearrange()
        self._tell(self.seen.known)

    @property
    def guesses(self) -> bool:
        """Whether nobody has chosen a kind."""
        return self.answers["kind"] == self._guessed

    @property
    def event(self) -> "Event | None":
        """The kind of safety event that is chosen."""
        found = self.answers
        return event_of(self._site, found) if self._safety(found) else None

    def _safety(self, answers: Answers) -> bool:
        return answers["kind"] == _word_of(self._site, problems.SAFETY)

    def _rearrange(self) -> None:
        """A safety event is asked which it is; how urgent it is follows from that."""
        safety = self._safety(self.answers)
        self._widget_of("urgency").display, self._widget_of("which").display = not safety, safety
        if "kind" in self.labels:
            self.labels["kind"].tell("   Which" if safety else "   Kind, when")

    def _tell(self, known: Known) -> None:
        self.seen.put(known, self._screen.now(), self._words())

    def _words(self) -> str:
        site, answers, above = self._site, self.answers, self._site.above
        first = f"Not for emergencies: call {site.emergency} first. " if site.emergency else ""
        if self._safety(answers):
            if self.event is not None and self.event.reportable:
                return f"{first}Every tier is told at once." if above else first
            return f"{above} gets to know." if above else ""
        if answers["urgency"] == Urgency.NOW.value:
            return f"{first}{brief_place(above)} is told now." if above else first
        return ""

    def _look(self) -> None:
        title = self._title
        if self.is_attached and title == self.answers["title"]:
            desk = self._screen.desk
            self._screen.aside(lambda: seen_before.look(desk, title), self._take, group="seen")

    def _take(self, known: Known) -> None:
        if not self.is_attached:
            return
        if self.guesses and self.app.focused is not self._widget_of("urgency"):
            self._guessed = _word_of(self._site, known.kind)
            self.put("kind", self._guessed)
        if self.answers["which"] == self._guessed_event:
            self._guessed_event = named_in(self._site, self._title) or _ANOTHER
            self.put("which", self._guessed_event)
        self._rearrange()
        self._tell(known)

    def on_key(self, event: events.Key) -> None:
        if event.key == "down" and self.seen.can_focus and self.app.focused is not self.seen:
            event.stop()
            event.prevent_default()
            self.seen.focus()

    @on(SeenBefore.Left)
    def _left(self) -> None:
        self.focus_at("title")

    @on(SeenBefore.Same)
    def _again(self) -> None:
        if self.seen.known.same is not None:
            self.same = self.seen.known.same.id
            self.enter()


def raise_anything(screen: "DeskScreen[Any]") -> None:
    """Open the form with the line that was typed last; over itself keep that one and go to the other one."""
    kept, open_now = screen.program.kept, screen.form
    if not isinstance(open_now, RaiseForm):
        began = kept.raising
        screen.ask(_form(screen, began[0] if began else kept.free()))
    elif open_now.typed or kept.raising:
        open_now.flush()
        others = [place for place in kept.raising if place != open_now.place]
        screen.ask(_form(screen, others[-1] if others else kept.free()))


def _form(screen: "DeskScreen[Any]", place: str) -> Form:
    """Make the form with what was typed in that place before."""
    program, desk = screen.program, screen.desk
    site = program.site
    others = sum(other != place for other in program.kept.raising)

    def recorded(problem: "Problem") -> None:
        if form.same:
            screen.say(f'The same one again: noted on "{problem.title[:50]}"')
        else:
            goes = f" {site.above} gets to know." if problem.hops else ""
            screen.say(f'Raised: "{problem.title[:50]}"{goes}')

    form: RaiseForm

    def save(answers: Answers) -> "Problem":
        if form.same:
            return problems.note(desk, form.same, text=f"Same one, again: {answers['title']}")
        return raise_at(desk, site, answers, guess=form.guesses)

    form = RaiseForm(
        screen,
        site,
        place,
        others,
        save=save,
        then=recorded,
        kept=lambda answers: program.kept.keep(place, answers, typed=["title"]),
        right="" if not others else f"{others} other line{'s are' if others > 1 else ' is'} kept",
    )
    return form


def raise_at(desk: "Desk", site: "Site", answers: Answers, *, guess: bool = False) -> "Problem":
    """Record it; runs in the writing thread. A kind that nobody chose is guessed from all of the title.

    After the huddle nobody reads it out any more: it goes up by itself.
    """
    title = answers["title"]
    kind = next((kind.key for kind in site.kinds if _word(kind) == answers.get("kind")), _OTHER)
    if guess:
        kind = problems.like(desk, title)
    event = event_of(site, answers, title) if kind == problems.SAFETY else None
    late = huddles.sitting(desk).state is State.CLOSED
    return problems.raise_at(
        desk,
        title=title,
        category=kind,
        urgency=Urgency.TODAY if kind == problems.SAFETY else Urgency(answers.get("urgency") or Urgency.TODAY),
        event=event.key if event else "",
        to_know=late or kind == problems.SAFETY,
    )


def event_of(site: "Site", answers: Answers, title: str = "") -> "Event | None":
    """The kind of event that was chosen, or that a title names."""
    chosen = answers.get("which") or _ANOTHER
    name = named_in(site, title) if chosen == _ANOTHER and title else chosen
    return next((event for event in site.events if event.name == name), None)


def named_in(site: "Site", title: str) -> str:
    """The name of the kind of event that a title begins a word of; empty if there is none."""
    words = title.casefold().replace("-", " ").split()
    for event in site.events:
        stem = event.name.casefold().split(" ", maxsplit=1)[0].rstrip("s")
        if len(stem) >= _STEM and any(word.startswith(stem) for word in words):
            return event.name
    return ""


def _word(kind: "Kind") -> str:
    """`e equipment`; a name that is written in capitals stays so."""
    lower = kind.name if kind.name[1:2].isupper() else kind.name[:1].lower() + kind.name[1:]
    return f"{kind.letter} {lower}"


def _word_of(site: "Site", key: str) -> str:
    found = next((kind for kind in site.kinds if kind.key == key), None)
    return _word(found or site.kinds[-1])
