"""What people do with a huddle: pure functions that return what happened, or raise `NotAllowed` with a sentence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from wsq_huddle.domain.agendas import TODAY, Answer, Card, Item, Mark, check_answer, with_targets
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.summaries import Summary
from wsq_huddle.errors import NotAllowed

from .events import Answered, AsHeld, Attended, Closed, Marked, Opened, Reopened, Reported, Skipped
from .state import MOVES, Huddle, State, state_of

MOST_PRESENT = 10_000


def open_at(  # noqa: PLR0913 - what a huddle is fixed to when it begins
    huddle: Huddle | None,
    *,
    at_node: str,
    on: date,
    name: str,
    planned_at: datetime | None,
    minutes: int,
    leader: str,
    editions: Mapping[str, int],
    held_at: datetime | None = None,
) -> Opened:
    """Begin today's huddle in its slot; with `held_at`, type in one that was held on paper."""
    _check(huddle, Opened, at_node)
    return Opened(
        on=on, name=name, planned_at=planned_at, minutes=minutes, leader=leader, editions=dict(editions),
        held_at=held_at,
    )  # fmt: skip


def answer(  # noqa: PLR0913 - an answer, and what is known of each event
    huddle: Huddle | None,
    item: Item,
    raw: str,
    *,
    at_node: str,
    note: str | None = None,
    cards: Sequence[Card] | None = None,
    did: Sequence[str] | None = None,
) -> Answered:
    """Answer one line, or correct its answer; also after closing.

    `note`, `cards` and `did` stay what they were when they are None, so that a corrected number loses no words; the
    note of what is fine now goes.
    """
    open_huddle = _check(huddle, Answered, at_node)
    asked = with_targets([item], open_huddle.answers)[0]
    checked = check_answer(asked, raw)
    before = open_huddle.answer(item.key, item.step)
    if item.key.endswith(TODAY) and checked.value is None:
        raise NotAllowed(f"Say today's target of {item.ask} as a number.")
    kept_cards, kept_did = _cards(item, checked.numbers.get("n", 0), cards, did, before)
    return Answered(
        item=item.key,
        step=item.step.value,
        item_kind=item.kind.value,
        value=checked.value,
        mark=checked.mark,
        numbers=dict(checked.numbers),
        cards=kept_cards,
        words=checked.words,
        note=note if note is not None else before.note if before and checked.mark is not Mark.MET else "",
        did=kept_did,
    )


def _cards(
    item: Item, number: float, cards: Sequence[Card] | None, did: Sequence[str] | None, before: Answer | None
) -> tuple[tuple[Card, ...], tuple[str, ...]]:
    """The cards of an answer with their words, one for one; cards told before stay as far as the number goes."""
    if cards is None:
        told, words = (before.cards, before.did) if before else ((), ())
        told, words = told[: int(number)], tuple(did if did is not None else words)
    else:
        told, words = tuple(cards), tuple(did or ())
        if len(told) > number:
            raise NotAllowed(f"{item.ask}: {number} told, but {len(told)} described. Correct the number first.")
    words = (*words[: len(told)], *("",) * (len(told) - len(words)))
    return told, words if any(words) else ()


def attend(
    huddle: Huddle | None, *, at_node: str, number: int | None = None, leaders: Iterable[str] = (),
    names: Iterable[str] = (),
) -> Attended:  # fmt: skip
    """Say who was there; without a number it is that of the names."""
    _check(huddle, Attended, at_node)
    leading, others = _names(leaders), _names(names)
    named = len({*leading, *others})
    count = named if number is None else number
    if not 0 <= count <= MOST_PRESENT:
        raise NotAllowed("Who was there is a number: 0, 1, 2 ...")
    if count < named:
        raise NotAllowed(f"{named} are named, so at least {named} were there.")
    return Attended(number=count, leaders=leading, names=others)


def skip(huddle: Huddle | None, *, at_node: str, why: str) -> Skipped:
    """Say that there is no huddle, and why; not of one whose summary the tiers above have."""
    told = _check(huddle, Skipped, at_node)
    if told.summary is not None:
        raise NotAllowed("This huddle was held, and those above have been told. Close it again instead.")
    if not why.strip():
        raise NotAllowed("Say why there is no huddle.")
    return Skipped(why=why)


def close(huddle: Huddle | None, *, at_node: str) -> Closed:
    _check(huddle, Closed, at_node)
    return Closed()


def reopen(huddle: Huddle | None, *, at_node: str) -> Reopened:
    """Go on with a huddle that was closed or skipped too early."""
    _check(huddle, Reopened, at_node)
    return Reopened()


def report(huddle: Huddle | None, summary: Summary, *, at_node: str) -> Reported | None:
    """Tell the tiers above; None when they have been told just this. A later report names the one it corrects."""
    told = _check(huddle, Reported, at_node)
    if told.summary is not None and replace(told.summary, corrects=None) == replace(summary, corrects=None):
        return None
    return Reported(summary=replace(summary, corrects=told.reported))


def mark(  # noqa: PLR0913 - who says what of whom
    huddle: Huddle | None, *, node: str, name: str, parent: str | None, at_node: str, as_held: str
) -> Marked:
    """Say, as the parent, how a huddle went of which nothing was told. `name` is what people call the node."""
    if parent != at_node:
        raise NotAllowed(f"Only the node above {name} can say how its huddle went.")
    if Marked not in MOVES[state_of(huddle)]:
        raise NotAllowed(f"{name} has told us about this huddle itself; that counts.")
    if as_held not in frozenset(AsHeld):
        raise NotAllowed(f"A huddle of {node} can be marked as {', '.join(one.value for one in AsHeld)}.")
    return Marked(as_held=AsHeld(as_held))


def _check(huddle: Huddle | None, event: type[Event], at_node: str) -> Huddle:
    """Whether this may happen now; gives the huddle, which only `open_at` and `skip` may have none of."""
    if huddle is not None and huddle.node != at_node:
        raise NotAllowed(f"This is the huddle of {huddle.node}; it is kept there.")
    if event not in MOVES[state_of(huddle)]:
        raise NotAllowed(_REFUSALS[state_of(huddle), event])
    return huddle or Huddle(node=at_node, on=date.min, name="")


_NOT_OPEN = "There is no huddle yet. Open it first."
_CALLED_OFF = "There was no huddle, we said. Open it again first."
_REFUSALS: Mapping[tuple[State, type[Event]], str] = {
    **dict.fromkeys([(State.PLANNED, event) for event in (Answered, Attended, Closed, Reopened, Reported)], _NOT_OPEN),
    **dict.fromkeys([(State.SKIPPED, event) for event in (Answered, Attended, Closed)], _CALLED_OFF),
    (State.SKIPPED, Skipped): "We have said already that there is no huddle.",
    (State.OPEN, Opened): "This huddle is open already.",
    (State.OPEN, Reopened): "This huddle is open; go on with it.",
    (State.CLOSED, Opened): "This huddle was held and closed. Open it again instead.",
    (State.CLOSED, Closed): "This huddle is closed already.",
    (State.CLOSED, Skipped): "This huddle was held, so it cannot be called off.",
}


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
