"""What people do with today's huddle; each verb gives the huddle as it then is.

Closing tells the tiers above; what is corrected or added afterwards is told again.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from wsq_huddle.domain import agendas, huddles
from wsq_huddle.domain.agendas import Card, Item
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.huddles import Huddle, State
from wsq_huddle.errors import NotFound
from wsq_huddle.services import definitions
from wsq_huddle.services.desk import Desk

from .looking import Sitting, agenda, read, sitting, summary_of


def open_today(
    desk: Desk,
    *,
    name: str | None = None,
    on: date | None = None,
    leader: str = "",
    held_at: datetime | None = None,
) -> Huddle:
    """Open a huddle; it keeps to the agenda that is in force now, whatever is published later."""
    definitions.publish(desk)
    one = sitting(desk, name=name, on=on)
    asked = agenda(desk, one)
    return _write(
        desk,
        one,
        lambda huddle: huddles.open_at(
            huddle,
            at_node=desk.node,
            on=one.on,
            name=one.name,
            planned_at=one.planned.planned_at if one.planned else None,
            minutes=one.planned.minutes if one.planned else desk.settings.huddles[0].minutes,
            leader=leader or desk.author,
            editions=asked.editions,
            held_at=held_at,
        ),
    )


def answer(  # noqa: PLR0913 - an answer, and what is known of each event
    desk: Desk,
    one: Sitting,
    item: Item | str,
    raw: str,
    *,
    note: str | None = None,
    cards: Sequence[Card] | None = None,
    did: Sequence[str] | None = None,
) -> Huddle:
    """Answer one line, or correct its answer; `item` may be a key, also a short one."""
    line = agendas.find(agenda(desk, one).items, item) if isinstance(item, str) else item
    _write(
        desk,
        one,
        lambda huddle: huddles.answer(huddle, line, raw, at_node=desk.node, note=note, cards=cards, did=did),
    )
    return told_again(desk, one)


def attend(
    desk: Desk, one: Sitting, *, number: int | None = None, leaders: Sequence[str] = (), names: Sequence[str] = ()
) -> Huddle:
    _write(
        desk,
        one,
        lambda huddle: huddles.attend(huddle, at_node=desk.node, number=number, leaders=leaders, names=names),
    )
    return told_again(desk, one)


def close(desk: Desk, one: Sitting, *, plus: str = "", delta: str = "", thanks: str = "") -> Huddle:
    """Close the huddle and tell the tiers above what it came to."""
    for item, said in ((agendas.PLUS, plus), (agendas.DELTA, delta), (agendas.THANKS, thanks)):
        if said.strip():
            _write(desk, one, _answering(desk, item, said))
    _write(desk, one, lambda huddle: huddles.close(huddle, at_node=desk.node))
    return _report(desk, one)


def skip(desk: Desk, one: Sitting, *, why: str) -> Huddle:
    """Say that there is no huddle today, and why."""
    return _write(desk, one, lambda huddle: huddles.skip(huddle, at_node=desk.node, why=why))


def reopen(desk: Desk, one: Sitting) -> Huddle:
    return _write(desk, one, lambda huddle: huddles.reopen(huddle, at_node=desk.node))


def mark(desk: Desk, node: str, *, as_held: str, name: str | None = None, on: date | None = None) -> Huddle:
    """Say, as the node above, how a huddle went of which nothing was told."""
    tree = desk.tree()
    if node not in tree.nodes:
        raise NotFound(f"There is no node {node}.")
    one = sitting(desk, node=node, name=name, on=on)
    return _write(
        desk,
        one,
        lambda huddle: huddles.mark(
            huddle,
            node=node,
            name=tree.nodes[node].name,
            parent=tree.parent(node),
            at_node=desk.node,
            as_held=as_held,
        ),
    )


def _answering(desk: Desk, item: Item, said: str) -> Callable[[Huddle | None], Event]:
    return lambda huddle: huddles.answer(huddle, item, said, at_node=desk.node)


def told_again(desk: Desk, one: Sitting) -> Huddle:
    """The huddle as it is now; one that was closed tells the tiers above what has changed in it."""
    now = _there(desk, one)
    return _report(desk, one) if now.state is State.CLOSED else now


def _report(desk: Desk, one: Sitting) -> Huddle:
    now = Sitting(one.node, one.on, one.name, one.planned, read(desk, one.subject))
    summary = summary_of(desk, now)
    return _write(desk, one, lambda huddle: huddles.report(huddle, summary, at_node=desk.node))


def _write(desk: Desk, one: Sitting, verb: Callable[[Huddle | None], Event | None]) -> Huddle:
    with desk.recording() as writing:
        writing.transaction.lock([one.subject])
        event = verb(writing.recorder.state(one.subject))
        if event is not None:
            writing.recorder.write(desk.author, event, one.subject)
    return _there(desk, one)


def _there(desk: Desk, one: Sitting) -> Huddle:
    found = read(desk, one.subject)
    if found is None:
        raise NotFound(f"There is no huddle {one.name} on {one.on}.")
    return found
