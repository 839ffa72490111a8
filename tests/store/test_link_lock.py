"""One process at a time runs the link of a store, wherever the store lives."""

import os
from pathlib import Path

import pytest

from wsq_huddle.errors import StoreError
from wsq_huddle.store.locks import LinkLock, link_lock
from wsq_huddle.store.places import FilePlace
from wsq_huddle.store.store import Store


def test_one_at_a_time_has_the_lock_and_who_frees_it_lets_the_next_one_in(store: Store) -> None:
    first, second = link_lock(store.place), link_lock(store.place)

    assert (first.take(), second.take()) == (True, False)
    assert (first.take(), second.take()) == (True, False), "who has it has it still when it asks again"
    second.free()
    assert not second.take(), "only who has it frees it"
    first.free()
    assert (second.take(), first.take()) == (True, False)
    second.free()
    first.free()


def locks(folder: Path, number: int = 2) -> list[LinkLock]:
    return [link_lock(FilePlace(folder / "huddle.db", folder / "secrets")) for _ in range(number)]


def test_each_store_has_a_lock_of_its_own_that_only_its_owner_may_read(tmp_path: Path) -> None:
    for key in ("4-west", "5-east"):
        (tmp_path / key).mkdir()
    (west, again), (east, _) = locks(tmp_path / "4-west"), locks(tmp_path / "5-east")

    assert (west.take(), again.take(), east.take()) == (True, False, True)
    (made,) = (tmp_path / "4-west").iterdir()
    assert made.stat().st_mode & 0o777 == 0o600
    west.free()
    east.free()


def test_whoever_asks_again_and_again_holds_nothing_open(tmp_path: Path) -> None:
    first, second = locks(tmp_path)
    first.take()
    lowest = free_handle()
    assert not any(second.take() for _ in range(20))
    assert free_handle() == lowest
    first.free()


def free_handle() -> int:
    """The lowest number that a file would get which is opened now."""
    handle = os.open(os.devnull, os.O_RDONLY)
    os.close(handle)
    return handle


def test_a_folder_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"link\.lock cannot be written: .*\.$"):
        locks(tmp_path / "gone")[0].take()
