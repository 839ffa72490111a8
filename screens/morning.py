"""The morning: every huddle of our line and below it, who has met, what they told, what went up and came back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from screens import times
from screens.foot import Offer
from screens.frame import DeskScreen
from screens.line import BLANK, Column, Columns, Line, Said, heading, row, text
from screens.marks import Mark, Tone
from screens.problem_lines import brief_place
from screens.summary import SummaryScreen
from wsq_huddle.domain.chains import Row, State
from wsq_huddle.domain.standins import Closed
from wsq_huddle.services import chains, links, unused
from wsq_huddle.services.chains import Morning
from wsq_huddle.services.places import Places

if TYPE_CHECKING:
    from wsq_huddle.services.sites import Site

_COLUMNS = Columns((Column(2), Column(24, share=2), Column(7), Column(27, share=1), Column(8), Column(4, right=True),
                    Column(4, right=True)))  # fmt: skip
_WEEK = 7
_TIERS = {1: "UNITS", 2: "DEPARTMENTS", 3: "EXECUTIVE"}
_MARKS = {State.HELD: Mark.MET, State.OPEN: Mark.GOING, State.LATE: Mark.ATTENTION, State.MISSED: Mark.ATTENTION,
          State.SKIPPED: Mark.NOTHING, State.UNKNOWN: Mark.UNKNOWN, State.PLANNED: Mark.NONE}  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """The morning, and where each node further below sends what it tells."""

    morning: Morning
    touch: dict[str, datetime | None]
    unused: Mapping[str, date]
    """Since when nothing was entered at a node below, for days."""


class MorningScreen(DeskScreen[Seen]):
    """The chain. Enter on a line opens what that huddle told."""

    KEY: ClassVar[str] = "chain"
    LABEL: ClassVar[str] = "This morning"

    def look(self) -> Seen:
        desk = self.desk
        touch = {link.peer: link.last_contact for link in (links.up(desk), *links.down(desk))}
        morning = chains.morning(desk)
        missed = [one.node for one in morning.rows if one.state in unused.ASKED]
        return Seen(morning, touch, unused.since(desk, Places(desk), missed, morning.on))

    def show(self, seen: Seen) -> None:
        site, now, morning = self.program.site, self.now(), seen.morning
        opens, closes = (at.astimezone(now.tzinfo) for at in morning.window)
        words = ("", "", "at", "", "told us", "up", "back")
        head = row("", [Said(word, Tone.MUTED) for word in words], _COLUMNS)
        lines = [
            heading(f"{times.full_day(morning.on)},".upper(), f"{times.clock(opens)} to {times.clock(closes)}"),
            head,
        ]
        for title, rows in _groups(morning, site):
            held, due = (
                sum(one.state in {State.HELD, State.OPEN} for one in rows),
                sum(bool(one.huddle) for one in rows),
            )
            lines.append(heading(title, f"{held} of {due} met" if due > 1 else ""))
            lines += [_line(one, site, now, seen) for one in rows]
        if len(lines) == 2:  # noqa: PLR2004 - the heads alone
            lines += [BLANK, text("  Nobody huddles today.")]
        self.lines.put(lines, pinned=2)

    def offers(self) -> Sequence[Offer]:
        return ["open"] if self._node else []

    @property
    def _node(self) -> str:
        """The node of the chosen line, if what its huddle told is here."""
        node = self.chosen.partition("/")[0]
        return node if self.seen is not None and node in _knowable(self.seen.morning, self.program.site) else ""

    def action_open(self) -> None:
        if self._node and self.seen is not None:
            node, _, name = self.chosen.partition("/")
            self.program.push_screen(SummaryScreen(node, name, self.seen.morning.on))


def _groups(morning: Morning, site: "Site") -> list[tuple[str, list[Row]]]:
    """Our own line from the top down to us, then those below tier by tier, each under the one above it."""
    shown = [*morning.rows, *_without_huddle(morning)]
    parents = {one.node: one.parent for one in shown}
    line, key = [site.node], parents.get(site.node)
    while key is not None and key not in line:
        line.append(key)
        key = parents.get(key)
    ours = [one for key in reversed(line) for one in shown if one.node == key]
    below: dict[tuple[int, str], list[Row]] = {}
    for one in shown:
        if one.node not in line:
            below.setdefault((-one.tier, site.name_of(one.parent or "")), []).append(one)
    several = len({parent for _, parent in below}) > 1
    groups = [("OUR LINE", ours)] if ours else []
    for (tier, parent), rows in sorted(below.items()):
        title = _TIERS.get(-tier, f"TIER {-tier}")
        groups.append((f"{title} OF {parent.upper()}" if several and parent else title, rows))
    return groups


def _without_huddle(morning: Morning) -> list[Row]:
    """The nodes that are closed and have no huddle today: a line each, for who stands in there."""
    there = {one.node for one in morning.rows}
    return [
        Row(node=one.node, name=one.name, tier=one.tier, parent=one.parent, huddle="", planned_at=None,
            state=State.PLANNED)
        for one in morning.closed
        if one.node not in there
    ]  # fmt: skip


def _knowable(morning: Morning, site: "Site") -> set[str]:
    """The nodes whose huddles this node is told of: itself and those directly below."""
    return {one.node for one in morning.rows if site.node in {one.node, one.parent}}


def _line(one: Row, site: "Site", now: datetime, seen: Seen) -> Line:
    name = "Us" if one.node == site.node else one.name
    if one.huddle not in {"morning", ""}:
        name = f"{name}, {one.huddle}"
    at = times.clock(one.planned_at.astimezone(now.tzinfo)) if one.planned_at else ""
    told = times.when(one.reported_at.astimezone(now.tzinfo), now) if one.reported_at else ""
    up, back = (str(count) if count else "" for count in (one.problems_up, one.problems_down))
    mark = Mark.ATTENTION if one.late and one.state in {State.HELD, State.OPEN} else _MARKS[one.state]
    words = state_words(one, now, seen.touch.get(one.node))
    if one.state in unused.ASKED and one.node in seen.unused:
        words = unused_words(seen.unused[one.node], now.date())
    closed = next((off for off in seen.morning.closed if off.node == one.node), None)
    if closed is not None and one.state in _NO_WORD:
        mark, words = Mark.NOTHING, closed_words(closed, site)
    return row(f"{one.node}/{one.huddle}", (mark, name, at, words, told, up, back), _COLUMNS)


def state_words(one: Row, now: datetime, heard: datetime | None = None) -> str:
    """Say how it stands with a huddle: `held 07:16 to 07:29`, `late, 5 min`, `no word since 07:35`."""

    def local(at: datetime) -> str:
        return times.when(at.astimezone(now.tzinfo), now)

    if one.state is State.HELD:
        late = ", late" if one.late else ""
        if one.opened_at is None:
            return "held on paper"
        until = f" to {local(one.closed_at)}" if one.closed_at else ", left open"
        until = ", on paper" if one.on_paper else until
        return f"held {local(one.opened_at)}{until}{late}"
    if one.state is State.UNKNOWN:
        since = heard or one.heard_at
        return f"no word since {local(since)}" if since else "no word"
    words = _WORDS[one.state]
    if one.state is State.OPEN and one.opened_at:
        words = f"open since {local(one.opened_at)}"
    elif one.state is State.LATE and one.planned_at:
        words = f"late, {times.age(now - one.planned_at)}"
    elif one.state is State.PLANNED and one.planned_at and one.planned_at > now:
        words = times.until(one.planned_at - now)
    return words


def unused_words(since: date, today: date) -> str:
    """Say since when nothing was entered at a place: `not used since Tue`, `not used since Tue 17 Nov`."""
    return f"not used since {times.DAYS[since.weekday()] if (today - since).days < _WEEK else times.full_day(since)}"


def closed_words(closed: Closed, site: "Site") -> str:
    """Say of a node outside its days and hours who stands in: `closed, Nursing stands in`."""
    covers = f", {brief_place(site.name_of(closed.stand_in))} stands in" if closed.stand_in else ""
    return f"closed{covers}"


_NO_WORD = frozenset({State.PLANNED, State.LATE, State.UNKNOWN})
_WORDS = {State.HELD: "held", State.OPEN: "open", State.LATE: "late", State.MISSED: "no huddle",
          State.SKIPPED: "no huddle, with a reason", State.UNKNOWN: "no word", State.PLANNED: "not yet"}  # fmt: skip
