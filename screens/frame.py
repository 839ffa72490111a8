"""What all screens have in common: line 1, line 2, the list, one notice, two lines of keys, and a form when needed.

A screen says what it reads (`look`, in a thread), how that is shown (`show`), which keys the chosen line allows
(`offers`) and what they do (`action_...`). It is shown again after every entry, whoever made it, and once a minute.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Region
from textual.widget import Widget

from screens import guarding, keys, spares
from screens.asked import Closed, Refused
from screens.cells import cut, wrapped
from screens.drawn import WIDEST
from screens.foot import Foot, Offer
from screens.head import Head, Heading
from screens.line import Said, text
from screens.lines import Lines
from screens.marks import Tone
from screens.reading import Reading, Seen
from screens.steps import Steps
from screens.words import Words

if TYPE_CHECKING:
    from textual.timer import Timer

    from screens.form import Form
    from wsq_huddle.services.desk import Desk

_MINUTE = 60
_KEPT = 40
_USUAL, _NOTICE = 80, 3


def kept_words(typed: str, key: keys.Key | None, given: Mapping[str, str]) -> str:
    """Say what was kept, and the key that goes on with it; what may identify a patient is not shown to passers-by."""
    told = "Kept: a line that may identify a patient" if guarding.leaving(typed) else f'Kept: "{cut(typed, _KEPT)}"'
    return f"{told}  {keys.name(key, given)} go on" if key else told


class DeskScreen(Reading[Seen]):
    """The frame of a screen. `KEY` is the id of the key that opens it, `LABEL` its name for people."""

    KEY: ClassVar[str] = ""
    LABEL: ClassVar[str] = ""
    AUTO_FOCUS = "Lines"
    ALLOW_SELECT = False
    # Not `CSS`: for that Textual parses all styles once more, before the first frame and at each new screen.
    DEFAULT_CSS = "DeskScreen { background: $background; overflow: hidden; layout: vertical; .slot { height: auto; } }"

    def __init_subclass__(cls, **kwargs: bool) -> None:
        cls.BINDINGS = keys.bindings_of(cls)
        super().__init_subclass__(**kwargs)

    def __init__(self) -> None:
        super().__init__()
        self.head_line = Head()
        self.steps = Steps()
        self.lines = Lines()
        self.below = Words()
        self.notice_line = Words([text()])
        self.foot = Foot()
        self._slot = Vertical(classes="slot")
        self._focus_moves = False
        self.form: Form | None = None
        self._said: Said | None = None
        self._clock: Timer | None = None
        self._minute = ""

    # What a screen says about itself

    def heading(self) -> Heading:
        """Say what stands on line 1."""
        return self.program.heading()

    def offers(self) -> Sequence[Offer]:
        """Say which keys the chosen line allows, in their order on line 23."""
        return ()

    def standing(self) -> str:
        """Say what stands on line 22 when there is nothing else to say: the problem that somebody began to raise."""
        program = self.program
        began = program.kept.raising if self.form is None else []
        words = program.kept.of(began[0]).get("title", "") if began else ""
        return kept_words(words, keys.BY_ID["raise_problem"], program.keys_given) if words else ""

    def lasting(self) -> str:
        """Say what stands on line 22 as long as nothing is noticed: what has not left yet, else what is standing."""
        told = self.program.leaving.words(typing=self.typing) or self.standing()
        return told or spares.banner(self)

    def chose(self) -> None:
        """Do what follows when another line was chosen, such as to fill `self.below`."""

    # What a screen can use

    @property
    def desk(self) -> "Desk":
        """The desk. `look`, `show` and actions run only when there is one."""
        return cast("Desk", self.program.desk_now)

    @property
    def chosen(self) -> str:
        """The id of the chosen line; empty if there is none."""
        return self.lines.chosen

    @property
    def about(self) -> str:
        """What the keys are about now: the chosen line, or what the whole screen is of."""
        return self.chosen

    def now(self) -> datetime:
        """Give the local time of the desk."""
        return self.program.now()

    def say(self, words: str, tone: Tone = Tone.STRONG) -> None:
        """Put a notice on line 22; it stays until the next key."""
        self._said = Said(words, tone)
        self._notice()

    def hush(self) -> None:
        """Take the notice away; the app calls this at each key."""
        if self._said is not None:
            self._said = None
            self._notice()

    def ask(self, form: "Form") -> None:
        """Open a form over the lower third; nothing above it moves. One that is open is kept first."""
        self.close_form()
        self.form = form
        self._slot.mount(form)
        self._notice()
        self._feet()

    def close_form(self) -> None:
        """Keep what is typed in the open form and take it away."""
        form = self.form
        if form is not None:
            form.flush()
            form.remove()
            self.form = None
            self.lines.focus()
            self._feet()
            if not form.saved and form.typed:
                self.say(kept_words(form.typed, keys.BY_ID.get(form.again), self.program.keys_given))

    # How it works

    def compose(self) -> ComposeResult:
        yield self.head_line
        yield self.steps
        yield self.lines
        yield self.below
        yield self._slot
        yield self.notice_line
        yield self.foot

    def on_screen_resume(self) -> None:
        self.show_again()
        self._wind()

    def on_screen_suspend(self) -> None:
        if self._clock is not None:
            self._clock.stop()
            self._clock = None
        if self.form is not None:
            self.form.flush()

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Repaint, but not all of it only because the focus moves, as Textual does."""
        if regions or layout or recompose or not self._focus_moves:
            super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's signature
        self._focus_moves = True
        try:
            super().set_focus(widget, scroll_visible, from_app_focus)
        finally:
            self._focus_moves = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let no key of ours do anything before the desk is open."""
        if action in keys.BY_ID and action != "back" and not self.program.ready:
            return False
        if action in spares.REFUSED and self.program.spare:
            return False
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        if self.form is not None:
            self.close_form()
        else:
            self.program.back()

    @on(Lines.Chosen)
    def _chose(self, event: Lines.Chosen) -> None:
        event.stop()
        self.chose()
        self._feet()

    @on(Lines.Opened)
    async def _opened(self, event: Lines.Opened) -> None:
        event.stop()
        if self.program.leaving.waits(self.about):
            self.program.leaving.send(self.about)
        elif hasattr(self, "action_open"):
            await self.run_action("open")

    @on(Closed)
    def _form_closed(self, event: Closed) -> None:
        event.stop()
        if event.form is self.form:
            self.close_form()
            self._notice()

    @on(Refused)
    def _refused(self, event: Refused) -> None:
        event.stop()
        self.say(event.why, Tone.ATTENTION)

    @on(guarding.Guarded)
    def _guarded(self, event: guarding.Guarded) -> None:
        event.stop()
        if event.form is self.form:
            self._notice()

    def on_descendant_focus(self) -> None:
        self._feet()

    def held(self, line: str) -> bool:
        """Say so, and say yes, if what was asked of this line has not left yet: two answers must not follow."""
        waits = self.program.leaving.waits(line)
        if waits:
            undo, now = (keys.name(keys.BY_ID[id_], self.program.keys_given) for id_ in ("undo", "open"))
            self.say(f"This has not left yet: {undo} takes it back, {now} sends it now.", Tone.ATTENTION)
        return waits

    def show_bars(self) -> None:
        self.lines.note(self.program.leaving.notes)
        self.head_line.tell(self.heading(), self.now())
        self._notice()
        self._feet()

    def _notice(self) -> None:
        guarded = self.form.guard.words if self.form is not None else ""
        told = self._said or guarded or self.lasting()
        # What is longer than the line takes another one from the list above: a notice is never cut.
        words, tone = (told.text, told.tone) if isinstance(told, Said) else (told, Tone.TEXT)
        room = min(self.size.width or _USUAL, WIDEST) - 2
        parts = [words] if len(words) <= room else wrapped(words, room)[:_NOTICE]
        self.notice_line.put([text(Said(part, tone)) for part in parts])

    def _feet(self) -> None:
        program = self.program
        typing = self.typing
        here = self.form.offers if typing and self.form else program.leaving.offers(self) if program.ready else ()
        here = spares.left(here) if self.program.spare and not typing else here
        named = {offer if isinstance(offer, str) else offer[0] for offer in here}
        back = program.behind_this
        always: list[Offer] = []
        for id_ in keys.FOOT:
            if id_ in named or (typing and id_ == "quit"):
                continue
            if id_ == "quit" and back and "back" not in named:
                always.append(("back", back))
            elif hasattr(self, f"action_{id_}") or program.can(id_):
                always.append(id_)
        self.foot.offer(here, always, program.keys_given)

    @property
    def typing(self) -> bool:
        """Whether somebody types in the form."""
        return self.form is not None and (self.focused is None or self.form in self.focused.ancestors)

    def _wind(self) -> None:
        """Wake up with the next minute; with the next second only in the last minute of the huddle."""
        now = self.now()
        ends = self.heading().ends
        last_minute = ends is not None and 0 < (ends - now).total_seconds() <= _MINUTE
        whole = 1 if last_minute else _MINUTE - now.second
        self._minute = f"{now:%H:%M}"
        if self._clock is not None:
            self._clock.stop()
        self._clock = self.set_timer(max(0.05, whole - now.microsecond / 1_000_000), self._tick)

    def _tick(self) -> None:
        if f"{self.now():%H:%M}" == self._minute:
            self.head_line.tell(self.heading(), self.now())
        else:
            self.show_again()
        self._wind()
