"""Takes the paper form in: all of it, or nothing."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from wsq_huddle.domain import actions, huddles, problems
from wsq_huddle.domain.agendas import Item
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.huddles import Huddle, State, typed
from wsq_huddle.domain.huddles.filled import Filled, Said, blank, read
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import definitions, whens
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.places import Places
from wsq_huddle.services.texts import fact, facts

from .looking import Sitting, agenda, sitting
from .verbs import Verb, close, record

if TYPE_CHECKING:
    from wsq_huddle.store.store import Writing

Made = TypeVar("Made")


def to_fill(desk: Desk, one: Sitting) -> str:
    """The form of a huddle, as a file to be filled in."""
    _not_on_a_spare(desk)
    title = f"{desk.name}, {one.name} huddle of {one.on}"
    items, given = agenda(desk, one).items, one.huddle.answers if one.huddle else ()
    return blank(title, node=desk.node, huddle=one.name, on=one.on, items=items, answers=given)


def take_in(desk: Desk, text: str, *, name: str | None = None, on: date | None = None) -> Sitting:
    """Record what a form says, as its huddle; `name` and `on` where it does not say of which. Gives the huddle.

    The same form once more corrects answers; what it plans and asks is not there twice for that.
    """
    _not_on_a_spare(desk)
    if all(line.strip().startswith("#") or not line.strip() for line in text.removeprefix("\ufeff").split("\n")):
        raise NotAllowed(
            "There is nothing in this file, so nothing was taken in. `wsq-huddle huddle sheet --to-fill FILE` writes "
            "the form: fill it in, and take that in."
        )
    definitions.publish(desk)
    places = Places(desk)
    head = _head(text)
    one = sitting(desk, name=head.huddle or name, on=head.on or on, places=places)
    asked = agenda(desk, one, places)
    filled = read(text, asked.items, one.huddle.answers if one.huddle else ())
    if filled.node and filled.node != desk.node:
        raise NotAllowed(f"Line {filled.lines['node']}, node: this is the form of {filled.node}, not of {desk.node}.")
    return _record(desk, one, asked.editions, filled)


def typed_in(desk: Desk, one: Sitting, said: typed.Typed) -> Sitting:
    """Record a sheet that was typed in on a screen, as the huddle of its slot. Gives the huddle."""
    _not_on_a_spare(desk)
    definitions.publish(desk)
    places = Places(desk)
    now = sitting(desk, name=one.name, on=one.on, places=places)
    asked = agenda(desk, now, places)
    return _record(desk, now, asked.editions, typed.filled(said, asked.items))


def _not_on_a_spare(desk: Desk) -> None:
    """Say so before anything is typed, or recorded: a sheet plans, asks for help and closes its huddle."""
    if desk.spare:
        raise NotAllowed(
            f"A paper sheet is typed in on the computer that {desk.name} works on. Here the huddle itself can be "
            "started and answered, or Huddle here moves it to this computer."
        )


def _record(desk: Desk, one: Sitting, editions: Mapping[str, int], filled: Filled) -> Sitting:
    verbs = [] if one.state in {State.OPEN, State.CLOSED} else [_opening(desk, one, filled, editions)]
    verbs += [_answering(desk, line) for line in filled.answers]
    if filled.there is not None or filled.leaders:
        leaders = facts(filled.leaders, "leader's name")
        verbs.append(lambda huddle: huddles.attend(huddle, at_node=desk.node, number=filled.there, leaders=leaders))
    record(desk, one, *verbs, beside=_beside(desk, one, filled))
    if filled.close and sitting(desk, name=one.name, on=one.on).state is State.OPEN:
        close(desk, one)
    return sitting(desk, name=one.name, on=one.on)


def _head(text: str) -> Filled:
    """Of which huddle a form is: the lines before its first step, read without knowing the agenda."""
    lines: list[str] = []
    for line in text.removeprefix("\ufeff").split("\n"):
        if line.strip().startswith("["):
            break
        lines.append(line)
    return read("\n".join(lines), ())


def _opening(desk: Desk, one: Sitting, filled: Filled, editions: Mapping[str, int]) -> Verb:
    planned = one.planned
    held_at = planned.planned_at if planned else None
    if filled.held is not None:
        held_at = datetime.combine(one.on, filled.held, desk.zone).astimezone(UTC)
    if held_at is not None and held_at > desk.now():
        where = _at(filled.lines.get("held", 0), "held")
        raise NotAllowed(f"{where}: this huddle is still to come; its form cannot be in yet.")
    leader = fact(filled.leads, "leader's name") or desk.author
    return lambda huddle: huddles.open_at(
        huddle,
        at_node=desk.node,
        on=one.on,
        name=one.name,
        planned_at=planned.planned_at if planned else None,
        minutes=planned.minutes if planned else desk.settings.huddles[0].minutes,
        leader=leader,
        editions=editions,
        held_at=held_at,
    )


def _answering(desk: Desk, line: tuple[int, Item, str, str]) -> Verb:
    number, item, value, note = line

    def answered(huddle: Huddle | None) -> Event:
        try:
            return huddles.answer(huddle, item, value, at_node=desk.node, note=note or None)
        except NotAllowed as error:
            raise NotAllowed(f"Line {number}: {error}" if number else str(error)) from error

    return answered


def _beside(desk: Desk, one: Sitting, filled: Filled) -> Callable[["Writing"], None]:
    """What goes into other subjects: plans become actions, what is wrong a problem, handed up where help is needed."""
    tree = desk.tree()
    planned, told = _since_it_began(desk, one)
    plans = [_told(said, "plan", partial(_plan, desk, said)) for said in filled.plans]
    plans = [plan for plan in plans if (plan.what, plan.owner) not in planned]
    asks = []
    for said in filled.asks:
        raised = _told(said, "help", partial(problems.raise_at, tree, title=said.part(0)))
        by = _told(said, "help", partial(whens.by, desk, said.part(2))) if said.part(1) else None
        if raised.title not in told:
            asks.append((said, raised, by))

    def write(writing: "Writing") -> None:
        for plan in plans:
            writing.recorder.write(desk.author, plan, actions.PREFIX)
        for said, raised, by in asks:
            subject = writing.recorder.write(desk.author, raised, problems.PREFIX).subject
            if said.part(1):
                state = writing.recorder.state(subject)
                hand_up = partial(problems.escalate, state, tree, need=said.part(1), by=by)
                writing.recorder.write(desk.author, _told(said, "help", hand_up), subject)

    return write


def _since_it_began(desk: Desk, one: Sitting) -> tuple[set[tuple[str, str]], set[str]]:
    """What was planned, with its owner, and what was raised here since the huddle began, if it has."""
    if one.huddle is None or one.huddle.opened_at is None:
        return set(), set()
    since = one.huddle.opened_at.astimezone(UTC).isoformat()
    looked = desk.look().rows
    plans = looked(
        "SELECT what, owner FROM action WHERE node = :node AND planned_at >= :since", node=desk.node, since=since
    )
    told = looked("SELECT title FROM problem WHERE origin = :node AND raised_at >= :since", node=desk.node, since=since)
    return {(row["what"], row["owner"]) for row in plans}, {row["title"] for row in told}


def _plan(desk: Desk, said: Said) -> actions.Planned:
    return actions.plan(what=said.part(0), owner=fact(said.part(1), "owner's name"), due=whens.day(desk, said.part(2)))


def _told(said: Said, where: str, verb: Callable[[], Made]) -> Made:
    """What a verb makes of a line; a refusal names the line."""
    try:
        return verb()
    except NotAllowed as error:
        raise NotAllowed(f"{_at(said.line, where)}: {error}") from error


def _at(line: int, where: str) -> str:
    """Which line is meant; a sheet that was typed in on a screen has no numbers."""
    return f"Line {line}, {where}" if line else where.capitalize()
