"""The first day of a new computer: what it is now, what came back, and what lies on the old one and nowhere else."""

from datetime import datetime

from screens import times
from screens.line import Column, Columns, Line, heading, row
from screens.today.reading import Seen

_COLUMNS = Columns((Column(26), Column(49, share=1)), left=3)


def replaced(seen: Seen, now: datetime) -> list[Line]:
    """Draw it; nothing on other days."""
    told = seen.replaced
    if told is None:
        return []
    since, until = told.since.astimezone(now.tzinfo), told.until.astimezone(now.tzinfo)
    day = times.clock(until) if until.date() == now.date() else f"{times.full_day(until.date())} {times.clock(until)}"
    short = times.when(until, now)
    by = f", set up by {told.by}" if told.by else ""
    name = seen.names.get(seen.node, seen.node).upper()
    above = seen.names.get(seen.parent or "", "the node above")
    words = (
        ("Brought back", f"all that {above} knew, up to {day}:"),
        ("", _counted(seen)),
        ("The old one", f"is shut out. What it had not sent after {short}"),
        ("", "is on its disk and nowhere else. If it starts,"),
        ("", "leave it on and ring IT."),
    )
    head = heading(f"THIS COMPUTER IS NOW {name}", f"{told.computer}, since {times.clock(since)}{by}")
    return [head, *(row("", cells, _COLUMNS) for cells in words)]


def _counted(seen: Seen) -> str:
    """Count what is there again."""
    problems = seen.today.ours.count + seen.today.waiting.count
    counts = ((problems, "problems"), (seen.today.answers.count, "answers"))
    told = [times.counted(number, name) for number, name in counts if number]
    return ", ".join([*told, "actions, measures, agenda"])
