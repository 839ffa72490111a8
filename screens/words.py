"""A few lines that nobody chooses among: the notice, the detail under a list, what stands in a form."""

from collections.abc import Sequence

from textual.strip import Strip

from screens.drawn import Drawn, Pen
from screens.line import Line, drawn


class Words(Drawn):
    """As many lines as there are; `fixed` keeps its height when they change."""

    def __init__(self, lines: Sequence[Line] = (), *, fixed: int = 0) -> None:
        super().__init__()
        self.lines = tuple(lines)
        self._fixed = fixed
        self.styles.height = fixed or len(self.lines)

    def put(self, lines: Sequence[Line]) -> None:
        """Show these lines now; nothing is done when they are there already."""
        if tuple(lines) == self.lines:
            return
        if len(lines) != len(self.lines) and not self._fixed:
            self.styles.height = len(lines)
            # What was drawn at a height that comes back is not what stands there then.
            self._shown_for = (0, 0, self._shown_for[2])
        self.lines = tuple(lines)
        self.redraw()

    def draw(self, pen: Pen, height: int) -> list[Strip]:
        return [drawn(line, pen) for line in self.lines[:height]]
