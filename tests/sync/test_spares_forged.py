"""What somebody might try who has taken a spare over, or who writes in the name of one."""

import pytest
from sqlalchemy import select

from tests.sync.callers import Caller, forged
from tests.sync.places import Hospital, count, problem, raised
from tests.sync.sparing import HUDDLE, MORNING, Spare, invited, sound, told, with_spare
from wsq_huddle.domain.entries import START, Entry
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.huddles import Closed, Opened, subject_of
from wsq_huddle.domain.nodes import Spared
from wsq_huddle.domain.nodes import subject_of as node_subject
from wsq_huddle.domain.problems import Alerted, Escalated, Noted, Raised, Resolved, TakenOver, Urgency
from wsq_huddle.store.receiving import receive
from wsq_huddle.store.store import Store
from wsq_huddle.store.tables import PARKED
from wsq_huddle.sync.authority import from_above
from wsq_huddle.sync.link.positions import position_of, token_of

RAISED = Raised(category="equipment", urgency=Urgency.TODAY, title="Two IV pumps missing")
NOTE = Noted(of=START, text="Never mind.")
NUMBERS = iter(range(100, 1_000))


def pushed(spare: Spare, *entries: Entry) -> list[str]:
    """Push with the spare's token, from the beginning of its feed; what became of each."""
    caller = Caller(spare.way.url, token_of(spare.store))
    answer = caller.push(position_of(spare.store).epoch, 0, START, list(entries))
    assert answer.status_code == 200, answer.text
    return [result["status"] for result in answer.json()["results"]]


def brought(store: Store, *entries: Entry) -> list[str]:
    """Take entries up as if the node above had listed them; what became of each."""
    with store.writing() as writing:
        permit = from_above(writing.transaction, store.secrets, recovering=False)
        found = receive(writing.transaction, writing.recorder, "cardiac", entries, permit)
    return [one.status.value for one in found]


def by_spare(spare: Spare, subject: str, event: Event, node: str = "4-west") -> Entry:
    """An entry as the spare's own program would not write it."""
    return forged(node, subject, event, device=spare.device, seq=next(NUMBERS))


def test_turns_brought_with_the_token_of_a_spare_are_refused_and_never_count(place: Hospital) -> None:
    spare = with_spare(place)
    subject = raised(place.store("4-west"))
    place.exchange("4-west")
    before = problem(place.store("cardiac"), subject)
    page = [
        by_spare(spare, subject, Escalated(to="cardiac", need="All of it")),
        by_spare(spare, subject, Resolved(remedy="Nothing to see")),
        by_spare(spare, subject, TakenOver(why="Because")),
        by_spare(spare, HUDDLE, Closed()),
        by_spare(spare, subject, Alerted(to="executive", of=START)),
        by_spare(spare, "problem-of-another", RAISED),
        by_spare(spare, subject_of("5-east", MORNING, "morning"), _opening()),
        by_spare(spare, node_subject("4-west"), Spared(key="4-west", device="00000000")),
    ]

    assert pushed(spare, *page) == ["refused"] * len(page)
    assert problem(place.store("cardiac"), subject) == before
    place.exchange("4-west")
    assert problem(place.store("4-west"), subject) == before
    assert count(place.store("4-west"), f"device = '{spare.device}'") == 0
    assert sound(place.store("cardiac"), place.store("4-west"))


def test_a_spare_brings_nothing_of_another_computer_or_another_node(place: Hospital) -> None:
    place.joined(("5-east", "cardiac"))
    spare = with_spare(place)
    subject = raised(place.store("4-west"))
    place.exchange("4-west")
    page = [
        forged("4-west", "problem-", RAISED),  # a computer of ours that nobody knows
        forged("4-west", subject, NOTE),
        by_spare(spare, "problem-", RAISED, node="5-east"),
        forged("5-east", "problem-", RAISED),
        forged("cardiac", subject, NOTE),  # in the name of who reads it, and not sealed by it
    ]

    assert pushed(spare, *page) == ["refused"] * len(page)
    with place.store("cardiac").writing() as writing:
        kept = set(writing.transaction.connection.scalars(select(PARKED.c.status)))
    assert kept == {"refused"}


def test_another_unit_cannot_take_the_numbers_that_a_spare_will_write_next(place: Hospital) -> None:
    place.joined(("5-east", "cardiac"))
    spare = with_spare(place)
    caller = Caller(spare.way.url, token_of(place.store("5-east")))
    page = [forged("5-east", "problem-", RAISED, device=spare.device, seq=number) for number in range(1, 6)]

    answer = caller.push(position_of(place.store("5-east")).epoch, 0, START, page)
    assert {result["status"] for result in answer.json()["results"]} == {"refused"}
    subject = raised(spare.store)
    assert spare.exchange().refused == 0
    assert count(place.store("cardiac"), f"subject = '{subject}'") == 1


def test_a_computer_that_nobody_made_a_spare_is_not_believed_by_the_unit(place: Hospital) -> None:
    """Whoever has the unit's own token may write as any computer of it; the unit asks a person then, as ever."""
    spare = with_spare(place)
    stranger = forged("4-west", "problem-", RAISED)
    caller = Caller(spare.way.url, token_of(place.store("4-west")))
    caller.push(position_of(place.store("4-west")).epoch, 0, START, [stranger])

    assert brought(place.store("4-west"), stranger) == ["recover"]


@pytest.mark.parametrize("author", ["4-west", "5-east", "executive"])
def test_only_the_node_above_says_which_computers_are_spares(place: Hospital, author: str) -> None:
    place.joined(("cardiac", "executive"), ("5-east", "cardiac"), ("4-west", "cardiac"))
    said = forged(author, node_subject("4-west"), Spared(key="4-west", device="0badc0de"))
    stranger = forged(
        "4-west", "problem-", Raised(category="equipment", urgency=Urgency.TODAY, title="No"), device="0badc0de"
    )
    if author != "executive":
        caller = Caller(place.ways[author].url, token_of(place.store(author)))
        answer = caller.push(position_of(place.store(author)).epoch, 0, START, [said])
        assert [result["status"] for result in answer.json()["results"]] == ["refused"]

    assert brought(place.store("4-west"), said, stranger)[1] == "recover"
    assert told(place.store("4-west"), "device = '0badc0de'") == {}


@pytest.mark.parametrize("whose", ["the unit's computer", "a spare that is there"])
def test_nobody_becomes_a_spare_under_the_name_of_a_computer_that_is_there(place: Hospital, whose: str) -> None:
    spare = with_spare(place)
    raised(place.store("4-west"))
    place.exchange("4-west")
    row = place.store("4-west").look().one("SELECT id FROM device WHERE current")
    assert row is not None
    device = spare.device if whose == "a spare that is there" else row["id"]
    body = {"node": "4-west", "token_hash": "a" * 64, "code": invited(place), "rehearsal": False, "device": device}

    answer = Caller(spare.way.url, "none").post("/v1/enrol", body)
    assert (answer.status_code, answer.json()["code"]) == (403, "spare")
    assert spare.exchange().refused == 0


def _opening() -> Opened:
    return Opened(on=MORNING, name="morning", planned_at=None, minutes=10, leader="Ana R.")
