"""Copies put back without a word: a child or a parent that remembers less than the other end, and what comes of it."""

import shutil

import pytest

from tests.sync.places import Hospital, count, entries, opened, problem, raised, recorded
from wsq_huddle.domain.problems import Escalated, Noted
from wsq_huddle.errors import Rejected
from wsq_huddle.sync.joining import join_again
from wsq_huddle.sync.link.positions import position_of


def put_aside(place: Hospital, node: str) -> None:
    """Copy the database of a node as it is now."""
    shutil.copy(place.folder / node / "huddle.db", place.folder / f"{node}.copy")


def put_back(place: Hospital, node: str, key: str = "") -> None:
    """Put the copy back behind the program's back, as a backup program or a cloned disk does."""
    hub = place.hubs.get(node)
    port = place.stop_hub(node) if hub else 0
    place.stores.pop(node).close()
    (place.folder / node / "huddle.db-journal").unlink(missing_ok=True)
    shutil.copy(place.folder / f"{node}.copy", place.folder / node / "huddle.db")
    place.stores[node] = opened(place.folder / node, key or node)
    if hub:
        place.hub(node, port)


def test_a_child_that_was_put_back_must_join_again_and_has_all_of_it_then(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    raised(place.store("4-west"), "Before the copy")
    place.exchange("4-west")
    put_aside(place, "4-west")
    subject = raised(place.store("4-west"), "After the copy")
    recorded(place.store("4-west"), subject, Escalated(to="cardiac", need="two pumps"))
    place.exchange("4-west")
    put_back(place, "4-west")

    assert problem(place.store("4-west"), subject) is None
    with pytest.raises(Rejected, match="Join again"):
        place.exchange("4-west")
    join_again(place.store("4-west"), place.ways["4-west"], by="Ana R.")
    place.exchange("4-west")
    assert entries(place.store("4-west"), subject) == entries(place.store("cardiac"), subject) != []
    later = raised(place.store("4-west"), "After it joined again")
    assert place.exchange("4-west").refused == 0
    assert problem(place.store("cardiac"), later) is not None


def test_a_child_that_was_put_back_and_wrote_on_is_found_out(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    put_aside(place, "4-west")
    first = raised(place.store("4-west"), "Lost with the copy")
    place.exchange("4-west")
    put_back(place, "4-west")
    raised(place.store("4-west"), "Written in the copy")
    raised(place.store("4-west"), "And another")

    with pytest.raises(Rejected, match="Join again"):
        place.exchange("4-west")
    assert problem(place.store("cardiac"), first) is not None


def test_a_parent_that_was_put_back_gets_all_of_it_again_by_itself(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    early = raised(place.store("4-west"), "Before the copy")
    recorded(place.store("4-west"), early, Escalated(to="cardiac", need="two pumps"))
    place.exchange("4-west")
    put_aside(place, "cardiac")
    late = raised(place.store("4-west"), "After the copy")
    note = Noted(of="0" * 64, text="We are on it.")
    place.exchange("4-west")
    recorded(place.store("cardiac"), early, note)
    place.exchange("4-west")
    put_back(place, "cardiac")

    assert problem(place.store("cardiac"), late) is None
    assert place.exchange("4-west").waiting == 0
    assert position_of(place.store("4-west")).epoch == 2
    for subject in (early, late):
        assert entries(place.store("4-west"), subject) == entries(place.store("cardiac"), subject) != []
    assert count(place.store("cardiac"), "kind = 'problem.noted'") == 1
    after = recorded(place.store("cardiac"), early, note)
    place.exchange("4-west")
    assert count(place.store("4-west"), f"id = '{after.id}'") == 1
    assert place.store("4-west").look().rows("SELECT reason FROM parked") == []
    assert place.store("cardiac").look().rows("SELECT reason FROM parked") == []


def test_a_parent_that_was_put_back_and_wrote_on_is_level_with_its_children_again(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"), ("5-east", "cardiac"))
    subject = raised(place.store("4-west"), "Before the copy")
    place.exchange("4-west")
    place.exchange("5-east")
    put_aside(place, "cardiac")
    recorded(place.store("cardiac"), subject, Noted(of="0" * 64, text="Told, and then lost"))
    place.exchange("4-west")
    put_back(place, "cardiac")
    recorded(place.store("cardiac"), subject, Noted(of="0" * 64, text="Written in the copy"))
    place.exchange("4-west")
    place.exchange("5-east")

    texts = "kind = 'problem.noted'"
    assert count(place.store("4-west"), texts) >= 1
    position = position_of(place.store("4-west"))
    assert (position.epoch, position.waiting) == (2, 0)
    assert position_of(place.store("5-east")).epoch == 1
    after = recorded(place.store("cardiac"), subject, Noted(of="0" * 64, text="After all that"))
    place.exchange("4-west")
    assert count(place.store("4-west"), f"id = '{after.id}'") == 1


def test_a_department_that_was_put_back_is_level_with_both_its_neighbours(place: Hospital) -> None:
    place.joined(("cardiac", "executive"), ("4-west", "cardiac"))
    put_aside(place, "cardiac")
    subject = raised(place.store("4-west"))
    recorded(place.store("4-west"), subject, Escalated(to="cardiac", need="two pumps"))
    place.exchange("4-west")
    recorded(place.store("cardiac"), subject, Escalated(to="executive", need="two pumps"))
    place.exchange("cardiac")
    place.exchange("4-west")
    put_back(place, "cardiac")

    with pytest.raises(Rejected, match="Join again"):
        place.exchange("cardiac")
    join_again(place.store("cardiac"), place.ways["cardiac"], by="Director")
    place.exchange("4-west")
    place.exchange("cardiac")
    place.exchange("4-west")
    found = [entries(place.store(node), subject) for node in ("4-west", "cardiac", "executive")]
    assert found[0] == found[1] == found[2] != []
