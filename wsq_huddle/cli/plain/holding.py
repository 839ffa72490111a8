"""The whole huddle, prompt by prompt: opened, on and back, closed; it goes on where it was left."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from types import ModuleType

from screens import times
from wsq_huddle.cli.asked import Asked
from wsq_huddle.cli.opening import desk_of
from wsq_huddle.config import load
from wsq_huddle.domain import spares
from wsq_huddle.domain.huddles import State
from wsq_huddle.domain.links import Touch
from wsq_huddle.errors import HuddleError, UsageError
from wsq_huddle.services import huddles, links, senders, signing
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.exchanges import run_beside

from . import close, helping, last_time, plan, status, targets
from .asking import raise_at
from .room import Prompt, Room
from .talk import BACK, NEXT, Stopped, Talk, Turned

STEPS: tuple[ModuleType, ...] = (last_time, targets, status, plan, helping, close)
"""The steps in their order; each has a NAME, a `head` that is said, and its `prompts`."""

_ENDING = 15.0
_SENDING, _LOOK = 5.0, 0.1


def hold(asked: Asked) -> int:
    """Hold the huddle of this node on stdin and stdout; gives the exit code."""
    if asked.json:
        raise UsageError("--plain is for people; `wsq-huddle huddle show --json` is for programs.")
    desk = desk_of(asked, load(asked.config), running=True)
    try:
        with _beside(desk):
            Held(desk, Talk(sys.stdin, sys.stdout), sends=bool(desk.parent and desk.settings.link.url)).run()
    finally:
        desk.store.close()
    return 0


_OPEN = frozenset({"open", "o"})


class Held:
    """A huddle that is being held. With `sends` the link runs beside it."""

    def __init__(self, desk: Desk, talk: Talk, *, sends: bool = False) -> None:
        self.room = Room(desk, talk)
        self.talk = talk
        self._sends = sends
        talk.raises = partial(raise_at, self.room)
        self._before: list[str] = []
        """The keys of the prompts that were answered, for `back`."""

    def run(self) -> None:
        """Hold it to its end, or as far as somebody wants."""
        try:
            if self._opened():
                self._walk()
                self._let_go()
                self.room.look()
                if self.room.state is State.OPEN:  # somebody has gone on past the last line
                    self._left()
                else:
                    self.talk.say(*close.closed(self.room))
        except Stopped:
            self._left()
        except KeyboardInterrupt:
            self.talk.say("")  # the terminal stands behind its ^C
            self._left()

    def _let_go(self) -> None:
        """Give what is to go out a moment to be gone, so that it can be said that it has arrived."""
        ends = time.monotonic() + _SENDING
        while self._sends and time.monotonic() < ends:
            link = links.up(self.room.desk)
            if link.touch is not Touch.IN_TOUCH or not link.waiting:
                return
            time.sleep(_LOOK)

    def _left(self) -> None:
        self._let_go()
        waiting = links.up(self.room.desk).waiting
        told = [senders.parting(self.room.desk, waiting)] if waiting else []
        self.talk.say("Everything is kept. wsq-huddle --plain goes on where you were.", *told)

    def _opened(self) -> bool:
        """See to it that there is an open huddle; say which one it is."""
        room, talk = self.room, self.talk
        now = room.local(room.desk.now())
        on, planned = room.sitting.on, room.sitting.planned
        begins = f", planned for {times.clock(room.local(planned.planned_at))}" if planned else ""
        talk.say(f"{room.desk.name} huddle, {times.full_day(on)}{begins}. It is {times.clock(now)}.")
        talk.say("Enter says fine, said or none; words tell; ? helps, ! raises a problem, back, next, stop.")
        if room.spare:
            talk.say(spares.words(room.desk.name))
        match room.state:
            case State.OPEN:
                talk.say(f"It is open. {room.left()}")
            case State.CLOSED | State.SKIPPED:
                told = "It is closed." if room.state is State.CLOSED else "It was called off."
                if room.spare:
                    talk.say(told)
                    return False
                while (said := talk.ask(f"{told} Enter = leave it so, open = go on with it.")).casefold() not in _OPEN:
                    if not said:
                        return False
                    talk.say(f'"{said}" was not taken in.')
                huddles.reopen(room.desk, room.sitting)
            case _:
                self._start()
        room.look()
        return True

    def _start(self) -> None:
        room, talk, desk = self.room, self.talk, self.room.desk
        while True:
            offered = desk.author if desk.named else desk.role
            leader = talk.ask(f"Who leads? Enter = {offered}.", names=True)
            types = talk.ask("Who types? Enter = who leads.", names=True) if desk.tier > 1 else ""
            try:
                if leader or types:
                    room.sign(types or leader, leader if types else "")
                named = signing.person(desk, leader) if leader else desk.author
                huddles.open_today(desk, leader=named)
            except HuddleError as no:
                talk.say(str(no))
            else:
                return

    def _walk(self) -> None:
        """Ask one line after the other; a line that comes up meanwhile is asked when its place is reached."""
        at = self._first()
        told = STEPS.index(at[0]) - 1 if at and self._begun else -1
        while at is not None:
            which, prompt = at
            place = STEPS.index(which)
            for step in STEPS[told + 1 : place] if place > told else ():
                self._tell_step(step)  # one without a line says at least what it would ask
            if place != told:
                self._tell_step(which)
            told = place
            passed = [one.key for _, one in self._prompts()]
            at = self._ask(prompt, passed[: passed.index(prompt.key) + 1])

    def _ask(self, prompt: Prompt, passed: list[str]) -> tuple[ModuleType, Prompt] | None:
        """Ask one line until it is answered; gives the line that comes then."""
        while True:
            try:
                typed = self.talk.ask(prompt.words, *prompt.more)
                told = prompt.answer(typed)
            except HuddleError as no:
                self.talk.say(str(no))
                continue
            except Turned as turned:
                return self._turned(turned.where, prompt, passed)
            if told:
                self.talk.say(told)
            return self._onwards(prompt, passed)

    def _turned(self, where: str, prompt: Prompt, passed: list[str]) -> tuple[ModuleType, Prompt] | None:
        if where == NEXT:
            return self._onwards(prompt, passed)
        self.room.look()
        known = {one.key: (step, one) for step, one in self._prompts()}
        if where == BACK:
            while self._before:
                key = self._before.pop()
                if key in known:
                    return known[key]
            self.talk.say("There is nothing before this line.")
            return known.get(prompt.key) or self._first()
        return self._still_open() or self._last("Everything has its answer.")

    def _onwards(self, prompt: Prompt, passed: list[str]) -> tuple[ModuleType, Prompt] | None:
        """The line behind those that are passed, as the huddle now is; None behind the last one."""
        self._before.append(prompt.key)
        self.room.look()
        behind = set(passed)
        prompts = self._prompts()
        last = max((at for at, (_, one) in enumerate(prompts) if one.key in behind), default=-1)
        return next(((step, one) for step, one in prompts[last + 1 :] if not (one.asks and one.done)), None)

    def _first(self) -> tuple[ModuleType, Prompt] | None:
        """Where it begins: with its first line, or where it was left."""
        if not self._begun:
            return self._prompts()[0]
        return self._still_open() or self._prompts_of(close)[0]

    @property
    def _begun(self) -> bool:
        """Whether something is answered in it."""
        return self.room.huddle is not None and bool(self.room.huddle.answers)

    def _still_open(self) -> tuple[ModuleType, Prompt] | None:
        return next(((step, one) for step, one in self._prompts() if one.asks and not one.done), None)

    def _last(self, told: str) -> tuple[ModuleType, Prompt]:
        self.talk.say(told)
        return self._prompts_of(close)[-1]

    def _prompts(self) -> list[tuple[ModuleType, Prompt]]:
        return [pair for step in STEPS for pair in self._prompts_of(step)]

    def _prompts_of(self, step: ModuleType) -> list[tuple[ModuleType, Prompt]]:
        return [(step, one) for one in step.prompts(self.room)]

    def _tell_step(self, step: ModuleType) -> None:
        """Say which step begins."""
        self.talk.say("", f"{step.NAME}. {self.room.left()}".rstrip(), *step.head(self.room))


@contextmanager
def _beside(desk: Desk) -> Iterator[None]:
    """Run the link and the rules of time meanwhile, as beside the screens."""
    stopping = threading.Event()

    def run() -> None:
        try:
            run_beside(desk, stopping, told=lambda _state: None)
        except HuddleError:
            return  # the store says so at the next thing that is recorded

    thread = threading.Thread(target=run, name="behind", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(_ENDING)
