"""Pages of a feed: their boundaries, what is poison in them, what nobody understands yet."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.sync.callers import caller, feed_of
from tests.sync.places import Hospital, count, entries, on_both, problem, raised, recorded
from wsq_huddle.domain import problems
from wsq_huddle.domain.entries import START, Entry, Stamp, Told, chained, compose
from wsq_huddle.domain.events import Audience
from wsq_huddle.domain.problems import Noted
from wsq_huddle.store import nouns
from wsq_huddle.store.store import Store
from wsq_huddle.sync.link.positions import position_of


def noted(store: Store, subject: str, number: int) -> None:
    """Write many notes in one transaction."""
    with store.writing() as writing:
        state = writing.recorder.state(subject)
        for n in range(number):
            writing.recorder.write("Ana R.", Noted(of=state.last, text=f"note {n}"), subject)


@pytest.mark.parametrize("number", [0, 1, 499, 500, 501, 1000])
def test_a_backlog_of_any_length_arrives_whole(place: Hospital, number: int) -> None:
    place.joined(("4-west", "cardiac"))
    subject = raised(place.store("4-west"))
    place.exchange("4-west")
    if number:
        noted(place.store("4-west"), subject, number)
    exchanged = place.exchange("4-west")

    assert (exchanged.sent, exchanged.waiting) == (number, 0)
    assert count(place.store("cardiac"), f"subject = '{subject}'") == number + 1
    noted(place.store("cardiac"), subject, number or 1)
    assert place.exchange("4-west").received == (number or 1)
    assert entries(place.store("4-west"), subject) == entries(place.store("cardiac"), subject)


def test_entries_as_large_as_they_may_be_arrive(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    for number in range(12):
        raised(place.store("4-west"), f'"{number}')
    with place.store("4-west").writing() as writing:
        for row in list(place.store("4-west").look().rows("SELECT subject FROM problem")):
            state = writing.recorder.state(row["subject"])
            for sign in ('"\\', "\N{HIRAGANA LETTER A}", "\N{PILL}"):
                writing.recorder.write("", Noted(of=state.last, text=sign * 4_000), row["subject"])

    assert place.exchange("4-west").waiting == 0
    assert count(place.store("cardiac"), "kind = 'problem.noted'") == 36


def _changed(entry: Entry, change: Callable[[dict[str, Any]], None]) -> Entry:
    head = json.loads(entry.head)
    change(head)
    return replace(entry, head=json.dumps(head))


@on_both
def test_poison_in_the_middle_blocks_nothing_behind_it(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    for number in range(6):
        raised(place.store("4-west"), f"Problem {number}")
    epoch, good, _ = feed_of(place.store("4-west"))
    page = [*good[:1], Entry("{", None, "0" * 64), Entry("\x00\x1b", "x", "y"), *good[1:2]]
    page += [replace(good[2], text='{"title":"another"}'), Entry("[" * 10_000, None, "0" * 64), *good[3:]]
    answer = caller(place, "4-west", "cardiac").push(epoch, 0, START, page)

    said = [result["status"] for result in answer.json()["results"]]
    assert said == ["stored", "refused", "refused", "stored", "refused", "refused", "stored", "stored", "stored"]
    assert answer.json()["acked"] == len(page)
    kept = place.store("cardiac").look().rows("SELECT status FROM parked")
    assert [row["status"] for row in kept] == ["refused"] * 4


def test_an_entry_that_our_own_program_stumbles_over_is_kept_and_those_behind_it_get_through(
    place: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.joined(("4-west", "cardiac"))
    subjects = [raised(place.store("4-west"), f"Problem {number}") for number in range(5)]
    noun = next(noun for noun in nouns.NOUNS if noun.prefix == problems.PREFIX)

    def stumbling(story: Any) -> Any:  # noqa: ANN401 - whatever a noun folds
        told: list[Told] = list(story)
        if told[0].subject == subjects[2]:
            raise ZeroDivisionError(told[0].event)
        return noun.fold(told)

    broken = tuple(replace(one, fold=stumbling) if one is noun else one for one in nouns.NOUNS)
    epoch, good, _ = feed_of(place.store("4-west"))
    with monkeypatch.context() as patched:
        patched.setattr(nouns, "NOUNS", broken)
        answer = caller(place, "4-west", "cardiac").push(epoch, 0, START, good)

    said = [result["status"] for result in answer.json()["results"]]
    assert said == ["stored", "stored", "parked", "stored", "stored"]
    assert [problem(place.store("cardiac"), subject) is not None for subject in subjects] == [1, 1, 0, 1, 1]
    again = caller(place, "4-west", "cardiac").push(epoch, 0, START, good)
    assert {result["status"] for result in again.json()["results"]} == {"known"}


@on_both
def test_an_unknown_kind_passes_through_a_middle_tier_byte_for_byte(place: Hospital) -> None:
    place.joined(("cardiac", "executive"), ("4-west", "cardiac"))
    unit = place.store("4-west")
    with unit.writing() as writing:
        device = writing.transaction.device
        stamp = Stamp(
            id="0198aaaa-0000-7000-8000-000000000001",
            subject="dream-1",
            node="4-west",
            device=device.id,
            seq=device.seq + 1,
            prev=device.hash,
            by="Ana R.",
            at=unit.clock(),
            tick=1,
        )
        known = compose(Noted(of="0" * 64, text="x"), stamp, b"k")
        entry = _changed(
            known, lambda head: head.update(kind="dream.dreamt", audience=Audience.UP.value, facts={"of": "  sheep "})
        )
    place.exchange("4-west")
    position = position_of(unit)
    answer = caller(place, "4-west", "cardiac").push(position.epoch, position.out_acked, START, [entry])
    assert answer.json()["results"][0]["status"] == "parked"
    place.exchange("cardiac")

    kept = (entry.head, entry.text, entry.seal)
    assert entries(place.store("cardiac"), "dream-1") == [kept]
    assert entries(place.store("executive"), "dream-1") == [kept]


def test_what_was_refused_is_seen_at_both_ends(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    unit = place.store("4-west")
    subject = raised(unit)
    with unit.writing() as writing:
        entry = unit.look().one("SELECT id FROM entry WHERE subject = :subject", subject=subject)
        assert entry is not None
        writing.transaction.connection.exec_driver_sql('UPDATE entry SET text = \'{"title":"changed"}\'')
    exchanged = place.exchange("4-west")

    assert exchanged.refused == 1
    assert unit.look().one("SELECT entry_id FROM refusal") == {"entry_id": entry["id"]}
    assert place.store("cardiac").look().one("SELECT count(*) AS n FROM parked") == {"n": 1}


def test_what_the_child_refuses_is_seen_at_the_parent(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    subject = raised(place.store("4-west"))
    place.exchange("4-west")
    hub = place.store("cardiac")
    recorded(hub, subject, Noted(of="0" * 64, text="unread"))
    with hub.writing() as writing:
        sql = "UPDATE entry SET text = '{}' WHERE kind = 'problem.noted'"
        writing.transaction.connection.exec_driver_sql(sql)
    place.exchange("4-west")
    place.exchange("4-west")

    assert place.store("4-west").look().one("SELECT count(*) AS n FROM parked") == {"n": 1}
    assert hub.look().one("SELECT peer, reason FROM refusal") == {
        "peer": "4-west",
        "reason": "not an entry: the text is not the one the head speaks of",
    }


def test_the_chain_of_a_feed_is_that_of_its_entries(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    raised(place.store("4-west"))
    _, found, chain = feed_of(place.store("4-west"))
    position = position_of(place.store("4-west"))

    assert chain[-1] == chained(START, found[0].hash)
    assert position.out_head == 1
