"""Takes up one page of a neighbour's feed: its entries and the position in the feed move together, or not at all.

Both ends of a link use it: the hub for what a child pushes, the link for what the parent lists.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wsq_huddle.domain.entries import Entry, chained
from wsq_huddle.errors import HuddleError, StoreError
from wsq_huddle.store import feeds
from wsq_huddle.store.receiving import Outcome, Permit, Status, Wait, keep_unread, receive, settled
from wsq_huddle.store.store import Store, Writing
from wsq_huddle.store.transaction import Transaction

log = logging.getLogger(__name__)

PermitFor = Callable[[Transaction], Permit]
BAFFLED = Wait("this program cannot make sense of it; it is kept, and IT can tell from the log file")


class Halt(Exception):
    """Why nothing is taken up at all; no entry is to blame. What a `check` raises is one of these."""


class Gap(Halt):
    """The page begins beyond where we are: the entries between are missing."""


class Diverged(Halt):
    """Another entry stands at a number that we know: one end is not what it was."""


@dataclass(frozen=True)
class Page:
    """Entries of a feed from `after + 1` on; `chain` is that of the feed at `after`.

    `bearer` is who brings them when it is not the peer itself but the computer that it has replaced: then they are
    passed on to the peer too.
    """

    peer: str
    epoch: int
    after: int
    chain: str
    entries: Sequence[Entry]
    bearer: str = ""


@dataclass(frozen=True)
class Took:
    """What became of a page, and how far the feed is read now."""

    outcomes: list[Outcome]
    number: int
    chain: str


Check = Callable[[Writing], None]


def take(store: Store, page: Page, permit: PermitFor, check: Check = lambda _writing: None) -> Took:
    """Take up a page, committed when this returns; repeating it changes nothing and gives the same outcomes.

    `check` runs first in each transaction and may raise. When a page fails for a reason of ours, its entries are
    taken one by one, and the one that baffles us is parked: it must not stop a ward's exchange for ever.
    """
    try:
        return _take(store, page, permit, check)
    except Exception as error:
        if not _of_an_entry(error):
            raise
        _log("a page of %d entries of %s failed: %s", len(page.entries), page.peer, _where(error))
    outcomes: list[Outcome] = []
    number, chain = page.after, page.chain
    for single in _singles(page):
        took = _take_single(store, single, permit, check)
        outcomes += took.outcomes
        number, chain = took.number, took.chain
    return Took(outcomes, number, chain)


def _take_single(store: Store, page: Page, permit: PermitFor, check: Check) -> Took:
    entry = page.entries[0]
    for attempt in (permit, _baffled(permit)):
        try:
            return _take(store, page, attempt, check)
        except Exception as error:
            if not _of_an_entry(error):
                raise
            _log("entry %s of %s failed: %s", entry.hash[:16], page.peer, _where(error))
    with store.writing() as writing:
        check(writing)
        outcome = keep_unread(writing.transaction, page.peer, entry, BAFFLED)
        chain = chained(page.chain, entry.hash)
        feeds.advance(writing.transaction, page.peer, page.epoch, page.after + 1, chain)
    return Took([outcome], page.after + 1, chain)


def _baffled(permit: PermitFor) -> PermitFor:
    """A permit that lets nothing into force."""

    def permit_for(transaction: Transaction) -> Permit:
        inner = permit(transaction)
        return lambda told, entry: inner(told, entry) or BAFFLED

    return permit_for


def _of_an_entry(error: Exception) -> bool:
    """Whether an entry is to blame, not the machine or the link: what a database says of its values, and our bugs."""
    if isinstance(error, StoreError):
        return type(error.__cause__).__name__ in ("DataError", "IntegrityError")
    return not isinstance(error, HuddleError | Halt)


def _log(message: str, *what: object) -> None:
    log.error(message, *what)


def _take(store: Store, page: Page, permit: PermitFor, check: Check) -> Took:
    with store.writing() as writing:
        check(writing)
        transaction = writing.transaction
        position = feeds.position(transaction, page.peer, page.epoch)
        if page.after > position.in_n:
            raise Gap
        known, fresh, chain = _split(page, position)
        found = list(_settled(transaction, known, sure=page.after + len(page.entries) >= position.in_n))
        if fresh:
            found += receive(transaction, writing.recorder, page.bearer or page.peer, fresh, permit(transaction))
            feeds.advance(transaction, page.peer, page.epoch, page.after + len(page.entries), chain)
            return Took(found, page.after + len(page.entries), chain)
        return Took(found, position.in_n, position.in_chain)


def _settled(transaction: Transaction, known: Sequence[Entry], *, sure: bool) -> Iterator[Outcome]:
    """What became of entries that were read before; `sure` when the chain up to where we are says that they were."""
    for entry, outcome in zip(known, settled(transaction, known), strict=True):
        if outcome is None and not sure:
            raise Diverged
        yield outcome or Outcome(f"unread-{entry.hash[:16]}", Status.REFUSED, "it was refused, and cleared away since")


def _split(page: Page, position: Any) -> tuple[Sequence[Entry], Sequence[Entry], str]:  # noqa: ANN401 - a row of link_in
    """What of a page is read already and what is not, and the chain at its end."""
    chain = page.chain
    if page.after == position.in_n and chain != position.in_chain:
        raise Diverged
    for number, entry in enumerate(page.entries, page.after + 1):
        chain = chained(chain, entry.hash)
        if number == position.in_n and chain != position.in_chain:
            raise Diverged
    done = position.in_n - page.after
    return page.entries[:done], page.entries[done:], chain


def _singles(page: Page) -> Iterator[Page]:
    chain = page.chain
    for number, entry in enumerate(page.entries, page.after):
        yield Page(page.peer, page.epoch, number, chain, [entry], page.bearer)
        chain = chained(chain, entry.hash)


def _where(error: Exception) -> str:
    """The kind of an error and the place it came from, never its message: that may hold what people typed."""
    trace, place = error.__traceback__, "?"
    while trace is not None:
        place = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {place}"


def refusals(outcomes: Sequence[Outcome]) -> int:
    """How many of a page were refused."""
    return sum(outcome.status is Status.REFUSED for outcome in outcomes)
