"""Groups of lines that share a screen: what does not fit is counted; what matters least becomes a number first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from screens import times
from screens.line import Line, heading, item, text
from screens.marks import Mark

if TYPE_CHECKING:
    from screens.today.reading import Seen


@dataclass(frozen=True, kw_only=True)
class Group:
    """A heading with its lines. `count` is how many there are in all, of which `lines` were read.

    `least` are shown as long as possible. With `folded` the group may become that one line: the lowest `folds` first.
    `words` stand behind the title in place of the number, which then is in them; `always`: also without lines.
    With a `line_id` the heading can be chosen. `hidden` are counted and have no line of their own.
    """

    title: str
    lines: tuple[Line, ...]
    count: int
    words: str = ""
    right: str = ""
    always: bool = False
    least: int = 3
    folded: str = ""
    folds: int = 0
    line_id: str = ""
    hidden: int = 0
    shown: int = -1

    @property
    def height(self) -> int:
        if self.shown == 0:
            return 1
        return 1 + len(self.lines[: self.shown]) + self.more_line

    @property
    def more_line(self) -> bool:
        return 0 < self.shown < self.count - self.hidden

    @property
    def one_more(self) -> bool:
        """Whether all but one are shown, and that one is there to be shown."""
        return 0 < self.shown == self.count - self.hidden - 1 < len(self.lines)


def announced(seen: "Seen") -> Group:
    """List what we have announced, and in how many units it was read out."""
    lines = []
    for one in seen.announced:
        told, far = one.announcement, one.reach
        days = f"to {times.full_day(told.ends)}"
        mark = Mark.DONE if far.units == far.of else Mark.NONE
        read = f"read in {far.units} of {times.counted(far.of, 'units')}"
        lines.append(item(told.id, mark, told.title, days, read))
    read_by_all = sum(one.reach.units == one.reach.of for one in seen.announced)
    folded = f"{read_by_all} read in all units"
    return Group(title="ANNOUNCED", lines=tuple(lines), count=len(lines), least=1, folded=folded, folds=1)


def fitted(groups: Sequence[Group], room: int, *, more: str = "") -> list[Line]:
    """Draw the groups in at most `room` lines where that is possible; an empty group has no heading.

    First the longest gives lines up, down to its `least`; then groups fold into a number; then all give up more.
    """
    kept = [replace(group, shown=len(group.lines)) for group in groups if group.lines or group.always]
    while sum(group.height for group in kept) > room:
        smaller = _trimmed(kept, least=True) or _folded(kept) or _trimmed(kept, least=False)
        if smaller is None:
            break
        kept = smaller
    # The count of the rest is a line too: a single one stands there itself.
    kept = [replace(group, shown=group.shown + 1) if group.one_more else group for group in kept]
    return [line for group in kept for line in _drawn(group, more)]


def _trimmed(groups: list[Group], *, least: bool) -> list[Group] | None:
    """Take a line from the group that can spare most; two at first, because the count of the rest is a line too."""
    spare = [group.shown - (group.least if least else 1) for group in groups]
    most = max(spare, default=0)
    if most <= 0:
        return None
    at = len(spare) - 1 - spare[::-1].index(most)
    return [*groups[:at], replace(groups[at], shown=groups[at].shown - 1), *groups[at + 1 :]]


def _folded(groups: list[Group]) -> list[Group] | None:
    waiting = [group for group in groups if group.folded and group.shown]
    if not waiting:
        return None
    first = min(waiting, key=lambda group: group.folds)
    return [replace(group, shown=0) if group is first else group for group in groups]


def _drawn(group: Group, more: str) -> list[Line]:
    if group.words:
        lines = [heading(group.title, group.words), *group.lines[: group.shown]]
    elif group.shown == 0:
        return [heading(f"{group.title} ({group.count})", group.folded)]
    else:
        lines = [
            heading(f"{group.title} ({group.count})", right=group.right, line_id=group.line_id),
            *group.lines[: group.shown],
        ]
    if group.more_line:
        lines.append(text(f"    {group.count - group.hidden - group.shown} more{more}"))
    return lines
