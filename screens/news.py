"""What happens behind the screens once the first one stands: a store made ready to write, and what runs beside.

Nothing of it starts before the content is painted, and all of it in a thread.
"""

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from wsq_huddle.errors import HuddleError

if TYPE_CHECKING:
    from wsq_huddle.services.desk import Desk

Beside = Callable[[Any, threading.Event], None]
"""The link, the rules of time, a look for what other processes record; it ends soon after the event is set."""

_ENDING = 15.0


def warm_up(desk: "Desk", _stopping: threading.Event) -> None:
    """Import what the first write needs, and what looks at the words of a form."""
    from screens import guarding  # noqa: PLC0415 - after the content
    from wsq_huddle.services.warming import warm  # noqa: PLC0415 - after the content

    warm(desk)
    guarding.warm()


class Behind:
    """The thread; it does one after the other. What goes wrong is written down by `trouble`, and ends no screen."""

    def __init__(self, desk: object, what: Sequence[Beside], trouble: Callable[[BaseException], object]) -> None:
        self._desk, self._what, self._trouble = desk, what, trouble
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="behind", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End it, and wait until it has let the store go."""
        self._stopping.set()
        self._thread.join(_ENDING)

    def _run(self) -> None:
        try:
            for work in self._what:
                if not self._stopping.is_set():
                    work(self._desk, self._stopping)
        except HuddleError:
            # A store that cannot be written, or watched: the screens say so at the next thing they do.
            return
        except Exception as error:  # noqa: BLE001 - a report is all that can be done here
            self._trouble(error)
