"""The line of the morning on Today: our huddle and those above and below, each with its time."""

from collections.abc import Iterable
from datetime import datetime

from rich.cells import cell_len

from screens import times
from screens.line import Line, heading, text
from screens.problem_lines import brief_place
from wsq_huddle.domain.chains import Row, State
from wsq_huddle.services.chains import Morning

_BEGINS = (0, 28, 52)
_BETWEEN = "   "
_MOST = 3
_ROOM = 76
"""Cells of the line on a small screen."""


def line_of(morning: Morning, node: str, now: datetime) -> list[Line]:
    """Draw the huddles from ours up to the top, at most three; for a department those below it first."""
    rows = [row for row in (morning.of(key) for key in _up(morning, node)) if row is not None]
    parts = [
        f"{'Us' if row.node == node else brief_place(row.name)} {_when(row, now, ours=row.node == node)}"
        for row in rows
    ]
    below = _below(morning.rows, node, now)
    if below:
        parts.insert(0, below)
    if not parts:
        return []
    told = ""
    for part, begins in zip(parts[:_MOST], _BEGINS, strict=False):
        # A long name pushes what comes after it on; two huddles never stand as one word.
        told = (f"{told}{_BETWEEN}" if told else "").ljust(begins) + part
    if cell_len(told) > _ROOM:
        told = told.replace(" open since ", " open ")
    return [heading("THIS MORNING"), text(f"  {told}")]


def _up(morning: Morning, node: str) -> list[str]:
    parents = {row.node: row.parent for row in morning.rows}
    found, at = [node], parents.get(node)
    while at is not None and at not in found:
        found.append(at)
        at = parents.get(at)
    return found


def _when(row: Row, now: datetime, *, ours: bool) -> str:
    planned = row.planned_at.astimezone(now.tzinfo) if row.planned_at else None
    opened = times.clock(row.opened_at.astimezone(now.tzinfo)) if row.opened_at else ""
    match row.state:
        case State.OPEN:
            return f"open since {opened}"
        case State.HELD:
            return f"held {opened}" if opened else "held on paper"
        case State.SKIPPED | State.MISSED:
            return "no huddle"
        case _:
            at = times.clock(planned) if planned else ""
            return f"{at}, {times.until(planned - now)}" if ours and planned else at


def _below(rows: Iterable[Row], node: str, now: datetime) -> str:
    children = [row for row in rows if row.parent == node and row.planned_at]
    if not children:
        return ""
    starts = sorted({row.planned_at.astimezone(now.tzinfo) for row in children if row.planned_at})
    word = "Units" if any(row.tier == 1 for row in children) else "Departments"
    return f"{word} {times.clock(starts[0])}" + (f" to {times.clock(starts[-1])}" if len(starts) > 1 else "")
