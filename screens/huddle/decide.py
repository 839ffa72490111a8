"""How can we help? At tier 3 one decision after the other, with what is bigger than it; what is to be known is heard.

The list stays as it is while one decides: nothing moves because it is done.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from screens import problem_lines, times
from screens.cells import wrapped
from screens.drawn import WIDEST
from screens.foot import Offer
from screens.huddle import came_up
from screens.huddle.help import Help
from screens.huddle.part import ASIDE
from screens.line import Column, Columns, Line, fact, row, rule, text
from screens.marks import Mark
from screens.verbs.deciding import DecideForm, decide_form
from wsq_huddle.domain.problems import Hop, Problem
from wsq_huddle.services import problems, todays
from wsq_huddle.services.problems import Before
from wsq_huddle.services.steps import CameUp

if TYPE_CHECKING:
    from screens.huddle.reading import Seen
    from screens.huddle.screen import HuddleScreen
    from wsq_huddle.services.sites import Site

_WAITS = Columns((Column(2), Column(46, share=1), Column(13), Column(16, right=True)))
_BESIDE = Columns((Column(2), Column(40), Column(11), Column(15, right=True)))
"""Where what belongs to the chosen line stands beside the list."""
_DONE = Columns((Column(2), Column(36, share=1), Column(32, share=1), Column(7, right=True)))
_DONE_BESIDE = Columns((Column(2), Column(40), Column(20), Column(6, right=True)))
_SIMILAR = 2
_DETAIL = 8
"""Lines below the list on a small screen: always as many, so that the list does not move."""
_LABEL, _EDGE, _PLACE = 12, 2, 8


class Decide(Help):
    """The fifth step of the executives."""

    def __init__(self, screen: "HuddleScreen") -> None:
        super().__init__(screen)
        self._similar: dict[str, tuple[Before, ...]] = {}

    def question(self, seen: "Seen") -> tuple[str, str]:
        came = seen.look.came_up
        if not came:
            return super().question(seen)
        decide, know = [one for one in came if not one.to_know], [one for one in came if one.to_know]
        told = [_count(decide, "to decide", "done")] if decide else []
        return "How can we help?", "   ".join([*told, *([_count(know, "to know", "heard")] if know else [])])

    def lines(self, seen: "Seen") -> Sequence[Line]:
        here = self.screen.program.site.node
        came = sorted(seen.look.came_up, key=lambda one: (one.to_know, todays.wanted(one.problem, here)))
        above, site, now = {one.problem.id for one in came}, self.screen.program.site, self.screen.now()
        others = [line for line in super().lines(seen) if line.id not in above and not line.id.startswith("pattern")]
        drawn = [line for one in came for line in _lines(one, site, now, wide=self.screen.wide)]
        return [*drawn, *(line for line in others if line.id or not came)]

    def below(self, seen: "Seen", line: str) -> Sequence[Line]:
        """Tell what is asked, what unit and department tried, what is bigger than this one, and what helped before."""
        wide = self.screen.wide
        one = next((one for one in seen.look.came_up if one.problem.id == line), None)
        if one is None:
            return super().below(seen, line)
        if self.screen.form is not None and not wide and not isinstance(self.screen.form, DecideForm):
            return ()
        self._look_for_similar(one.problem)
        now, site = self.screen.now(), self.screen.program.site
        width = WIDEST - ASIDE if wide else min(self.screen.size.width, WIDEST)
        told = self._told(seen, one, site, now, width)
        if wide:
            return told
        return told if self.screen.form is not None else [*told, *(text() for _ in range(_DETAIL - len(told)))]

    def offers(self, seen: "Seen", line: str) -> Sequence[Offer]:
        here = super().offers(seen, line)
        if not self._decides(seen, line):
            return here
        keys = [offer for offer in here if offer not in {"acknowledge", "open"}]
        return [("open", "Answer"), *keys, *(["acknowledge"] if "acknowledge" in here else [])]

    def tell(self, seen: "Seen", line: str) -> None:
        one = self._decides(seen, line)
        if one is None:
            super().tell(seen, line)
        elif not self.screen.held(line):
            self.screen.ask(decide_form(self.screen, one.problem, then=lambda _: self._go_on()))

    def _decides(self, seen: "Seen", line: str) -> CameUp | None:
        """The problem of the chosen line, if it is ours to answer and nobody has."""
        one = next((one for one in seen.look.came_up if one.problem.id == line), None)
        ours = one is not None and seen.begun and not one.to_know and "give_back" in seen.may.get(line, ())
        return one if ours and one is not None and one.dealt is None else None

    def _go_on(self) -> None:
        self.screen.lines.choose_next()

    def _look_for_similar(self, problem: Problem) -> None:
        desk, subject = self.screen.desk, problem.id
        if subject in self._similar:
            return
        self._similar[subject] = ()

        def found(before: tuple[Before, ...]) -> None:
            self._similar[subject] = before
            if before:
                self.screen.tell_below()

        self.screen.aside(
            lambda: problems.before(desk, problem.title, limit=_SIMILAR, besides=subject), found, group="similar"
        )

    def _told(self, seen: "Seen", one: CameUp, site: "Site", now: datetime, width: int) -> list[Line]:
        problem = one.problem
        right = f"answer wanted {times.by(one.by.astimezone(now.tzinfo), now)}" if one.by else ""
        beside = width < WIDEST and self.screen.wide
        told = [rule(f"{site.name_of(problem.origin)}: {problem.title}", "" if beside else right)]
        if beside and right:
            told += _wrapped("answer", right.removeprefix("answer "), width)
        asked = next((hop for hop in reversed(problem.hops) if hop.to == site.node), None)
        told += _wrapped("asks", asked.need if asked is not None and asked.need else "that we know", width)
        for hop in (hop for hop in problem.hops if hop.tried):
            told += _tried(hop, site, now, width)
        bigger = _bigger(seen, problem, site)
        told += _wrapped("bigger", bigger, width) if bigger else []
        before = self._similar.get(problem.id, ())
        return [
            *told,
            *(_wrapped("before", _before(before, now), width) if before else ()),
        ]


def _count(some: Sequence[CameUp], what: str, done: str) -> str:
    """Count them and those that are done with: `3 to decide, 1 done`, `2 to know, both heard`."""
    number = sum(one.dealt is not None for one in some)
    told = {0: "none"}.get(number, str(number))
    if number == len(some):
        told = {1: "", 2: "both "}.get(number, "all ").strip()
    return f"{len(some)} {what}, {told} {done}.".replace(",  ", ", ")


def _lines(one: CameUp, site: "Site", now: datetime, *, wide: bool) -> Iterator[Line]:
    """One line for what is to be decided; beside its details there is less room, so that a long title has several."""
    problem = one.problem
    title = problem_lines.decided(problem, site.names, _asker(problem, site), need=_need(problem, site))
    if one.dealt is not None:
        columns, mark = _DONE_BESIDE if wide else _DONE, Mark.DONE
        title += " (to know)" if one.to_know else ""
        words = "" if one.to_know else one.dealt.text or came_up.dealt_words(one.dealt)
        right = "" if one.to_know else times.clock(one.dealt.at.astimezone(now.tzinfo))
    else:
        columns, mark = _BESIDE if wide else _WAITS, Mark.UP if one.to_know else Mark.ATTENTION
        mark = Mark.NOW if one.urgent else mark
        wanted = times.by(one.by.astimezone(now.tzinfo), now) if one.by else "to know" if one.to_know else ""
        words = problem_lines.brief_place(site.name_of(_asker(problem, site)))
        right = f"{wanted} {times.age(now - problem.held_since):>6}"
    first, *more = wrapped(title, columns.columns[1].width - 1) if wide else [title]
    yield row(problem.id, (mark, first, words, right), columns)
    yield from (row("", ("", piece), columns) for piece in more)


def _asker(problem: Problem, site: "Site") -> str:
    return problem_lines.bringer(problem, site.node)


def _need(problem: Problem, site: "Site") -> str:
    asked = next((hop for hop in reversed(problem.hops) if hop.to == site.node), None)
    return asked.need if asked is not None and not _only_told(problem, site) else ""


def _only_told(problem: Problem, site: "Site") -> bool:
    return site.node not in problem.held


def _tried(hop: Hop, site: "Site", now: datetime, width: int) -> Iterator[Line]:
    """What one tier tried before it asked the next, and when; the name of who signed only where it is shown."""
    place = problem_lines.brief_place(site.name_of(hop.node))
    who = times.brief(site.person(hop.node, hop.signed).partition(" for ")[0])
    right = f"{times.when(hop.at.astimezone(now.tzinfo), now)} {who.split(' ')[-1] if who else ''}".rstrip()
    first, *more = wrapped(f"tried: {hop.tried}", width - _LABEL - _EDGE - len(right) - 1)
    label = place if len(place) <= _PLACE else place[:_PLACE]
    yield fact(label, first, right)
    yield from (fact("", piece) for piece in more[:1])


def _bigger(seen: "Seen", problem: Problem, site: "Site") -> str:
    """Say what the same kind looks like over the house."""
    house = seen.house
    if house is None:
        return ""
    short = next((one for one in house.short if one.key == problem.category), None)
    if short is not None:
        told = f"{short.key} not ready in {times.counted(short.units, 'units')}"
        told += f" of {times.counted(short.areas, 'departments')}"
        return told + (f"; {short.days} of last {short.of} days" if short.of > 1 else "")
    kind = house.kinds.get(problem.category)
    if kind is None or not kind.raised:
        return ""
    told = f"{site.kind(problem.category).lower()}: {times.counted(kind.raised, 'problems')} in"
    told += f" {times.counted(kind.areas, 'departments')}"
    return told + (f"; {kind.days} of last {kind.of} days" if kind.of > 1 else "")


def _before(found: Sequence[Before], now: datetime) -> str:
    """Say what solved the same thing, how fast and by whom: `Wed 18 Nov agency RN in 5 h (Executive).`, best first."""
    told: list[str] = []
    for at, one in enumerate(found):
        day = times.full_day(one.problem.raised_at.astimezone(now.tzinfo).date())
        same = at > 0 and (one.remedy, one.who) == (found[at - 1].remedy, found[at - 1].who)
        took = f"in {times.age(timedelta(hours=one.hours))}"
        told.append(f"{day} {took}." if same else f"{day} {one.remedy} {took} ({one.who}).")
    return " ".join(told)


def _wrapped(label: str, words: str, width: int) -> list[Line]:
    first, *more = wrapped(words, width - _LABEL - _EDGE)
    return [fact(label, first), *(fact("", piece) for piece in more)]
