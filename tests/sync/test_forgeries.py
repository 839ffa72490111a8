"""What a node that has been taken over might try, so as to speak for another or to shut it up."""

from datetime import date

import pytest
from sqlalchemy import delete

from tests.sync.callers import caller, forged
from tests.sync.places import Hospital, count, raised, recorded
from wsq_huddle.domain.entries import START, Entry
from wsq_huddle.domain.huddles import AsHeld, Marked, Skipped, subject_of
from wsq_huddle.domain.problems import Escalated, Noted, Raised, Urgency
from wsq_huddle.store.store import Store
from wsq_huddle.store.tables import PARKED
from wsq_huddle.sync.enrolling import recover, revoke
from wsq_huddle.sync.hub import exchanges
from wsq_huddle.sync.hub.answers import Problem
from wsq_huddle.sync.hub.callers import caller as caller_of
from wsq_huddle.sync.hub.shapes import RestartRequest
from wsq_huddle.sync.link.positions import position_of, token_of
from wsq_huddle.sync.wire import secret_hash

RAISED = Raised(category="equipment", urgency=Urgency.TODAY, title="Two IV pumps missing")


def pushed(place: Hospital, child: str, parent: str, entries: list[Entry]) -> list[str]:
    """Push entries with a child's token, from the beginning of its feed; what became of each."""
    epoch = position_of(place.store(child)).epoch
    answer = caller(place, child, parent).push(epoch, 0, START, entries)
    assert answer.status_code == 200, answer.text
    return [result["status"] for result in answer.json()["results"]]


def device_of(store: Store) -> tuple[str, int]:
    row = store.look().one("SELECT id, seq FROM device WHERE current")
    assert row is not None
    return str(row["id"]), int(row["seq"])


def test_what_is_forged_in_the_name_of_a_parent_is_not_passed_on_as_its_own(place: Hospital) -> None:
    place.joined(("cardiac", "executive"), ("4-west", "cardiac"))
    subject = subject_of("cardiac", date(2026, 11, 23), "morning")
    entry = forged("cardiac", subject, Skipped(why="We are not coming."))

    assert pushed(place, "4-west", "cardiac", [entry]) == ["parked"]
    place.exchange("cardiac")
    assert count(place.store("executive"), f"subject = '{subject}'") == 0
    place.enrol("cardiac", "executive")  # listed anew from the log
    place.exchange("cardiac")
    assert count(place.store("executive"), f"subject = '{subject}'") == 0
    assert recover(place.store("cardiac")) == 1
    place.exchange("cardiac")
    assert count(place.store("executive"), f"subject = '{subject}'") == 1


def test_what_waits_for_a_person_is_not_passed_on_with_the_problem_it_speaks_of(place: Hospital) -> None:
    place.joined(("cardiac", "executive"), ("4-west", "cardiac"))
    subject = raised(place.store("cardiac"), tells="cardiac")
    forgery = forged("cardiac", subject, Noted(of=START, text="Never mind."))
    pushed(place, "4-west", "cardiac", [forgery])
    place.exchange("cardiac")

    recorded(place.store("cardiac"), subject, Escalated(to="executive", need="Two pumps"))
    place.exchange("cardiac")

    assert count(place.store("executive"), f"subject = '{subject}' AND kind = 'problem.escalated'") == 1
    assert count(place.store("executive"), f"subject = '{subject}' AND kind = 'problem.noted'") == 0


def test_a_child_cannot_take_the_numbers_that_its_parent_will_write_next(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    device, seq = device_of(place.store("cardiac"))
    page = [forged("4-west", "problem-", RAISED, device=device, seq=number) for number in range(seq + 1, seq + 9)]

    assert set(pushed(place, "4-west", "cardiac", page)) == {"refused"}
    raised(place.store("cardiac"), tells="cardiac")
    assert device_of(place.store("cardiac")) == (device, seq + 1)


def test_a_child_cannot_take_the_numbers_that_another_will_write_next(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"), ("5-east", "cardiac"))
    raised(place.store("5-east"))
    place.exchange("5-east")
    device, seq = device_of(place.store("5-east"))
    page = [forged("4-west", "problem-", RAISED, device=device, seq=number) for number in range(seq + 1, seq + 9)]

    assert set(pushed(place, "4-west", "cardiac", page)) == {"refused"}
    subject = raised(place.store("5-east"))
    assert place.exchange("5-east").refused == 0
    assert count(place.store("cardiac"), f"subject = '{subject}'") == 1


def test_only_a_parent_says_how_the_huddle_of_another_went(place: Hospital) -> None:
    place.joined(("cardiac", "executive"), ("4-west", "cardiac"), ("5-east", "cardiac"))
    subject = subject_of("5-east", date(2026, 11, 23), "morning")

    assert pushed(place, "4-west", "cardiac", [forged("4-west", subject, Marked(as_held=AsHeld.CLOSED))]) == ["refused"]
    recorded(place.store("cardiac"), subject, Marked(as_held=AsHeld.PAPER))
    assert place.exchange("cardiac").refused == 0
    rows = place.store("executive").look().rows("SELECT marked FROM huddle WHERE subject = :subject", subject=subject)
    assert [row["marked"] for row in rows] == ["paper"]


def test_what_a_node_gives_as_its_reasons_is_only_words(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    child = caller(place, "4-west", "cardiac")
    sent = place.store("cardiac").look().rows("SELECT hash FROM entry JOIN feed_item ON entry_id = id")
    reason = "\x1b]52;c;cGF0aWVudA==\x07\x00evil"
    body = {"epoch": position_of(place.store("4-west")).epoch, "after": 0, "after_chain": START, "entries": []}
    child.post("/v1/push", body | {"refused": [{"hash": sent[0]["hash"], "reason": reason}]})
    quoting = forged("4-west", "problem-", RAISED)
    quoting = Entry(quoting.head.replace('"today"', f'"{"x" * 100_000}"'), quoting.text, quoting.seal)
    assert pushed(place, "4-west", "cardiac", [quoting]) == ["refused"]

    told = place.store("cardiac").look().rows("SELECT reason FROM refusal UNION ALL SELECT reason FROM parked")
    assert len(told) == 2
    assert all(row["reason"].isprintable() and len(row["reason"]) < 500 for row in told)


def test_a_restart_that_was_asked_for_before_a_node_was_shut_out_lets_it_in_no_more(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    store = place.store("cardiac")
    known = caller_of(store, secret_hash(token_of(place.store("4-west"))))
    asked = RestartRequest(epoch=known.epoch, acked=10_000, read=0, read_chain=START)
    revoke(store, "4-west")

    with pytest.raises(Problem, match="not let in"):
        exchanges.restart(store, known, asked)
    rows = store.look().rows("SELECT state FROM link WHERE peer = '4-west'")
    assert [row["state"] for row in rows] == ["revoked"]
    assert device_of(store)[0] == store.look().rows("SELECT id FROM device")[0]["id"]


def test_a_refusal_that_somebody_cleared_away_stops_no_link_when_its_page_comes_again(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    store, entry = place.store("cardiac"), forged("5-east", "problem-", RAISED)
    assert pushed(place, "4-west", "cardiac", [entry]) == ["refused"]
    with store.writing() as writing:
        writing.transaction.connection.execute(delete(PARKED).where(PARKED.c.hash == entry.hash))

    assert pushed(place, "4-west", "cardiac", [entry]) == ["refused"]
    assert [row["state"] for row in store.look().rows("SELECT state FROM link")] == ["active"]
