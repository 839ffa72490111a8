"""What a problem's facts say in words: who asks what, who has it how far, what is planned, what came back."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from screens import times
from wsq_huddle.domain.problems import Answer, Hop, Mode, Problem, State

if TYPE_CHECKING:
    from wsq_huddle.services.sites import Site

Fact = tuple[str, str]


def exactly(at: datetime, now: datetime) -> str:
    """Write an instant with its day, in the local time of `now`: `Wed 25 Nov 16:10`, of another year with the year."""
    local = at.astimezone(now.tzinfo)
    year = "" if local.year == now.year else f" {local.year}"
    return f"{times.full_day(local.date())}{year} {times.clock(local)}"


def briefly(at: datetime, now: datetime) -> str:
    """Write an instant as lists have it: `07:43`, `Wed 16:10`, `Wed 18`."""
    return times.when(at.astimezone(now.tzinfo), now)


def state_words(problem: Problem, site: "Site", now: datetime) -> str:
    """Say where it stands: `with Cardiac Services, 5 d`, `solved, did it work?`."""
    holder = "us" if problem.holder == site.node else site.name_of(problem.holder)
    match problem.state:
        case State.OPEN:
            return f"with {holder} since {exactly(problem.held_since, now)}, {times.age(now - problem.held_since)}"
        case State.RESOLVED:
            asked = "we say" if problem.holder == site.node else f"{holder} says"
            return f"solved; {asked} whether it worked"
        case State.CLOSED:
            how = "closed by itself: nobody said whether it worked" if problem.lapsed else "fixed, and closed"
            return f"{how} {exactly(problem.closed_at, now)}" if problem.closed_at else how
        case State.WITHDRAWN:
            return "no longer needed"


def asked_words(problem: Problem, site: "Site", now: datetime) -> Iterator[Fact]:
    """Say what was asked of who has it, or was told."""
    ask = problem.ask or problem.escalation
    if ask is None:
        return
    until = f", by {briefly(ask.by, now)}" if ask.by else ""
    who = "" if ask.node == site.node else f"{site.name_of(ask.node)}: "
    if ask.need:
        yield "needs", f"{who}{ask.need}{until}"
    if ask.tried:
        yield "tried", ask.tried


def covering_words(problem: Problem, site: "Site", now: datetime) -> Iterator[Fact]:
    """Say who stands in for who has it, outside their days and hours, and the number to ring."""
    covers = None if problem.over else site.stand_in(problem.holder, now)
    if covers is not None:
        yield "covers", f"with {site.name_of(problem.holder)}; {covers.words}"


def plan_words(problem: Problem, now: datetime) -> Iterator[Fact]:
    """Say what is planned, by whom and until when."""
    if problem.owner is None:
        return
    day = problem.due or problem.check_in
    when = ""
    if day is not None:
        when = f", {times.due(day, now.date())}" if problem.due or day <= now.date() else f", check {times.day(day)}"
    yield "plan", f"{problem.owner}: {problem.what}{when}"


def way_words(problem: Problem, site: "Site", now: datetime) -> str:
    """Say how it came here: `4 West Mon 07:24 > Cardiac 07:24, got it 07:52`."""
    told = f"{site.name_of(problem.origin)} {briefly(problem.raised_at, now)}"
    return " > ".join([told, *(f"{site.name_of(hop.to)} {hop_words(hop, now)}" for hop in problem.hops)])


def hop_words(hop: Hop, now: datetime) -> str:
    """Say how far one stretch of the way got."""
    told = " (to know)" if hop.mode is Mode.AWARENESS else ""
    if hop.acknowledged_at is not None:
        return f"got it {briefly(hop.acknowledged_at, now)}{told}"
    if hop.seen_at is not None:
        return f"seen {briefly(hop.seen_at, now)}{told}"
    if hop.delivered_at is not None:
        return f"there {briefly(hop.delivered_at, now)}, not seen yet{told}"
    return f"on its way since {briefly(hop.at, now)}{told}"


def said(answer: Answer) -> str:
    """Give the words of an answer; a no says that it is one."""
    return f"not possible now: {answer.text}" if answer.not_now else answer.text


def answer_words(problem: Problem, site: "Site", now: datetime) -> Iterator[Fact]:
    """Say what came back, what it said before it was corrected, and whether it has been read out."""
    answer = problem.answer
    if answer is None:
        return
    yield ("solved" if answer.solved else "answer"), f"{site.signed(answer.node, answer.signed)}: {said(answer)}"
    if answer.corrected_at is not None:
        by = site.person(answer.node, answer.corrected_by or "") or site.name_of(answer.node)
        yield "", f'corrected {briefly(answer.corrected_at, now)} by {by}; it first said "{answer.first or ""}"'
    if answer.to == site.node:
        return
    far = "not there yet"
    for at, word in ((answer.read_at, "read out"), (answer.seen_at, "seen"), (answer.delivered_at, "there")):
        if at is not None:
            far = f"{word} {briefly(at, now)}"
            break
    yield "", f"{site.name_of(answer.to)}: {far}"
