"""The form over the lower third of a screen: a few labelled lines, kept while they are typed.

Tab and Enter go on, Enter on the last line saves, Esc keeps what is typed and goes back. Whoever opens it says what
to do with a draft (`kept`, at once) and with what is saved (`save`, in the writing thread; `then` goes on with its
result on the screen). What `save` refuses is told, and the form stays as it is. The draft in `place` goes with the
transaction that `save` records: a program that ends in between leaves the one or the other, never both.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from screens import keys
from screens.asked import Closed, Refused
from screens.asks import Ask
from screens.cells import harmless
from screens.drawn import WIDEST
from screens.field import Choice, Field, Label, made
from screens.foot import Offer, offers_of
from screens.guarding import Guard, Guarded
from screens.line import Line, rule
from screens.marks import Tone
from screens.words import Words
from screens.writing import recording, trying
from wsq_huddle.errors import HuddleError

if TYPE_CHECKING:
    from textual.timer import Timer

    from screens.app import HuddleApp
    from wsq_huddle.services.desk import Desk

Answers = dict[str, str]

# A line that is being typed is a draft in the store within half a second.
KEPT_AFTER = 0.4
_BEFORE, _BEHIND = 3, 2


class Form(Vertical):
    """The form. `draft` are answers kept from before, `below` are lines that stand under the fields.

    Without a draft the words that are `offered` stand in it, to be changed; they are not what somebody typed. With
    `quick` Enter saves on every line. `again` is the id of the key that opens it again. With `waits` nothing is saved
    yet: the rules are asked whether it may be, then `waits` takes over; the draft stays until it is recorded.
    """

    DEFAULT_CSS = f"""
    Form {{ height: auto; max-width: {WIDEST}; background: $background; }}
    Form > Horizontal {{ height: 1; }}
    """
    BINDINGS = keys.bindings(("keep", "change_field", "field_before", "field_down", "field_up"))

    def __init__(  # noqa: PLR0913 - all but two by name
        self,
        title: str,
        asks: Sequence[Ask],
        *,
        save: Callable[[Answers], Any],
        then: Callable[[Any], None] = lambda _result: None,
        kept: Callable[[Answers], None] = lambda _answers: None,
        draft: Mapping[str, str] | None = None,
        offered: Mapping[str, str] | None = None,
        right: str = "",
        below: Sequence[Line] = (),
        offers: Sequence[Offer] = (),
        quick: bool = False,
        again: str = "",
        place: str = "",
        waits: Callable[[Answers], None] | None = None,
    ) -> None:
        super().__init__()
        self.again = again
        self.place, self._waits = place, waits
        self.offers = tuple(offers) or offers_of(asks, quick=quick)
        self.title = title
        self.asks = tuple(asks)
        self.below = Words(below)
        self._right = right
        self._save, self._then, self._kept = save, then, kept
        self._quick = quick
        self._offered = offered or {}
        kept_before = draft or self._offered
        self._widgets = [made(ask, kept_before.get(ask.name, "")) for ask in asks]
        self.labels: dict[str, Label] = {}
        self._reported = self.answers
        self.guard = Guard(asks)
        self._timer: Timer | None = None
        self._done = self._saving = self._saved = False
        self._here = False

    def compose(self) -> ComposeResult:
        yield Words([rule(self.title, self._right)])
        for at, ask in enumerate(self.asks):
            if not ask.beside:
                yield Horizontal(*self._row(at))
        yield self.below

    @property
    def margin(self) -> int:
        """How far from the left the answers stand."""
        return max(cell_len(ask.label) for ask in self.asks) + _BEFORE + _BEHIND

    def _row(self, at: int) -> Iterator[Widget]:
        """Give what stands in one line: a label, an answer and those beside it, a hint."""
        label = self.labels[self.asks[at].name] = Label(" " * _BEFORE + self.asks[at].label, self.margin)
        yield label
        more = itertools.takewhile(lambda ask: ask.beside, self.asks[at + 1 :])
        for ask, widget in zip((self.asks[at], *more), self._widgets[at:], strict=False):
            yield widget
            if ask.hint:
                yield Label(f"  {ask.hint} ", len(ask.hint) + 3, Tone.MUTED)

    def on_mount(self) -> None:
        self._widgets[0].focus()
        self._here = True
        self._watch()

    @property
    def here(self) -> bool:
        """Whether it has come, and the cursor stands in it: to the lines behind it, what is typed would be commands."""
        return self._here

    @property
    def answers(self) -> Answers:
        """What stands in the fields now, as it was typed."""
        return {ask.name: widget.value for ask, widget in zip(self.asks, self._widgets, strict=True)}

    @property
    def typed(self) -> str:
        """The first words that somebody typed, to say what was kept."""
        asked = zip(self.asks, self._widgets, strict=True)
        fields = ((ask.name, one) for ask, one in asked if isinstance(one, Field) and not one.secret)
        typed = ((name, " ".join(field.value.split())) for name, field in fields)
        return next((words for name, words in typed if words and words != self._offered.get(name)), "")

    @property
    def saved(self) -> bool:
        """Whether it is done with because it was saved."""
        return self._saved

    @property
    def saving(self) -> bool:
        """Whether it is being saved right now."""
        return self._saving

    def changed(self) -> None:
        """Do what follows each change of an answer, such as to guess another; quickly."""

    def put(self, name: str, answer: str) -> None:
        """Put an answer into the line of that name, as if it had been typed."""
        self._widget_of(name).value = answer

    def flush(self) -> None:
        """Report the draft now if it has changed since the last time."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._watch()
        # What is being saved is kept already, and its draft goes with what it records: none may follow behind.
        if not (self._done or self._saving) and self.answers != self._reported:
            self._reported = self.answers
            self._kept(self._reported)

    def _watch(self) -> None:
        """Let the screen say what may identify a patient in what is typed by now."""
        if self.guard.look(self.answers):
            self.post_message(Guarded(self))

    def action_keep(self) -> None:
        self.flush()
        self._close(saved=False)

    def focus_at(self, name: str) -> None:
        """Go to the line of that name."""
        self._widget_of(name).focus()

    def action_change_field(self) -> None:
        at = next((at for at, widget in enumerate(self._widgets) if widget.has_focus), None)
        # What is empty keeps nobody where each line may be the last one.
        if at is None or not self._stays(at, self.asks[at].amiss(self._widgets[at].value), unless_empty=self._quick):
            self.screen.focus_next()

    def action_field_down(self) -> None:
        self.action_change_field()

    def action_field_before(self) -> None:
        self.screen.focus_previous()

    def action_field_up(self) -> None:
        self.screen.focus_previous()

    def amiss(self, ask: Ask) -> str:
        """Say what the answer to this cannot be when Enter leaves its line; empty if there is nothing to say."""
        return ask.amiss(self.answers[ask.name])

    def _stays(self, at: int, why: str, *, unless_empty: bool = False) -> bool:
        """Say at its line what is amiss there, and keep the cursor in it."""
        if not why or (unless_empty and not self._widgets[at].value.strip()):
            return False
        self._widgets[at].focus()
        self.post_message(Refused(self, why))
        return True

    def _widget_of(self, name: str) -> Field | Choice:
        return self._widgets[[ask.name for ask in self.asks].index(name)]

    @on(Input.Changed)
    @on(Choice.Changed)
    def _typed(self, event: Message) -> None:
        event.stop()
        if self._timer is None and not (self._done or self._saving):
            self._timer = self.set_timer(KEPT_AFTER, self.flush)
        self.changed()

    @on(Input.Submitted)
    @on(Choice.Submitted)
    def _entered(self, event: Message) -> None:
        event.stop()
        widgets = self._widgets
        at = next((at for at, widget in enumerate(widgets) if widget.has_focus), len(widgets) - 1)
        if at < len(widgets) - 1 and not self._quick:
            if not self._stays(at, self.amiss(self.asks[at])):
                widgets[at + 1].focus()
        else:
            self.enter()

    def enter(self) -> None:
        """Save what stands in it, as Enter on the last line does."""
        if self._saving or self._done:
            return
        if any(self._stays(at, self.amiss(ask)) for at, ask in enumerate(self.asks)):
            return
        self.flush()
        self._saving = True
        answers = {name: " ".join(harmless(answer).split()) for name, answer in self.answers.items()}
        program = cast("HuddleApp", self.app)
        # By the program: another form may come while this one is saved, and what is saved is told all the same.
        program.run_worker(self._record(program, answers), exit_on_error=False, group="save")

    async def _record(self, program: "HuddleApp", answers: Answers) -> None:
        """Save in the writing thread; a refusal leaves the form open, with everything in it."""
        desk, typed = cast("Desk", program.desk_now), program.kept.text(self.place)
        work: Callable[[], Any] = recording(desk, lambda: self._save(answers), self.place)
        if self._waits is not None:
            work = trying(desk, lambda: self._save(answers))
        try:
            result = await program.writer.of(program.writer.submit(work))
        except HuddleError as error:
            self._refused(program, str(error))
        except Exception as error:  # noqa: BLE001 - what was typed stays, whatever went wrong
            why = f"That did not work. Please ring IT; a report is at {program.report(error)}"
            self._refused(program, why)
        else:
            self._close(saved=True)
            if self._waits is not None:
                self._waits(answers)
            else:
                program.kept.recorded(self.place, typed)
                self._then(result)
        finally:
            self._saving = False
            self.flush()

    def _refused(self, program: "HuddleApp", why: str) -> None:
        """Say why it was not saved, also when another form has come meanwhile."""
        if self.is_attached:
            # To the line that is quoted, or to the first one: what is typed next is the answer that was amiss.
            fields = [one for one in self._widgets if isinstance(one, Field) and f'"{one.value.strip()}"' in why]
            amiss = (fields or self._widgets)[0]
            if isinstance(amiss, Field) and amiss.secret:
                amiss.choose_all()  # nobody sees which letter was wrong
            amiss.focus()
            self.post_message(Refused(self, why))
        else:
            program.tell(why, Tone.ATTENTION)

    def _close(self, *, saved: bool) -> None:
        if not self._done:
            self._done, self._saved = True, saved
            self.post_message(Closed(self, saved))
