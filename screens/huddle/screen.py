"""The huddle: six steps, two keys. Space is fine, Enter tells; everything is recorded at once, step by step."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events, on

from screens import times
from screens.drawn import WIDEST
from screens.foot import Offer
from screens.form import Form
from screens.frame import DeskScreen
from screens.head import Heading
from screens.huddle import reading
from screens.huddle.close import Close
from screens.huddle.decide import Decide
from screens.huddle.help import Help
from screens.huddle.lasttime import LastTime
from screens.huddle.part import ASIDE
from screens.huddle.place import Place
from screens.huddle.plan import Plan
from screens.huddle.reading import Seen
from screens.huddle.status import Status
from screens.huddle.targets import Targets
from screens.huddle.verbs import LETTERS, Verbs
from screens.steps import Steps
from wsq_huddle.domain.summaries import HIGH_TIER

if TYPE_CHECKING:
    from screens.huddle.part import Part

_HIGH, _TOP, _MANY, _USUAL = 30, 4, 6, 80
_ERASE = frozenset({"backspace", "ctrl+h"})


class HuddleScreen(Verbs, DeskScreen[Seen]):
    """Today's huddle of this node."""

    DEFAULT_CSS = "HuddleScreen { layers: default beside; }"

    LABEL = "Huddle"

    def __init__(self) -> None:
        super().__init__()
        helping = Decide if self.desk.tier >= HIGH_TIER else Help
        self.parts: tuple[Part, ...] = tuple(kind(self) for kind in (LastTime, Targets, Status, Plan, helping, Close))
        self.at = 0
        self.place = Place(self)
        self.been: set[Part] = set()
        self._before = ""

    @property
    def part(self) -> "Part":
        return self.parts[self.at]

    def look(self) -> Seen:
        return reading.look(self.desk)

    def show(self, seen: Seen) -> None:
        """Show what was read; a huddle that was left alone where it was left."""
        if self.place.restore(seen):
            self._before = ""
        self._draw(seen)

    def redraw(self) -> None:
        """Show what is known now, after a change that is not recorded yet."""
        if self.seen is not None:
            self._draw(self.seen)

    def show_bars(self) -> None:
        """Show what surrounds the list, and the question above it: what waits to leave counts as asked for."""
        super().show_bars()
        self.redraw()

    def again(self, then: Callable[[Seen], None]) -> None:
        """Read anew, then go on with what there is now."""
        desk = self.desk

        def go_on(seen: Seen) -> None:
            self.seen = seen
            self._draw(seen)
            then(seen)

        self.aside(lambda: reading.look(desk), go_on, group="again")

    def _draw(self, seen: Seen) -> None:
        self.been.add(self.part)
        done = frozenset(at for at, part in enumerate(self.parts) if part.through(seen) and at != self.at)
        author = self.desk.author.removeprefix(f"{self.desk.name} ")
        signs = "/".join(times.brief(name) for name in author.split(" for ", 1))
        signs += ", covers" if author in seen.covers else ""
        # Names say what they are by themselves, where there is not room for the word.
        self.steps.tell([part.NAME for part in self.parts], self.at, done, right=f"signs: {signs}", brief=signs)
        head = self.part.head(seen)
        self.lines.whole = self.part.whole(seen)
        self.lines.put([*head, *self.part.lines(seen)], pinned=len(head))
        self.place.reach()
        self.tell_below()

    def heading(self) -> Heading:
        told, seen = self.program.heading(), self.seen
        if seen is None:
            return told
        ends = seen.ends.astimezone(self.now().tzinfo) if seen.ends and seen.open else None
        left = "closed" if seen.closed else ""
        return Heading(f"{told.place} huddle", ends=ends, left=left, mark=told.mark, link=told.link)

    def standing(self) -> str:
        away, told = self.place.away(), super().standing() or self.place.kept()
        if not told and not away and self.seen is not None and self.form is None:
            told = self.part.standing(self.seen, self.chosen)
        return away + told

    def offers(self) -> Sequence[Offer]:
        if self.seen is None:
            return ()
        here = list(self.part.offers(self.seen, self.chosen))
        if len(here) >= _MANY:
            return here
        return [*here, *(["step_on"] if self.at < len(self.parts) - 1 else [("step_back", "Step back")])]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let only those keys do something that the chosen line offers; what is for all steps always does."""
        if action in _ONLY_OFFERED:
            offered = {offer if isinstance(offer, str) else offer[0] for offer in self.offers()}
            offered |= set(self.part.commands(self.seen, self.chosen) if self.seen is not None else ())
            if action not in offered:
                return False
        return super().check_action(action, parameters)

    def on_screen_suspend(self) -> None:
        """Keep the place at once when another screen comes."""
        self.place.flush()

    def chose(self) -> None:
        if self.seen is not None:
            if self._before and self._before != self.chosen:
                self.part.left(self.seen, self._before)
            self._before = self.chosen
            if self.part.follows(self.seen):
                self._draw(self.seen)
            self.tell_below()
            self._notice()
            self.place.keep()

    def ask(self, form: Form) -> None:
        """Open a form; what belongs to the chosen line makes room for it."""
        super().ask(form)
        self.tell_below()

    def close_form(self) -> None:
        super().close_form()
        self.tell_below()

    @property
    def wide(self) -> bool:
        """Whether what belongs to the chosen line stands beside the list."""
        there = self.size.width >= WIDEST and self.size.height >= _HIGH
        return there and self.seen is not None and self.part.beside(self.seen)

    @property
    def room(self) -> int:
        """How many columns a line of the list has."""
        return ASIDE if self.wide else min(self.size.width or _USUAL, WIDEST)

    def on_resize(self) -> None:
        self.redraw()

    def tell_below(self) -> None:
        """Show what belongs to the chosen line, below the list or beside it."""
        if self.seen is not None:
            wide = self.wide
            self.lines.styles.width = ASIDE if wide else None
            self.below.styles.layer = "beside" if wide else "default"
            self.below.styles.offset = (ASIDE, _TOP) if wide else (0, 0)
            self.below.styles.width = WIDEST - ASIDE if wide else None
            self.below.put(self.part.below(self.seen, self.chosen))

    # Where one is

    def go(self, at: int) -> None:
        """Open another step; a number that was being typed counts."""
        if self.seen is None or not 0 <= at < len(self.parts) or at == self.at:
            return
        self.part.left(self.seen, self.chosen)
        self.close_form()
        self.at, self._before = at, ""
        self._draw(self.seen)
        self.lines.action_first()
        self.place.keep()
        self.show_bars()

    def next_line(self) -> None:
        """Go on to the next line; behind the last one to the next step that is not through."""
        if not self.lines.choose_next():
            self.next_step()

    def next_open(self, about: str) -> None:
        """Go on to the next line once what was recorded about this one is known."""
        if self.chosen == about:
            self.lines.choose_next()

    def next_step(self) -> None:
        """Go on to the next step that has something in it; the last one is always there."""
        if self.seen is None:
            return
        last = len(self.parts) - 1
        later = (at for at in range(self.at + 1, last) if not self.parts[at].through(self.seen))
        self.go(next(later, last))

    @on(Steps.Stepped)
    def _stepped(self, event: Steps.Stepped) -> None:
        event.stop()
        self.go(event.at)

    # Keys

    def action_fine(self) -> None:
        if self.seen is not None:
            self.part.fine(self.seen, self.chosen)

    def action_open(self) -> None:
        if self.seen is not None:
            self.part.tell(self.seen, self.chosen)

    def action_rest(self) -> None:
        if self.seen is not None:
            self.part.rest(self.seen, self.chosen)

    def action_number(self, digit: int) -> None:
        if self.seen is not None:
            # Before the number: whoever finds it again stands in its line.
            self.place.flush()
            self.part.number(self.seen, self.chosen, str(digit))

    def action_step_back(self) -> None:
        self.go(self.at - 1)

    def action_step_on(self) -> None:
        self.go(self.at + 1)

    def action_back(self) -> None:
        if self.form is None and self.seen is not None:
            self.place.leave()
        super().action_back()

    def action_write_out(self) -> None:
        """Write what this huddle came to, to carry it up or read it out."""
        from screens.written import write_out  # noqa: PLC0415 - only who prints it
        from wsq_huddle.services import reports  # noqa: PLC0415 - only when w is pressed

        if self.seen is not None:
            sitting = self.seen.sitting
            write_out(self, lambda desk: reports.write_huddle(desk, sitting))

    def on_key(self, event: events.Key) -> None:
        if event.key in _ERASE and self.form is None and self.seen is not None:
            self.part.erase(self.seen, self.chosen)


_ONLY_OFFERED = LETTERS | {"rest", "write_out"}
