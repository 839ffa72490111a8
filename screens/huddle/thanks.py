"""Thank you, good catch, what went well and what to change below: a unit's words for its parent, numbers further up."""

from typing import TYPE_CHECKING

from screens import times
from screens.line import BLANK, Column, Columns, Line, heading, row

if TYPE_CHECKING:
    from screens.huddle.reading import Seen

_COLUMNS = Columns((Column(16), Column(14), Column(45, share=1)))
_NAMES = {"thanks": "thank you", "plus": "went well", "delta": "to change"}


def said_below(seen: "Seen") -> list[Line]:
    """Tell what the units said at the end of their huddles; where they are two tiers down, how often."""
    words = seen.look.closing.said
    if words:
        told = [row("", (one.name, _NAMES[one.kind], f'"{one.text}"'), _COLUMNS) for one in words]
        return [BLANK, heading(f"SAID IN THE UNITS ({len(words)})"), *told]
    if seen.calling is None or all(area.tier == 1 for area in seen.calling.areas):
        return []
    counted = seen.calling.total.spread.said
    parts = [f"{_NAMES[kind]} in {times.counted(counted[kind], 'huddles')}" for kind in _NAMES if counted.get(kind)]
    return [BLANK, heading("SAID BELOW", ",  ".join(parts))] if parts else []
