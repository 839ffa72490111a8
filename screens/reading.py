"""How a screen reads: in a thread, never in the event loop; what it has read is shown, what fails is said."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast

from textual import on
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from screens.marks import Tone
from screens.writing import recording
from wsq_huddle.errors import HuddleError

if TYPE_CHECKING:
    from screens.app import HuddleApp
    from wsq_huddle.services.desk import Desk

Seen = TypeVar("Seen")
Result = TypeVar("Result")


class DeskLike(Protocol):
    """What the frame itself needs of a desk; screens have all of it."""

    @property
    def name(self) -> str: ...
    @property
    def author(self) -> str: ...
    @property
    def zone(self) -> tzinfo: ...
    @property
    def tier(self) -> int: ...
    def now(self) -> datetime: ...
    def sign_as(self, author: str, on_behalf: str = "", /) -> None: ...
    def listen(self, callback: Callable[..., None], /) -> object: ...


class Reading(Screen[None], Generic[Seen]):
    """A screen that reads in a thread and shows what it has read; calls while it reads become one more reading."""

    @dataclass(eq=False, repr=False)
    class Looked(Message):
        """The thread has read what the screen shows."""

        seen: Any

    @dataclass(eq=False, repr=False)
    class Worked(Message):
        """The thread is through with a piece of work."""

        then: Callable[[Any], None]
        result: Any
        group: str = ""
        number: int = 0

    def __init__(self) -> None:
        super().__init__()
        self.seen: Seen | None = None
        self._looking = self._again = False
        self._asides: dict[str, int] = {}

    def look(self) -> Seen:
        """Read what is to be shown. Runs in a thread: it reads, returns values and touches no widget."""
        return cast("Seen", None)

    def show(self, seen: Seen) -> None:
        """Put what was read on the screen: `self.lines.put(...)`, `self.steps.tell(...)`, `self.below.put(...)`."""

    def say(self, words: str, tone: Tone = Tone.STRONG) -> None:
        """Tell whoever sits there; the frame has a line for it."""

    def show_bars(self) -> None:
        """Draw what stands around the content."""

    @property
    def program(self) -> "HuddleApp":
        return cast("HuddleApp", self.app)

    @contextmanager
    def politely(self) -> Iterator[None]:
        """Turn a refusal into the notice."""
        try:
            yield
        except HuddleError as error:
            self.say(str(error), Tone.ATTENTION)

    def behind(
        self, work: Callable[[], Result], then: Callable[[Result], None] = lambda _result: None, *, place: str = ""
    ) -> None:
        """Do what writes, in the writing thread and in the order of asking, then go on here; a refusal is told.

        What was typed in `place` is no draft any more as soon as it is recorded.
        """
        program = self.program
        typed = program.kept.text(place)

        def recorded(result: Result) -> None:
            program.kept.recorded(place, typed)
            then(result)

        future = program.writer.submit(recording(cast("Desk", program.desk_now), work, place))
        self.run_worker(self._worked_through(future, recorded), exit_on_error=False, group="work")

    def aside(self, work: Callable[[], Result], then: Callable[[Result], None], *, group: str = "aside") -> None:
        """Look something up in a thread of its own, then go on here; only the last one of a group goes on."""

        def run() -> None:
            self.post_message(self.Worked(then, work(), group, number))

        number = self._asides[group] = self._asides.get(group, 0) + 1
        self.run_worker(run, thread=True, exit_on_error=False, group=group)

    async def _worked_through(self, future: Future[Result], then: Callable[[Result], None]) -> None:
        self.post_message(self.Worked(then, await self.program.writer.of(future)))

    def show_again(self) -> None:
        """Read and show again; calls while a reading runs become one more reading."""
        self.show_bars()
        # Textual calls a screen under another current, too, and repaints all of the upper one when the lower one draws.
        if not self.program.ready or self.program.screen is not self:
            return
        if type(self).look is Reading.look:
            self._fill(cast("Seen", None))
        elif self._looking:
            self._again = True
        else:
            self._looking = True
            self.run_worker(self._look, thread=True, exit_on_error=False, group="look")

    @on(Looked)
    def _looked(self, event: Looked) -> None:
        event.stop()
        self._looking = False
        self._fill(event.seen)
        if self._again:
            self._again = False
            self.show_again()

    @on(Worked)
    def _worked(self, event: Worked) -> None:
        event.stop()
        if event.number == self._asides.get(event.group, 0):
            with self.politely():
                event.then(event.result)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong in a thread; it never takes the screens down."""
        event.stop()
        if event.state is not WorkerState.ERROR or event.worker.error is None:
            return
        if event.worker.group == "look":
            self._looking = self._again = False
        error = event.worker.error
        if isinstance(error, HuddleError):
            self.say(str(error), Tone.ATTENTION)
        else:
            self.say(f"That did not work. Please ring IT; a report is at {self.program.report(error)}", Tone.NOT_MET)

    def _look(self) -> None:
        self.post_message(self.Looked(self.look()))

    def _fill(self, seen: Seen) -> None:
        self.seen = seen
        with self.politely():
            self.show(seen)
        self.show_bars()
        self.program.content_shown()
