"""What runs beside the screens: the link begins when a node has joined, and tries again when somebody presses a key."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from tests.services.hospital import settings_in
from tests.sync.places import Hospital, eventually, hospital
from wsq_huddle.config import Settings
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.exchanges import Joining, run_beside
from wsq_huddle.sync.link import LinkState, Touch, running
from wsq_huddle.sync.link import exchange as exchanging


@contextmanager
def beside(place: Hospital, stirred: threading.Event) -> Iterator[list[LinkState]]:
    """What runs beside the screens of 4 West; gives what was told of the link."""
    settings = settings_in(place.folder / "settings", "4-west", link=f'url = "{place.ways["4-west"].url}"')
    stopping, told = threading.Event(), list[LinkState]()
    desk = Desk(place.store("4-west"), settings)
    thread = threading.Thread(
        target=run_beside, args=(desk, stopping), kwargs={"told": told.append, "stirred": stirred}
    )
    thread.start()
    try:
        yield told
    finally:
        stopping.set()
        thread.join(20)


def test_a_key_press_ends_the_wait_for_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchanging, "backoff", lambda _tries, _after: 60.0)
    stirred = threading.Event()
    with hospital(tmp_path) as place:
        place.enrol("4-west", "cardiac")
        port = place.stop_hub("cardiac")
        with beside(place, stirred) as told:
            eventually(lambda: told and told[-1].touch is Touch.NO_NETWORK)
            place.hub("cardiac", port)
            time.sleep(2.5)
            assert told[-1].touch is Touch.NO_NETWORK

            stirred.set()
            eventually(lambda: told[-1].touch is Touch.IN_TOUCH, 8)


def test_keys_do_not_wake_a_link_that_is_in_touch_and_one_without_network_only_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[float] = []
    monkeypatch.setattr(running.Link, "wake", lambda _link: woken.append(time.monotonic()))
    monkeypatch.setattr(exchanging, "backoff", lambda _tries, _after: 60.0)
    stirred = threading.Event()
    with hospital(tmp_path) as place:
        place.enrol("4-west", "cardiac")
        with beside(place, stirred) as told:
            eventually(lambda: told and told[-1].touch is Touch.IN_TOUCH)
            stirred.set()
            eventually(lambda: not stirred.is_set())
            assert woken == []

            place.stop_hub("cardiac")
            eventually(lambda: told[-1].touch is Touch.NO_NETWORK)
            ends = time.monotonic() + 5
            while time.monotonic() < ends:
                stirred.set()
                time.sleep(0.05)

    assert 1 <= len(woken) <= 3
    assert all(later - earlier > 2 for earlier, later in pairwise(woken))


def test_a_node_that_joins_while_the_screens_are_open_is_in_touch_without_starting_them_again(tmp_path: Path) -> None:
    stopping, told = threading.Event(), list[LinkState]()
    with hospital(tmp_path) as place:
        alone = settings_in(place.folder / "alone", "4-west")
        desk = Desk(place.store("4-west"), alone)
        later = [alone]
        thread = threading.Thread(
            target=run_beside, args=(desk, stopping), kwargs={"told": told.append, "again": lambda: later[0]}
        )
        thread.start()
        try:
            time.sleep(1.5)
            assert told == []
            place.enrol("4-west", "cardiac")
            way = place.ways["4-west"].url
            later[0] = settings_in(place.folder / "joined", "4-west", link=f'url = "{way}"')
            (alone.home / "huddle.toml").rename(alone.home / "as-it-was.toml")  # the folder says that it has changed

            eventually(lambda: told and told[-1].touch is Touch.IN_TOUCH)
        finally:
            stopping.set()
            thread.join(20)


def test_huddle_toml_is_read_again_only_when_something_has_changed_beside_it(tmp_path: Path) -> None:
    read: list[Settings] = []
    with hospital(tmp_path) as place:
        alone = settings_in(place.folder / "alone", "4-west")

        def again() -> Settings:
            read.append(alone)
            return alone

        joining = Joining(Desk(place.store("4-west"), alone), again)
        before = [joining.look(), len(read)]
        place.enrol("4-west", "cardiac")
        looks = [(joining.look(), len(read)) for _ in range(3)]
        (alone.home / "huddle.toml").rename(alone.home / "as-it-was.toml")
        looks += [(joining.look(), len(read)) for _ in range(2)]

    assert before == [None, 0]
    assert looks == [(None, 1)] * 3 + [(None, 2)] * 2
