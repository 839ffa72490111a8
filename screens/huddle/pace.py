"""How long the open step still has: the huddle's minutes shared over its steps; quiet, and never red."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from wsq_huddle.domain.slots import step_over

if TYPE_CHECKING:
    from screens.huddle.reading import Seen

STEPS, STATUS = 6, 2
"""How many steps there are, and which is the one with the roll call."""

_MINUTE = timedelta(minutes=1)


def pace(seen: "Seen", at: int, now: datetime, percent: int) -> str:
    """Write `2 min for this step`, over its time `+3 min`; empty unless the huddle is open.

    Who is early is told its share, not all that was saved. `percent` is what the roll call has of the huddle.
    """
    huddle, ends = seen.huddle, seen.ends
    if not seen.open or huddle is None or huddle.opened_at is None or ends is None or ends <= huddle.opened_at:
        return ""
    calling = {STATUS: percent} if seen.areas else {}
    over = step_over(huddle.opened_at, ends, at, STEPS, calling)
    share = over - step_over(huddle.opened_at, ends, at - 1, STEPS, calling)
    left = min(over - now, share)
    # Minutes that have begun count, as in the time left of the huddle; over time only whole ones do.
    return f"{-(-left // _MINUTE)} min for this step" if left > -_MINUTE else f"+{-left // _MINUTE} min"
