"""What leaves this node waits a moment in which it can be taken back: ten seconds, three for what is needed now.

    form    Enter   the rules are asked; what they refuse stays in the form
    wait            `Cardiac gets it in 10 s, u takes it back`; another screen or step does not stop the clock
            u       takes it back: the form is there again with its words
            Enter   sends it now; so does Ctrl+Q, which leaves nothing behind that somebody has sent
    sent            recorded, with that time and in the name of who asked; its draft goes with it

While it waits it is a draft with a mark beside it (`leaving/PLACE`). A program that is killed leaves both: the mark
says `Not sent`, `u` goes on with it, and nothing ever leaves by itself that nobody sees. The same mark stays when the
rules refuse at the end what they allowed at first, because others were faster.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from screens import keys
from screens.cells import cut
from screens.marks import Tone
from screens.patience import Leave, Patience
from screens.writing import PATIENCE, recording, trying
from wsq_huddle.errors import HuddleError

if TYPE_CHECKING:
    from textual.timer import Timer

    from screens.app import HuddleApp
    from screens.foot import Offer
    from screens.frame import DeskScreen
    from wsq_huddle.services.desk import Desk

MARKED = "leaving/"
"""How the place of the mark beside a draft begins."""

_SHOWN = 40
_ON_THE_WAY = 5
"""The seconds left at which the words change."""


@dataclass(eq=False, slots=True)
class _Waiting:
    """One that waits until `until`, of the machine's own clock; `left` are the seconds that stand on the screen."""

    leave: Leave
    until: float
    left: int
    timer: "Timer | None" = None


class Leaving:
    """All that waits in one window; the last one is taken back first."""

    def __init__(self, program: "HuddleApp", patience: Patience) -> None:
        self._program = program
        self.patience = patience
        self._waiting: list[_Waiting] = []
        self._sending: set[str] = set()
        self._entered = self._fresh = False

    # What screens ask

    def waits(self, line: str) -> bool:
        """Say whether what was asked of a line has not left yet."""
        return bool(line) and any(one.leave.line == line for one in self._waiting)

    @property
    def takes_back(self) -> bool:
        """Whether `u` does something."""
        return bool(self._waiting or self._left_behind)

    @property
    def notes(self) -> Mapping[str, str]:
        """What stands at the right of lines in any list: `leaves in 10 s`."""
        return {one.leave.line: f"leaves in {one.left} s" for one in self._waiting}

    def words(self, *, typing: bool) -> str:
        """What stands on line 22 while something waits, or while something has not been sent."""
        undo = keys.name(keys.BY_ID["undo"], self._program.keys_given)
        if self._waiting:
            one, more = self._waiting[-1], len(self._waiting) - 1
            back = "" if typing else f", {undo} takes it back"
            gets = f"{one.leave.to} get{'' if ', ' in one.leave.to else 's'} it in {one.left} s{back}" + (
                f"; {more} more on the way" if more else ""
            )
            return f"{gets}. {one.leave.warning}" if one.leave.warning else gets
        behind = self._left_behind
        if behind and not typing:
            told = self._program.kept.of(behind[-1])
            return f'Not sent to {told.get("to", "")}: "{cut(told.get("words", ""), _SHOWN)}"  {undo} go on'
        return ""

    def after(self, *, urgent: bool) -> str:
        """Say in a form when it leaves: `10 s after Enter (u takes it back)`."""
        seconds = round(self.patience.of(urgent=urgent))
        undo = keys.name(keys.BY_ID["undo"], self._program.keys_given)
        return f"{seconds} s after Enter ({undo} takes it back)" if seconds else "at once"

    def offers(self, screen: "DeskScreen[Any]") -> "list[Offer]":
        """Give the keys of the chosen line; while something waits, first those that send it or take it back."""
        here, line = list(screen.offers()), screen.about
        if not self.takes_back:
            return here
        if not self._sends(line):
            return ["undo", *here]
        named = [(offer, offer if isinstance(offer, str) else offer[0]) for offer in here]
        kept = [offer for offer, id_ in named if id_ != "open" and not (self.waits(line) and _answers(id_))]
        return [("open", "Send now"), "undo", *kept]

    # What keys do

    def takes(self, key: str, screen: "DeskScreen[Any]") -> bool:
        """Send now if this key on this screen says so; say whether it did."""
        enter = key in keys.pressed_ones(keys.BY_ID["open"], self._program.keys_given)
        self._entered, self._fresh = enter, self._fresh and enter
        if not enter or screen.typing or not self._sends(screen.about):
            return False
        self.send(screen.about)
        return True

    def ask(self, leave: Leave) -> None:
        """Let it wait; the rules have been asked."""
        program, seconds = self._program, self.patience.of(urgent=leave.urgent)
        program.kept.keep(_mark(leave.place), {"to": leave.to, "words": leave.typed}, typed=("to",))
        one = _Waiting(leave, time.monotonic() + seconds, round(seconds))
        self._waiting.append(one)
        self._fresh = self._entered
        self._wind(one)
        self._changed()

    def send(self, line: str) -> None:
        """Send now what waits on that line, or the last one."""
        one = next((one for one in reversed(self._waiting) if one.leave.line == line), self._waiting[-1])
        self._start(one)

    def take_back(self, screen: "DeskScreen[Any]") -> None:
        """Take the last one back, or go on with what was not sent when the program ended."""
        kept = self._program.kept
        if self._waiting:
            one = self._waiting[-1]
            self._drop(one)
            kept.forget(_mark(one.leave.place))
            self._changed()
            screen.lines.choose(one.leave.line)
            screen.say("Taken back: nobody gets it.")
            one.leave.again(screen)
        elif self._left_behind:
            from screens.verbs.again import go_on  # noqa: PLC0415 - after the first frame

            mark = self._left_behind[-1]
            kept.forget(mark)
            self._changed()
            go_on(screen, mark.removeprefix(MARKED))
        else:
            screen.say("Nothing is waiting to be taken back.")

    async def send_all(self) -> str:
        """Send what waits, because the program is left; says what became of it."""
        told = []
        while self._waiting:
            one = self._waiting[0]
            self._drop(one)
            try:
                done = await asyncio.wait_for(self._recorded(one.leave), PATIENCE)
            except (HuddleError, TimeoutError) as error:
                why = str(error).rstrip(".") or "the store is busy"
                told.append(f"Not sent to {one.leave.to}: {why}. It is kept, and there again next time.")
            except Exception as error:  # noqa: BLE001 - what was typed stays, whatever went wrong
                told.append(f"Not sent to {one.leave.to}; it is kept. Please ring IT: {self._program.report(error)}")
            else:
                told.append(f"Sent on leaving. {done}")
        return "\n".join(told)

    # How it works

    @property
    def _left_behind(self) -> list[str]:
        """The marks of what was neither sent nor taken back: the program ended, or the rules refused."""
        busy = {_mark(one.leave.place) for one in self._waiting} | self._sending
        return [place for place, _ in self._program.kept.under(MARKED) if place not in busy]

    def _sends(self, line: str) -> bool:
        """Say whether Enter on this line sends now: it waits, or Enter is the next key after it was asked for."""
        return self.waits(line) or (self._fresh and bool(self._waiting))

    def _wind(self, one: _Waiting) -> None:
        """Wake up once on the way, to say so, and at the end; no more often, because each costs a repaint."""
        ends = one.until - time.monotonic()
        steps = one.left > _ON_THE_WAY
        one.timer = self._program.set_timer(max(0.01, ends - _ON_THE_WAY if steps else ends), lambda: self._woke(one))

    def _woke(self, one: _Waiting) -> None:
        if one not in self._waiting:
            return
        if one.left > _ON_THE_WAY:
            one.left = _ON_THE_WAY
            self._wind(one)
            self._changed()
        else:
            self._start(one)

    def _start(self, one: _Waiting) -> None:
        self._drop(one)
        self._fresh = False
        self._program.run_worker(self._send(one.leave), exit_on_error=False, group="leaving")
        self._changed()

    def _drop(self, one: _Waiting) -> None:
        self._waiting.remove(one)
        if one.timer is not None:
            one.timer.stop()

    async def _send(self, leave: Leave) -> None:
        program = self._program
        try:
            told = await self._recorded(leave)
        except HuddleError as error:
            program.tell(f"Not sent to {leave.to}: {error}", Tone.ATTENTION)
        except Exception as error:  # noqa: BLE001 - what was typed stays, whatever went wrong
            program.tell(f"Not sent. Please ring IT; a report is at {program.report(error)}", Tone.NOT_MET)
        else:
            program.tell(told)
        self._changed()

    async def _recorded(self, leave: Leave) -> str:
        """Record it in the writing thread; its draft and its mark go with it."""
        program, mark = self._program, _mark(leave.place)
        typed, marked = program.kept.text(leave.place), program.kept.text(mark)
        work = recording(cast("Desk", program.desk_now), leave.work, leave.place, mark)
        self._sending.add(mark)
        try:
            result = await program.writer.of(program.writer.submit(work))
        finally:
            self._sending.discard(mark)
        program.kept.recorded(leave.place, typed)
        program.kept.recorded(mark, marked)
        return leave.said(result)

    def _changed(self) -> None:
        self._program.show_bars()


def ask_by_key(screen: "DeskScreen[Any]", leave: Leave, then: Callable[[Any], None]) -> None:
    """Let something leave that asks nothing but a key; `then` goes on when it waits, or was recorded at once."""
    program = screen.program
    leaving, desk = program.leaving, screen.desk
    if leaving.waits(leave.line):
        leaving.send(leave.line)
    elif leave.to and leaving.patience.of(urgent=leave.urgent):

        def allowed(_: None) -> None:
            leaving.ask(leave)
            then(None)

        screen.behind(trying(desk, leave.work), allowed)
    else:
        screen.behind(leave.work, then)


def _answers(key_id: str) -> bool:
    """Whether a key is a verb that must not follow one that has not left yet; a note always may."""
    return key_id == "join" or (bool(keys.BY_ID[key_id].move) and key_id != "note")


def _mark(place: str) -> str:
    return MARKED + place
