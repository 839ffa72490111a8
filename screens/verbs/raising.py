"""F2 over any screen: what is wrong, of which kind, how urgent. The title alone is enough."""

from typing import TYPE_CHECKING, Any

from screens.form import Answers, Ask, Form
from screens.kept import RAISE
from screens.line import text
from wsq_huddle.domain.problems import Urgency
from wsq_huddle.services import problems

if TYPE_CHECKING:
    from screens.frame import DeskScreen
    from wsq_huddle.domain.problems import Problem
    from wsq_huddle.services.desk import Desk
    from wsq_huddle.services.sites import Kind, Site

_URGENCIES = (Urgency.TODAY.value, Urgency.NOW.value, Urgency.ROUTINE.value)
_OTHER = "other"
_WAIT = 0.15


class RaiseForm(Form):
    """The form. The kind is guessed from earlier problems until somebody chooses one."""

    def __init__(self, screen: "DeskScreen[Any]", site: "Site", **options: Any) -> None:  # noqa: ANN401 - those of a form
        kinds = tuple(_word(kind) for kind in site.kinds)
        self._screen, self._site = screen, site
        draft = screen.program.kept.of(RAISE)
        self._guessed = draft.get("guessed", draft.get("kind", ""))
        self._title = draft.get("title", "")
        if not draft.get("kind"):
            draft = {**draft, "kind": _word_of(site, _OTHER)}
            self._guessed = draft["kind"]
        asks = (
            Ask("title", "What is wrong?", limit=200, must=True),
            Ask("kind", "Kind", "its letter or Space changes", choices=kinds, one=True),
            Ask("urgency", "When", "Space changes", choices=_URGENCIES, one=True),
        )
        super().__init__("RAISE A PROBLEM", asks, draft=draft, quick=True, again="raise_problem", **options)

    def on_mount(self) -> None:
        super().on_mount()
        self.below.put([text()])
        self.changed()

    def changed(self) -> None:
        """Guess the kind anew when the title has changed, and say what comes before all huddles."""
        title = self.answers["title"]
        if title != self._title and self.guesses:
            self._title = title
            self.set_timer(_WAIT, self._guess)
        self.below.put([text(self._words())])

    @property
    def guesses(self) -> bool:
        """Whether nobody has chosen a kind."""
        return self.answers["kind"] == self._guessed

    def _words(self) -> str:
        site = self._site
        if self.answers["urgency"] == Urgency.NOW.value:
            first = f"Not for emergencies: call {site.emergency} first.  " if site.emergency else ""
            return f"   {first}{site.above} is told at once." if site.above else f"   {first}"
        return ""

    def _guess(self) -> None:
        title = self._title
        if self.is_attached and title == self.answers["title"]:
            desk = self._screen.desk
            self._screen.aside(lambda: problems.like(desk, title), self._take, group="guess")

    def _take(self, key: str) -> None:
        word = _word_of(self._site, key)
        if self.is_attached and self.guesses:
            self._guessed = word
            self.put("kind", word)


def raise_form(screen: "DeskScreen[Any]") -> Form:
    """Make the form with what was typed in it before."""
    program, desk = screen.program, screen.desk
    site = program.site
    others = program.kept.besides(RAISE)

    def recorded(problem: "Problem") -> None:
        screen.say(f'Raised: "{problem.title[:60]}"')

    form: RaiseForm

    def save(answers: Answers) -> "Problem":
        return raise_at(desk, site, answers, guess=form.guesses)

    form = RaiseForm(
        screen,
        site,
        save=save,
        then=recorded,
        kept=lambda answers: program.kept.keep(RAISE, answers, typed=["title"]),
        place=RAISE,
        right="" if not others else f"{others} other line{'s are' if others > 1 else ' is'} kept",
    )
    return form


def raise_at(desk: "Desk", site: "Site", answers: Answers, *, guess: bool = False) -> "Problem":
    """Record it; runs in the writing thread. A kind that nobody chose is guessed from all of the title."""
    kind = next((kind.key for kind in site.kinds if _word(kind) == answers.get("kind")), _OTHER)
    if guess:
        kind = problems.like(desk, answers["title"])
    urgency = Urgency(answers.get("urgency") or Urgency.TODAY)
    return problems.raise_at(desk, title=answers["title"], category=kind, urgency=urgency)


def _word(kind: "Kind") -> str:
    return f"{kind.letter} {kind.name}"


def _word_of(site: "Site", key: str) -> str:
    found = next((kind for kind in site.kinds if kind.key == key), None)
    return _word(found or site.kinds[-1])
