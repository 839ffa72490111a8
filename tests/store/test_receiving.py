"""Pages that neighbours bring: each entry has an outcome of its own, and none blocks those behind it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import insert

from tests.conftest import NewStore, Ticking
from tests.store.writers import RAISED, Writer, bring, count, feed, link, raise_one, statuses, write
from wsq_huddle.domain.entries import Entry, Told
from wsq_huddle.domain.events import KINDS, Audience, Event
from wsq_huddle.domain.nodes import Enrolled, Revoked
from wsq_huddle.domain.problems import Escalated, Noted, Seen
from wsq_huddle.store import nouns
from wsq_huddle.store.entries import TEXTLESS
from wsq_huddle.store.opening import open_store
from wsq_huddle.store.places import MemoryPlace, Place
from wsq_huddle.store.projecting import dump, rebuild
from wsq_huddle.store.receiving import apply_parked, receive
from wsq_huddle.store.store import Store
from wsq_huddle.store.tables import WORD


@pytest.fixture
def later() -> Iterator[Callable[..., Event]]:
    """A kind of event that a later program knows."""

    @dataclass(frozen=True, kw_only=True)
    class Thanked(Event, kind="problem.thanked", audience=Audience.PATH):
        to: str

    yield Thanked
    KINDS.pop("problem.thanked", None)


def test_what_is_not_understood_is_parked_and_passed_on_and_no_row_is_made_of_it(
    store: Store, later: Callable[..., Event]
) -> None:
    link(store, "cardiac", "parent")
    raised = raise_one(store)
    thanked = Writer("5-east").entry(later(to="surgery"), raised.subject)
    before = rows(store)
    del KINDS["problem.thanked"]
    outcomes = bring(store, [thanked], peer="5-east")

    assert statuses(outcomes) == ["parked"]
    assert outcomes[0].reason == "problem.thanked is of a later program"
    assert rows(store) == before
    assert [told.kind for told in feed(store, "cardiac")] == ["problem.raised", "problem.thanked"]
    assert statuses(bring(store, [thanked])) == ["known"]


def test_what_was_parked_is_applied_when_a_later_program_understands_it(
    place: Place, store: Store, clock: Ticking, later: Callable[..., Event]
) -> None:
    for peer, role in (("cardiac", "parent"), ("bay-1", "child")):
        link(store, peer, role)
    bring(store, [Writer("4-west").entry(Enrolled(key="bay-1", name="Bay 1", tier=0, parent="4-west"), "node-bay-1")])
    raised = raise_one(store)
    thanked = Writer("cardiac").entry(later(to="bay-1"), raised.subject)
    kind = KINDS.pop("problem.thanked")
    bring(store, [thanked])
    assert "bay-1" not in path_of(store, raised)

    KINDS["problem.thanked"] = kind
    newer = open_store(place, "4-west", clock=clock)
    assert "bay-1" in path_of(newer, raised)
    assert [told.kind for told in feed(newer, "bay-1")][-2:] == ["problem.raised", "problem.thanked"]
    assert count(newer, "parked") == 0
    assert rebuilt(newer) == rows(newer)
    with newer.writing() as writing:
        assert apply_parked(writing.transaction, writing.recorder) == 0
    newer.close()


def test_what_was_garbled_once_is_applied_all_the_same_when_it_is_understood(
    store: Store, later: Callable[..., Event]
) -> None:
    raised = raise_one(store)
    thanked = Writer("cardiac").entry(later(to="bay-1"), raised.subject)
    kind = KINDS.pop("problem.thanked")

    assert statuses(bring(store, [replace(thanked, seal="garbled")])) == ["refused"]
    assert statuses(bring(store, [thanked])) == ["parked"]
    KINDS["problem.thanked"] = kind
    with store.writing() as writing:
        assert apply_parked(writing.transaction, writing.recorder) == 1
    assert "bay-1" in path_of(store, raised)


def test_an_entry_that_lost_its_text_is_not_taken_for_whole_and_is_taken_up_when_it_comes_whole(store: Store) -> None:
    link(store, "cardiac", "parent")
    east = Writer("5-east")
    raised, seen = east.entry(RAISED), east.entry(Seen(of="0" * 64), "problem-none")
    outcomes = bring(store, [replace(raised, text=None), seen], peer="5-east")

    assert statuses(outcomes) == ["refused", "stored"]
    assert outcomes[0].reason == TEXTLESS
    assert count(store, "problem") == 0
    assert [told.kind for told in feed(store, "cardiac")] == []

    assert statuses(bring(store, [raised], peer="5-east")) == ["stored"]
    assert statuses(bring(store, [replace(raised, text=None)], peer="5-east")) == ["known"]
    assert store.look().one("SELECT title FROM problem") == {"title": "Two IV pumps missing"}


def test_a_registration_of_a_key_that_is_taken_waits_until_it_is_free(store: Store) -> None:
    top = Writer("executive")
    enrolled = [
        top.entry(Enrolled(key="icu", name="ICU", tier=1, parent="cardiac"), "node-icu"),
        top.entry(Enrolled(key="icu", name="Other ICU", tier=1, parent="surgery"), "node-icu", tick=2),
    ]
    assert statuses(bring(store, enrolled)) == ["stored", "parked"]
    assert store.look().one("SELECT name FROM node WHERE key = 'icu'") == {"name": "ICU"}

    bring(store, [top.entry(Revoked(key="icu"), "node-icu", tick=1)])
    with store.writing() as writing:
        assert apply_parked(writing.transaction, writing.recorder) == 1
    assert store.look().one("SELECT name FROM node WHERE key = 'icu'") == {"name": "Other ICU"}


def test_a_refused_entry_is_kept_and_shown_and_does_not_block_the_ones_behind_it(store: Store) -> None:
    east = Writer("5-east")
    good = [east.entry(RAISED) for _ in range(2)]
    bad = [
        Entry("{", None, good[0].seal),
        Entry("[" * 100_000, None, good[0].seal),
        Entry(good[0].head, "{}", good[0].seal),
        Entry(good[0].head, good[0].text, "no seal\x00"),
        Entry(good[0].head.replace("problem.raised", "problem.planned"), good[0].text, good[0].seal),
        Entry("\ud800", None, good[0].seal),
        Entry("{" + " " * 300_000 + "}", None, good[0].seal),
    ]
    outcomes = bring(store, [bad[0], good[0], *bad[1:], good[1]])

    assert statuses(outcomes) == ["refused", "stored", *["refused"] * (len(bad) - 1), "stored"]
    assert all(outcome.reason for outcome in outcomes if outcome.status == "refused")
    assert count(store, "entry") == 2
    kept = store.look().rows("SELECT status, reason, peer FROM parked")
    assert len(kept) >= len(bad) - 2  # two have the hash of a good one or of each other
    assert {(row["status"], row["peer"]) for row in kept} == {("refused", "cardiac")}


def test_what_a_neighbour_may_not_bring_is_refused_and_not_passed_on(store: Store) -> None:
    link(store, "cardiac", "parent")
    entries = [Writer("5-east").entry(RAISED), Writer("bay-1").entry(RAISED)]

    def permit(told: Told, _entry: Entry) -> str | None:
        return None if told.node == "bay-1" else "it may not speak for 5 East"

    with store.writing() as writing:
        outcomes = receive(writing.transaction, writing.recorder, "bay-1", entries, permit)
    assert statuses(outcomes) == ["refused", "stored"]
    assert outcomes[0].reason == "it may not speak for 5 East"
    assert [told.node for told in feed(store, "cardiac")] == ["bay-1"]


def test_a_newcomer_beyond_a_link_first_gets_all_there_is_of_the_problem(store: Store) -> None:
    link(store, "cardiac", "parent")
    raised = raise_one(store, tells=None)
    write(store, Noted(of=raised.hash, text="asked 5 East"), raised.subject)
    assert feed(store, "cardiac") == []

    write(store, Escalated(to="cardiac", need="two pumps"), raised.subject)

    assert [told.kind for told in feed(store, "cardiac")] == [
        "problem.raised",
        "problem.noted",
        "problem.escalated",
    ]


def test_rows_that_cannot_be_made_do_not_block_a_page(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    spoiled = replace(nouns.NOUNS[0], rows=_spoiled)
    monkeypatch.setattr(nouns, "NOUNS", (spoiled, *nouns.NOUNS[1:]))
    east = Writer("5-east")
    entries = [east.entry(replace(RAISED, title=title)) for title in ("Pumps", "poison", "Beds")]

    assert statuses(bring(store, entries)) == ["stored"] * 3
    assert [row["title"] for row in store.look().rows("SELECT title FROM problem ORDER BY title")] == ["Beds", "Pumps"]
    assert count(store, "entry") == 3


def _spoiled(subject: str, problem: object) -> nouns.Rows:
    made = nouns._problem_rows(subject, problem)  # type: ignore[arg-type]  # noqa: SLF001 - the real rows, and one more
    if getattr(problem, "title", "") == "poison":
        made[WORD] = [*made[WORD], {"subject": subject, "word": None}]
    return made


def test_a_word_as_long_as_a_page_is_no_trouble_for_an_index(store: Store) -> None:
    raised = raise_one(store)
    write(store, Noted(of=raised.hash, text="x"), raised.subject)
    long = "".join(f"{number:x}" for number in range(3_000))[:10_000]
    entry = Writer("5-east").entry(replace(RAISED, detail=long))

    assert statuses(bring(store, [entry])) == ["stored"]
    assert count(store, "problem") == 2


def test_made_tables_are_a_function_of_the_log(store: Store) -> None:
    raised = raise_one(store)
    write(store, Escalated(to="cardiac", need="two pumps"), raised.subject)
    bring(store, [Writer("executive").entry(Enrolled(key="icu", name="ICU", tier=1, parent="cardiac"), "node-icu")])
    bring(store, [Writer("5-east").entry(RAISED)])
    with store.writing() as writing:
        writing.transaction.connection.exec_driver_sql("DELETE FROM word WHERE word = 'pump'")
        writing.transaction.connection.execute(insert(WORD), [{"subject": "problem-x", "word": "gone"}])
        wrong = dump(writing.transaction)
        writing.transaction.connection.exec_driver_sql("DELETE FROM word WHERE word = 'gone'")

    assert rebuilt(store) != wrong
    assert rebuilt(store) == rows(store)
    assert store.look().one("SELECT count(*) AS n FROM word WHERE word = 'pump'") == {"n": 2}


def rows(store: Store) -> dict[str, list[str]]:
    with store.writing() as writing:
        return dump(writing.transaction)


def rebuilt(store: Store) -> dict[str, list[str]]:
    with store.writing() as writing:
        rebuild(writing.transaction)
        return dump(writing.transaction)


def path_of(store: Store, raised: Told) -> set[str]:
    found = store.look().rows("SELECT node FROM problem_path WHERE subject = :subject", subject=raised.subject)
    return {str(row["node"]) for row in found}


def test_two_stores_that_got_the_same_entries_have_the_same_rows(place: Place, new_store: NewStore) -> None:
    one, other = new_store(place), new_store(MemoryPlace())
    raised = raise_one(one)
    write(one, Escalated(to="cardiac", need="two pumps"), raised.subject)
    sql = "SELECT head, text, seal FROM entry ORDER BY arrival DESC"
    for row in one.look().rows(sql):
        bring(other, [Entry(row["head"], row["text"], row["seal"])])

    assert rows(other) == rows(one)
