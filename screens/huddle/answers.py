"""An answer that came back, as it is read out: whole, with what it first said if it was corrected, and what it asks."""

from collections.abc import Callable
from datetime import datetime

from rich.cells import cell_len

from screens import times
from screens.cells import wrapped
from screens.line import Line, detail, item
from screens.marks import Mark
from screens.problem_lines import brief_place
from screens.problem_words import said as said_words
from wsq_huddle.services.steps import Back

_ROOM, _WHOLE = 36, 74
"""Columns of an answer beside its problem, and below it."""


def lines(back: Back, now: datetime, told: Callable[[str], str]) -> list[Line]:
    """Draw it; `told` gives words of ours with the keys as they are given."""
    answer = back.answer
    if back.not_fixed:
        return [item(back.problem.id, Mark.DONE, back.problem.title, f"not fixed: {back.problem.why}", "open again")]
    given = times.when(answer.at.astimezone(now.tzinfo), now)
    over = "closed" if back.lapsed else "fixed" if back.problem.over else ""
    right = over or ("read out" if back.said else given)
    mark = Mark.NOTHING if back.lapsed else Mark.DONE if back.done or back.said else Mark.DOWN
    words = said_words(answer)
    said = f"{brief_place(back.who)}: {words}"
    # It is read out, so it stands there whole.
    whole = wrapped(words, _WHOLE) if cell_len(said) > _ROOM else []
    drawn = [item(back.problem.id, mark, back.problem.title, f"{back.who}:" if whole else said, right)]
    drawn += [detail(part) for part in whole]
    if answer.first is not None and answer.corrected_at is not None:
        at = times.when(answer.corrected_at.astimezone(now.tzinfo), now)
        first = f'corrected {at} by {brief_place(back.who)}; it first said "{answer.first}"'
        drawn += [detail(part) for part in wrapped(first, _WHOLE)]
    if back.asks:
        asks = "asked for the last time: did it work?" if back.last else "solved, they say.  Did it work?"
        drawn.append(detail(f"{asks:<41}{told('{confirm} Yes, fixed     {reopen} Not fixed')}".rstrip()))
    if back.lapsed:
        drawn.append(
            detail(f"closed by itself: nobody said whether it worked    {told('{reopen} Not fixed')}".rstrip())
        )
    return drawn
