"""A huddle on paper: what to read out and what to ask, with room to write, for a morning without a computer."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from textwrap import wrap

from wsq_huddle.domain.agendas import Answer, Item, Kind, Mark, Step, remarked
from wsq_huddle.domain.definitions import Direction
from wsq_huddle.domain.text import one_line

WIDE = 78
"""Characters of a line: a page of any printer, and a terminal of 80 columns."""

LINES = 3
"""Empty lines where people write what nobody can know before."""

_ASKED = 30
_QUESTIONS = {
    Step.FROM_ABOVE: "What came back, and what did we promise?",
    Step.TARGETS: "What are today's targets?",
    Step.STATUS: "How are we doing now?",
    Step.PLAN: "What is our plan?",
    Step.HELP: "What do we need help with?",
}
_ROOM = {
    Kind.READINESS: "[ ] met  [ ] attention  [ ] not met:",
    Kind.CHECK: "[ ] yes  [ ] no:",
    Kind.EVENTS: "number ____  standard kept?  cause?  done?",
    Kind.STANDARD: "____ of ____",
    Kind.COUNT: "____",
}
_AFTERWARDS = (
    "Type it in afterwards: Today has [ Type in the sheet ]. Without the screens:",
    "`huddle sheet --to-fill FILE`, then `huddle answer --from FILE`.",
)
_SIGNS = {Direction.AT_LEAST: "at least", Direction.AT_MOST: "at most"}


def sheet(  # noqa: PLR0913 - all that stands on a page
    *,
    title: str,
    planned_at: datetime | None,
    zone: tzinfo,
    items: Iterable[Item],
    answers: Iterable[Answer] = (),
    back: Sequence[str] = (),
    open_here: Sequence[str] = (),
) -> tuple[str, ...]:
    """The lines of the page. What has an answer already is printed with it; all else has room for one.

    `back` are answers from above to read out, `open_here` the problems that this node has to solve.
    """
    lines = list(items)
    given = {(one.item, one.step): one for one in remarked(lines, answers)}
    at = planned_at.astimezone(zone).strftime("%a %d %b %Y, %H:%M") if planned_at else ""
    page = [f"{one_line(title)}   {at}".rstrip(), "=" * WIDE, _room("Leads:", 40) + _room("  There:", WIDE - 40)]
    for step, question in _QUESTIONS.items():
        page += ["", question]
        page += {Step.FROM_ABOVE: _listed(back), Step.PLAN: _listed(open_here)}.get(step, [])
        for item in (one for one in lines if one.step is step):
            page += _line(item, given.get((item.key, item.step)))
        if step in (Step.PLAN, Step.HELP):
            ends = "  who, by when:" if step is Step.PLAN else "  tried, by when:"
            page += [_room("   what:", 46) + _room(ends, WIDE - 46)] * LINES
    return (*page, "", *_AFTERWARDS)


def _line(item: Item, answer: Answer | None) -> list[str]:
    asked = wrap(one_line(item.ask), _ASKED) or [""]
    first = f"   {asked[0]:<{_ASKED}} "
    if answer is not None:
        shown = answer.shown or ""
        mark = answer.mark.value.replace("-", " ")
        beside = "" if answer.mark is Mark.NONE or answer.mark.value == shown else f" ({mark})"
        note = f": {answer.note}" if answer.note else ""
        said = one_line(f"{mark if answer.mark.value == shown else shown}{beside}{note}")
        told = wrap(said, WIDE - len(first)) or [""]
        return [first + told[0], *_below(asked[1:]), *(" " * len(first) + rest for rest in told[1:])]
    return [_room((first + _space(item)).rstrip(), WIDE), *_below(asked[1:])]


def _space(item: Item) -> str:
    """Where the answer is written, and against which target."""
    room = _ROOM.get(item.kind, f"____ {item.unit}".rstrip() if item.kind is Kind.MEASURE else "")
    if item.target is None:
        return room
    sign = _SIGNS.get(item.direction, "") if item.direction else ""
    return f"{room}   target {sign} {item.target:g} {item.unit}".replace("  %", " %").rstrip()


def _below(words: Iterable[str]) -> list[str]:
    return [f"   {word}" for word in words]


def _listed(told: Sequence[str]) -> list[str]:
    return [
        part for one in told for part in wrap(one_line(one), WIDE, initial_indent="   [ ] ", subsequent_indent=" " * 7)
    ]


def _room(words: str, width: int) -> str:
    """Words with a line to write on behind them, up to a width."""
    return f"{words} {'_' * max(0, width - len(words) - 1)}".rstrip()
