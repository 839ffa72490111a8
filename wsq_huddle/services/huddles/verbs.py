"""What people do with today's huddle; each verb gives the huddle as it then is.

Closing tells the tiers above in the same transaction; what is corrected or added afterwards is told again.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from wsq_huddle.domain import agendas, huddles
from wsq_huddle.domain.agendas import Card, Item
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.huddles import Huddle, State
from wsq_huddle.errors import NotFound
from wsq_huddle.services import definitions
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.places import Places
from wsq_huddle.services.texts import fact, facts

from .looking import Sitting, agenda, read, sitting
from .summing import summing

if TYPE_CHECKING:
    from wsq_huddle.store.store import Writing

Verb = Callable[[Huddle | None], Event | None]
Beside = Callable[["Writing"], None]


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
    places = Places(desk)
    one = sitting(desk, name=name, on=on, places=places)
    editions = agenda(desk, one, places).editions
    leads = fact(leader, "leader's name") or desk.author
    return record(
        desk,
        one,
        lambda huddle: huddles.open_at(
            huddle,
            at_node=desk.node,
            on=one.on,
            name=one.name,
            planned_at=one.planned.planned_at if one.planned else None,
            minutes=one.planned.minutes if one.planned else desk.settings.huddles[0].minutes,
            leader=leads,
            editions=editions,
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
    told = None if cards is None else [_tidy(card) for card in cards]
    return record(
        desk,
        one,
        lambda huddle: huddles.answer(huddle, line, raw, at_node=desk.node, note=note, cards=told, did=did),
    )


def attend(
    desk: Desk, one: Sitting, *, number: int | None = None, leaders: Sequence[str] = (), names: Sequence[str] = ()
) -> Huddle:
    leading, others = facts(leaders, "leader's name"), facts(names, "name")
    return record(
        desk,
        one,
        lambda huddle: huddles.attend(huddle, at_node=desk.node, number=number, leaders=leading, names=others),
    )


def close(desk: Desk, one: Sitting, *, plus: str = "", delta: str = "", thanks: str = "") -> Huddle:
    """Close the huddle and tell the tiers above what it came to: all of it, or nothing."""
    said = [(item, words) for item, words in ((agendas.PLUS, plus), (agendas.DELTA, delta), (agendas.THANKS, thanks))]
    words = [_answering(desk, item, text) for item, text in said if text.strip()]
    return record(desk, one, *words, lambda huddle: huddles.close(huddle, at_node=desk.node), closing=True)


def skip(desk: Desk, one: Sitting, *, why: str) -> Huddle:
    """Say that there is no huddle today, and why."""
    return record(desk, one, lambda huddle: huddles.skip(huddle, at_node=desk.node, why=why))


def reopen(desk: Desk, one: Sitting) -> Huddle:
    return record(desk, one, lambda huddle: huddles.reopen(huddle, at_node=desk.node))


def mark(desk: Desk, node: str, *, as_held: str, name: str | None = None, on: date | None = None) -> Huddle:
    """Say, as the node above, how a huddle went of which nothing was told."""
    places = Places(desk)
    if node not in places.tree.nodes:
        raise NotFound(f"There is no node {node}.")
    one = sitting(desk, node=node, name=name, on=on, places=places)
    known = places.tree.nodes[node]
    return record(
        desk,
        one,
        lambda huddle: huddles.mark(
            huddle, node=node, name=known.name, parent=known.parent, at_node=desk.node, as_held=as_held
        ),
    )


def record(desk: Desk, one: Sitting, *verbs: Verb, closing: bool = False, beside: Beside | None = None) -> Huddle:
    """Record what verbs say of a huddle, all or nothing; one that is closed by then tells the tiers above again.

    `beside` records what belongs to it and is of another subject, in the same transaction.
    """
    tells = closing or (one.node == desk.node and _closed(desk, one))
    sums = summing(desk, replace(one, huddle=read(desk, one.subject)), Places(desk)) if tells else None
    with desk.recording() as writing:
        writing.transaction.lock([one.subject])
        for verb in verbs:
            _write(desk, writing, one, verb(writing.recorder.state(one.subject)))
        if beside is not None:
            beside(writing)
        now: Huddle | None = writing.recorder.state(one.subject)
        if sums is not None and now is not None and now.state is State.CLOSED:
            _write(desk, writing, one, huddles.report(now, sums(now), at_node=desk.node))
    return there(desk, one)


def there(desk: Desk, one: Sitting) -> Huddle:
    """The huddle as it is written now."""
    found = read(desk, one.subject)
    if found is None:
        raise NotFound(f"There is no huddle {one.name} on {one.on}.")
    return found


def _closed(desk: Desk, one: Sitting) -> bool:
    """Whether it is closed by now: what the screens saw may be a while ago."""
    row = desk.look().one("SELECT state FROM huddle WHERE subject = :subject", subject=one.subject)
    return row is not None and row["state"] == State.CLOSED.value


def _write(desk: Desk, writing: "Writing", one: Sitting, event: Event | None) -> None:
    if event is not None:
        writing.recorder.write(desk.author, event, one.subject)


def _answering(desk: Desk, item: Item, said: str) -> Verb:
    return lambda huddle: huddles.answer(huddle, item, said, at_node=desk.node)


def _tidy(card: Card) -> Card:
    return replace(
        card,
        shift=fact(card.shift, "shift"),
        cause=fact(card.cause or "", "cause") or None,
        reference=fact(card.reference or "", "reference") or None,
    )
