"""What appears by itself: entries of another process on the same store, and what runs behind the screens."""

import asyncio
import subprocess
import sys
import threading
import time
from pathlib import Path

from screens.app import HuddleApp
from screens.news import Behind
from screens.today import TodayScreen
from tests.screens.pictures import picture
from wsq_huddle.config import load
from wsq_huddle.config.writing import write_new
from wsq_huddle.errors import StoreError
from wsq_huddle.services.clocks import machine_clock
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.exchanges import run_beside
from wsq_huddle.services.stores import make_at, open_at

SOON = 1.5


def test_what_runs_behind_runs_in_order_and_ends_when_it_is_told() -> None:
    told: list[str] = []
    running = threading.Event()

    def first(desk: object, _stopping: threading.Event) -> None:
        told.append(f"first at {desk}")

    def second(_desk: object, stopping: threading.Event) -> None:
        told.append("second")
        running.set()
        stopping.wait(20)
        told.append("ended")

    behind = Behind("a desk", (first, second), lambda error: told.append(repr(error)))
    behind.start()
    running.wait(20)
    behind.stop()

    assert told == ["first at a desk", "second", "ended"]


def test_a_refusal_behind_ends_quietly_and_a_mistake_is_written_down() -> None:
    told: list[BaseException] = []

    def refuse(_desk: object, _stopping: threading.Event) -> None:
        raise StoreError("locked")

    def err(_desk: object, _stopping: threading.Event) -> None:
        raise ValueError

    for work in (refuse, err):
        behind = Behind(None, (work,), told.append)
        behind.start()
        behind._thread.join(10)  # noqa: SLF001 - to see it end by itself

    assert [type(error) for error in told] == [ValueError]


async def test_what_another_process_records_is_on_the_screen_within_a_second_and_a_half(tmp_path: Path) -> None:
    config = write_new(tmp_path, key="4-west", name="4 West", tier=1, timezone="UTC", dir_given=True)
    settings = load(config).settings
    make_at(settings, machine_clock).close()
    desk = Desk(open_at(settings, machine_clock), settings)

    def beside(here: Desk, stopping: threading.Event) -> None:
        def entered() -> None:
            app.post_message(HuddleApp.Entered())

        run_beside(here, stopping, told=lambda _state: None, news=entered)

    app = HuddleApp(lambda: desk, TodayScreen, theme="dark", plain=False, reports=tmp_path, behind=(beside,))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(2)
        words = [sys.executable, "-m", "wsq_huddle", "--config", str(config), "problem", "raise", "Oxygen low"]
        await asyncio.to_thread(subprocess.run, words, check=True, capture_output=True)
        recorded = time.monotonic()
        while "Oxygen low" not in "\n".join(picture(app)) and time.monotonic() - recorded < 10:
            await pilot.pause(0.02)
        waited = time.monotonic() - recorded
        app.end()
    desk.store.close()

    assert waited < SOON
