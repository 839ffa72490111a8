"""What came up, as Help has it: what is done, what is urgent, patterns as one line, then by the time wanted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rich.cells import cell_len

from screens import keys, patterns, times
from screens.cells import wrapped
from screens.line import Cell, Column, Columns, Line, Said, detail, fact, row, rule, text
from screens.marks import Mark, Tone
from screens.problem_lines import brief_place
from screens.problem_words import hop_words, plan_words, said, state_words
from wsq_huddle.domain.problems import Hop, Mode, Problem
from wsq_huddle.services.patterns import Deal, Gathered
from wsq_huddle.services.problems import Before
from wsq_huddle.services.steps import CameUp, Dealt, How

if TYPE_CHECKING:
    from screens.huddle.reading import Seen
    from screens.huddle.screen import HuddleScreen
    from wsq_huddle.services.sites import Site

COLUMNS = Columns((Column(2), Column(12), Column(30, share=1), Column(23, share=1, yields=True), Column(9, right=True)))
BESIDE = Columns((Column(2), Column(11), Column(26), Column(21, yields=True), Column(8, right=True)))
"""The same where what belongs to the chosen line stands beside the list."""

_LABEL, _EDGE = 12, 2
_MINUTE = timedelta(minutes=1)
_COUNTED = 60
"""Columns beside the question, at 80."""

_HOW = {
    How.HANDED: "handed to {to}",
    How.ANSWERED: "sent back with an answer",
    How.NOT_NOW: "not possible now: {text}",
    How.SOLVED: "solved: {text}",
    How.PLANNED: "planned: {text}",
    How.HEARD: "heard",
}


_THEN = {
    "assign": "handed to {to}",
    "escalate": "passed up to {to}",
    "give_back": "sent back",
    "resolve": "solved",
    "plan": "planned",
}


def count_words(seen: "Seen", now: datetime) -> str:
    """Say how far one is: `11 came up: 5 done, 6 to go, about 60 s each`; a no is counted apart."""
    came = seen.look.came_up
    if not came:
        return "nothing came up"
    no = sum(one.dealt is not None and one.dealt.how is How.NOT_NOW for one in came)
    done = sum(one.dealt is not None for one in came) - no
    left = len(came) - done - no
    told = f"{len(came)} came up: {done} done, " + (f"{no} not possible now, " if no else "") + f"{left} to go"
    if left and seen.open and seen.ends is not None and (rest := seen.ends - now) > timedelta(0):
        each = f", about {min(_MINUTE, rest / left) // timedelta(seconds=1)} s each"
        told += each if cell_len(told + each) <= _COUNTED else ""
    return told


def lines(screen: "HuddleScreen", seen: "Seen", now: datetime) -> list[Line]:
    """Draw them all; those of a pattern are one line."""
    drawn = _lines(seen, screen.program.site, now, screen.program.keys_given)
    return [replace(line, columns=BESIDE) if line.columns is COLUMNS and screen.wide else line for line in drawn]


def _lines(seen: "Seen", site: "Site", now: datetime, given: Mapping[str, str]) -> Iterator[Line]:
    joins = keys.told("{join} joins", given)
    came, within = seen.look.came_up, seen.apart.within
    done = sorted((one for one in came if one.dealt is not None), key=lambda one: one.dealt.at if one.dealt else now)
    drawn: set[str] = set()
    for one in done:
        pattern = within.get(one.problem.id)
        if pattern is None or one.dealt is None:
            yield _done(one, site, now)
        elif pattern.key not in drawn:
            drawn.add(pattern.key)
            names = [each.unit for each in done if within.get(each.problem.id) is pattern]
            yield _done_together(pattern, names, one, now)
    waiting = [one for one in came if one.dealt is None]
    first = [one for one in waiting if one.urgent] + [one for one in waiting if _asked_back(one)]
    for one in first:
        yield from _waiting(one, seen, site, now, joins)
    for pattern in seen.apart.several([one.problem for one in waiting]):
        wide = f"as before: {joins}" if pattern.late else patterns.spread(pattern, seen.tier)
        cells = (Mark.PATTERN, f"{pattern.name}: {patterns.places(pattern)}", "", wide)
        yield row(patterns.id_of(pattern), cells, COLUMNS)
    for one in (one for one in waiting if one not in first and one.problem.id not in within):
        yield from _waiting(one, seen, site, now, joins)


def below(  # noqa: PLR0913 - what it tells of, and how
    seen: "Seen", line: str, site: "Site", now: datetime, *, before: Before | None, width: int, wide: bool
) -> list[Line]:
    """Tell of the chosen line what was asked, tried, what helped before and how it came here; `width` of the words."""
    pattern = patterns.chosen(seen.patterns, line)
    if pattern is not None:
        return _members(pattern, site, now, width)
    one = next((one for one in seen.look.came_up if one.problem.id == line), None)
    problem = one.problem if one is not None else seen.problem(line)
    if problem is None:
        return []
    right = f"answer wanted {times.by(one.by.astimezone(now.tzinfo), now)}" if one is not None and one.by else ""
    told = list(_facts(problem, site, now, before))
    if wide and right:
        told, right = [("answer", right.removeprefix("answer ")), *told], ""
    drawn = [piece for label, words in told for piece in _wrapped(label, words, width)]
    return [rule(f"{site.name_of(problem.origin)}: {problem.title}", right), *drawn]


def _facts(problem: Problem, site: "Site", now: datetime, before: Before | None) -> Iterator[tuple[str, str]]:
    yield from _asked(problem, site)
    if problem.detail:
        yield "detail", problem.detail
    if problem.answer is not None:
        yield "answer", f"{site.name_of(problem.answer.node)}: {said(problem.answer)}"
    yield from plan_words(problem, now)
    if before is not None:
        yield "before", before_words(before, now)
    if problem.hops:
        way = f"{site.name_of(problem.origin)} {times.when(problem.raised_at.astimezone(now.tzinfo), now)}"
        yield "way", " > ".join([way, *(_hop(hop, site, now) for hop in problem.hops)])
    else:
        yield "stands", state_words(problem, site, now)


def _asked(problem: Problem, site: "Site") -> Iterator[tuple[str, str]]:
    """What is wanted of us: to have it back, or help, and what those below have tried."""
    recall = problem.recall
    if recall is not None:
        yield "wanted", f"{site.name_of(recall.node)} asks for it back: {recall.why}"
    asks = [hop for hop in problem.hops if hop.need or hop.tried]
    for hop in asks[-2:]:
        who = "" if hop.node == problem.origin else f"{site.name_of(hop.node)}: "
        if hop.need:
            yield "needs", f"{who}{hop.need}"
        if hop.tried:
            yield "tried", f"{who}{hop.tried}"
    if not asks and problem.origin != site.node:
        yield "needs", "that we know"


def _hop(hop: Hop, site: "Site", now: datetime) -> str:
    """One stretch of the way: `here 07:24, got it 07:52`."""
    if hop.to != site.node:
        return f"{site.name_of(hop.to)} {hop_words(hop, now)}"
    came = hop.delivered_at or hop.at
    told = f"here {times.when(came.astimezone(now.tzinfo), now)}"
    if hop.acknowledged_at is not None:
        return f"{told}, got it {times.when(hop.acknowledged_at.astimezone(now.tzinfo), now)}"
    return f"{told} (to know)" if hop.mode is Mode.AWARENESS else told


def before_words(before: Before, now: datetime) -> str:
    """Say what solved the same thing before: `Wed 18 Nov, 1 RN short: agency RN in 5 h (Executive)`."""
    day = times.full_day(before.problem.raised_at.astimezone(now.tzinfo).date())
    took = times.age(timedelta(hours=before.hours))
    return f"{day}, {before.problem.title}: {before.remedy} in {took} ({before.who})"


def _members(one: Gathered, site: "Site", now: datetime, width: int) -> list[Line]:
    """The members of a pattern: whose, what, what they need."""
    told = [rule(f"{one.name}: {patterns.places(one)}", patterns.waiting_words(one))]
    if one.deal is not None and one.late:
        told += _wrapped("as then", _as_then(one.deal, site), width)
    for member in one.members:
        problem, ask = member.problem, member.problem.ask
        words = problem.title
        if member.waiting and ask is not None and ask.need:
            by = f", {times.by(ask.by.astimezone(now.tzinfo), now)}" if ask.by else ""
            words += f": {ask.need}{by}"
        elif not member.waiting:
            words += f" (with {brief_place(site.name_of(problem.holder))})"
        told += _wrapped(brief_place(site.name_of(problem.origin)), words, width)[:1]
    return told


def _as_then(deal: Deal, site: "Site") -> str:
    """Say what was done with the others of a pattern, and so with what joins it."""
    no = deal.verb == "give_back" and deal.not_now
    how = "not possible now" if no else _THEN.get(deal.verb, deal.verb).format(to=site.name_of(deal.to))
    return f"{how}: {deal.text}" if deal.text else how


def _wrapped(label: str, words: str, width: int) -> list[Line]:
    first, *more = wrapped(words, width - _LABEL - _EDGE)
    return [fact(label, first), *(fact("", piece) for piece in more)]


def fitted(told: Sequence[Line], hint: str, height: int, more: str) -> list[Line]:
    """Fill or cut what belongs to a line to always the same height, so that the list above never moves.

    `more` says how to see the rest.
    """
    room = height - 3
    rest = list(told[1:])
    if len(rest) > room:
        rest = [*rest[: room - 1], detail(f"       {len(rest) - room + 1} {more}")]
    return [*told[:1], *rest, *(text() for _ in range(room - len(rest))), text(f"  {hint}" if hint else ""), text()]


def _waiting(one: CameUp, seen: "Seen", site: "Site", now: datetime, may_join: str) -> Iterator[Line]:
    problem, mark = one.problem, Mark.NOW if one.urgent else Mark.UP
    joins = seen.apart.joins.get(problem.id)
    wanted: Cell = times.by(one.by.astimezone(now.tzinfo), now) if one.by else "to know" if one.to_know else ""
    if joins is not None:
        wanted = f"like {joins.name} ({may_join})"
    age = times.age(now - problem.held_since)
    if one.urgent and not one.got_it:
        wanted = Said(f"{wanted}  not seen yet".strip(), Tone.ATTENTION)
    yield row(problem.id, (mark, brief_place(one.unit), problem.title, wanted, age), COLUMNS)
    if problem.recall is not None:
        who = brief_place(site.name_of(problem.recall.node))
        yield detail(Said(f"{who} asks for it back: {problem.recall.why}", Tone.ATTENTION))


def _asked_back(one: CameUp) -> bool:
    """Whether who asked wants it back: that is answered with one line."""
    return one.problem.recall is not None and not one.urgent


def _done(one: CameUp, site: "Site", now: datetime) -> Line:
    del site
    problem, dealt = one.problem, one.dealt
    told = dealt_words(dealt) if dealt is not None else ""
    return row(problem.id, (Mark.DONE, brief_place(one.unit), problem.title, told, _by(problem, now)), COLUMNS)


def _done_together(pattern: Gathered, names: Sequence[str], one: CameUp, now: datetime) -> Line:
    words = f"{Mark.PATTERN.shape} {pattern.name}: {', '.join(dict.fromkeys(names))}"
    told = dealt_words(one.dealt) if one.dealt is not None else ""
    return row(patterns.id_of(pattern), (Mark.DONE, words, "", told, _by(one.problem, now)), COLUMNS)


def dealt_words(dealt: Dealt) -> str:
    """Say what was done with a problem: `handed to Biomed`."""
    return _HOW[dealt.how].format(to=brief_place(dealt.to), text=dealt.text)


def _by(problem: Problem, now: datetime) -> str:
    by = problem.ask.by if problem.ask is not None else None
    return times.by(by.astimezone(now.tzinfo), now) if by is not None and not problem.over else ""
