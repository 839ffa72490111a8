"""F2 over any screen: what is wrong, of which kind, how urgent; the title alone is enough.

A safety event says which in the place of how urgent. What was seen before stands below while somebody types: Down and
Enter say that it is the same one, which gets a note. F2 once more goes to the next line that is kept, and after the
last of them to a new one. What goes up by itself waits a moment, in which it can be taken back.
"""

import copy
from typing import TYPE_CHECKING, Any

from textual import events, on

from screens import guarding
from screens.asks import Ask
from screens.field import Choice
from screens.form import Answers, Form
from screens.patience import Leave
from screens.problem_lines import brief_place
from screens.verbs import seen_before
from screens.verbs.raised import ANOTHER, OTHER, Raising, event_of, named_in, raising, word, word_of
from screens.verbs.seen_before import Known, SeenBefore
from screens.writing import trying
from wsq_huddle.domain.problems import Problem, Urgency
from wsq_huddle.services import problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screens.foot import Offer
    from screens.frame import DeskScreen
    from wsq_huddle.services.sites import Event, Site

_URGENCIES = (Urgency.TODAY.value, Urgency.NOW.value, Urgency.ROUTINE.value)
_WAIT = 0.15
"""Seconds without a key after which it is looked up."""

_KIND, _WHEN, _WHICH = 18, 21, 21
"""Columns of what stands beside each other."""


class RaiseForm(Form):
    """The form. The kind is guessed from earlier problems until somebody chooses one."""

    def __init__(
        self,
        screen: "DeskScreen[Any]",
        site: "Site",
        place: str,
        been: frozenset[str],
        **options: Any,  # noqa: ANN401 - those of a form
    ) -> None:
        self._screen, self._site, self._been = screen, site, been
        kinds = tuple(word(kind) for kind in site.kinds)
        draft = screen.program.kept.of(place)
        draft["kind"] = self._guessed = draft.get("kind") or word_of(site, OTHER)
        self._title, self._began = "", draft.get("title", "")
        self.same = ""
        """The problem that it is once more, if somebody has said so."""
        asks = (
            Ask("title", "What is wrong?", limit=200, must=True),
            Ask("kind", "Kind, when", choices=kinds, one=True),
            Ask("urgency", "When", choices=_URGENCIES, one=True, beside=True),
            Ask("which", "Which", "Tab to change", choices=(*(event.name for event in site.events), ANOTHER), one=True,
                beside=True),
        )  # fmt: skip
        draft["which"] = self._guessed_event = draft.get("which") or ANOTHER
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

    @property
    def been(self) -> frozenset[str]:
        """The lines that F2 has just shown; who types in one of them begins anew."""
        return self._been if self.answers["title"] == self._began else frozenset()

    @property
    def others(self) -> list[str]:
        """The other lines that are kept and that F2 goes on to, the one that was typed last first."""
        return [other for other in self._screen.program.kept.raising if other not in {self.place, *self.been}]

    def on_descendant_focus(self) -> None:
        self.offers = tuple(self._keys())

    def _keys(self) -> "Sequence[Offer]":
        """The keys of line 23, by where the cursor is."""
        kept = any(other != self.place for other in self._screen.program.kept.raising)
        words = "The other kept line" if self.others else "A new line"
        other: list[Offer] = [("raise_problem", words)] if kept else []
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
        if (offers := tuple(self._keys())) != self.offers:
            self.offers = offers
            self._screen.show_bars()
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
        return answers["kind"] == word_of(self._site, problems.SAFETY)

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
            if site.spare and above:
                return f"The unit's own computer lets {brief_place(above)} know."
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
            self._guessed = word_of(self._site, known.kind)
            self.put("kind", self._guessed)
        if self.answers["which"] == self._guessed_event:
            self._guessed_event = named_in(self._site, self._title) or ANOTHER
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
    """Open the form with the line that was typed last; over itself keep that one and go on to another.

    That is one that is kept, until F2 has shown them all; then a new line, and then the last one again.
    """
    kept, open_now = screen.program.kept, screen.form
    if not isinstance(open_now, RaiseForm):
        began = kept.raising
        raise_in(screen, began[0] if began else kept.free())
    elif open_now.typed or kept.raising:
        open_now.flush()
        if open_now.others:
            raise_in(screen, open_now.others[-1 if open_now.typed else 0], been=open_now.been | {open_now.place})
        else:
            raise_in(screen, kept.free() if open_now.typed else kept.raising[0])


def raise_in(screen: "DeskScreen[Any]", place: str, been: frozenset[str] = frozenset()) -> None:
    """Open the form with what was typed in that place before."""
    program = screen.program
    # Who signs later does not sign for what was raised before.
    desk, site = copy.copy(screen.desk), program.site
    others = sum(other != place for other in program.kept.raising)

    def said(problem: Problem) -> str:
        goes = f" {site.above} gets to know." if problem.hops else ""
        return f'Raised: "{problem.title[:50]}"{goes}'

    def wait(one: Raising) -> None:
        """Let it wait: it tells those above, and can be taken back before it does."""
        program.kept.keep(place, form.answers, typed=["title"])
        program.leaving.ask(
            Leave(
                line=place,
                place=place,
                to=site.above,
                typed=one.title,
                work=lambda: one.record(desk),
                said=said,
                again=lambda over: raise_in(over, place),
                urgent=one.now,
                warning=guarding.leaving(one.title),
            )
        )

    def recorded(told: Problem | Raising) -> None:
        if isinstance(told, Raising):
            wait(told)
        else:
            screen.say(f'The same one again: noted on "{told.title[:50]}"' if form.same else said(told))

    form: RaiseForm

    def save(answers: Answers) -> Problem | Raising:
        if form.same:
            return problems.note(desk, form.same, text=f"Same one, again: {answers['title']}")
        one = raising(desk, site, answers, guess=form.guesses)
        # A spare tells nobody but of what is needed now: to tell is a turn.
        tells = one.now if site.spare else one.goes_up
        if tells and site.above and program.leaving.patience.of(urgent=one.now):
            trying(desk, lambda: one.record(desk))()
            return one
        return one.record(desk)

    form = RaiseForm(
        screen,
        site,
        place,
        been,
        save=save,
        then=recorded,
        kept=lambda answers: program.kept.keep(place, answers, typed=["title"]),
        right="" if not others else f"{others} other line{'s are' if others > 1 else ' is'} kept",
    )
    screen.ask(form)
