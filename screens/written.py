"""`w`: a page is written to a file, and the screen says where it is."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from screens.cells import wrapped
from screens.line import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from screens.frame import DeskScreen
    from wsq_huddle.services.desk import Desk


def write_out(screen: "DeskScreen[Any]", make: "Callable[[Desk], Path]") -> None:
    """Write a page in a thread, then say where: the whole way, which may be longer than the line of notices."""

    def told(path: Path) -> None:
        screen.say("")
        told = "Written to this file, to be printed, sent or read out:"
        screen.below.put([text(piece) for piece in (told, *wrapped(str(path), screen.size.width - 2))])

    desk = screen.desk
    screen.aside(lambda: make(desk), told, group="page")
